"""Reads how many readers a page says it had; a site's visit counter is not that."""

import re

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.text.tables import listed

_WORDS = "|".join(sorted(map(re.escape, listed("bylines", "views")), key=len, reverse=True))
_COUNT = r"\d{1,3}(?:[.,]\d{3}){1,3}|\d{1,9}"
_VIEWS = re.compile(
    rf"(?:{_WORDS})\s?[:\-–]?\s{{0,3}}\(?(?P<after>{_COUNT})(?![/:.,-]?\d)"
    rf"|(?<![\d/.:,-])(?P<before>{_COUNT})\s(?:{_WORDS})\b",
    re.IGNORECASE,
)
_MAX_LINE = 200
_HINTS = ("xem", "đọc", "view")


def find_views(labelled: LabelledPage) -> tuple[int | None, tuple[Evidence, ...]]:
    """Return the printed count of readers, from the lines around the article."""
    for part in labelled.of(Label.VIEWS, Label.DATE, Label.BYLINE, Label.CHROME):
        if len(part.text) > _MAX_LINE:
            continue
        lower = part.text.lower()
        if any(hint in lower for hint in _HINTS) and (match := _VIEWS.search(part.text)):
            group = "after" if match["after"] else "before"
            count = int(re.sub(r"\D", "", match[group]))
            start, end = match.span(group)
            evidence = Evidence(
                field="views", value=str(count), start=part.start + start, end=part.start + end, method="counter"
            )
            return count, (evidence,)
    return None, ()
