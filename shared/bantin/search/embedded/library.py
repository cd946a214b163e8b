"""The tantivy library, or an error that says how to install it, and what its type stubs leave out."""

from collections.abc import Mapping
from typing import Any, Protocol, cast

try:
    import tantivy
except ImportError as error:
    raise ImportError('the embedded search engine needs tantivy: pip install "bantin[tantivy]"') from error

__all__ = ["aggregate", "count_of", "tantivy"]


class _Counted(Protocol):
    """What a search result has besides the attributes in the stubs."""

    count: int


class _Aggregating(Protocol):
    """A searcher, with the types that the stubs leave open."""

    def aggregate(self, query: tantivy.Query, agg: Mapping[str, Any]) -> dict[str, Any]: ...


def aggregate(searcher: tantivy.Searcher, query: tantivy.Query, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return aggregations over a query's documents, by the names under which they are asked for."""
    return cast("_Aggregating", searcher).aggregate(query, asked)


def count_of(result: tantivy.SearchResult) -> int:
    """Return how many documents a search matched, beyond the hits it gives, too."""
    return cast("_Counted", result).count
