"""`bantin dlq`: what no stage could process, and what is to become of it; a client of the ingest service's API."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

import cyclopts
from cyclopts import Parameter
from rich.console import Console

from bantin_standalone.address import platform_address
from bantin_standalone.client import Client, ClientError, connected
from bantin_standalone.letter_tables import Letter, counts_line, letter_table, letter_text
from bantin_standalone.options import Key
from bantin_standalone.presenting import say

T = TypeVar("T")
Action = Literal["retry", "discard"]
PAGE = 100
WIDE = 200
"""Columns where the output is no terminal: lines are not broken for programs that read them."""

command = cyclopts.App(
    name="dlq",
    help="List, look at, retry and discard dead letters: records that no stage could process. "
    "Needs a key with the scope `ops` where the platform asks for one.",
)


@Parameter(name="*")
@dataclass(frozen=True)
class Which:
    """Which letters are meant where none is named, and why."""

    reason: Annotated[str | None, Parameter(help="Instead of names: every open letter of this reason.")] = None
    stage: Annotated[str | None, Parameter(help="Instead of names: every open letter of this stage.")] = None
    all_open: Annotated[bool, Parameter(name="--all", negative=(), help="Instead of names: every open letter.")] = False
    yes: Annotated[bool, Parameter(negative=(), help="Really all of them.")] = False
    note: Annotated[str, Parameter(help="Why, for those who look at it later.")] = ""

    def of(self, letters: Sequence[str]) -> dict[str, Any]:
        """Return what the API takes; raise ClientError unless letters are named in exactly one way."""
        group = {name: value for name, value in (("reason", self.reason), ("stage", self.stage)) if value is not None}
        if [bool(letters), bool(group), self.all_open].count(True) != 1:
            raise ClientError("which letters? Name them, or give --reason or --stage, or --all; one of these")
        named = {"letters": list(letters)} if letters else group or {"all": True}
        return {**named, "note": self.note}


@command.command(name="list")
def list_letters(
    *,
    reason: str | None = None,
    stage: str | None = None,
    state: Literal["open", "retried", "discarded", "any"] = "open",
    size: int = 50,
    at: str = "",
    key: Key = "",
) -> int:
    """Show dead letters, the latest first, and how many there are of each stage and reason.

    Parameters
    ----------
    reason
        Only those of a reason, by its code.
    stage
        Only those that this stage gave up.
    state
        Those nobody has decided about, retried, discarded, or any.
    size
        How many to show at most.
    at
        Address of the platform (or of its ingest service). Unset: the one that BANTIN_HOST and
        BANTIN_PORT name, http://127.0.0.1:8000 without them.
    key
        Key with the scope `ops`, where the platform asks for one; best given as BANTIN_KEY.
    """
    asked = {"reason": reason, "stage": stage, "state": state}
    given = {name: value for name, value in asked.items() if value is not None}
    letters, page = _ask(at, key, lambda client: _pages(client, given, size))
    console = _console()
    say(console, counts_line(page, state))
    if letters:
        console.print(letter_table(letters))
    if len(letters) < page["total"]:
        say(console, f"{page['total'] - len(letters)} more; show them with --size {page['total']}")
    return 0


@command.command(name="show")
def show_letter(
    letter: str,
    /,
    *,
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
    at: str = "",
    key: Key = "",
) -> int:
    """Show one dead letter: why it died, its headers, the error's stack and the beginning of its content.

    Parameters
    ----------
    letter
        Its name, as `bantin dlq list` shows it.
    as_json
        Print it as the API gives it.
    at
        Address of the platform (or of its ingest service). Unset: the one that BANTIN_HOST and
        BANTIN_PORT name, http://127.0.0.1:8000 without them.
    key
        Key with the scope `ops`, where the platform asks for one; best given as BANTIN_KEY.
    """
    found = _ask(at, key, lambda client: client.dead_letter(letter))
    shown = json.dumps(found, ensure_ascii=False, indent=2) if as_json else letter_text(found)
    _console().print(shown, highlight=False, markup=False, soft_wrap=True)
    return 0


@command.command(name="retry")
def retry_letters(*letters: str, which: Which | None = None, at: str = "", key: Key = "") -> int:
    """Publish the records of dead letters again, as they were: those named, the open ones of a group, or all.

    Parameters
    ----------
    letters
        Names of letters, as `bantin dlq list` shows them.
    at
        Address of the platform (or of its ingest service). Unset: the one that BANTIN_HOST and
        BANTIN_PORT name, http://127.0.0.1:8000 without them.
    key
        Key with the scope `ops`, where the platform asks for one; best given as BANTIN_KEY.
    """
    which = which or Which()
    return _ask(at, key, lambda client: _decide(client, "retry", which.of(letters), yes=which.yes))


@command.command(name="discard")
def discard_letters(*letters: str, which: Which | None = None, at: str = "", key: Key = "") -> int:
    """Give dead letters up: those named, the open ones of a group, or all. Their records stay on the log.

    Parameters
    ----------
    letters
        Names of letters, as `bantin dlq list` shows them.
    at
        Address of the platform (or of its ingest service). Unset: the one that BANTIN_HOST and
        BANTIN_PORT name, http://127.0.0.1:8000 without them.
    key
        Key with the scope `ops`, where the platform asks for one; best given as BANTIN_KEY.
    """
    which = which or Which()
    return _ask(at, key, lambda client: _decide(client, "discard", which.of(letters), yes=which.yes))


async def _pages(client: Client, asked: dict[str, Any], size: int) -> tuple[list[Letter], dict[str, Any]]:
    """Return up to `size` letters, and the first page that they came on."""
    page = first = await client.dead_letters(**asked, size=min(max(size, 1), PAGE))
    letters: list[Letter] = list(page["letters"])
    while page["next_cursor"] and len(letters) < size:
        left = min(size - len(letters), PAGE)
        page = await client.dead_letters(**asked, size=left, cursor=page["next_cursor"])
        letters += page["letters"]
    return letters, dict(first)


async def _decide(client: Client, action: Action, what: dict[str, Any], *, yes: bool) -> int:
    console = _console()
    if what.get("all") and not yes:
        total = (await client.dead_letters(state="open", size=1))["total"]
        raise ClientError(f"this would {action} all open dead letters, {total} now; add --yes if that is what you want")
    answer = await client.decide(action, what)
    done = {"retry": "to be published again", "discard": "discarded"}[action]
    before = f", {answer['unchanged']} were so before" if answer["unchanged"] else ""
    letters = "dead letter" if answer["decided"] == 1 else "dead letters"
    say(console, f"{answer['decided']} {letters} {done}{before}")
    return 0 if answer["decided"] or answer["unchanged"] else 1


def _ask(at: str, key: str, question: Callable[[Client], Awaitable[T]]) -> T:
    async def work() -> T:
        async with connected(platform_address(at), key) as client:
            return await question(client)

    return asyncio.run(work())


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)
