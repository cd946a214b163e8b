"""Takes operators' decisions: which letters they are about, a line in the audit log, an action each on the log."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from opentelemetry import context

from bantin.access import audit
from bantin.access.audit import Actor, AuditError, audited
from bantin.eventlog.port import EventLog
from bantin.events import DeadLetterAction
from bantin.problem import Problem
from bantin.telemetry.tracing import publish_events
from bantin_ingest.deadletters.letters import DecidedLetter
from bantin_ingest.deadletters.lookup import DeadLetters
from bantin_ingest.deadletters.model import Act, Acted
from bantin_ingest.deadletters.store import Selection, mark
from bantin_ingest.intake import SOURCE

ACTS: Mapping[str, audit.Act] = {"retry": "dlq.retry", "discard": "dlq.discard"}
PAGE = 500
"""Letters that are decided about in one publish."""


class Deciding:
    """Makes decisions durable; the stage of `acting` carries them out."""

    def __init__(self, log: EventLog, letters: DeadLetters, audit_folder: Path) -> None:
        self._log = log
        self._letters = letters
        self._audit_folder = audit_folder

    async def decide(self, act: Act, actor: Actor) -> Acted:
        """Return what was decided once it is durable.

        Raise Problem for a letter that does not exist or can't be discarded any more (nothing is decided then),
        UnavailableError or RefusedError where the log can't be read or written now: deciding again is safe.
        """
        letters = await (self._named(act) if act.letters else self._group(act))
        target_state = "retried" if act.action == "retry" else "discarded"
        changed = [letter for letter in letters if letter.state != target_state]
        try:
            with audited(self._audit_folder, actor, ACTS[act.action], _target(act)) as details:
                details["decided"] = 0
                for start in range(0, len(changed), PAGE):
                    await self._publish(act, actor, changed[start : start + PAGE])
                    details["decided"] = min(start + PAGE, len(changed))
        except AuditError as error:
            raise Problem(503, "audit_unavailable", str(error)) from error
        return Acted(action=act.action, decided=len(changed), unchanged=len(letters) - len(changed))

    async def _named(self, act: Act) -> Sequence[DecidedLetter]:
        names = list(dict.fromkeys(act.letters))
        found = await self._letters.find(names)
        if unknown := [name for name in names if name not in found]:
            raise unknown_letter(unknown[0])
        if act.action == "discard" and (late := [letter for letter in found.values() if letter.state == "retried"]):
            told = f"{late[0].letter} has been retried already; if it died again, that is another letter."
            raise Problem(409, "already_retried", f"{told} Nothing was discarded.")
        return list(found.values())

    async def _group(self, act: Act) -> Sequence[DecidedLetter]:
        selection = Selection("open", act.reason, act.stage)
        letters: list[DecidedLetter] = []
        while page := await self._letters.page(selection, mark(letters[-1]) if letters else None, PAGE):
            letters += page
        return letters

    async def _publish(self, act: Act, actor: Actor, letters: Sequence[DecidedLetter]) -> None:
        at = datetime.now(UTC)
        by = f"{actor.id} {actor.name}".strip()
        actions = [
            DeadLetterAction(
                receipt_id=letter.receipt_id or "",
                batch_id=letter.batch_id or "",
                article_id=letter.article_id or "",
                letter=letter.letter,
                action=act.action,
                by=by,
                at=at,
                note=act.note,
            )
            for letter in letters
        ]
        within = context.get_current()
        await publish_events(self._log, [(action, within) for action in actions], source=SOURCE)


def unknown_letter(name: str) -> Problem:
    """Return the problem that there is no such letter."""
    told = f"There is no dead letter {name[:200]!r}; take its name from the list of dead letters."
    return Problem(404, "unknown_dead_letter", told)


def _target(act: Act) -> str:
    if named := list(act.letters):
        return named[0] + (f" and {len(named) - 1} more" if len(named) > 1 else "")
    group = {"reason": act.reason, "stage": act.stage}
    return " ".join(f"{name}={value}" for name, value in group.items() if value is not None) or "all"
