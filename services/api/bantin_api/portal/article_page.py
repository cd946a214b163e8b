"""What an article's page shows: its text, what it names, and where each of these was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from bantin.events import Article, Document, Evidence
from bantin.search.fields import document_label
from bantin.site.wording import day, number
from bantin_api.portal.links import Links
from bantin_api.portal.texts import Texts
from bantin_api.portal.wording import published

CONTEXT_CHARACTERS = 50


@dataclass(frozen=True, slots=True)
class Named:
    """Something the article names, with what it says of it and the search for more of it."""

    label: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One fact, and the passage that it was read from, None where that is not in the page's text."""

    field: str
    value: str
    passage: Markup | None
    method: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that the article template shows."""

    article: Article
    paragraphs: Sequence[str]
    published: str
    published_at: str
    facts: Sequence[Named]
    views: str
    event_dates: str
    groups: Sequence[tuple[str, Sequence[Named]]]
    evidence: Sequence[EvidenceView]
    source_href: str | None


def article_page(article: Article, links: Links, texts: Texts) -> ArticlePage:
    """Return what to show of an article."""
    return ArticlePage(
        article=article,
        paragraphs=[paragraph for paragraph in article.body.split("\n\n") if paragraph.strip()],
        published=published(article.published_at, texts),
        published_at=article.published_at.isoformat() if article.published_at else "",
        facts=_facts(article, links),
        views=texts.views.format(number(article.views, texts.language)) if article.views is not None else "",
        event_dates=", ".join(day(when, texts.language) for when in article.event_dates),
        groups=[(label, named) for label, named in _groups(article, links, texts) if named],
        evidence=[_evidence(evidence, article.original_text, texts) for evidence in article.evidence],
        source_href=_safe(article.source_url),
    )


def _facts(article: Article, links: Links) -> list[Named]:
    facts = (
        ("province", article.province),
        ("section", article.section),
        ("source", article.source),
        *(("author", author) for author in article.authors),
    )
    return [Named(value, "", links.only(name, value)) for name, value in facts if value]


def _groups(article: Article, links: Links, texts: Texts) -> list[tuple[str, list[Named]]]:
    people = [
        Named(person.name, "; ".join(person.roles), links.only("person", person.name)) for person in article.people
    ]
    documents = [_document(document, links, texts) for document in article.documents]
    organisations = [Named(name, "", links.only("organisation", name)) for name in article.organisations]
    campaigns = [Named(name, "", links.only("campaign", name)) for name in article.campaigns]
    return [
        (texts.people, people),
        (texts.documents, documents),
        (texts.organisations, organisations),
        (texts.campaigns, campaigns),
    ]


def _document(document: Document, links: Links, texts: Texts) -> Named:
    label = document_label(document)
    parts = (
        document.title,
        texts.issued_by.format(document.issuer) if document.issuer else None,
        day(document.date, texts.language) if document.date else None,
    )
    return Named(label, "; ".join(part for part in parts if part), links.only("document", label))


def _evidence(evidence: Evidence, original: str, texts: Texts) -> EvidenceView:
    field = evidence.field.partition(".")[0].partition("[")[0]
    return EvidenceView(
        field=texts.fields.get(field, evidence.field),
        value=evidence.value,
        passage=_passage(original, evidence.start, evidence.end),
        method=evidence.method,
    )


def _passage(original: str, start: int | None, end: int | None) -> Markup | None:
    """Return a stretch of the page's text, marked, with a few words on either side."""
    if start is None or end is None:
        return None
    first, last = max(0, start - CONTEXT_CHARACTERS), min(len(original), end + CONTEXT_CHARACTERS)
    before = ("…" if first else "") + original[first:start]
    after = original[end:last] + ("…" if last < len(original) else "")
    return Markup("{}<mark>{}</mark>{}").format(before, original[start:end], after)


def _safe(address: str | None) -> str | None:
    """Return the address where it leads to a page; a foreign `javascript:` must not become a link."""
    try:
        return address if address and urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None
