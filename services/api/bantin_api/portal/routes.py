"""The portal's addresses: the search, and an article."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from bantin.problem import Problem
from bantin.search.did_you_mean import better_spelling
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from bantin.site.address import SiteAddress
from bantin.site.language import chosen_language
from bantin.site.pages import Pages
from bantin_api.faults import engine_faults
from bantin_api.feeds.routes import feed_links
from bantin_api.parameters import SEARCH
from bantin_api.portal.article_page import article_page
from bantin_api.portal.links import Links
from bantin_api.portal.search_page import FORM_FIELDS, chosen_filters, facets_for, search_page
from bantin_api.portal.texts import TEXTS, Texts
from bantin_api.requests import read_parameters, to_query
from bantin_api.routes import find_article

FACET_SIZE = 20


def portal_pages() -> Pages:
    """Return the portal's templates and the files that its pages refer to, which hold no articles."""
    return Pages("bantin_api.portal", "/portal", TEXTS)


def portal_router(engine: SearchEngine, ingest: SiteAddress, pages: Pages) -> APIRouter:
    """Return the portal over an engine; `ingest` is where the page for uploads is."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _serve_search(router, engine, pages, ingest)
    _serve_articles(router, engine, pages, ingest)
    return router


def _serve_search(router: APIRouter, engine: SearchEngine, pages: Pages, ingest: SiteAddress) -> None:
    @router.get("/")
    async def search(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        links = _links(request, ingest)
        texts = TEXTS[links.language]
        given: Mapping[str, Any] = {}
        query = Query(facets=())
        try:
            given = read_parameters(links.pairs, SEARCH)
            query = _with_facets(to_query(given))
            with engine_faults():
                results = await engine.search(query)
                better = await better_spelling(engine, query, results.total)
        except Problem as problem:
            form = _form(links, given, query, texts)
            return pages.render(
                "search.html", links, problem.status, **form, page=None, problem=_told(problem, texts), feeds=()
            )
        page = search_page(query, results, better, links, texts)
        return pages.render(
            "search.html",
            links,
            **_form(links, given, query, texts),
            page=page,
            problem=None,
            feeds=feed_links(links.pairs),
        )


def _serve_articles(router: APIRouter, engine: SearchEngine, pages: Pages, ingest: SiteAddress) -> None:
    @router.get("/bai/{article_id}")
    async def article(article_id: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        links = _links(request, ingest)
        texts = TEXTS[links.language]
        try:
            found = await find_article(engine, article_id)
        except Problem as problem:
            told = texts.not_found_hint if problem.status == 404 else _told(problem, texts)
            heading = texts.not_found if problem.status == 404 else texts.failed
            return pages.render("problem.html", links, problem.status, heading=heading, problem=told)
        return pages.render("article.html", links, page=article_page(found, links, texts))


def _links(request: Request, ingest: SiteAddress) -> Links:
    """Return the request's parameters as links keep them: a form sends fields left empty, which choose nothing."""
    pairs = request.query_params.multi_items()
    kept = tuple((name, text) for name, text in pairs if text and name != "lang")
    return Links(kept, chosen_language(pairs), ingest)


def _with_facets(query: Query) -> Query:
    return query.model_copy(update={"facets": facets_for(query), "facet_size": FACET_SIZE})


def _form(links: Links, given: Mapping[str, Any], query: Query, texts: Texts) -> dict[str, Any]:
    """Return what the search form shows, whether or not the search went well."""
    first = dict(links.pairs)
    return {
        "form": {name: first.get(name, "") for name in ("q", "sort", "places", "published_from", "published_to")},
        "kept": [(name, text) for name, text in links.pairs if name in given and name not in FORM_FIELDS],
        "chosen": chosen_filters(query, links, texts),
    }


def _told(problem: Problem, texts: Texts) -> str:
    return texts.problems.get(problem.code) or texts.problems[""]
