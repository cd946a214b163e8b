"""Finds the authors and the printed source of an article in its by-lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from bantin.events import Evidence
from bantin_extract.dates.date_lines import SIGNED, signing_name
from bantin_extract.dates.published import beside_title
from bantin_extract.lines.labels import Label, LabelledPage, Paragraph
from bantin_extract.signatures.bylines import Byline, Span, read_byline
from bantin_extract.text.letters import words


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who wrote an article and where it was taken from."""

    authors: tuple[str, ...] = ()
    source: str | None = None
    evidence: tuple[Evidence, ...] = ()


def find_signatures(labelled: LabelledPage, submitted_source: str | None) -> Signatures:
    """Return authors and source as printed; without a by-line the metadata's author, the submitted source."""
    authors: list[str] = []
    source: str | None = None
    evidence: list[Evidence] = []
    for byline, start in _bylines(labelled):
        for span in byline.authors:
            if span.value not in authors:
                authors.append(span.value)
                evidence.append(_evidence("authors", span.value, start + span.start, start + span.end))
        if byline.source and source is None:
            span = byline.source
            source = span.value
            evidence.append(_evidence("source", span.value, start + span.start, start + span.end))
    named = labelled.page.hints.author
    if not authors and named and 2 <= len(words(named)) <= 5 and not named.islower():
        authors.append(named)
        evidence.append(Evidence(field="authors", value=named, method="meta"))
    if source is None and submitted_source:
        source = submitted_source
        evidence.append(Evidence(field="source", value=submitted_source, method="submitted"))
    return Signatures(tuple(authors), source, tuple(evidence))


def _bylines(labelled: LabelledPage) -> Iterator[tuple[Byline, int]]:
    """Yield what the by-lines say, and what the article's date line says besides, each with its offset in the page."""
    for part in labelled.of(Label.BYLINE):
        if byline := read_byline(part.text):
            yield byline, part.start
    for part in beside_title(labelled):
        for signed in SIGNED.finditer(part.text):
            if byline := read_byline(signed[0].rstrip(" -–|")):
                yield byline, part.start + signed.start()
        for start, end in _beside_dates(part):
            if name := signing_name(part.text[start:end]):
                at = part.text.find(name, start)
                yield Byline((Span(name, at, at + len(name)),)), part.start


def _beside_dates(part: Paragraph) -> tuple[tuple[int, int], ...]:
    """Return from where to where a date line says something before its first date and behind its last."""
    dates = part.lines[0].dates
    return ((0, dates[0].start), (dates[-1].end, len(part.text))) if dates else ()


def _evidence(field: str, value: str, start: int, end: int) -> Evidence:
    return Evidence(field=field, value=value, start=start, end=end, method="byline")
