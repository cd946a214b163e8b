"""Takes in what a request brings: reads it within its limits, makes it durable, and returns its batch."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from fastapi import Request
from opentelemetry import context as current
from opentelemetry import propagate, trace
from opentelemetry.context import Context

from bantin.faults import RefusedError, UnavailableError
from bantin.problem import Problem
from bantin_ingest.arrival import Arrival, Unpacker
from bantin_ingest.handler import IncomingFile, Ticket, issue_tickets, refusal
from bantin_ingest.intake import Intake, Load
from bantin_ingest.media_types import PUSHED_ARTICLE, media_type
from bantin_ingest.names import display_name
from bantin_ingest.pressure import RETRY_SECONDS, OverloadedError
from bantin_ingest.provenance import FIELDS, Provenance
from bantin_ingest.push import parse_push
from bantin_ingest.receipts.fold import fold_batch
from bantin_ingest.receipts.model import Batch
from bantin_ingest.settings import IngestSettings
from bantin_ingest.upload.body import Body
from bantin_ingest.upload.multipart import Form, read_form
from bantin_ingest.upload.spool import Spool, SpooledFile

RETRY_AFTER_SECONDS = 5


class Uploads:
    """The three ways in: a form, a raw body, a JSON article. Each returns once everything is durable.

    All raise a 4xx Problem where the request as a whole is wrong, a 429 one where too much is waiting already, and a
    503 one where the log does not take files.
    """

    def __init__(self, intake: Intake, settings: IngestSettings) -> None:
        self._intake = intake
        self._settings = settings
        self._unpacker = Unpacker(settings)

    async def form(self, request: Request) -> Batch:
        """Take the files of a multipart form."""
        self._admit()
        settings = self._settings
        body = Body(request, "request", limit=settings.max_request, timeout=settings.body_timeout)
        content_type = request.headers.get("content-type", "")
        with Spool(settings.data, file_limit=settings.max_upload) as spool:
            form = await read_form(content_type, body.chunks(), spool, max_files=settings.max_files)
            provenance = self._checked(form)
            arrivals = [
                Arrival(self._incoming(part.name, part.content_type, part.spooled), spool, part.spooled)
                for part in form.files
            ]
            return await self._take_arrivals(request, arrivals, provenance)

    async def raw(self, name: str, request: Request) -> Batch:
        """Take the body as one file called `name`; its provenance is in the query."""
        if not name.strip("/ "):
            raise Problem(422, "name_missing", "Name the file in the path: PUT /v1/files/NAME.")
        self._admit()
        provenance = Provenance.parse(_once(request))
        with Spool(self._settings.data, file_limit=self._settings.max_upload) as spool:
            async for chunk in self._single(request, "file").chunks():
                spool.write(chunk)
                await spool.flush()
            spooled = spool.finish()
            file = self._incoming(name, request.headers.get("content-type"), spooled)
            return await self._take_arrivals(request, [Arrival(file, spool, spooled)], provenance)

    async def article(self, request: Request) -> Batch:
        """Take an article that was pushed as JSON."""
        self._admit()
        article = parse_push(await self._single(request, "article").whole())
        provenance, content = article.provenance, article.canonical
        file = IncomingFile(
            article.name, PUSHED_ARTICLE, len(content), hashlib.sha256(content).hexdigest(), refusal=None
        )

        async def load(_: Ticket) -> bytes:
            return content

        return await self._take(request, [file], provenance, load)

    def _admit(self) -> None:
        """Raise a 429 Problem where no more can be taken, before the body is read."""
        try:
            self._intake.admit()
        except OverloadedError as error:
            raise _overloaded(error) from error

    def _single(self, request: Request, what: str) -> Body:
        settings = self._settings
        return Body(request, what, limit=settings.max_upload, timeout=settings.body_timeout)

    def _checked(self, form: Form) -> Provenance:
        provenance = Provenance.parse(form.fields)
        if not form.files:
            raise Problem(422, "file_missing", "Send at least one part called `file`.")
        if provenance.source_url and len(form.files) > 1:
            raise _several()
        limit = self._settings.max_upload
        if len(form.files) == 1 and form.files[0].spooled.size > limit:
            raise Problem(413, "too_large", f"The file is larger than {limit:,} bytes.")
        return provenance

    def _incoming(self, name: str, declared_type: str | None, spooled: SpooledFile) -> IncomingFile:
        shown = display_name(name)
        refused = refusal(spooled.size, self._settings.max_upload)
        return IncomingFile(shown, media_type(declared_type, shown), spooled.size, spooled.sha256, refused)

    async def _take_arrivals(self, request: Request, arrivals: Sequence[Arrival], provenance: Provenance) -> Batch:
        """Take files that have arrived, archives among them as their members."""
        with self._unpacker.spool() as members:
            expanded = await self._unpacker.expand(arrivals, members)
            if provenance.source_url and len(expanded) > 1:
                raise _several()

            async def load(ticket: Ticket) -> bytes:
                return await expanded[ticket.position].content()

            return await self._take(request, [arrival.file for arrival in expanded], provenance, load)

    async def _take(self, request: Request, files: Sequence[IncomingFile], provenance: Provenance, load: Load) -> Batch:
        tickets = issue_tickets(files, provenance, datetime.now(UTC))
        try:
            records = await self._intake.take(tickets, load, _caller(request))
        except OverloadedError as error:
            raise _overloaded(error) from error
        except (UnavailableError, RefusedError) as error:
            said = "The log does not take files now; send the request again in a moment."
            raise Problem(503, "log_unavailable", said, {"Retry-After": str(RETRY_AFTER_SECONDS)}) from error
        batch = fold_batch(records)
        if batch is None:
            raise AssertionError("a batch has at least one file")
        return batch


def _overloaded(error: OverloadedError) -> Problem:
    said = f"No more files are taken for now: {error}. Send the request again later."
    return Problem(429, "overloaded", said, {"Retry-After": str(RETRY_SECONDS)})


def _several() -> Problem:
    said = "source_url belongs to one file; send files with one each in requests of their own."
    return Problem(422, "source_url_for_several", said)


def _once(request: Request) -> dict[str, str]:
    """Return the provenance in the query; raise a 422 Problem where a parameter is repeated."""
    given = {name: request.query_params.getlist(name) for name in FIELDS}
    for name, values in given.items():
        if len(values) > 1:
            raise Problem(422, "repeated_field", f"{name} is given twice.")
    return {name: values[0] for name, values in given.items() if values}


def _caller(request: Request) -> Context:
    """Return the request's span, or without one the caller's."""
    context = current.get_current()
    if trace.get_current_span(context).get_span_context().is_valid:
        return context
    return propagate.extract(request.headers)
