"""The parameters of a search: what each means, how its text is read, and how OpenAPI shows it.

Every endpoint that answers a search takes these; filters and facets come from the field table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bantin.search.fields import FILTERS
from bantin.search.query import COLLAPSED_DEPTH, MAX_QUERY_CHARACTERS, MAX_SIZE
from bantin_api.reading import Choice, Whole, read_cursor, read_day, read_value, read_words
from bantin_api.trimming import HIT_FIELDS, read_fields

MAX_FACET_SIZE = 1_000
DEFAULT_SIZE = 10
DEFAULT_FACET_SIZE = 20
DEFAULT_FEED_SIZE = 20
DEFAULT_ENTRIES = 20

_ABOUT_FILTERS: Mapping[str, tuple[str, str]] = {
    "province": ("Province, as named when the article was published", "Bạc Liêu"),
    "district": ("District as a path under its province; a 422 with `places=today`", "Hậu Giang > Vị Thủy"),
    "section": ("Section or breadcrumb, as printed", "Thời sự chính trị"),
    "source": ("Printed source", "Đài Tiên Yên"),
    "author": ("Author", "Kiều Ngân"),
    "person": ("Somebody the article names", "Nguyễn Văn An"),
    "organisation": ("Organisation by its canonical name", "Tỉnh ủy Bạc Liêu"),
    "document": ("Cited document: kind and number", "Nghị quyết 04-NQ/TU"),
    "campaign": ("Campaign or emulation movement", "Dân vận khéo"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter: `read` turns one value's text into the value, or raises a Problem that says what is wrong."""

    name: str
    read: Callable[[str, str], Any]
    schema: Mapping[str, Any]
    about: str
    example: Any = None
    repeatable: bool = False

    def openapi(self) -> dict[str, Any]:
        """Return the parameter as an OpenAPI 3.1 parameter object."""
        schema = {"type": "array", "items": dict(self.schema)} if self.repeatable else dict(self.schema)
        shown: dict[str, Any] = {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.about,
            "schema": schema,
        }
        if self.example is not None:
            shown["example"] = [self.example] if self.repeatable else self.example
        return shown


def _filter(name: str) -> Parameter:
    about, example = _ABOUT_FILTERS.get(name, (name.capitalize(), None))
    more = "Repeat it for several values (OR)."
    return Parameter(name, read_value, {"type": "string", "minLength": 1}, f"{about}. {more}", example, repeatable=True)


def _choice(name: str, choice: Choice, about: str) -> Parameter:
    return Parameter(name, choice, {"type": "string", "enum": list(choice.values)}, about, choice.values[0])


def _whole(name: str, whole: Whole, default: int, about: str) -> Parameter:
    schema = {"type": "integer", "minimum": whole.least, "maximum": whole.most, "default": default}
    return Parameter(name, whole, schema, about, default)


_DAY = {"type": "string", "format": "date"}

WORDS = (
    Parameter(
        "q",
        read_words,
        {"type": "string", "maxLength": MAX_QUERY_CHARACTERS},
        'The words to look for. "Quotes" for exact phrases, `-word` to exclude; diacritics are optional.',
        "dan van kheo",
    ),
)
FILTER_PARAMETERS = tuple(_filter(name) for name in FILTERS)
DATES = (
    Parameter("published_from", read_day, _DAY, "First day of publication (Asia/Ho_Chi_Minh).", "2017-01-01"),
    Parameter("published_to", read_day, _DAY, "Last day of publication, inclusive (Asia/Ho_Chi_Minh).", "2017-12-31"),
)
PLACES = (
    _choice(
        "places",
        Choice("unknown_places", ("published", "today")),
        "Names of places as they were at publication, or as they are since the merger of 1 July 2025: then `province` "
        "means today's province in filter, facet and hit, and there is no `district`.",
    ),
)
SORT = (
    _choice(
        "sort",
        Choice("unknown_sort", ("relevance", "newest", "oldest")),
        "Order of the hits; the default is `relevance` with `q` and `newest` without.",
    ),
)
PAGE = (
    _whole("size", Whole("invalid_size", 0, MAX_SIZE), DEFAULT_SIZE, "How many hits a page holds."),
    Parameter(
        "cursor", read_cursor, {"type": "string", "minLength": 1}, "The `next_cursor` of the page before this one."
    ),
)
FACETS = (
    Parameter(
        "facet",
        Choice("unknown_facet", FILTERS),
        {"type": "string", "enum": list(FILTERS)},
        "A field whose values are to be counted. Repeat it for several; without it a sensible set is counted.",
        "province",
        repeatable=True,
    ),
    _whole(
        "facet_size",
        Whole("invalid_facet_size", 1, MAX_FACET_SIZE),
        DEFAULT_FACET_SIZE,
        "How many values of each facet are counted, the most frequent first.",
    ),
)
COLLAPSE = (
    _choice(
        "collapse",
        Choice("invalid_collapse", ("true", "false")),
        "Whether near-duplicates fold under the earliest published of them that matches. Folded results can be paged "
        f"through {COLLAPSED_DEPTH:,} hits deep, with `false` to any depth.",
    ),
)
_FIELD = "|".join(HIT_FIELDS)
FIELDS = (
    Parameter(
        "fields",
        read_fields,
        {"type": "string", "pattern": f"^({_FIELD})(,({_FIELD}))*$"},
        "Which fields a hit is to have, with commas between them; without it all.",
        "article_id,title,published_at",
    ),
)
HISTOGRAM = (
    _choice(
        "histogram",
        Choice("unknown_interval", ("day", "month", "year")),
        "Span of the histogram's buckets; without it as the dates of the matching articles suggest.",
    ),
)
EXPLAIN = (
    _choice(
        "explain",
        Choice("invalid_explain", ("true", "false")),
        "Whether each hit is to say which clauses raised it, and by how much; the default is `false`.",
    ),
)

