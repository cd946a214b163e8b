"""Scores readings of pages against their gold, page by page, and sums them up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quality.annotations import comparable, found_values, gold_values
from quality.gold import GoldPage
from quality.measures import Matched, Tally, leaked, match, token_f1
from quality.readers import Reading


@dataclass(frozen=True, slots=True)
class PageScore:
    """How one page was read; `fields` are empty where the page has no annotated values."""

    page: str
    body: float
    leaks: Tally
    title: bool
    date: Tally
    undated: Tally
    fields: Mapping[str, Matched] = field(default_factory=dict[str, Matched])


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores of some pages: means for body and title, tallies for the rest.

    `leaks.recall` is the share of chrome lines that stand in a body, `undated` counts pages that print no date.
    """

    pages: int
    body: float
    leaks: Tally
    title: float
    dates: Tally
    undated: Tally
    fields: Mapping[str, Tally]


def score(page: GoldPage, reading: Reading, *, by_day: bool = False) -> PageScore:
    """Return the page's score; `by_day` compares days only, for a reader that knows no times."""
    found, printed = reading.published, page.published
    if by_day:
        found, printed = found and found[:10], printed and printed[:10]
    right = int(found is not None and found == printed)
    return PageScore(
        page=page.name,
        body=token_f1(reading.body, page.body),
        leaks=leaked(reading.body, page.chrome, page.body),
        title=" ".join(reading.title.split()) == " ".join(page.title.split()),
        date=Tally(right, int(found is not None), int(printed is not None)),
        undated=Tally(int(found is None), 1, 1) if printed is None else Tally(),
        fields=_fields(page, reading) if page.fields else {},
    )


def summarise(scores: Sequence[PageScore]) -> Summary:
    """Return the sums and means of pages' scores; of at least one page."""
    names = dict.fromkeys(name for one in scores for name in one.fields)
    return Summary(
        pages=len(scores),
        body=sum(one.body for one in scores) / len(scores),
        leaks=total(one.leaks for one in scores),
        title=sum(one.title for one in scores) / len(scores),
        dates=total(one.date for one in scores),
        undated=total(one.undated for one in scores),
        fields={name: total(one.fields[name].tally for one in scores if name in one.fields) for name in names},
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    return sum(tallies, Tally())


def _fields(page: GoldPage, reading: Reading) -> dict[str, Matched]:
    found = found_values(reading.article, page.fields)
    matched = {
        name: match(found[name], values.gold, values.allowed) for name, values in gold_values(page.fields).items()
    }
    if page.article:
        captions = [comparable(text) for kind, text in page.article if kind == "caption"]
        ours = reading.article.captions if reading.article else ()
        matched["captions"] = match([comparable(text) for text in ours], [frozenset((text,)) for text in captions])
    return matched
