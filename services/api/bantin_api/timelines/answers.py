"""What a timeline answers, typed: the subject, what articles say of it, and the articles one after the other."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from bantin.events import Document, Model
from bantin.search.highlight import highlight
from bantin.search.query import Highlight, HistogramBucket, Hit
from bantin.search.words import parse_words
from bantin_api.answers import PublishedText
from bantin_api.timelines.citations import CitedDocument, Role


class TimelineEntry(Model):
    """One article of a timeline, with the place where it names the subject."""

    article_id: str
    title: str
    published_at: PublishedText
    province: str | None
    section: str | None
    source: str | None
    source_url: str | None
    snippet: str = Field(description="Plain text around the mention; the lead where the text holds none.")
    highlight: Highlight


class DocumentEntry(TimelineEntry):
    """An article that cites the document."""

    documents: tuple[Document, ...] = Field(description="The document, as this article cites it.")


class PersonEntry(TimelineEntry):
    """An article that names the person."""

    roles: tuple[str, ...] = Field(description="The person's roles, as this article prints them.")


class ProvinceCount(Model):
    """How many of the articles are of a province, as named when they were published."""

    value: str
    count: int


class _Timeline(Model):
    total: int = Field(description="How many articles there are.")
    read: int = Field(
        description="From so many articles, the newest without regard to filters, it was read what they say as a whole."
    )
    provinces: tuple[ProvinceCount, ...] = Field(description="The articles by province, the most frequent first.")
    histogram: tuple[HistogramBucket, ...] = Field(description="The articles over time, by publication.")
    others: tuple[str, ...] = Field(description="Other documents or people that the name may mean as well.")
    next_cursor: str | None = Field(description="`cursor` of the next page; null on the last one.")


class DocumentTimeline(_Timeline):
    """Everything that cites a document, the oldest first; articles without a date come last."""

    document: CitedDocument = Field(description="The document that most of the articles mean.")
    documents: tuple[CitedDocument, ...] = Field(
        description="The different documents of this kind and number: numbers restart each term."
    )
    entries: tuple[DocumentEntry, ...]


class NamedPerson(Model):
    """Somebody, or several of one name: articles do not tell them apart, but their roles and provinces may."""

    name: str
    spellings: tuple[str, ...] = Field(description="All spellings of the name that were taken.")
    roles: tuple[Role, ...]


class PersonTimeline(_Timeline):
    """Everything that names a person, the oldest first; articles without a date come last."""

    person: NamedPerson
    entries: tuple[PersonEntry, ...]


def shared_fields(hit: Hit, mentions: Sequence[str]) -> dict[str, Any]:
    """Return what every entry has, with the places that hold the first of the mentions that the article prints."""
    article = hit.article
    texts = [(article.title, article.body), ("", article.original_text)]  # captions are no part of the body
    quoted = [parse_words(f'"{mention.replace(chr(34), " ")}"') for mention in mentions]
    shown = [highlight(title, body, words) for title, body in texts for words in quoted]
    best = next((found for found in shown if found.highlight.body), shown[0])
    return {
        "article_id": article.article_id,
        "title": article.title,
        "published_at": article.published_at,
        "province": article.province,
        "section": article.section,
        "source": article.source,
        "source_url": article.source_url,
        "snippet": best.snippet,
        "highlight": best.highlight,
    }
