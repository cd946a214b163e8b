"""Puts an article together from what was found, with the evidence of every value."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from bantin.events import Article, ArticleReceived, Document, Evidence, Figure, Person
from bantin_extract.dates.published import Published
from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.places.find import Places
from bantin_extract.signatures.find import Signatures
from bantin_extract.text.language import find_language

VERSION_DIGITS = 16
"""Hex digits kept of a version's SHA-256: 64 bits tell the versions of one article apart."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read from a page, field by field."""

    title: str
    section: str | None
    published: Published
    signatures: Signatures
    views: int | None
    places: Places
    people: tuple[Person, ...]
    documents: tuple[Document, ...]
    organisations: tuple[str, ...]
    campaigns: tuple[str, ...]
    event_dates: tuple[date, ...]
    figures: tuple[Figure, ...]
    evidence: tuple[Evidence, ...] = field(default=())


def assemble(event: ArticleReceived, labelled: LabelledPage, facts: Facts) -> Article:
    """Return the article; `article_id`, `captured_at`, size and type are the event's."""
    body = body_of(labelled)
    captions, caption_evidence = _captions(labelled)
    return Article(
        article_id=event.article_id,
        version=version_of(facts.title, body),
        title=facts.title,
        body=body,
        captions=captions,
        section=facts.section,
        published_at=facts.published.at,
        published_at_from=facts.published.found,
        authors=facts.signatures.authors,
        source=facts.signatures.source,
        source_url=event.source_url,
        views=facts.views,
        province=facts.places.province,
        province_today=facts.places.today,
        districts=facts.places.districts,
        people=facts.people,
        organisations=facts.organisations,
        documents=facts.documents,
        campaigns=facts.campaigns,
        event_dates=facts.event_dates,
        figures=facts.figures,
        evidence=(*facts.evidence, *caption_evidence, _encoding_evidence(labelled)),
        original_text=labelled.page.original_text,
        language=find_language(body or facts.title),
        captured_at=event.captured_at,
        content_type=event.content_type,
        bytes=len(event.content),
    )


def body_of(labelled: LabelledPage) -> str:
    """Return the clean text: paragraphs and subheadings, a blank line between them."""
    return "\n\n".join(" ".join(part.text.split()) for part in labelled.of(Label.BODY))


def version_of(title: str, body: str) -> str:
    """Return the version of an article: the first 16 hex digits of the SHA-256 of title, newline and body, in UTF-8."""
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()[:VERSION_DIGITS]


def _captions(labelled: LabelledPage) -> tuple[tuple[str, ...], list[Evidence]]:
    found: dict[str, Evidence] = {}
    for part in labelled.of(Label.CAPTION):
        text = " ".join(part.text.split())
        found.setdefault(text, Evidence(field="captions", value=text, start=part.start, end=part.end, method="line"))
    return tuple(found), list(found.values())


def _encoding_evidence(labelled: LabelledPage) -> Evidence:
    return Evidence(field="original_text", value=labelled.page.encoding, method="encoding")
