"""Chooses the line that is the title: near the prose, near the date, as a heading, as the metadata say."""

from collections.abc import Sequence

from bantin_extract.captions import looks_like_caption
from bantin_extract.letters import words
from bantin_extract.line_kinds import KindedLine, Kind, ends_sentence
from bantin_extract.page import Hints
from bantin_extract.phrases import PhraseTable
from bantin_extract.tables import listed

_SECTIONS = PhraseTable(listed("bylines", "section_words"))
_REACH = 14
_MAX_TITLE = 300
_SILENT = (Kind.NOISE, Kind.IMAGE)


def headline_index(lines: Sequence[KindedLine], run: tuple[int, int] | None, hints: Hints) -> int | None:
    """Return the index of the title's line, None where no line looks like one.

    `run` is the run of prose; without it only a line beside a date of publication can be a title.
    """
    if run is None:
        spots = [at + step for at, line in enumerate(lines) if line.kind is Kind.DATE for step in (1, -1)]
        candidates = [at for at in spots if 0 <= at < len(lines)]
        start = candidates[0] if candidates else 0
    else:
        start = run[0]
        candidates = list(range(max(0, start - _REACH), min(len(lines), start + 3)))
    hinted = tuple(words(hints.title or ""))
    scored = [
        (score, -abs(at - start), at)
        for at in candidates
        if (score := _score(lines, at, start, hinted)) is not None and score > 0
    ]
    return max(scored)[2] if scored else None


def _score(lines: Sequence[KindedLine], at: int, start: int, hinted: tuple[str, ...]) -> float | None:
    line = lines[at]
    text = line.line.text
    found = tuple(words(text))
    named = _names_page(found, hinted)
    likely = line.kind is Kind.SHORT or (line.kind is Kind.PROSE and len(text) <= _MAX_TITLE)
    if not (likely or named or line.line.heading) or line.kind in (Kind.NOISE, Kind.DATE, Kind.END, Kind.FOOTER):
        return None
    if text.endswith((".", ";", ",", ":")) and not text.endswith(("...", "…")) and not named:
        return None
    if looks_like_caption(text) and not (named or line.line.heading):
        return None
    score = 2.0 + 5.0 * named + (4.0 if line.line.heading == 1 else 2.5 * bool(line.line.heading))
    score += 3.0 if _beside_date(lines, at) else 0.0
    score += 1.0 if len(found) >= 6 else -0.5 if len(found) >= 4 else -2.0
    if _SECTIONS.match_length(found) and len(found) <= 5:
        score -= 1.5
    return score - _distance(lines, at, start)


def _names_page(found: tuple[str, ...], hinted: tuple[str, ...]) -> bool:
    """Return whether the line is the title in the metadata, which may go on with the site's name."""
    return len(found) >= 3 and hinted[: len(found)] == found


def _beside_date(lines: Sequence[KindedLine], at: int) -> bool:
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(lines) and lines[other].kind in _SILENT:
            other += step
        if 0 <= other < len(lines) and lines[other].kind is Kind.DATE:
            return True
    return False


def _distance(lines: Sequence[KindedLine], at: int, start: int) -> float:
    if at > start:
        return 1.5 * (at - start) + sum(ends_sentence(line.line.text) for line in lines[start:at]) * 3.0
    cost = {Kind.SHORT: 0.7, Kind.PROSE: 1.5, Kind.CHROME: 1.0, Kind.LISTED: 3.0, Kind.END: 2.0, Kind.FOOTER: 3.0}
    return sum(cost.get(line.kind, 0.0) for line in lines[at + 1 : start])