SEARCH: Sequence[Parameter] = (
    *WORDS,
    *FILTER_PARAMETERS,
    *DATES,
    *PLACES,
    *SORT,
    *PAGE,
    *FACETS,
    *COLLAPSE,
    *FIELDS,
    *HISTOGRAM,
    *EXPLAIN,
)
"""All that `GET /v1/search` takes."""

_VALUE_WORDS = Parameter(
    "q",
    read_words,
    {"type": "string", "maxLength": MAX_QUERY_CHARACTERS},
    "Beginnings of words of the values looked for, diacritics optional; without it the most frequent values.",
    "lieu",
)
FACET_SEARCH: Sequence[Parameter] = (
    _VALUE_WORDS,
    *(replace(parameter, name="query", about="The words of the search, as `q` there.") for parameter in WORDS),
    *FILTER_PARAMETERS,
    *DATES,
    *PLACES,
    *(parameter for parameter in FACETS if parameter.name == "facet_size"),
)
"""All that `GET /v1/facets/{field}` takes: `q` looks for values, `query` and all else for the articles counted."""

EXPORT: Sequence[Parameter] = (
    _choice("format", Choice("unknown_format", ("ndjson", "csv")), "The file's format; the default is `ndjson`."),
    *WORDS,
    *FILTER_PARAMETERS,
    *DATES,
    *PLACES,
    *SORT,
    _choice("collapse", Choice("invalid_collapse", ("false",)), "An export never folds near-duplicates."),
)
"""All that `GET /v1/export` takes."""

FEED: Sequence[Parameter] = (
    _choice("format", Choice("unknown_format", ("rss", "atom", "json")), "The feed's format; the default is `rss`."),
    *WORDS,
    *FILTER_PARAMETERS,
    *DATES,
    *PLACES,
    _choice("sort", Choice("unknown_sort", ("newest", "oldest", "relevance")), "Order; the default is `newest`."),
    _whole("size", Whole("invalid_size", 1, MAX_SIZE), DEFAULT_FEED_SIZE, "How many articles the feed holds."),
    *COLLAPSE,
)
"""All that `GET /v1/feed` takes."""

TIMELINE: Sequence[Parameter] = (
    *DATES,
    *(parameter for parameter in FILTER_PARAMETERS if parameter.name == "province"),
    _choice("sort", Choice("unknown_sort", ("oldest", "newest")), "Order; the default is `oldest`."),
    _whole("size", Whole("invalid_size", 0, MAX_SIZE), DEFAULT_ENTRIES, "How many articles a page holds."),
    *(parameter for parameter in PAGE if parameter.name == "cursor"),
    *HISTOGRAM,
)
"""All that timelines take beside the name in their path."""


def openapi_parameters(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Return what a route's `openapi_extra` has to hold so that OpenAPI shows the parameters."""
    return {"parameters": [parameter.openapi() for parameter in parameters]}
