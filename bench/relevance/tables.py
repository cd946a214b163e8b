"""The tables of a run, for a terminal and for docs/relevance.md."""

from collections.abc import Iterator, Sequence

from bench.relevance.measuring import Cost, Figures, Row
from bench.relevance.variants import ACCENTED, UNACCENTED
from quality.sheets import Sheet


def sheets(figures: Figures) -> list[Sheet]:
    """Return the tables of a run."""
    found = [_collection(name, figures.rows) for name in dict.fromkeys(row.collection for row in figures.rows)]
    return [*found, _ablation(figures.ablated), *([_growth(figures.costs)] if figures.costs else [])]


def _collection(name: str, rows: Sequence[Row]) -> Sheet:
    own = [row for row in rows if row.collection == name]
    cells = tuple(
        (variant, row.system, *_three(row), f"{row.scores.nothing:.1%}")
        for variant in dict.fromkeys(row.variant for row in own)
        for row in own
        if row.variant == variant
    )
    heading = f"{name} ({own[0].queries:,} queries)"
    return Sheet(heading, ("typed", "system", "nDCG@10", "MRR@10", "recall@10", "no hits"), cells)


def _three(row: Row) -> Iterator[str]:
    yield from (f"{score:.3f}" for score in (row.scores.ndcg, row.scores.mrr, row.scores.recall))


def _ablation(rows: Sequence[Row]) -> Sheet:
    names = list(dict.fromkeys(row.collection for row in rows))
    found = {(row.system, row.collection, row.variant): row.scores.ndcg for row in rows}
    cells = tuple(
        (left_out, *(_pair(found, left_out, name) for name in names))
        for left_out in dict.fromkeys(row.system for row in rows)
    )
    return Sheet(
        "Embedded engine without a family of clauses, nDCG@10 accented / unaccented", ("left out", *names), cells
    )


def _pair(found: dict[tuple[str, str, str], float], left_out: str, name: str) -> str:
    return " / ".join(f"{found[left_out, name, variant]:.3f}" for variant in (ACCENTED, UNACCENTED))


def _growth(costs: Sequence[Cost]) -> Sheet:
    sizes = list(dict.fromkeys(cost.articles for cost in costs))
    found = {(cost.system, cost.syllables, cost.articles): cost.milliseconds for cost in costs}
    cells = tuple(
        (system, str(syllables), *(f"{found[system, syllables, size]:.1f}" for size in sizes))
        for system, syllables in dict.fromkeys((cost.system, cost.syllables) for cost in costs)
    )
    return Sheet(
        "Milliseconds a search, median, by articles in the index",
        ("engine", "syllables", *(f"{size:,}" for size in sizes)),
        cells,
    )
