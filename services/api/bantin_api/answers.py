"""What the query API answers, typed, so that OpenAPI is complete; field names are the public contract's."""

from contextlib import suppress
from datetime import date, datetime, timezone
from typing import Annotated, Any

from pydantic import Field, PlainSerializer
from typing_extensions import TypedDict

from bantin.events import Article, Model
from bantin.search.moments import OFFSET
from bantin.search.query import FacetValue, Highlight, HistogramBucket, Hit, Places, Raised, Results, Similar
from bantin.search.understanding.recognised import EntityKind

VIETNAM = timezone(OFFSET)
"""Asia/Ho_Chi_Minh, as it has been since 1975."""


def in_vietnam(moment: datetime | date | None) -> str | None:
    """Return a date-time as RFC 3339 with +07:00, a plain date as it is."""
    if isinstance(moment, datetime):
        with suppress(OverflowError):  # within hours of the years 1 and 9999 it keeps its own offset
            moment = moment.astimezone(VIETNAM)
        return moment.isoformat()
    return moment.isoformat() if moment else None


_PUBLISHED_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {"type": "null"}],
    "description": "A date-time with +07:00, a plain date, or null where the page prints none.",
    "examples": ["2017-02-14T14:20:00+07:00"],
}
PublishedText = Annotated[
    datetime | date | None,
    PlainSerializer(in_vietnam, return_type=str | None),
    Field(json_schema_extra=_PUBLISHED_SCHEMA),
]


class ArticleAnswer(Article):
    """An article, as the index holds it."""

    published_at: PublishedText = None


class HitAnswer(Model):
    """One article that matches. `score` is null under an explicit sort."""

    article_id: str
    title: str
    published_at: PublishedText
    province: str | None
    section: str | None
    source: str | None
    authors: tuple[str, ...]
    snippet: str
    highlight: Highlight
    score: float | None
    duplicates: int = Field(description="How many matching near-duplicates fold under this hit.")
    explanation: tuple[Raised, ...] | None = Field(
        description="With `explain=true` and relevance: the clauses that raised the hit, the most first; together they "
        "make its score. A clause is a field of the index (`title_folded`: the title without accents), or `freshness`.",
        examples=[[{"clause": "title_folded", "token": "kheo", "score": 4.2}]],
    )


class TrimmedHit(TypedDict, total=False):
    """A hit of a search that named the `fields` it wants: it has these and no others."""

    article_id: str
    title: str
    published_at: PublishedText
    province: str | None
    section: str | None
    source: str | None
    authors: tuple[str, ...]
    snippet: str
    highlight: Highlight
    score: float | None
    duplicates: int
    explanation: tuple[Raised, ...] | None


class SimilarAnswer(Model):
    """Articles like one."""

    similar: tuple[HitAnswer, ...] = Field(description="Related articles, the most alike first.")
    duplicates: tuple[HitAnswer, ...] = Field(description="Its near-duplicates, the earliest published first.")


class UnderstoodAnswer(Model):
    """What the words of `q` were found to name; it raises the articles that name it, and filters none."""

    documents: tuple[str, ...] = Field(
        (), description="Kind and number as far as given.", examples=[["Nghị quyết 04-NQ/TU"]]
    )
    people: tuple[str, ...] = Field((), description="People whom articles name.", examples=[["Nguyễn Văn An"]])
    places: tuple[str, ...] = Field(
        (), description="Provinces, by the name that was meant, and districts.", examples=[["Bạc Liêu"]]
    )
    dates: tuple[str, ...] = Field(
        (),
        description="Days, months and years as ISO 8601, quarters as `2024-Q3`.",
        examples=[["2024-07-23", "2024-07", "2024-Q3", "2024"]],
    )


class SearchAnswer(Model):
    """One page of hits, with the counts over all of them."""

    total: int = Field(description="How many articles match, folded ones too.")
    took_ms: int = Field(description="Milliseconds that the search took.")
    hits: tuple[HitAnswer | TrimmedHit, ...]
    facets: dict[str, tuple[FacetValue, ...]] = Field(
        description="Values by field, the most frequent first; a facet's counts ignore its own filter."
    )
    histogram: tuple[HistogramBucket, ...] = Field(description="Matching articles over time, by publication.")
    did_you_mean: str | None = Field(description="A better spelling of the words, or null.")
    understood: UnderstoodAnswer = Field(description="What the words name.")
    next_cursor: str | None = Field(description="`cursor` of the next page; null on the last one.")


def hit_answer(hit: Hit, places: Places) -> HitAnswer:
    """Return a hit as the API shows it, its province as named then or today."""
    article = hit.article
    return HitAnswer(
        article_id=article.article_id,
        title=article.title,
        published_at=article.published_at,
        province=article.province_today if places == "today" else article.province,
        section=article.section,
        source=article.source,
        authors=article.authors,
        snippet=hit.snippet,
        highlight=hit.highlight,
        score=hit.score,
        duplicates=hit.duplicates,
        explanation=hit.raised,
    )


def similar_answer(similar: Similar) -> SimilarAnswer:
    """Return articles like one as the API shows them."""
    return SimilarAnswer(
        similar=tuple(hit_answer(hit, "published") for hit in similar.similar),
        duplicates=tuple(hit_answer(hit, "published") for hit in similar.duplicates),
    )


def understood_answer(results: Results) -> UnderstoodAnswer:
    """Return what was understood, by kind."""
    labels: dict[EntityKind, list[str]] = {"document": [], "person": [], "place": [], "day": []}
    for entity in results.understood:
        labels[entity.kind].append(entity.label)
    kinds = {kind: tuple(dict.fromkeys(found)) for kind, found in labels.items()}
    return UnderstoodAnswer(
        documents=kinds["document"], people=kinds["person"], places=kinds["place"], dates=kinds["day"]
    )


def search_answer(results: Results, places: Places, took_ms: int, better: str | None = None) -> SearchAnswer:
    """Return a search's results as the API shows them; `better` is a better spelling of its words, if any."""
    return SearchAnswer(
        total=results.total,
        took_ms=took_ms,
        hits=tuple(hit_answer(hit, places) for hit in results.hits),
        facets=dict(results.facets),
        histogram=results.histogram,
        did_you_mean=better,
        understood=understood_answer(results),
        next_cursor=results.next_cursor,
    )
