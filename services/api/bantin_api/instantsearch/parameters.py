"""The parameters of one search, read and checked, and the query that they mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bantin.search.conditions import Conditions
from bantin.search.query import COLLAPSED_DEPTH, MAX_SIZE, Query, Sort
from bantin_api.instantsearch.attributes import ATTRIBUTES, FACETS, PUBLISHED, TEXTS, facet_field
from bantin_api.instantsearch.conditions import bounded, facet_conditions, numeric_conditions
from bantin_api.instantsearch.expression import filter_conditions
from bantin_api.instantsearch.requests import Asked
from bantin_api.instantsearch.values import groups, names, text, truth, whole_number
from bantin_api.parameters import MAX_FACET_SIZE
from bantin_api.reading import read_words, shown, unprocessable

INDEX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
"""What an index may be called. There is one, so its name is the portal's choice, but for the ending."""

ORDERS: Final[Mapping[str, Sort]] = {"_newest": "newest", "_oldest": "oldest"}
"""The orders, as endings of the index's name, as the protocol has it; without one by relevance, or without words the
newest first."""

OTHER_ORDERS: Final = ("_asc", "_desc")
"""How indexes in other orders are called usually: none of those is here."""

SUGGESTIONS: Final = "bantin_suggestions"
"""The index of what articles name, to complete what is typed: places, people, organisations, documents, titles."""

HITS_PER_PAGE: Final = 20
VALUES_PER_FACET: Final = 100
FACET_HITS: Final = 10
MOST_FACET_HITS: Final = 100
SNIPPET_WORDS: Final = 40
EVERY: Final = "*"

_READERS: Final[Mapping[str, Callable[[str, Any], Any]]] = {
    "query": lambda name, value: read_words(name, text(name, value)),
    "page": whole_number(0, 10**8),
    "hitsPerPage": whole_number(0, MAX_SIZE),
    "distinct": truth,
    "facets": names,
    "maxValuesPerFacet": whole_number(1, MAX_FACET_SIZE),
    "facetFilters": groups,
    "numericFilters": lambda name, value: groups(name, _separated(value)),
    "filters": text,
    "facetQuery": lambda name, value: read_words(name, text(name, value)),
    "maxFacetHits": whole_number(1, MOST_FACET_HITS),
    "highlightPreTag": text,
    "highlightPostTag": text,
    "attributesToRetrieve": names,
    "attributesToHighlight": names,
    "attributesToSnippet": names,
    "snippetEllipsisText": text,
}

IGNORED: Final = frozenset(
    "advancedSyntax analytics analyticsTags attributesToHighlightAll clickAnalytics enableABTest enablePersonalization "
    "enableQueryRules enableRules explain facetingAfterDistinct getRankingInfo ignorePlurals naturalLanguages "
    "percentileComputation personalizationImpact queryLanguages queryType removeStopWords removeWordsIfNoResults "
    "replaceSynonymsInHighlight responseFields restrictHighlightAndSnippetArrays ruleContexts sessionID "
    "sortFacetValuesBy strategy sumOrFiltersScores synonyms tagFilters typoTolerance userToken".split()
)
"""What clients send along and what has no say here: measuring, ranking and spelling are the same for everybody."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search as it is understood: the query, and what is to be shown of its results."""

    asked: Asked
    query: Query
    page: int
    hits_per_page: int
    facets: tuple[str, ...]
    given: Mapping[str, Any]

    @property
    def of_suggestions(self) -> bool:
        """Whether it completes words instead of finding articles."""
        return self.asked.index == SUGGESTIONS

    @property
    def too_deep(self) -> bool:
        """Whether the page begins where pages by number have ended."""
        return self.page * self.hits_per_page >= COLLAPSED_DEPTH


def read_search(asked: Asked) -> Search:
    """Return a search; raise a 422 Problem that names what is wrong with it."""
    if not INDEX.fullmatch(asked.index) or asked.index.endswith(OTHER_ORDERS):
        raise unprocessable(
            "unknown_index",
            f"There is no index {shown(asked.index)}: any name of letters, digits, '_', '-' and '.' is the index, "
            f"with _newest or _oldest behind it in that order, {SUGGESTIONS} completes words; "
            "none ends in _asc or _desc.",
        )
    given = {name: _reader(name)(name, value) for name, value in asked.given.items() if name not in IGNORED}
    for name, allowed in (("attributesToRetrieve", ATTRIBUTES), ("attributesToHighlight", TEXTS)):
        _check_attributes(name, given.get(name, ()), allowed)
    _check_attributes("attributesToSnippet", tuple(snippet_sizes(given)), TEXTS)
    facets = _facets(given.get("facets", ()))
    page, size = given.get("page", 0), given.get("hitsPerPage", HITS_PER_PAGE)
    deep = page * size >= COLLAPSED_DEPTH
    query = Query(
        text=given.get("query", ""),
        conditions=_conditions(given),
        sort=next((order for ending, order in ORDERS.items() if asked.index.endswith(ending)), None),
        size=0 if deep else size,
        offset=0 if deep else page * size,
        facets=tuple(dict.fromkeys(facet_field("facets", name) for name in facets if name != PUBLISHED)),
        facet_size=given.get("maxValuesPerFacet", VALUES_PER_FACET),
        collapse=given.get("distinct", True),
        histogram="year",
        completing=True,
    )
    return Search(asked, query, page, size, facets, given)


def snippet_sizes(given: Mapping[str, Any]) -> dict[str, int]:
    """Return how many words a snippet has, by attribute: `body:20` says twenty."""
    sizes: dict[str, int] = {}
    for one in given.get("attributesToSnippet", ("body",)):
        attribute, colon, size = one.partition(":")
        number = int(size) if size.isascii() and size.isdigit() and len(size) < 5 else size
        sizes[attribute] = whole_number(1, 1_000)("attributesToSnippet", number) if colon else SNIPPET_WORDS
    return sizes


def _reader(name: str) -> Callable[[str, Any], Any]:
    if name not in _READERS:
        raise unprocessable("unknown_parameter", f"Unknown parameter {shown(name)}; known: {', '.join(_READERS)}.")
    return _READERS[name]


def _separated(value: Any) -> Any:
    """Return comparisons written as one text, with commas between them, as a list."""
    separate = isinstance(value, str) and value and not value.startswith("[")
    return value.split(",") if separate else value


def _facets(asked: tuple[str, ...]) -> tuple[str, ...]:
    return (*FACETS, PUBLISHED) if EVERY in asked else asked


def _check_attributes(parameter: str, asked: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    for name in asked:
        if name != EVERY and name.removeprefix("-") not in allowed:
            known = ", ".join(allowed)
            raise unprocessable("unknown_attribute", f"{parameter}: no attribute {shown(name)}; choose of {known}.")


def _conditions(given: Mapping[str, Any]) -> Conditions:
    read = {
        "facetFilters": partial(facet_conditions, "facetFilters"),
        "numericFilters": partial(numeric_conditions, "numericFilters"),
        "filters": filter_conditions,
    }
    return bounded(tuple(group for name, of in read.items() if name in given for group in of(given[name])))
