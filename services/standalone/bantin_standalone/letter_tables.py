"""Dead letters as a terminal shows them. The API escapes what strangers wrote, so nothing of it moves the cursor."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.table import Table
from rich.text import Text

Letter = Mapping[str, Any]
"""A dead letter as the ingest API gives it."""

FIELDS = (
    "letter",
    "state",
    "stage",
    "attempts",
    "exception",
    "origin",
    "retry_of",
    "file_name",
    "content_type",
    "receipt_id",
    "batch_id",
    "article_id",
    "trace_id",
)


def counts_line(page: Mapping[str, Any], state: str) -> str:
    """Return how many letters there are, and of which stages and reasons."""
    kind = "" if state == "any" else f"{state} "
    groups = ", ".join(f"{count['count']} {count['stage']}/{count['reason']}" for count in page["counts"])
    total = sum(count["count"] for count in page["counts"])
    return f"{total} {kind}dead letters" + (f": {groups}" if groups else "")


def letter_table(letters: Sequence[Letter]) -> Table:
    """Return letters as a table; its first column is what the other commands take."""
    table = Table(box=None, pad_edge=False)
    table.add_column("LETTER", no_wrap=True)
    for heading in ("DIED", "STAGE", "REASON"):
        table.add_column(heading, overflow="fold")
    table.add_column("TRIES", justify="right")
    table.add_column("STATE")
    table.add_column("FILE", overflow="fold")
    for letter in letters:
        cells = (
            letter["letter"],
            moment(letter["died_at"]),
            letter["stage"],
            letter["reason"]["code"],
            str(letter["attempts"]),
            letter["state"],
            letter["file_name"] or letter["article_id"] or "",
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def letter_text(letter: Letter) -> str:
    """Return everything about one letter: a line a field, then headers, stack and content."""
    lines = [f"{name.replace('_', ' '):13} {letter[name]}" for name in FIELDS if letter[name] is not None]
    lines.insert(2, f"{'died at':13} {moment(letter['died_at'])}")
    lines.insert(4, f"{'reason':13} {letter['reason']['code']}: {letter['reason']['detail']}")
    if decision := letter["decision"]:
        said = f" ({decision['note']})" if decision["note"] else ""
        lines.insert(2, f"{'decided':13} {decision['action']} by {decision['by']}, {moment(decision['at'])}{said}")
    headers = [
        f"  {header['name']}: {'' if header['value'] is None else header['value']}" for header in letter["headers"]
    ]
    preview = letter["preview"]
    more = ", its beginning" if preview["truncated"] else ""
    lines += ["", "headers", *headers]
    if letter["stack"]:
        lines += ["", "stack", *(f"  {line}" for line in letter["stack"].splitlines())]
    lines += ["", f"content ({letter['size']:,} bytes, {preview['kind']}{more})"]
    lines += [f"  {line}" for line in preview["text"].splitlines()]
    return "\n".join(lines)


def moment(text: str) -> str:
    """Return a time of the API as this machine's clocks say it."""
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M:%S")
