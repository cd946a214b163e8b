"""The endpoint that InstantSearch widgets ask."""

import asyncio
import time
from collections.abc import Sequence
from typing import Final

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from bantin.search.port import SearchEngine
from bantin.search.suggestions import MOST_SUGGESTIONS
from bantin_api.documentation import problems
from bantin_api.faults import engine_faults
from bantin_api.instantsearch.answers import (
    FacetResult,
    MultiAnswer,
    SearchResult,
    facet_result,
    search_result,
    suggestions_result,
    tags_of,
)
from bantin_api.instantsearch.attributes import facet_field
from bantin_api.instantsearch.parameters import FACET_HITS, Search, read_search
from bantin_api.instantsearch.requests import MOST_BYTES, read_requests
from bantin_api.instantsearch.schema import BODY

AT_ONCE: Final = 4
"""Searches of one request that the engine answers at the same time."""


def instantsearch_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoint over an engine."""
    router = APIRouter(tags=["search"])

    @router.post(
        "/instantsearch",
        summary="Answer InstantSearch widgets",
        responses={200: {"model": MultiAnswer}, **problems(413, 422, 503)},
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": BODY}},
            }
        },
    )
    async def instantsearch(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Answer several searches at once, in the protocol of `instantsearch.js` and the algoliasearch client.

        Facets are those of `/v1/search`, with `places.lvl0` and `places.lvl1` for hierarchical menus; `published_at` is
        a number in filters and statistics, seconds since 1970. Pages by number end after 1,000 hits. The last word of a
        query may be the beginning of one, as people see results while they type; a space after it ends it.
        """
        searches = [read_search(asked) for asked in read_requests(await _body(request))]
        for search in searches:
            tags_of(search)
            if search.asked.facet is not None:
                facet_field("facet", search.asked.facet)
        with engine_faults():
            results = await _answers(engine, searches)
        content = MultiAnswer(results=results).model_dump_json().encode()
        return Response(content, media_type="application/json")

    return router


async def _body(request: Request) -> bytes:
    """Return the body, or as much of it as shows that it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            break
    return bytes(body)


async def _answers(engine: SearchEngine, searches: Sequence[Search]) -> list[SearchResult | FacetResult]:
    """Return the answers in order. All searches end, whatever becomes of one; the first failure is raised then."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def answer(search: Search) -> SearchResult | FacetResult:
        async with turns:
            return await _answer(engine, search)

    ended = await asyncio.gather(*map(answer, searches), return_exceptions=True)
    answers: list[SearchResult | FacetResult] = []
    for one in ended:
        if isinstance(one, BaseException):
            raise one
        answers.append(one)
    return answers


async def _answer(engine: SearchEngine, search: Search) -> SearchResult | FacetResult:
    started = time.perf_counter()
    if search.asked.facet is not None:
        field = facet_field("facet", search.asked.facet)
        size = search.given.get("maxFacetHits", FACET_HITS)
        values = await engine.facet_values(search.query, field, search.given.get("facetQuery", ""), size)
        return await run_sync(facet_result, search, values, _milliseconds(started))
    if search.of_suggestions:
        size = 0 if search.page else min(search.hits_per_page, MOST_SUGGESTIONS)
        return suggestions_result(search, await engine.suggest(search.query.text, size), _milliseconds(started))
    results = await engine.search(search.query)
    return await run_sync(search_result, search, results, _milliseconds(started))


def _milliseconds(started: float) -> int:
    return max(1, round((time.perf_counter() - started) * 1000))
