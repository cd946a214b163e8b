"""Runs both readers over every set of pages and returns the figures, as the tables and docs/quality.json hold them."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from quality.ablation import ablations
from quality.annotations import read_annotations
from quality.gold import GoldPage, listings, portal_pages, seed_pages
from quality.readers import Reading, ours, trafilatura_reading
from quality.scoring import PageScore, Summary, score, summarise
from quality.wrapping import TEMPLATES, invented_listings, wrapped

OURS: Final = "bantin"
PEER: Final = "trafilatura"
RUNS: Final = ((OURS, "text"), (OURS, "html"), (PEER, "html"))
"""Each reader with a form that it can read."""

ALL: Final = "all"
HELD_OUT: Final = {True: "held out", "second": "held out, second"}
"""The sets of held-out pages, by their mark in the annotations."""

Readings = Mapping[tuple[str, str, str], Reading]
"""What a reader made of a form of a page, by the names of the three."""

_TYPES: Final = {"text": "text/plain", "html": "text/html"}


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one reader on one form of one source's pages; `rejected` is the share of its listings refused."""

    source: str
    reader: str
    form: str
    summary: Summary
    rejected: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is measured: portals as saved, the same articles in invented portals, and the seed pages.

    `ablated` are the portals read without the chrome phrases that only they show. `held_out` are pages whose errors
    nobody is shown, so that nothing can be tuned to them; `errors` leave them out.
    """

    portals: tuple[Row, ...]
    ablated: tuple[Row, ...]
    held_out: tuple[Row, ...]
    invented: tuple[Row, ...]
    seeds: tuple[Row, ...]
    errors: tuple[PageScore, ...]


def measure() -> Figures:
    """Return the figures of this run; the pages are read in processes, one a core."""
    everything, empty, seeds = portal_pages(read_annotations()), listings(), seed_pages()
    held_out = [_held_out(everything, mark) for mark in HELD_OUT]
    pages = [replace(page, fields={}) if page.fields.get("held_out") else page for page in everything]
    annotated = [page for page in pages if "organisations" in page.fields]
    invented = [wrapped(page, template) for template in TEMPLATES for page in annotated]
    invented_empty = invented_listings()
    read = _read_all([*pages, *empty, *seeds, *invented, *invented_empty])
    return Figures(
        portals=tuple(_rows(read, pages, empty)),
        ablated=tuple(_ablated_rows(pages, empty)),
        held_out=tuple(row for some in held_out for row in _rows(read, some)),
        invented=tuple(_rows(read, invented, invented_empty)),
        seeds=tuple(_rows(read, seeds)),
        errors=tuple(
            replace(score(page, read[OURS, form, page.name]), page=f"{page.name} [{form}]")
            for page in (*pages, *seeds)
            for form in page.forms
            if page.fields
        ),
    )


def _held_out(pages: Sequence[GoldPage], mark: bool | str) -> list[GoldPage]:
    return [replace(page, source=HELD_OUT[mark]) for page in pages if page.fields.get("held_out") == mark]


def _read_all(pages: Sequence[GoldPage]) -> Readings:
    wanted = [(page, reader, form) for page in pages for reader, form in RUNS if form in page.forms]
    tasks = {(reader, form, page.name): page.forms[form] for page, reader, form in wanted}
    with ProcessPoolExecutor() as processes:
        return dict(zip(tasks, processes.map(_read, tasks, tasks.values(), chunksize=8), strict=True))


def _read(task: tuple[str, str, str], content: bytes) -> Reading:
    reader, form, _ = task
    return ours(content, _TYPES[form]) if reader == OURS else trafilatura_reading(content)


def _rows(read: Readings, pages: Sequence[GoldPage], empty: Sequence[GoldPage] = ()) -> list[Row]:
    """Return a row for each source and each run that was read, then one for all sources together."""
    rows: list[Row] = []
    for reader, form in RUNS:
        scores = [
            (page.source, score(page, read[reader, form, page.name], by_day=reader == PEER))
            for page in pages
            if (reader, form, page.name) in read
        ]
        sources = list(dict.fromkeys(name for name, _ in scores))
        refused = [(page.source, read[key].rejected) for page in empty if (key := (reader, form, page.name)) in read]
        for source in [*sources, *([ALL] if len(sources) > 1 else [])] if scores else ():
            mine = [one for name, one in scores if source in (name, ALL)]
            rejections = [no for name, no in refused if source in (name, ALL)]
            rows.append(Row(source, reader, form, summarise(mine), _mean(rejections)))
    return rows


def _ablated_rows(pages: Sequence[GoldPage], empty: Sequence[GoldPage]) -> Iterator[Row]:
    for one in ablations(dict.fromkeys(page.source for page in pages)):
        name = f"{one.portal}, {one.removed} phrases fewer"
        read = {(OURS, form, page): Reading(**fields) for (form, page), fields in one.readings.items()}
        mine, bare = (
            [replace(page, source=name) for page in some if page.source == one.portal] for some in (pages, empty)
        )
        yield from _rows(read, [replace(page, fields={}) for page in mine], bare)


def _mean(refused: Sequence[bool]) -> float | None:
    return sum(refused) / len(refused) if refused else None


def as_numbers(figures: Figures) -> dict[str, list[dict[str, object]]]:
    """Return the figures for JSON, rounded to three digits."""
    sets = {
        "portals": figures.portals,
        "ablated": figures.ablated,
        "held_out": figures.held_out,
        "invented": figures.invented,
        "seeds": figures.seeds,
    }
    return {name: [_row_numbers(row) for row in rows] for name, rows in sets.items()}


def _row_numbers(row: Row) -> dict[str, object]:
    numbers: dict[str, object] = {"source": row.source, "reader": row.reader, "form": row.form}
    numbers.update(row_figures(row))
    if row.reader == OURS and row.summary.fields:
        numbers["fields"] = {
            name: [round(value, 3) for value in (tally.precision, tally.recall, tally.f1)]
            for name, tally in row.summary.fields.items()
        }
    return numbers


def row_figures(row: Row) -> Mapping[str, float | int | None]:
    """Return a row's figures on the page as a whole; None where there is nothing to measure."""
    summary = row.summary
    shares = {
        "body_f1": summary.body,
        "leakage": summary.leaks.recall if summary.leaks.gold else None,
        "title": summary.title,
        "date_precision": summary.dates.precision if summary.dates.gold else None,
        "date_recall": summary.dates.recall if summary.dates.gold else None,
        "no_date": summary.undated.recall if summary.undated.gold else None,
        "listings_rejected": row.rejected,
    }
    rounded = {name: None if value is None else round(value, 3) for name, value in shares.items()}
    return {"pages": summary.pages, **rounded}
