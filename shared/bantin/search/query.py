"""The query model and its answer, the same for every engine."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bantin.events import Article, Model
from bantin.search.conditions import Conditions
from bantin.search.fields import DEFAULT_FACETS
from bantin.search.moments import Interval
from bantin.search.understanding.recognised import Recognised

Sort = Literal["relevance", "newest", "oldest"]
Places = Literal["published", "today"]

MAX_SIZE = 100
MAX_QUERY_CHARACTERS = 2_000

COLLAPSED_DEPTH = 1_000
"""So many hits of one search can be paged through while near-duplicates fold, or by number."""

MOST_SIMILAR = 10
MOST_DUPLICATES = 100


class Settled(Model):
    """What the first page of a search settled and its cursors keep.

    `today` is the day in Vietnam from which freshness counts, `meant` the words with typing errors put right, None
    where there are none.
    """

    today: date
    meant: str | None = None


class Query(Model):
    """What is searched for. Filter values: OR inside one field, AND between fields.

    `published_from` and `published_to` are days in Asia/Ho_Chi_Minh, inclusive. With `places="today"` the field
    `province` means `province_today`. `sort=None` is relevance with words, newest without. With `collapse`, of the
    matching articles of one cluster only the earliest published is a hit, in its own place of the order. `histogram` is
    the span of its buckets; None lets the span of the matching dates decide. Of `entities`, tokens as
    `bantin.search.understanding` makes them, an article must hold one. `offset` asks for a page by the number of hits
    before it instead of a cursor, COLLAPSED_DEPTH deep; it is answered from the index as it is now. `explain`
    asks what raised each hit. With `completing` the words are still being typed: the last one may be the beginning of
    what an article holds. `settled` is for engines; who asks leaves it out.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    conditions: Conditions = ()
    entities: tuple[str, ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    places: Places = "published"
    sort: Sort | None = None
    size: int = Field(default=10, ge=0, le=MAX_SIZE)
    cursor: str | None = None
    offset: int | None = Field(default=None, ge=0, lt=COLLAPSED_DEPTH)
    facets: tuple[str, ...] = DEFAULT_FACETS
    facet_size: int = Field(default=20, ge=1, le=1_000)
    collapse: bool = True
    histogram: Interval | None = None
    explain: bool = False
    completing: bool = False
    settled: Settled | None = None

    @property
    def wording(self) -> str:
        """The words that are looked for: those typed, or what they were settled to mean."""
        return self.settled.meant or self.text if self.settled else self.text

    @property
    def effective_sort(self) -> Sort:
        """The order asked for, or the default: relevance with words, newest without."""
        return self.sort or ("relevance" if self.text.strip() else "newest")


class Highlight(Model):
    """Fragments of the original text, HTML-escaped, the matching words in `<mark>`; nothing else is markup."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


class Raised(Model):
    """A clause of a search that raised an article: what was looked for (`token`) where (`clause`), and its `score`.

    `clause` is the name of a text field of `bantin.search.clauses`, or `freshness` with a day as its token.
    """

    clause: str
    token: str
    score: float


class Hit(Model):
    """One article that matches. `score` is null under an explicit sort; `snippet` is plain text, not HTML.

    `duplicates` counts the matching near-duplicates that fold under it. `raised` says what its score is made of, the
    most first, where that was asked and relevance orders; else it is None.
    """

    article: Article
    score: float | None
    highlight: Highlight
    snippet: str
    duplicates: int = 0
    raised: tuple[Raised, ...] | None = None


class FacetValue(Model):
    """How many matching articles hold a value; `selected` where the query filters by it."""

    value: str
    count: int
    selected: bool = False


class HistogramBucket(Model):
    """How many matching articles were published in the span that starts on `date`."""

    date: date
    count: int


class Span(Model):
    """The first and the last instant at which a matching article was published."""

    first: datetime
    last: datetime


class Results(Model):
    """One page of hits with the counts over all of them. `total` counts articles, exactly.

    `understood` is what the words were found to name, as articles print it. A page by number comes with `hit_count`,
    how many hits there are to page through (articles, or clusters where near-duplicates fold), and with `published`,
    None where no article that matches has a date.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    histogram: tuple[HistogramBucket, ...]
    next_cursor: str | None
    understood: tuple[Recognised, ...] = ()
    hit_count: int | None = None
    published: Span | None = None


class Similar(Model):
    """Articles like one: `similar` best first, one of each cluster; `duplicates` those of its own, oldest first."""

    similar: tuple[Hit, ...]
    duplicates: tuple[Hit, ...]


class CollapsedTooDeepError(ValueError):
    """The cursor goes on where collapsed results end."""

    def __init__(self) -> None:
        super().__init__(f"results with near-duplicates folded end after {COLLAPSED_DEPTH} hits")


class InvalidCursorError(ValueError):
    """The cursor was not made by this platform, belongs to another query, or has expired."""
