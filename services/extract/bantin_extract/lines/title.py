"""Gives every article a title: as printed, else as submitted, else the page's first heading or first sentence."""

import re

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage

_SENTENCE = re.compile(r"^.{1,200}?[.!?…](?=\s|$)|^.{1,200}(?=\s|$)", re.DOTALL)


def find_title(labelled: LabelledPage) -> tuple[str, Evidence]:
    """Return the title, never empty, with its evidence."""
    page = labelled.page
    submitted = page.hints.submitted_title
    if page.pushed and submitted:
        return submitted, Evidence(field="title", value=submitted, method="submitted")
    printed = next(iter(labelled.of(Label.TITLE)), None)
    if printed:
        return _printed(printed.text, printed.start, "line")
    if submitted:
        return submitted, Evidence(field="title", value=submitted, method="submitted")
    heading = next((line for line in page.lines if line.heading), None)
    if heading:
        return _printed(heading.text, heading.start, "heading")
    first = next(iter(labelled.of(Label.BODY)), None)
    if first and (sentence := _SENTENCE.match(first.text)):
        return _printed(sentence[0], first.start, "first sentence")
    fallback = page.hints.title or (page.lines[0].text if page.lines else "…")
    return fallback, Evidence(field="title", value=fallback, method="meta")


def _printed(text: str, start: int, method: str) -> tuple[str, Evidence]:
    title = " ".join(text.split())
    return title, Evidence(field="title", value=title, start=start, end=start + len(text), method=method)
