"""The upload page's addresses: the form, where it sends files to, and a batch's page, which follows its files."""

from collections.abc import AsyncGenerator

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from bantin.problem import Problem
from bantin.site.language import chosen_language
from bantin.site.pages import Pages
from bantin_ingest.page.batch_view import FileView, batch_view
from bantin_ingest.page.links import UPLOAD_PATH, Links
from bantin_ingest.page.texts import TEXTS
from bantin_ingest.page.upload_view import upload_view
from bantin_ingest.receipts.lookup import Receipts
from bantin_ingest.receipts.model import Batch
from bantin_ingest.receipts.routes import KEEP_ALIVE_SECONDS, find_batch
from bantin_ingest.settings import IngestSettings
from bantin_ingest.upload.receive import Uploads

SEE_OTHER = 303


def upload_pages() -> Pages:
    """Return the page's templates and the files that they refer to."""
    return Pages("bantin_ingest.page", f"{UPLOAD_PATH}/assets", TEXTS)


def page_router(uploads: Uploads, receipts: Receipts, settings: IngestSettings, pages: Pages) -> APIRouter:
    """Return the upload page and the pages of batches."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    _serve_form(router, pages, uploads, settings)
    _serve_batches(router, pages, receipts, settings)
    return router


def _serve_form(router: APIRouter, pages: Pages, uploads: Uploads, settings: IngestSettings) -> None:
    def form(links: Links, problem: Problem | None = None) -> Response:
        view = upload_view(settings, links.language, TEXTS[links.language], problem)
        answer = pages.render("upload.html", links, problem.status if problem else 200, page=view)
        answer.headers.update(problem.headers or {} if problem else {})
        return answer

    @router.get(UPLOAD_PATH)
    async def show_form(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        return form(_links(request, settings))

    @router.post(UPLOAD_PATH)
    async def take_form(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        links = _links(request, settings)
        try:
            batch = await uploads.form(request)
        except Problem as problem:
            return form(links, problem)
        return RedirectResponse(links.batch(batch.batch_id), SEE_OTHER)


def _serve_batches(router: APIRouter, pages: Pages, receipts: Receipts, settings: IngestSettings) -> None:
    @router.get(UPLOAD_PATH + "/{batch_id}")
    async def show_batch(batch_id: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        links = _links(request, settings)
        texts = TEXTS[links.language]
        try:
            batch = await find_batch(receipts, batch_id)
        except Problem as problem:
            unknown = problem.status == 404
            heading = texts.unknown if unknown else texts.failed
            told = texts.unknown_hint if unknown else texts.problems.get(problem.code, problem.detail)
            answer = pages.render("problem.html", links, problem.status, heading=heading, problem=told)
            answer.headers.update(problem.headers or {})
            return answer
        view = batch_view(batch, links, texts)
        return pages.render("batch.html", links, page=view, events=links.events(batch_id))

    @router.get(UPLOAD_PATH + "/{batch_id}/events")
    async def follow_batch(batch_id: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        batch = await find_batch(receipts, batch_id)
        changes = _changes(batch, receipts, pages, _links(request, settings))
        return EventSourceResponse(changes, ping=KEEP_ALIVE_SECONDS)


async def _changes(batch: Batch, receipts: Receipts, pages: Pages, links: Links) -> AsyncGenerator[ServerSentEvent]:
    """Give the parts of a batch's page that have changed, as the page has them: at first all, in the end an `end`."""
    shown: dict[str, FileView] = {}
    async for latest in receipts.progress(batch):
        view = batch_view(latest, links, TEXTS[links.language])
        changed = [file for file in view.files if shown.get(file.receipt_id) != file]
        shown.update((file.receipt_id, file) for file in changed)
        parts = pages.text("changes.html", links, page=view, files=changed)
        yield ServerSentEvent(parts, event="end" if view.ended else None)


def _links(request: Request, settings: IngestSettings) -> Links:
    return Links(request.url.path, chosen_language(request.query_params.multi_items()), settings.portal_url)
