"""What goes wrong between us and Elasticsearch, in the words of the search port."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from elastic_transport import TlsError
from elasticsearch import ApiError, TransportError

from bantin.search.port import SearchRefusedError, SearchUnavailableError

TOO_MANY_REQUESTS: Final = 429
TOO_LARGE: Final = 413


@contextmanager
def translated_failures() -> Generator[None]:
    """Raise SearchUnavailableError for what may pass, SearchRefusedError for credentials and rights; pass all else on.

    A missing index counts as unavailable: a rebuild or `prepare` will bring it.
    """
    try:
        yield
    except ApiError as error:
        status = error.meta.status
        if is_refusal(status, error.message):
            raise SearchRefusedError(f"Elasticsearch refuses us, check its credentials and rights: {error}") from error
        if may_pass(status, error.message):
            raise SearchUnavailableError(f"Elasticsearch can't answer now: {error}") from error
        raise
    except TlsError as error:
        remedy = "name the file with its authority's certificates in BANTIN_SEARCH_CA_FILE"
        raise SearchUnavailableError(f"Elasticsearch can't be trusted: {error.message}; {remedy}") from error
    except TransportError as error:
        raise SearchUnavailableError(f"Elasticsearch can't be reached: {error.message}") from error


def whole(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a search's answer. Raise SearchUnavailableError where time ran out: what it holds is a part."""
    if answer.get("timed_out"):
        raise SearchUnavailableError("Elasticsearch can't answer now: the search took too long")
    return answer


def is_refusal(status: int, kind: str) -> bool:
    """Return whether this answer will stay the same until somebody changes credentials or rights.

    A blocked index (`cluster_block_exception`) answers 403 too, but opens again.
    """
    return status == 401 or (status == 403 and kind != "cluster_block_exception")


def may_pass(status: int, kind: str) -> bool:
    """Return whether the same request may succeed later."""
    return (
        status == TOO_MANY_REQUESTS
        or status >= 500
        or kind in ("index_not_found_exception", "cluster_block_exception", "index_closed_exception")
    )
