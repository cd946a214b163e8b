"""Dead letters over HTTP, for operators: list, look at, retry, discard."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request

from bantin.access.audit import actor_of
from bantin.deadletter import exhumed, read_dead_letter
from bantin.envelope import UndecodableRecordError
from bantin.eventlog.port import Record
from bantin.faults import RefusedError, UnavailableError
from bantin.problem import Problem
from bantin_ingest.deadletters.cursor import cursor_of, mark_of
from bantin_ingest.deadletters.deciding import Deciding, unknown_letter
from bantin_ingest.deadletters.letters import DecidedLetter
from bantin_ingest.deadletters.lookup import DeadLetters
from bantin_ingest.deadletters.model import (
    LONGEST_NAME,
    MOST_BYTES,
    Act,
    Acted,
    Header,
    LetterDetail,
    LetterPage,
    Note,
    ReasonCount,
)
from bantin_ingest.deadletters.plain import plain, plain_lines, preview
from bantin_ingest.deadletters.store import Selection, mark

RETRY_AFTER_SECONDS = 2
LARGEST_PAGE = 100

LetterId = Annotated[str, Path(description="The letter's id, from the list.")]
StateParameter = Annotated[
    Literal["open", "retried", "discarded", "any"], Query(description="What operators decided, if they did.")
]

_Responses = dict[int | str, dict[str, Any]]
_UNKNOWN: _Responses = {404: {"description": "There is no such letter."}}
_UNREADABLE: _Responses = {503: {"description": "The dead letters can't be read or decided about now."}}
_OF_DECISIONS: _Responses = {
    400: {"description": "The body is no JSON."},
    **_UNKNOWN,
    403: {"description": "Another site's page sent it, or the key lacks the scope."},
    409: {"description": "It was retried already."},
    413: {"description": "The body is larger than any decision."},
    **_UNREADABLE,
}


def dead_letter_router(letters: DeadLetters, deciding: Deciding) -> APIRouter:
    """Return the routes; they are for operators only."""
    router = APIRouter(prefix="/v1/dead-letters", tags=["dead letters"], max_body_size=MOST_BYTES)
    _serve_decisions(router, deciding)
    _serve_letters(router, letters)
    return router


def _serve_letters(router: APIRouter, letters: DeadLetters) -> None:
    @router.get(
        "", summary="Dead letters, the latest first, and how many there are by stage and reason", responses=_UNREADABLE
    )
    async def get_letters(  # pyright: ignore[reportUnusedFunction]
        reason: Annotated[str | None, Query(description="A reason's code.")] = None,
        stage: Annotated[str | None, Query(description="The stage that gave the record up.")] = None,
        state: StateParameter = "open",
        size: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many letters a page holds.")] = 50,
        cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.")] = None,
    ) -> LetterPage:
        """Return a page of dead letters; the counts are over all of the state asked for, whatever the other filters."""
        after = mark_of(cursor) if cursor else None
        selection = Selection(None if state == "any" else state, reason, stage)
        async with _answering():
            page, counts = await letters.listing(selection, after, size + 1)
        shown = page[:size]
        return LetterPage(
            total=sum(n for s, r, n in counts if stage in (None, s) and reason in (None, r)),
            counts=tuple(ReasonCount(stage=s, reason=r, count=n) for s, r, n in counts),
            letters=tuple(shown),
            next_cursor=cursor_of(mark(shown[-1])) if len(page) > size else None,
        )

    @router.get(
        "/{letter}",
        summary="One dead letter with its headers, its stack and the beginning of its content",
        responses={**_UNKNOWN, 410: {"description": "The log no longer has its record."}, **_UNREADABLE},
    )
    async def get_letter(letter: LetterId) -> LetterDetail:  # pyright: ignore[reportUnusedFunction]
        """Return what is known of one record that could not be processed, as its stage gave it up."""
        async with _answering():
            found = (await letters.find([letter])).get(letter)
            if found is None:
                raise unknown_letter(letter)
            record = (await letters.records([found])).get(letter)
        if record is None:
            raise Problem(410, "lost_dead_letter", "The log no longer has this letter's record.")
        return _detail(found, record)


def _serve_decisions(router: APIRouter, deciding: Deciding) -> None:
    async def decide(act: Act, request: Request) -> Acted:
        async with _answering():
            return await deciding.decide(act, actor_of(request))

    @router.post(
        "/actions",
        status_code=202,
        summary="Retry or discard letters, a group of them, or all",
        responses=_OF_DECISIONS,
    )
    async def post_actions(act: Act, request: Request) -> Acted:  # pyright: ignore[reportUnusedFunction]
        """Decide about many letters at once, by their ids, their reason or their stage; the audit log keeps who did."""
        return await decide(act, request)

    @router.post("/{letter}/retry", status_code=202, summary="Publish a letter's record again", responses=_OF_DECISIONS)
    async def post_retry(  # pyright: ignore[reportUnusedFunction]
        letter: LetterId, request: Request, note: Note | None = None
    ) -> Acted:
        """Publish the record again, as it came; its receipt is open again until it ends anew."""
        return await decide(_about(letter, "retry", note), request)

    @router.post(
        "/{letter}/discard",
        status_code=202,
        summary="Give a letter up; its record stays on the log",
        responses=_OF_DECISIONS,
    )
    async def post_discard(  # pyright: ignore[reportUnusedFunction]
        letter: LetterId, request: Request, note: Note | None = None
    ) -> Acted:
        """Give the record up for good; nothing is deleted."""
        return await decide(_about(letter, "discard", note), request)


def _about(letter: str, action: Literal["retry", "discard"], note: Note | None) -> Act:
    """Return the decision about one letter; raise a 404 Problem for a name that none can have."""
    if len(letter) > LONGEST_NAME:
        raise unknown_letter(letter)
    return Act(action=action, letters=(letter,), note=note.note if note else "")


@asynccontextmanager
async def _answering() -> AsyncGenerator[None]:
    try:
        yield
    except (UnavailableError, RefusedError) as error:
        said = "The dead letters can't be read or decided about now; ask again in a moment."
        raise Problem(503, "dead_letters_unavailable", said, {"Retry-After": str(RETRY_AFTER_SECONDS)}) from error


def _detail(letter: DecidedLetter, record: Record) -> LetterDetail:
    own = exhumed(record, letter.letter).headers[:-1]
    try:
        stack = read_dead_letter(record).failure.stack
    except UndecodableRecordError:
        stack = ""
    return LetterDetail(
        **dict(letter),
        key=_shown(record.key),
        headers=tuple(Header(name=plain(name, 200), value=_shown(value)) for name, value in own),
        stack=plain_lines(stack),
        preview=preview(record.value),
    )


def _shown(value: bytes | None) -> str | None:
    return None if value is None else plain(value.decode("utf-8", "backslashreplace"))
