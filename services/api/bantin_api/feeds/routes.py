"""The endpoint that gives a search as a feed, and 304 to readers that hold it already."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from bantin.search.port import SearchEngine
from bantin_api.caching import dated_answer
from bantin_api.documentation import kept, problems
from bantin_api.faults import engine_faults
from bantin_api.feeds.feed import Feed, make_feed
from bantin_api.feeds.json_feed import JSON_FEED_TYPE, to_json_feed
from bantin_api.feeds.xml_feeds import ATOM_TYPE, RSS_TYPE, to_atom, to_rss
from bantin_api.parameters import DEFAULT_FEED_SIZE, FEED, openapi_parameters
from bantin_api.requests import read_parameters, to_query

PATH: Final = "/v1/feed"
_NOT_OF_THE_PAGE: Final = ("format", "size")
_OF_THE_FEED: Final = frozenset(parameter.name for parameter in FEED) - {*_NOT_OF_THE_PAGE, "sort"}


class _Format(NamedTuple):
    media_type: str
    write: Callable[[Feed], bytes]


_FORMATS: Final = {
    "rss": _Format(RSS_TYPE, to_rss),
    "atom": _Format(ATOM_TYPE, to_atom),
    "json": _Format(JSON_FEED_TYPE, to_json_feed),
}
_CONTENT: Final = {
    RSS_TYPE: {"schema": {"type": "string"}},
    ATOM_TYPE: {"schema": {"type": "string"}},
    JSON_FEED_TYPE: {"schema": {"type": "object"}},
}


class FeedLink(NamedTuple):
    """A feed that a page tells browsers and readers of."""

    media_type: str
    href: str


def feed_links(pairs: Iterable[tuple[str, str]]) -> list[FeedLink]:
    """Return the feeds of the search that a page shows, by the page's parameters."""
    kept = [pair for pair in pairs if pair[0] in _OF_THE_FEED]
    return [
        FeedLink(form.media_type, f"{PATH}?{urlencode([('format', name), *kept])}") for name, form in _FORMATS.items()
    ]


def feed_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoint over an engine."""
    router = APIRouter(tags=["search"])

    @router.get(
        PATH,
        summary="Follow a search",
        response_class=Response,
        responses={**kept(dated=True, description="The feed.", content=_CONTENT), **problems(422, 503)},
        openapi_extra=openapi_parameters(FEED),
    )
    async def feed(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return a search's articles as RSS 2.0, Atom or JSON Feed 1.1, the newest first unless `sort` says otherwise.

        Ask with the `ETag` in `If-None-Match`, or the `Last-Modified` in `If-Modified-Since`, to be told of no change.
        """
        given = read_parameters(request.query_params.multi_items(), FEED)
        query = to_query({"sort": "newest", "size": DEFAULT_FEED_SIZE, **given}).model_copy(update={"facets": ()})
        with engine_faults():
            results = await engine.search(query)
        form = _FORMATS[given.get("format", "rss")]
        base, pairs = str(request.base_url), request.query_params.multi_items()
        page = [pair for pair in pairs if pair[0] not in _NOT_OF_THE_PAGE]
        made = make_feed(query, results, _address(base, "v1/feed", pairs), _address(base, "", page), base)
        return dated_answer(request, form.write(made), made.changed, f"{form.media_type}; charset=utf-8")

    return router


def _address(base: str, path: str, pairs: list[tuple[str, str]]) -> str:
    return base + path + ("?" + urlencode(pairs) if pairs else "")
