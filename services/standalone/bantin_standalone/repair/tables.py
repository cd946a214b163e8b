"""What a comparison found, for the terminal and for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.table import Table

from bantin_standalone.repair.differences import Difference
from bantin_standalone.repair.replay import Replayed
from bantin_standalone.repair.verify import Verified

LISTED = 40


def difference_table(differences: Sequence[Difference]) -> Table:
    """Return a row an article; of many, the first ones."""
    table = Table(title_justify="left")
    for heading in ("article", "is", "title", "fields"):
        table.add_column(heading, overflow="fold")
    for one in differences[:LISTED]:
        table.add_row(one.article_id, one.kind, one.title, ", ".join(one.fields))
    return table


def field_table(differences: Sequence[Difference]) -> Table:
    """Return how many articles change in each field."""
    counts = Counter(field for one in differences for field in one.fields)
    table = Table("field", title=f"{len(differences):,} articles change", title_justify="left")
    table.add_column("articles", justify="right")
    for field, count in counts.most_common():
        table.add_row(field, f"{count:,}")
    return table


def verified_line(verified: Verified) -> str:
    """Return in a sentence what a comparison found."""
    counts = Counter(one.kind for one in verified.differences)
    if not counts:
        return f"The index holds all of {verified.articles:,} articles as the log has them, and nothing else."
    found = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("missing", "stale", "surplus"))
    return f"Of {verified.articles:,} articles: {found}; {verified.mended:,} mended, {verified.left:,} left."


def replayed_line(replayed: Replayed) -> str:
    """Return in a sentence what a replay found."""
    new = sum(one.kind == "missing" for one in replayed.differences)
    return (
        f"{replayed.read:,} files read again, {replayed.articles:,} articles: {len(replayed.changed):,} change, "
        f"{new:,} are not in the index (drop their files again), "
        f"{len(replayed.refused):,} files hold no article (the index keeps what it has of them); "
        f"{replayed.applied:,} readings applied."
    )


def lines(differences: Sequence[Difference]) -> Iterator[str]:
    """Give each difference as a line of JSON."""
    for one in differences:
        told = {"article_id": one.article_id, "is": one.kind, "title": one.title, "fields": list(one.fields)}
        yield json.dumps(told, ensure_ascii=False)
