"""Every article of a search as a file: one JSON object a line, or a table for spreadsheets, sent as it is read."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Final, NamedTuple

import structlog
from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Send

from bantin.events import Article
from bantin.search.port import SearchEngine
from bantin_api.answers import ArticleAnswer
from bantin_api.documentation import problems
from bantin_api.faults import engine_faults
from bantin_api.parameters import EXPORT, openapi_parameters
from bantin_api.requests import read_parameters, to_query
from bantin_api.spreadsheet import table_beginning, table_rows

Batches = AsyncGenerator[Sequence[Article]]

logger = structlog.get_logger(__name__)


class _Format(NamedTuple):
    media_type: str
    beginning: Callable[[], bytes]
    lines: Callable[[Sequence[Article]], bytes]


# Readers that cut lines as Unicode has it would cut here; JSON allows both spellings.
_LINE_BREAKS: Final = {character: f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


def json_lines(articles: Sequence[Article]) -> bytes:
    """Return each article as one line of JSON, as `GET /v1/articles/{article_id}` has it."""
    return "".join(_json_line(article) for article in articles).encode()


def _json_line(article: Article) -> str:
    line = ArticleAnswer.model_validate(article.model_dump()).model_dump_json()
    for character, escaped in _LINE_BREAKS.items():
        line = line.replace(character, escaped)
    return line + "\n"


_FORMATS: Final = {
    "ndjson": _Format("application/x-ndjson", bytes, json_lines),
    "csv": _Format("text/csv", table_beginning, table_rows),
}


class _ExportResponse(StreamingResponse):
    """Sends an export as fast as the client takes it, and ends it at once where the client goes."""

    def __init__(self, chunks: AsyncGenerator[bytes], media_type: str, file_name: str) -> None:
        disposition = f'attachment; filename="{file_name}"'
        super().__init__(
            chunks, media_type=media_type, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
        )
        self._chunks = chunks

    async def stream_response(self, send: Send) -> None:
        """Send all of it; whatever happens on the way, the engine is told that nobody reads on."""
        async with aclosing(self._chunks):
            await super().stream_response(send)


def export_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoint over an engine."""
    router = APIRouter(tags=["search"])
    content = {form.media_type: {"schema": {"type": "string"}} for form in _FORMATS.values()}

    @router.get(
        "/v1/export",
        summary="Export a search",
        response_class=Response,
        responses={200: {"description": "The articles, streamed.", "content": content}, **problems(422, 503)},
        openapi_extra=openapi_parameters(EXPORT),
    )
    async def export(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return every article of a search, near-duplicates too, as the index is at the beginning of the export.

        `ndjson` has a whole article a line; `csv` a table that spreadsheets open, without original text and evidence.
        An export that fails on the way ends without its last chunk, which HTTP clients report as an error.
        """
        given = read_parameters(request.query_params.multi_items(), EXPORT)
        name = given.get("format", "ndjson")
        batches = engine.export(to_query(given).model_copy(update={"facets": ()}))
        with engine_faults():
            first = await anext(batches, None) or ()
        chunks = _chunks(first, batches, _FORMATS[name])
        return _ExportResponse(chunks, _FORMATS[name].media_type, f"ban-tin.{name}")

    return router


async def _chunks(first: Sequence[Article], batches: Batches, form: _Format) -> AsyncGenerator[bytes]:
    """Give the parts of the file; `first` has been read already, so that an engine that is down is a plain error."""
    async with aclosing(batches):
        yield form.beginning() + await run_sync(form.lines, first)
        try:
            async for batch in batches:
                yield await run_sync(form.lines, batch)
        except Exception as error:
            logger.warning("export_broken_off", error=str(error))
            raise
