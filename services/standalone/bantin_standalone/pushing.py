"""Pushes files and folders to a platform and follows each file to its end."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import anyio
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bantin_standalone.client import Client

FILES_PER_REQUEST = 50
BYTES_PER_REQUEST = 32 * 1024 * 1024
LISTED_RECEIPTS = 40

Receipt = dict[str, Any]
"""A receipt as the ingest API gives it."""

STYLES = {"indexed": "green", "duplicate": "yellow", "rejected": "red", "dead_lettered": "bold red"}


def find_files(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Return the files named and those in the folders named, each with the name it is pushed under.

    Hidden files and folders are passed over. Raise FileNotFoundError for a path that does not exist.
    """
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() and not _hidden(item, path))
            found += [(item.name, item) for item in inside]
        elif path.exists():
            found.append((path.name, path))
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
    return found


def _hidden(item: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in item.relative_to(folder).parts)


def requests(files: Sequence[tuple[str, Path]]) -> Iterator[list[tuple[str, Path]]]:
    """Yield the files in groups that are small enough for one request."""
    group: list[tuple[str, Path]] = []
    size = 0
    for name, path in files:
        bytes_ = path.stat().st_size
        if group and (len(group) == FILES_PER_REQUEST or size + bytes_ > BYTES_PER_REQUEST):
            yield group
            group, size = [], 0
        group.append((name, path))
        size += bytes_
    if group:
        yield group


async def push(client: Client, files: Sequence[tuple[str, Path]], console: Console) -> list[Receipt]:
    """Push files, show how far they have come, and return their receipts once every one has ended."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        sent = progress.add_task("accepted", total=len(files))
        ended = progress.add_task("ended", total=len(files))
        batches: list[str] = []
        for group in requests(files):
            batch = await client.push(group)
            batches.append(batch["batch_id"])
            progress.advance(sent, len(group))
        receipts: list[Receipt] = []
        for batch_id in batches:
            receipts += await _follow(client, batch_id, progress, ended, len(receipts))
        return receipts


async def _follow(client: Client, batch_id: str, progress: Progress, task: Any, before: int) -> list[Receipt]:
    while True:
        batch = await client.batch(batch_id)
        progress.update(task, completed=before + batch["done"])
        if batch["done"] == batch["total"]:
            return list(batch["files"])
        await anyio.sleep(0.2)


def summary(receipts: Sequence[Receipt]) -> Table:
    """Return a table of what became of the files; of many, only those that were not indexed."""
    shown = receipts if len(receipts) <= LISTED_RECEIPTS else [r for r in receipts if r["status"] != "indexed"]
    counts = ", ".join(f"{sum(r['status'] == status for r in receipts)} {status}" for status in STYLES)
    table = Table(title=f"{len(receipts)} files: {counts}", title_justify="left")
    for heading in ("file", "bytes", "status", "reason", "receipt"):
        table.add_column(heading, justify="right" if heading == "bytes" else "left", overflow="fold")
    for receipt in shown:
        reason = receipt["reason"]
        table.add_row(  # as Text, because a name in brackets is no markup
            Text(receipt["name"]),
            f"{receipt['bytes']:,}",
            Text(receipt["status"], STYLES.get(receipt["status"], "white")),
            Text(f"{reason['code']}: {reason['detail']}" if reason else ""),
            Text(receipt["receipt_id"]),
        )
    return table
