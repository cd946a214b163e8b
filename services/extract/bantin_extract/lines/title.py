"""Gives every article a title: as printed, else as submitted, else the page's first heading or first sentence."""

import re

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage

MAX_TITLE = 300
"""Characters. No title is printed that long; what is longer is cut where a word ends, and the cut is shown."""
_SENTENCE = re.compile(r"^.{1,200}?[.!?…](?=\s|$)|^.{1,200}(?=\s|$)", re.DOTALL)


def find_title(labelled: LabelledPage) -> tuple[str, Evidence]:
    """Return the title, never empty and of MAX_TITLE characters at most, with its evidence."""
    page = labelled.page
    submitted = page.hints.submitted_title
    if page.pushed and submitted:
        return _title(submitted, "submitted")
    printed = next(iter(labelled.of(Label.TITLE)), None)
    if printed:
        return _title(printed.text, "line", printed.start)
    if submitted:
        return _title(submitted, "submitted")
    heading = next((line for line in page.lines if line.heading), None)
    if heading:
        return _title(heading.text, "heading", heading.start)
    first = next(iter(labelled.of(Label.BODY)), None)
    if first and (sentence := _SENTENCE.match(first.text)):
        return _title(sentence[0], "first sentence", first.start)
    return _title(page.hints.title or (page.lines[0].text if page.lines else "…"), "meta")


def _title(text: str, method: str, start: int | None = None) -> tuple[str, Evidence]:
    """Return a title and its evidence; `start` is where the text stands in the page, if it does."""
    kept = _kept(text)
    title = " ".join(kept.split()) + "…" * (len(kept) < len(text))
    end = None if start is None else start + len(kept)
    return title, Evidence(field="title", value=title, start=start, end=end, method=method)


def _kept(text: str) -> str:
    """Return the text, or as many whole words from its start as fit a title and the sign of a cut."""
    if len(text) <= MAX_TITLE or len(" ".join(text.split())) <= MAX_TITLE:
        return text
    head = text[: MAX_TITLE - 1]
    words, blank, _ = head.rpartition(" ")
    return (words if blank and words.strip() and text[len(head)] != " " else head).rstrip()
