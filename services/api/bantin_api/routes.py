"""The query API's endpoints: search, one article, those like it, and the description that browsers add a search by."""

import time
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from bantin.problem import Problem
from bantin.search.did_you_mean import better_spelling
from bantin.search.port import SearchEngine
from bantin.web.validators import validated
from bantin_api.answers import ArticleAnswer, SearchAnswer, SimilarAnswer, search_answer, similar_answer
from bantin_api.caching import dated_answer, kept_answer
from bantin_api.documentation import kept, problems
from bantin_api.faults import engine_faults
from bantin_api.opensearch import OPENSEARCH_TYPE, opensearch_description
from bantin_api.parameters import SEARCH, openapi_parameters
from bantin_api.reading import shown
from bantin_api.requests import SearchParameters, WithoutParameters, to_query
from bantin_api.trimming import trimmed

ONE_DAY = "public, max-age=86400"

ArticleId = Annotated[str, Path(description="The article's id, from a hit.", max_length=200)]

_SCORES = {"__all__": {"score", "explanation"}}
UNSAID = {"took_ms": True, "hits": _SCORES}
"""What differs from one answer to the next though they say the same; scores drift as articles age."""
UNSAID_OF_SIMILAR = {"similar": _SCORES}


def query_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoints over an engine."""
    router = APIRouter(tags=["search"])
    _serve_search(router, engine)
    _serve_articles(router, engine)
    _serve_similar(router, engine)
    return router


def _serve_search(router: APIRouter, engine: SearchEngine) -> None:
    @router.get(
        "/v1/search",
        summary="Search the articles",
        response_model=SearchAnswer,
        responses={**kept(), **problems(422, 503)},
        openapi_extra=openapi_parameters(SEARCH),
    )
    async def search(given: SearchParameters, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Find articles by words, filters and dates, with highlights, facets and a histogram over all that match."""
        started = time.perf_counter()
        query = to_query(given)
        with engine_faults():
            results = await engine.search(query)
            better = await better_spelling(engine, query, results.total)
        answer = search_answer(results, query.places, round((time.perf_counter() - started) * 1000), better)
        if fields := given.get("fields"):
            answer = answer.model_copy(update={"hits": tuple(trimmed(hit, fields) for hit in answer.hits)})
        return kept_answer(request, answer, unsaid=UNSAID)


def _serve_articles(router: APIRouter, engine: SearchEngine) -> None:
    @router.get(
        "/v1/articles/{article_id}",
        summary="Read one article",
        response_model=ArticleAnswer,
        responses={**kept(dated=True), **problems(404, 422, 503)},
        dependencies=[WithoutParameters],
    )
    async def article(article_id: ArticleId, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return the article with everything that was found in it, and the evidence for it."""
        found = await find_article(engine, article_id)
        return dated_answer(request, found.model_dump_json().encode(), found.indexed_at)


def _serve_similar(router: APIRouter, engine: SearchEngine) -> None:
    @router.get(
        "/v1/articles/{article_id}/similar",
        summary="Find articles like one",
        response_model=SimilarAnswer,
        responses={**kept(), **problems(404, 422, 503)},
        dependencies=[WithoutParameters],
    )
    async def similar(article_id: ArticleId, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return articles about the same, and apart from them the article's near-duplicates."""
        with engine_faults():
            found = await engine.similar(article_id)
        if found is None:
            raise _unknown(article_id)
        return kept_answer(request, similar_answer(found), unsaid=UNSAID_OF_SIMILAR)


def discovery_router() -> APIRouter:
    """Return the endpoint that tells where the search is, and nothing that is in it."""
    router = APIRouter(tags=["search"])

    @router.get(
        "/opensearch.xml",
        summary="Describe the search to browsers",
        response_class=Response,
        responses={**kept(content={OPENSEARCH_TYPE: {"schema": {"type": "string"}}}), **problems(422)},
        dependencies=[WithoutParameters],
    )
    async def opensearch(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return an OpenSearch 1.1 description of the portal's search and of this API's."""
        content = opensearch_description(str(request.base_url)).encode()
        return validated(request, content, f"{OPENSEARCH_TYPE}; charset=utf-8", ONE_DAY)

    return router


async def find_article(engine: SearchEngine, article_id: str) -> ArticleAnswer:
    """Return an article; raise a 404 Problem where there is none of that id."""
    with engine_faults():
        stored = (await engine.get([article_id])).get(article_id)
    if stored is None:
        raise _unknown(article_id)
    return ArticleAnswer.model_validate(stored.article.model_dump())


def _unknown(article_id: str) -> Problem:
    return Problem(404, "unknown_article", f"There is no article {shown(article_id)}: take an id from a search's hits.")
