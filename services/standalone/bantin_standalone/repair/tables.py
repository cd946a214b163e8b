"""What a comparison found, for the terminal and for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from bantin_standalone.repair.differences import Difference
from bantin_standalone.repair.replay import RefusedFile, Replayed
from bantin_standalone.repair.verify import Verified

LISTED = 40


def difference_table(differences: Sequence[Difference]) -> Table:
    """Return a row an article; of many, the first ones."""
    table = Table(title_justify="left")
    for heading in ("article", "is", "title", "fields"):
        table.add_column(heading, overflow="fold")
    for one in differences[:LISTED]:
        table.add_row(one.article_id, one.kind, Text(one.title), ", ".join(one.fields))
    return table


def field_table(differences: Sequence[Difference]) -> Table | None:
    """Return how many articles change in each field; None where none does."""
    changed = [one for one in differences if one.fields]
    counts = Counter(field for one in changed for field in one.fields)
    table = Table("field", title=_counted(len(changed), "article changes", "articles change"), title_justify="left")
    table.add_column("articles", justify="right")
    for field, count in counts.most_common():
        table.add_row(field, f"{count:,}")
    return table if changed else None


def refused_table(refused: Sequence[RefusedFile]) -> Table | None:
    """Return a row a file that holds no article now, those first whose article the index has; None for no files."""
    table = Table(title=_counted(len(refused), "file holds no article", "files hold no article"), title_justify="left")
    for heading in ("file", "why", "article", "in the index"):
        table.add_column(heading, overflow="fold")
    for one in sorted(refused, key=lambda one: not one.held)[:LISTED]:
        table.add_row(Text(one.file_name), one.code, one.article_id, "stays" if one.held else "no")
    return table if refused else None


def verified_line(verified: Verified) -> str:
    """Return in a sentence what a comparison found."""
    counts = Counter(one.kind for one in verified.differences)
    articles = _counted(verified.articles, "article", "articles")
    if not counts:
        return f"The index holds all of {articles} as the log has them, and nothing else."
    found = ", ".join(f"{counts[kind]:,} {kind}" for kind in ("missing", "stale", "surplus"))
    return f"Of {articles}: {found}; {verified.mended:,} mended, {verified.left:,} left."


def replayed_line(replayed: Replayed) -> str:
    """Return in a sentence what a replay found."""
    counts = Counter(one.kind for one in replayed.differences)
    held = sum(one.held for one in replayed.refused)
    return (
        f"{_counted(replayed.files, 'file', 'files')} read again, "
        f"{_counted(len(replayed.article_ids), 'article', 'articles')}: "
        f"{counts['stale']:,} stale, {counts['gained']:,} gained, {len(replayed.refused):,} refused "
        f"(of {held:,} the index keeps the article that it has); {replayed.applied:,} readings applied."
    )


def lines(differences: Sequence[Difference], refused: Sequence[RefusedFile] = ()) -> Iterator[str]:
    """Give each difference, then each file that holds no article now, as a line of JSON."""
    for one in differences:
        told = {"article_id": one.article_id, "is": one.kind, "title": one.title, "fields": list(one.fields)}
        yield json.dumps(told, ensure_ascii=False)
    for file in refused:
        told = {
            "article_id": file.article_id,
            "is": "refused",
            "file": file.file_name,
            "receipt_id": file.receipt_id,
            "code": file.code,
            "in_index": file.held,
        }
        yield json.dumps(told, ensure_ascii=False)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
