"""What a search engine's failures mean to somebody who asked the API."""

from collections.abc import Generator
from contextlib import contextmanager

import structlog

from bantin.problem import Problem
from bantin.search.port import SearchRefusedError, SearchUnavailableError
from bantin.search.query import CollapsedTooDeepError, InvalidCursorError
from bantin_api.reading import unprocessable

RETRY_SECONDS = 5

logger = structlog.get_logger(__name__)


@contextmanager
def engine_faults() -> Generator[None]:
    """Turn the engine's errors into problems: 422 for a cursor that leads nowhere, 503 while it can't answer."""
    try:
        yield
    except InvalidCursorError as error:
        raise unprocessable("invalid_cursor", f"Broken cursor: {error}.") from error
    except CollapsedTooDeepError as error:
        detail = f"Broken off: {error}. Search again with collapse=false, whose pages have any depth."
        raise unprocessable("collapsed_too_deep", detail) from error
    except SearchUnavailableError as error:
        logger.warning("search_unavailable", error=str(error))
        detail = "The search engine does not answer now. Try again in a few seconds."
        raise Problem(503, "search_unavailable", detail, {"Retry-After": str(RETRY_SECONDS)}) from error
    except SearchRefusedError as error:
        logger.critical("search_refused", error=str(error), remedy="check the credentials in BANTIN_SEARCH_URL")
        detail = "The search engine refuses this service. Its operators have been told in the log."
        raise Problem(503, "search_refused", detail) from error
