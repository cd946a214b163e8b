"""The API service put together: its endpoints and the portal over a search engine."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from bantin.hosting import run
from bantin.openapi import load_examples
from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from bantin.search.synonyms import follow_synonyms
from bantin.service import Service
from bantin_api.export import export_router
from bantin_api.facet_search import facet_search_router
from bantin_api.feeds.routes import feed_router
from bantin_api.instantsearch.routes import instantsearch_router
from bantin_api.portal.routes import portal_pages, portal_router
from bantin_api.routes import discovery_router, query_router
from bantin_api.settings import ApiSettings
from bantin_api.suggest import suggest_router
from bantin_api.timelines.routes import timeline_router


def build(settings: ApiSettings, engine: SearchEngine) -> Service:
    """Return the service; the caller opens and closes the engine.

    Raise ValueError, naming file and line, for an operator's synonyms that can't be read.
    """
    follow_synonyms(settings.synonyms)
    pages = portal_pages()
    return Service(
        "api",
        routers=(
            query_router(engine),
            suggest_router(engine),
            facet_search_router(engine),
            timeline_router(engine),
            export_router(engine),
            feed_router(engine),
            instantsearch_router(engine),
            portal_router(engine, settings.ingest_url, pages),
        ),
        checks={"search": engine.ready},
        scope="search",
        open_routers=(discovery_router(), pages.router()),
        examples=load_examples("bantin_api"),
    )


@asynccontextmanager
async def services(settings: ApiSettings) -> AsyncGenerator[Sequence[Service]]:
    """Open what the service needs and give the service."""
    async with open_engine(settings.search_url) as engine:
        yield (build(settings, engine),)


def main() -> None:
    """Run the API service alone."""
    run(ApiSettings, services, name="bantin-api", about="Serve search over the articles, and the portal.")
