"""Finds the days on which the reported event took place, with their year.

The year is the one printed, else the publication's, else that of the first such day on or after the latest date of a
document that the article cites; without either there is no event date.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bantin.events import Document, Evidence
from bantin_extract.dates import possible_date
from bantin_extract.story import Passage, Story

_DAY = re.compile(
    r"(?:(?P<part>\b(?:sáng|trưa|chiều|tối|đêm))(?:\s?,)?(?:\sngày)?\s|(?P<on>\bngày)\s)"
    r"(?P<d>[0-3]?\d)(?:\s?[/.-]\s?(?P<m>[01]?\d)(?:\s?[/.-]\s?(?P<y>(?:19|20)\d\d))?(?![\d/])"
    r"|\stháng\s(?P<wm>[01]?\d)(?:,?\s(?:năm\s)?(?P<wy>(?:19|20)\d\d))?)",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|^\W{1,3}|\bvừa qua,\s|\)\s?[-–:]\s?)$", re.IGNORECASE)
_BEGINNINGS = frozenset(("sáng", "trưa", "chiều", "tối", "đêm", "ngày"))
_LEAD = 2
_LEAP_YEARS = 8


def find_event_dates(
    story: Story, published: date | None, documents: Iterable[Document]
) -> tuple[tuple[date, ...], tuple[Evidence, ...]]:
    """Return the event's days as the lead gives them, in order, each once."""
    latest = max((document.date for document in documents if document.date), default=None)
    found: dict[date, Evidence] = {}
    for passage in list(story.body)[:_LEAD]:
        for match in _days(passage):
            if not _tells_event(passage, match):
                continue
            day = _resolved(match, published, latest)
            if day is not None and day not in found and (published is None or day <= published):
                found[day] = passage.evidence("event_dates", day.isoformat(), match.span(), "lead")
    return tuple(found), tuple(found.values())


def _days(passage: Passage) -> Iterator[re.Match[str]]:
    """Yield the days of the month in a passage, each from the word on that introduces it."""
    tokens = passage.tokens
    past = 0
    for at, word in enumerate(tokens.lower):
        if (
            word in _BEGINNINGS
            and (start := tokens.spans[at][0]) >= past
            and (match := _DAY.match(passage.text, start))
        ):
            past = match.end()
            yield match


def _tells_event(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether the day is told as the event's: a part of the day, or the beginning of a sentence."""
    if match["part"]:
        return True
    return bool(_SENTENCE_START.search(passage.text[max(0, match.start() - 12) : match.start()]))


def _resolved(match: re.Match[str], published: date | None, latest: date | None) -> date | None:
    day, month = int(match["d"]), int(match["m"] or match["wm"])
    if year := match["y"] or match["wy"]:
        return possible_date(int(year), month, day)
    if published is not None:
        same = possible_date(published.year, month, day)
        turned = published.month <= 2 and month >= 11
        return possible_date(published.year - 1, month, day) if turned else same
    if latest is None:
        return None
    years = (possible_date(latest.year + step, month, day) for step in range(_LEAP_YEARS + 1))
    return next((day for day in years if day is not None and day >= latest), None)
