"""The protocol's requests as OpenAPI shows them.

What only holds between parameters is said in words: the two tags must belong together, and expressions may be nested.
"""

from typing import Any, Final

from bantin.search.query import MAX_QUERY_CHARACTERS, MAX_SIZE
from bantin_api.instantsearch.attributes import ATTRIBUTES, FACETS, PUBLISHED, TEXTS
from bantin_api.instantsearch.parameters import INDEX, MOST_FACET_HITS, SUGGESTIONS
from bantin_api.instantsearch.requests import MOST_REQUESTS
from bantin_api.parameters import MAX_FACET_SIZE

_Schema = dict[str, Any]


def _whole(least: int, most: int, about: str) -> _Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "description": about}


def _one_of(names: tuple[str, ...]) -> str:
    return "(" + "|".join(name.replace(".", r"\.") for name in names) + ")"


def _list(names: tuple[str, ...], about: str) -> _Schema:
    return {"type": "array", "items": {"type": "string", "enum": list(names)}, "description": about}


def _with_all_and_none(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names with `*` for all of them, and each with a minus."""
    return ("*", *names, *(f"-{name}" for name in names))


def _groups(pattern: str, about: str) -> _Schema:
    one = {"type": "string", "pattern": f"^{pattern}$"}
    items = {"anyOf": [one, {"type": "array", "items": one, "maxItems": 5}]}
    return {"type": "array", "items": items, "maxItems": 50, "description": about}


_WORDS: Final[_Schema] = {"type": "string", "maxLength": MAX_QUERY_CHARACTERS}
_FACET: Final = _one_of(tuple(FACETS))
_COMPARISON: Final = PUBLISHED + r"(<=|>=|!=|<|>|=)-?[0-9]{1,12}"
_ATOM: Final = rf'(NOT )?({_FACET}:"[^"\\]+"|{_COMPARISON})'
_ANY: Final = rf"\({_ATOM}( OR {_ATOM})+\)"

_PARAMETERS: Final[_Schema] = {
    "query": {**_WORDS, "description": "The words, as `q` of `/v1/search`."},
    "page": _whole(0, 10**8, "The page, from 0; pages end after 1,000 hits."),
    "hitsPerPage": _whole(0, MAX_SIZE, "Hits of a page; 20 without it."),
    "distinct": {"type": "boolean", "description": "`false` shows near-duplicates as hits of their own."},
    "facets": _list(("*", *FACETS, PUBLISHED), "What to count; `*` is everything."),
    "maxValuesPerFacet": _whole(1, MAX_FACET_SIZE, "Values counted of each facet; 100 without it."),
    "facetFilters": _groups(
        rf"-?{_FACET}:-?[^-\\].*", "All groups, any of a group; the value as counted; a minus negates."
    ),
    "numericFilters": _groups(_COMPARISON, "Comparisons with seconds since 1970, grouped like `facetFilters`."),
    "filters": {
        "type": "string",
        "pattern": rf"^({_ATOM}|{_ANY})( AND ({_ATOM}|{_ANY}))*$",
        "maxLength": 1_000,
        "description": "AND, OR, NOT over quoted values and comparisons; parentheses may be nested.",
    },
    "facetQuery": {**_WORDS, "description": "With `type: facet`: beginnings of words of the values."},
    "maxFacetHits": _whole(1, MOST_FACET_HITS, "With `type: facet`: values found at most; 10 without it."),
    "attributesToRetrieve": _list(_with_all_and_none(ATTRIBUTES), "What a hit holds."),
    "attributesToHighlight": _list(_with_all_and_none(TEXTS), "What `_highlightResult` holds."),
    "attributesToSnippet": {
        "type": "array",
        "items": {"type": "string", "pattern": rf"^(\*|{_one_of(TEXTS)})(:[1-9][0-9]{{0,2}})?$"},
        "description": "What `_snippetResult` holds; `body:20` is twenty words of it.",
    },
    "snippetEllipsisText": {"type": "string", "description": "What stands where a snippet is cut; `…` without it."},
}
_PARAMS: Final[_Schema] = {
    "type": "object",
    "properties": _PARAMETERS,
    "additionalProperties": False,
    "description": "They may also be URL-encoded text, or stand beside the index. `highlightPreTag` and "
    "`highlightPostTag` choose how marks are written: `<em>`, `<strong>`, `<b>`, `<i>`, `<mark>` or `<span>`, with a "
    "class or without.",
}


def _request(kind: str, required: tuple[str, ...], **more: _Schema) -> _Schema:
    properties = {
        "indexName": {
            "type": "string",
            "pattern": rf"^{INDEX.pattern}$",
            "not": {"pattern": "_(asc|desc)$"},
            "examples": ["bantin", "bantin_newest", "bantin_oldest", SUGGESTIONS],
            "description": "Any name is the index; one that ends in `_newest` or `_oldest` is it in that order, and "
            f"`{SUGGESTIONS}` completes words.",
        },
        "type": {"type": "string", "enum": [kind]},
        "params": _PARAMS,
    }
    return {
        "type": "object",
        "required": ["indexName", *required],
        "properties": {**properties, **more},
        "additionalProperties": False,
    }


_SEARCH: Final = _request("default", ())
_VALUES: Final = _request("facet", ("type", "facet"), facet={"type": "string", "enum": list(FACETS)})

BODY: Final[_Schema] = {
    "type": "object",
    "required": ["requests"],
    "properties": {
        "requests": {
            "type": "array",
            "items": {"anyOf": [_SEARCH, _VALUES]},
            "minItems": 1,
            "maxItems": MOST_REQUESTS,
        }
    },
    "example": {
        "requests": [
            {
                "indexName": "bantin",
                "params": {
                    "query": "dan van kheo",
                    "hitsPerPage": 10,
                    "page": 0,
                    "facets": ["province", "person", "published_at"],
                    "facetFilters": [["province:Bạc Liêu", "province:Hậu Giang"]],
                    "numericFilters": ["published_at>=1483203600"],
                },
            }
        ]
    },
}
