"""The search port: idempotent versioned writes, search, rebuild and swap.

Adapters: `bantin.search.elastic` and `bantin.search.embedded`; `tests/contracts/test_search.py` is the suite that
both pass. Scores are the engine's own; sets, filters, facet counts and explicit sorts are the same on both.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from bantin.events import Article
from bantin.faults import RefusedError, UnavailableError
from bantin.search.clauses import TextField
from bantin.search.query import FacetValue, Query, Results, Similar
from bantin.search.suggestions import Suggestion

MOST_LOOKALIKES = 20
"""Of more copies than these, all have the same cluster to give."""


class SearchUnavailableError(UnavailableError):
    """The engine can't be reached or is overloaded; trying again later may help."""


class SearchRefusedError(RefusedError):
    """The engine refuses us (credentials, rights); trying again does not help."""


class RebuildRunningError(SearchUnavailableError):
    """Another rebuild of the same index is under way; the message says whose."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The version of the live index's layout (schema, mapping), and the version that this code writes.

    Nothing is written to an index of another layout; whether it can still be searched depends on the engine.
    """

    live: int
    ours: int


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the index holds it.

    `writers` are the receipts whose captures wrote it, oldest first: a redelivered event finds its own there and
    repeats its outcome. `cluster_id` is the article_id of the first near-duplicate indexed,
    its own where it is the first. `fingerprint` is how near-duplicates find it (`bantin.fingerprint`).
    """

    article: Article
    writers: tuple[str, ...]
    cluster_id: str
    fingerprint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookalike:
    """An article whose fingerprint has a band in common with another's: a near-duplicate, or not quite."""

    article_id: str
    cluster_id: str
    body: str


WriteStatus = Literal["written", "stale", "retry", "refused"]


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What became of one write.

    `written`: a search finds it now. `stale`: a newer capture is there. `retry`: overloaded, write it again later.
    `refused`: the engine will never take it; `detail` says why.
    """

    status: WriteStatus
    detail: str = ""


class SearchIndex(Protocol):
    """What can be written to: the live index, or one that is being rebuilt."""

    async def get(self, article_ids: Sequence[str]) -> Mapping[str, StoredArticle]:
        """Return those of the articles that exist, as last written, whether or not a search finds them yet."""
        ...

    async def lookalikes(self, fingerprints: Sequence[Sequence[str]]) -> Sequence[Sequence[Lookalike]]:
        """Return for each fingerprint the articles written that share a band with it: most bands first, then by id.

        At most MOST_LOOKALIKES for each; none for an empty fingerprint.
        """
        ...

    async def write(self, articles: Sequence[StoredArticle]) -> Sequence[WriteResult]:
        """Write articles by `article_id`, and return one result each, in order, once a search finds them.

        The engine version is `captured_at` in microseconds: an equal or newer one replaces what is there, an older
        one is `stale`. Raise SearchUnavailableError where the engine as a whole does not answer.
        """
        ...

    async def delete(self, article_ids: Sequence[str]) -> None:
        """Remove articles; those that do not exist are no error."""
        ...


class RebuiltIndex(SearchIndex, Protocol):
    """A new index that is being filled, and takes the live one's place at the end."""

    async def hold_writes(self) -> None:
        """Let the live index take no more writes until the rebuild ends; return once those under way have ended.

        Who writes meanwhile is told `retry` or gets SearchUnavailableError. So nothing that is written can be missing
        from the new index, if it is filled up to here before it goes live.
        """
        ...


class SearchEngine(SearchIndex, Protocol):
    """A search engine with its live index."""

    async def prepare(self) -> None:
        """Create the index where there is none; safe to call by several processes at once."""
        ...

    async def layout(self) -> Layout:
        """Return the layout of the live index beside our own. Raise SearchUnavailableError where there is no index."""
        ...

    async def search(self, query: Query) -> Results:
        """Answer a query.

        Raise InvalidCursorError for a cursor that is not ours or has expired, CollapsedTooDeepError for one that goes
        on where collapsed results end.
        """
        ...

    async def similar(self, article_id: str) -> Similar | None:
        """Return articles related to one, and its near-duplicates apart; None where there is no such article."""
        ...

    async def facet_values(self, query: Query, field: str, text: str, size: int) -> Sequence[FacetValue]:
        """Return up to `size` values of a facet in which every word of a text begins a word, accents optional.

        They are counted over the query's articles, without regard to its filter on the field itself. Values spelled
        with the accents of the text come first, then the most frequent, then by name. Raise ValueError for a field that
        is none of the table.
        """
        ...

    def export(self, query: Query) -> AsyncGenerator[Sequence[Article]]:
        """Give every article that matches, in the query's order and in batches, none of them empty.

        Near-duplicates are articles of their own; `size`, `cursor`, `facets` and `collapse` have no say. All of it is
        the index as it was at the beginning, whatever is written meanwhile. Close the generator to stop early.
        """
        ...

    async def suggest(self, text: str, size: int) -> Sequence[Suggestion]:
        """Return up to `size` values that articles hold and that the words begin (`bantin.search.suggestions`).

        While articles arrive they may lag behind by a moment.
        """
        ...

    async def frequencies(self, field: TextField, tokens: Sequence[str]) -> Sequence[int]:
        """Return how many articles hold each token, in order; articles deleted just now may count."""
        ...

    def rebuild(self) -> AbstractAsyncContextManager[RebuiltIndex]:
        """Give a new, empty index to fill; when the block ends it replaces the live one at once.

        Searches see the old index until then; when the block raises, the new one is dropped, and what a rebuild that
        crashed left behind is dropped by the next. Raise RebuildRunningError while another one is under way.
        """
        ...

    async def ready(self) -> None:
        """Return if the engine answers searches; raise SearchUnavailableError or SearchRefusedError if not."""
        ...

    async def close(self) -> None:
        """Release connections and files."""
        ...
