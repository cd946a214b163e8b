"""The extract handler: a received file in, an article or the reason why there is none out. Pure but for the clock."""

from datetime import UTC, datetime

from bantin.events import Article, ArticleEnriched, ArticleReceived, ArticleRejected
from bantin.fingerprint import fingerprint
from bantin_extract.assemble import Facts, assemble
from bantin_extract.campaigns import find_campaigns
from bantin_extract.dates.event_dates import find_event_dates
from bantin_extract.dates.published import find_published
from bantin_extract.documents.find import find_documents
from bantin_extract.figures import find_figures
from bantin_extract.lines.article_check import require_article
from bantin_extract.lines.label import label
from bantin_extract.lines.section import find_section
from bantin_extract.lines.title import find_title
from bantin_extract.organisations.find import find_organisations
from bantin_extract.people.find import find_people
from bantin_extract.places.find import find_places
from bantin_extract.reading.read_page import read_page
from bantin_extract.rejection import RejectedError, rejected
from bantin_extract.signatures.find import find_signatures
from bantin_extract.signatures.views import find_views
from bantin_extract.text.story import MAX_STORY, read_story


def extract(event: ArticleReceived) -> ArticleEnriched | ArticleRejected:
    """Return the article in a file, or why the file has none."""
    try:
        article = read_article(event)
    except RejectedError as error:
        return rejected(event, error.reason)
    return ArticleEnriched(
        receipt_id=event.receipt_id,
        batch_id=event.batch_id,
        article_id=event.article_id,
        extracted_at=datetime.now(UTC),
        article=article,
        fingerprint=fingerprint(article.body[:MAX_STORY]),
    )


def read_article(event: ArticleReceived) -> Article:
    """Return the article in a file: render it, label its lines, then read field after field from them."""
    page = read_page(event)
    labelled = label(page)
    require_article(labelled)
    story = read_story(labelled)
    title, title_evidence = find_title(labelled)
    section, section_evidence = find_section(labelled)
    published = find_published(labelled, event.captured_at)
    signatures = find_signatures(labelled, event.source_name)
    views, views_evidence = find_views(labelled)
    places = find_places(story, labelled, source=signatures.source, address=event.source_url, day=published.day)
    people, people_evidence = find_people(story)
    documents, document_evidence = find_documents(story, published.day)
    organisations, organisation_evidence = find_organisations(story, places)
    campaigns, campaign_evidence = find_campaigns(story)
    figures, figure_evidence = find_figures(story)
    event_dates, event_evidence = find_event_dates(story, published.day, documents)
    evidence = (
        title_evidence, *section_evidence, *published.evidence, *signatures.evidence, *views_evidence, *places.evidence,
        *people_evidence, *document_evidence, *organisation_evidence, *campaign_evidence, *event_evidence,
        *figure_evidence,
    )  # fmt: skip
    facts = Facts(
        title,
        section,
        published,
        signatures,
        views,
        places,
        people,
        documents,
        organisations,
        campaigns,
        event_dates,
        figures,
        evidence,
    )
    return assemble(event, labelled, facts)
