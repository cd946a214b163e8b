"""What reads bytes of strangers: each target takes any bytes and returns, or raises only what says what is wrong."""

import contextlib
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Final

import anyio
from pydantic import ValidationError

from bantin.events import ArticleEnriched
from bantin.problem import Problem
from bantin.search.words import parse_words
from bantin_api.instantsearch.expression import filter_conditions
from bantin_api.instantsearch.parameters import read_search
from bantin_api.instantsearch.requests import read_requests
from bantin_api.reading import read_cursor, read_day, read_words
from bantin_extract.handler import extract
from bantin_extract.reading.decode import decode
from bantin_extract.rejection import RejectedError
from bantin_ingest.arrival import Unpacker
from bantin_ingest.deadletters.model import Act
from bantin_ingest.handler import IncomingFile
from bantin_ingest.names import display_name, member_name
from bantin_ingest.provenance import Provenance
from bantin_ingest.push import parse_push
from bantin_ingest.settings import IngestSettings
from bantin_ingest.upload.disposition import part_names
from bantin_ingest.upload.multipart import read_form
from bantin_ingest.upload.spool import Spool
from tests.extract.received import received

Target = Callable[[bytes], None]

FORM: Final = "multipart/form-data; boundary=b"
_CUT: Final = 37
"""Bytes of a form that arrive at once: few, so that every piece of it is cut somewhere."""


def decoder(raw: bytes) -> None:
    """Bytes become text or are rejected, whatever they say they are."""
    for content_type in ("text/html", "text/plain; charset=utf-16", "text/html; charset=x-viscii", "application/json"):
        with contextlib.suppress(RejectedError):
            decode(raw, content_type)


def page(raw: bytes) -> None:
    """A page becomes an article whose evidence lies within its text, or is rejected."""
    _extracted(raw, "text/html")


def text(raw: bytes) -> None:
    """So does plain text."""
    _extracted(raw, "text/plain")


def document(raw: bytes) -> None:
    """So does whatever its first bytes say that it is."""
    _extracted(raw, "application/octet-stream")


def query(raw: bytes) -> None:
    """What is typed is understood or refused."""
    typed = raw.decode(errors="replace")
    with contextlib.suppress(Problem):
        parse_words(read_words("q", typed))
    for read in (read_day, read_cursor):
        with contextlib.suppress(Problem):
            read("x", typed)


def widgets(raw: bytes) -> None:
    """So is what widgets ask."""
    with contextlib.suppress(Problem):
        for asked in read_requests(raw):
            read_search(asked)
    with contextlib.suppress(Problem):
        filter_conditions(raw.decode(errors="replace"))


def form(raw: bytes) -> None:
    """A body is a form or a problem, however it is cut."""

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), _CUT):
            yield raw[start : start + _CUT]

    async def read() -> None:
        with tempfile.TemporaryDirectory() as folder, Spool(Path(folder), file_limit=1_000) as spool:
            found = await read_form(FORM, chunks(), spool, max_files=5)
            assert all(part.spooled.size <= len(raw) for part in found.files)

    with contextlib.suppress(Problem):
        anyio.run(read)
    part_names(raw)


def archive(raw: bytes) -> None:
    """A file is its members, each with the content that it says, or one refusal, or no archive."""

    async def unpack() -> None:
        with tempfile.TemporaryDirectory() as folder:
            limits = IngestSettings(data=Path(folder), max_upload=10_000, archive_unpacked=100_000, archive_members=50)
            unpacker = Unpacker(limits)
            with unpacker.spool() as spool:
                whole = IncomingFile("a", "application/zip", len(raw), "0" * 64)
                for member in await unpacker.members(whole, raw, spool) or ():
                    assert member.file.name == member_name(member.file.name)
                    if member.file.refusal is None:
                        assert len(await member.content()) == member.file.size

    anyio.run(unpack)


def pushed(raw: bytes) -> None:
    """An article as JSON is kept in one form, or refused."""
    with contextlib.suppress(Problem):
        article = parse_push(raw)
        assert parse_push(article.canonical).canonical == article.canonical
        article.name.encode()
        assert article.provenance is not None
        _extracted(article.canonical, "application/vnd.bantin.article+json")


def decision(raw: bytes) -> None:
    """What operators decide names only what can be looked for."""
    with contextlib.suppress(ValueError, RecursionError, ValidationError):
        act = Act.model_validate(json.loads(raw))
        for name in (*act.letters, act.reason or "", act.stage or "", act.note):
            name.encode()


def fields(raw: bytes) -> None:
    """Names are labels, and what is said of a file's origin is right or refused."""
    for said in (raw.decode(errors="replace"), raw.decode("utf-8", "surrogateescape")):
        for name in (display_name(said), member_name(said)):
            assert name.encode()
        with contextlib.suppress(Problem):
            Provenance.parse({"source_url": said, "source": "x", "captured_at": ""})
        with contextlib.suppress(Problem):
            Provenance.parse({"captured_at": said})


def _extracted(raw: bytes, content_type: str) -> None:
    outcome = extract(received(raw, content_type))
    if isinstance(outcome, ArticleEnriched):
        article = outcome.article
        article.model_dump_json()
        assert article.title
        for item in article.evidence:
            assert item.start is None or (
                item.end is not None and 0 <= item.start < item.end <= len(article.original_text)
            )


TARGETS: Final[Mapping[str, Target]] = {
    target.__name__: target
    for target in (decoder, page, text, document, query, widgets, form, archive, pushed, decision, fields)
}
