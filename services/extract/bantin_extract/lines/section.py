"""Reads the section an article was printed in: beside its date, above its title, or the end of a breadcrumb."""

import re

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.text.letters import LETTER, unmarked, words
from bantin_extract.text.tables import listed

_DATE_WORDS = frozenset(word for phrase in listed("bylines", "date_words") for word in phrase.split())
_CRUMBS = re.compile(r"\s?[>»›]\s?")
_LETTERS = re.compile(rf"[{LETTER}]")
_MAX_WORDS = 8


def find_section(labelled: LabelledPage) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the section as printed."""
    for part in labelled.of(Label.SECTION):
        crumb = _CRUMBS.split(part.text)[-1].strip() or _CRUMBS.split(part.text)[-2].strip()
        return _found(crumb, part.start + part.text.rfind(crumb))
    for part in labelled.paragraphs:
        if part.label is Label.BODY:
            break
        if part.label is Label.DATE and (rest := part.lines[0].rest):
            crumb = _CRUMBS.split(rest)[-1].strip()
            if crumb and _is_section(crumb):
                return _found(crumb, part.start + part.text.find(crumb))
    return None, ()


def _is_section(text: str) -> bool:
    found = words(unmarked(text))
    return (
        bool(_LETTERS.search(text))
        and len(found) <= _MAX_WORDS
        and not all(word in _DATE_WORDS for word in found)
        and ":" not in text
    )


def _found(section: str, start: int) -> tuple[str, tuple[Evidence, ...]]:
    evidence = Evidence(field="section", value=section, start=start, end=start + len(section), method="line")
    return section, (evidence,)
