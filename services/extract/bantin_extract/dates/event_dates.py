"""Finds the days on which the reported event took place, with their year.

The year is the one printed, else the publication's, else that of the first such day on or after the latest date of a
document that the article cites; without either there is no event date.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bantin.events import Document, Evidence
from bantin_extract.dates.event_days import DAYS, NEAR, RUN, days_told
from bantin_extract.text.story import Passage, Story

_SENTENCE_START = re.compile(
    r"(?:^|[.!?…]\s+|^\W{1,3}|\b(?:vừa qua|mới đây),\s|\)\s?[-–:]?\s?|^(?:[^,.;:()]|\.(?=\w)){2,24}?\s?[-–]\s?)"
    r"(?:(?:trong|từ|vào|các|cả|suốt|hai|ba|bốn|lúc|hồi|khoảng|giờ|\d{1,2}|\d{1,2}(?:h|g|giờ|:)\d{0,2}|đúng"
    r"|(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),?)\s){0,5}$",
    re.IGNORECASE,
)
_AFTER_CLAUSE = re.compile(
    r"^\W{0,3}(?:\([^()]{1,24}\)\s?[-–]?\s?|(?-i:[A-ZĐ][\w./]{1,12})\s?[-–]\s?)?"
    r"(?:thực hiện|nhằm|hưởng ứng|được sự|nhân|trong khuôn khổ|để|căn cứ|tiếp tục|chào mừng|hướng tới|thiết thực"
    r"|vừa qua|nằm trong|phát huy|trên tinh thần|với|triển khai|tại|sau (?:thời gian|hơn|một|nhiều|\d)|năm học)\b"
    r"[^.!?…]{0,300}?(?P<last>[^\s,;]{1,30}),\s(?:(?:trong|vào|hai|ba|các|\d{1,2})\s){0,3}$",
    re.IGNORECASE,
)
_TAKES_PLACE = re.compile(r"\s?,|\s(?:tại|[A-ZĐÀ-Ỹ])|\s\(|\svừa qua,")
_IN_DAYS = re.compile(r"\b(?:trong|qua|sau)\s(?:vòng\s|hơn\s)?(?:một|hai|ba|bốn|các|[1-9],5|0?[2-9])\s$", re.IGNORECASE)
_HELD = re.compile(
    r"(?:^|[.!?…]\s+)[^.!?…]{0,44}\b(?:diễn ra|được tổ chức|ngày,)\s(?:(?:trong|vào|từ|suốt)\s){0,2}$", re.IGNORECASE
)
_EARLIER = re.compile(r"\b(?:trước đó|trước đây|trước đấy|dự kiến|theo kế hoạch|sinh|mất)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:sẽ|dự kiến)\b", re.IGNORECASE)
_CODE = re.compile(r"[\dA-ZĐ]{2}$|\d$")
_IN_YEAR = re.compile(r"(?:(?:19|20)\d\d[-–]|\d{1,2}[/.-]\d{1,2}[/.-])?(?:19|20)\d\d")
_BEGINNINGS = frozenset(("sáng", "trưa", "chiều", "tối", "đêm", "ngày", "hôm", "từ"))
_LEAD = 2
_BEFORE = 80
_OPENING = 320
_CLAUSE = 60


def find_event_dates(
    story: Story, published: date | None, documents: Iterable[Document]
) -> tuple[tuple[date, ...], tuple[Evidence, ...]]:
    """Return the event's days as the lead gives them, in order, each once."""
    latest = max((document.date for document in documents if document.date), default=None)
    found: dict[date, Evidence] = {}
    for passage in list(story.body)[:_LEAD]:
        for days, span in _told(passage, published, latest):
            for day in days:
                if day not in found and (published is None or day <= published):
                    found[day] = passage.evidence("event_dates", day.isoformat(), span, "lead")
    return tuple(found), tuple(found.values())


def _told(
    passage: Passage, published: date | None, latest: date | None
) -> Iterator[tuple[list[date], tuple[int, int]]]:
    """Yield the days of the event in a passage, each from the word on that introduces it."""
    tokens, text = passage.tokens, passage.text
    past = 0
    for at in tokens.where(_BEGINNINGS):
        if (start := tokens.spans[at][0]) < past:
            continue
        if match := DAYS.match(text, start) or RUN.match(text, start):
            past = match.end()
            if _tells_event(text, match):
                yield days_told(match, published, latest), match.span()
        elif (
            published
            and (near := NEAR.match(text, start))
            and start < _CLAUSE
            and _begins(text, start)
            and not _planned(text, start)
        ):
            past = near.end()
            yield [published - timedelta(days=near["near"].lower() == "qua")], near.span()


def _tells_event(text: str, match: re.Match[str]) -> bool:
    """Return whether a day is told as the event's: with a part of the day, or where a sentence or clause begins."""
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    counted = bool(_IN_DAYS.search(before))
    if match.re is RUN and match[0][0] not in "Tt":
        return counted
    if counted or (match.re is DAYS and match["part"]) or _SENTENCE_START.search(before):
        return True
    if _HELD.search(before) and not _PLANNED.search(before[-_CLAUSE:]):
        return True
    clause = _AFTER_CLAUSE.match(text[: match.start()]) if match.start() <= _OPENING else None
    if clause is None or _EARLIER.search(before[-_CLAUSE:]) or _names_code(clause["last"]):
        return False
    return bool(_TAKES_PLACE.match(text, match.end()))


def _names_code(word: str) -> bool:
    """Return whether a clause ends with a document's number, whose date follows it, and not with a year or a day."""
    return bool(_CODE.search(word)) and not _IN_YEAR.fullmatch(word)


def _begins(text: str, start: int) -> bool:
    return bool(_SENTENCE_START.search(text[max(0, start - _BEFORE) : start]))


def _planned(text: str, start: int) -> bool:
    """Return whether the sentence that begins here speaks of what is to come."""
    return bool(_PLANNED.search(text[start : start + _CLAUSE]))
