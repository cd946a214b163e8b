"""Finds the authors and the printed source of an article in its by-lines."""

from dataclasses import dataclass

from bantin.events import Evidence
from bantin_extract.bylines import read_byline
from bantin_extract.labels import Label, LabelledPage
from bantin_extract.letters import words


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
    for part in labelled.of(Label.BYLINE):
        byline = read_byline(part.text)
        if byline is None:
            continue
        for span in byline.authors:
            if span.value not in authors:
                authors.append(span.value)
                evidence.append(_evidence("authors", span.value, part.start + span.start, part.start + span.end))
        if byline.source and source is None:
            span = byline.source
            source = span.value
            evidence.append(_evidence("source", span.value, part.start + span.start, part.start + span.end))
    named = labelled.page.hints.author
    if not authors and named and 2 <= len(words(named)) <= 5 and not named.islower():
        authors.append(named)
        evidence.append(Evidence(field="authors", value=named, method="meta"))
    if source is None and submitted_source:
        source = submitted_source
        evidence.append(Evidence(field="source", value=submitted_source, method="submitted"))
    return Signatures(tuple(authors), source, tuple(evidence))


def _evidence(field: str, value: str, start: int, end: int) -> Evidence:
    return Evidence(field=field, value=value, start=start, end=end, method="byline")
