"""Results as widgets read them."""
# ruff: noqa: N815 - the names are the protocol's

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import Field

from bantin.events import Model
from bantin.search.fields import PATH_SEPARATOR
from bantin.search.query import COLLAPSED_DEPTH, FacetValue, Hit, Results, Span
from bantin.search.suggestions import Suggestion
from bantin.search.words import Words, parse_words
from bantin_api.answers import UnderstoodAnswer, understood_answer
from bantin_api.instantsearch.attributes import FACETS, HIGHLIGHTED, LEVELS, PUBLISHED, RETRIEVED, TEXTS, record
from bantin_api.instantsearch.marking import (
    Parts,
    Tags,
    marked_answer,
    marked_parts,
    parts_of,
    read_tags,
    shortened,
)
from bantin_api.instantsearch.parameters import EVERY, Search, snippet_sizes

_WHOLE: Final = 10**9
_TOO_DEEP: Final = f"Pages by number end after {COLLAPSED_DEPTH:,} hits: narrow the search, or export it."


class SearchResult(Model):
    """The answer to one search."""

    hits: list[dict[str, Any]] = Field(description="Articles, with `objectID`, `_highlightResult`, `_snippetResult`.")
    nbHits: int = Field(description="How many hits there are, near-duplicates folded unless `distinct` is false.")
    page: int
    nbPages: int = Field(description=f"How many pages can be asked for: they end after {COLLAPSED_DEPTH:,} hits.")
    hitsPerPage: int
    facets: dict[str, dict[str, int]] = Field(description="How many articles hold each value, folded ones too.")
    facets_stats: dict[str, dict[str, float]]
    exhaustiveNbHits: bool = True
    exhaustiveFacetsCount: bool = True
    exhaustive: dict[str, bool] = Field(default_factory=lambda: {"nbHits": True, "facetsCount": True, "typo": True})
    query: str
    params: str
    index: str
    processingTimeMS: int
    message: str = ""
    understood: UnderstoodAnswer | None = Field(default=None, description="What the words name.")


class FacetHit(Model):
    """A value of a facet that was looked for."""

    value: str
    highlighted: str
    count: int


class FacetResult(Model):
    """The answer to a search for values of a facet."""

    facetHits: list[FacetHit]
    exhaustiveFacetsCount: bool = True
    processingTimeMS: int


class MultiAnswer(Model):
    """The answers, in the order of the requests."""

    results: list[SearchResult | FacetResult]


def tags_of(search: Search) -> Tags:
    """Return the tags that the search asks for."""
    plain = Tags()
    return read_tags(
        search.given.get("highlightPreTag", plain.before), search.given.get("highlightPostTag", plain.after)
    )


def search_result(search: Search, results: Results, took_ms: int) -> SearchResult:
    """Return the answer to a search. CPU work: every hit is highlighted."""
    words, tags = parse_words(search.query.text), tags_of(search)
    total = results.total if results.hit_count is None else results.hit_count
    size = search.hits_per_page
    return SearchResult(
        hits=[_hit(hit, search, words, tags) for hit in results.hits],
        nbHits=total,
        page=search.page,
        nbPages=-(-min(total, COLLAPSED_DEPTH) // size) if size else 0,
        hitsPerPage=size,
        facets={name: _counts(name, results.facets.get(FACETS.get(name, ""), ())) for name in search.facets},
        facets_stats=_stats(results.published) if PUBLISHED in search.facets else {},
        query=search.query.text,
        params=urlencode(search.asked.given),
        index=search.asked.index,
        processingTimeMS=took_ms,
        message=_TOO_DEEP if search.too_deep else "",
        understood=understood_answer(results),
    )


def suggestions_result(search: Search, suggestions: Sequence[Suggestion], took_ms: int) -> SearchResult:
    """Return completions as hits, in one page: `query` is what to search for, as indices of suggestions have it."""
    words, tags = parse_words(search.query.text), tags_of(search)
    return SearchResult(
        hits=[
            {
                "objectID": f"{one.kind}:{one.text}",
                "query": one.text,
                "kind": one.kind,
                "count": one.count,
                "_highlightResult": {"query": marked_answer(parts_of(one.highlight), words, tags)},
            }
            for one in suggestions
        ],
        nbHits=len(suggestions),
        page=search.page,
        nbPages=1 if suggestions else 0,
        hitsPerPage=search.hits_per_page,
        facets={},
        facets_stats={},
        query=search.query.text,
        params=urlencode(search.asked.given),
        index=search.asked.index,
        processingTimeMS=took_ms,
    )


def facet_result(search: Search, values: Sequence[FacetValue], took_ms: int) -> FacetResult:
    """Return the answer to a search for values of a facet."""
    words, tags = parse_words(search.given.get("facetQuery", "")), tags_of(search)
    found = [
        FacetHit(
            value=value.value,
            highlighted=marked_answer(marked_parts(value.value, words), words, tags)["value"],
            count=value.count,
        )
        for value in values
    ]
    return FacetResult(facetHits=found, processingTimeMS=took_ms)


def _counts(attribute: str, values: Sequence[FacetValue]) -> dict[str, int]:
    return {one.value: one.count for one in values if attribute != LEVELS[1] or PATH_SEPARATOR in one.value}


def _stats(published: Span | None) -> dict[str, dict[str, float]]:
    if published is None:
        return {}
    first, last = published.first.timestamp(), published.last.timestamp()
    return {PUBLISHED: {"min": first, "max": last}}


def _hit(hit: Hit, search: Search, words: Words, tags: Tags) -> dict[str, Any]:
    given, whole = search.given, record(hit)
    highlighted = _named(given.get("attributesToHighlight", HIGHLIGHTED), HIGHLIGHTED)
    retrieved = _named(given.get("attributesToRetrieve", RETRIEVED), RETRIEVED)
    snippets = snippet_sizes(given)
    if EVERY in snippets:
        snippets = dict.fromkeys(TEXTS, snippets[EVERY]) | snippets
    ellipsis = given.get("snippetEllipsisText", "…")

    def marked(name: str, most_words: int = _WHOLE) -> Any:
        def answer(text: str) -> Any:
            parts = _best(hit) if name == "body" and most_words < _WHOLE else marked_parts(text, words)
            return marked_answer(shortened(parts, most_words, ellipsis), words, tags)

        return [answer(one) for one in whole[name]] if isinstance(whole[name], list | tuple) else answer(whole[name])

    return {
        **{name: whole[name] for name in retrieved},
        "objectID": hit.article.article_id,
        "_highlightResult": {name: marked(name) for name in highlighted if whole.get(name) is not None},
        "_snippetResult": {name: marked(name, size) for name, size in snippets.items() if whole.get(name) is not None},
    }


def _best(hit: Hit) -> Parts:
    """Return the best fragment of the body, its marks in it."""
    return parts_of(hit.highlight.body[0]) if hit.highlight.body else [(hit.snippet, False)]


def _named(asked: Sequence[str], every: Sequence[str]) -> Mapping[str, None]:
    """Return the attributes that a list names, `*` for the usual ones and a minus for those to leave out."""
    left_out = {name[1:] for name in asked if name.startswith("-")}
    named = [name for one in asked for name in (every if one == EVERY else (one,))]
    return dict.fromkeys(name for name in named if name not in left_out and not name.startswith("-"))
