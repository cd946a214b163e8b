"""Reads what a document is about where that is said behind its number, and bounded: quoted, or up to a mark."""

import re

from bantin_extract.text.tables import toml

_WORDING = toml("documents")["wording"]
_QUOTED = re.compile(r"[\s,:]{0,3}(?:(?:về(?:\sviệc)?|v/v|là)\s?:?\s?)?[“\"](?P<quoted>[^“”\"]{3,400})[”\"]")
_ABOUT = re.compile(r"[\s,]{1,3}(?:về(?:\sviệc)?|v/v)[\s:]{1,2}")
_PLAIN = re.compile(r"[^.;(“”\"\n]{4,300}")
_LEAD = re.compile(r"^(?:về(?:\sviệc)?|v/v)\s", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(rf",\s(?=[^\s]{{1,12}}\s)(?:(?:{_WORDING['after_title']})\b|(?-i:[A-ZĐÀ-Ỹ]))", re.IGNORECASE)
_ENDED = re.compile(rf"(?:\s(?:{_WORDING['within_title']}))\b")
_LONGEST = 220


def title_after(text: str, at: int) -> tuple[str, int] | None:
    """Return the title that begins at `at` and where it ends; None where none does or its end is not marked."""
    if quoted := _QUOTED.match(text, at):
        return _LEAD.sub("", " ".join(quoted["quoted"].split())).strip(" .,"), quoted.end()
    about = _ABOUT.match(text, at)
    plain = _PLAIN.match(text, about.end()) if about else None
    if plain is None:
        return None
    marked = text[plain.end() : plain.end() + 1] in (".", ";", "(", "")
    title, end = plain[0], plain.end()
    for stop in (_NEXT_CLAUSE, _ENDED):
        if found := stop.search(title):
            title, end, marked = title[: found.start()], plain.start() + found.start(), True
    title = " ".join(title.split()).strip(" ,-–")
    return (title, end) if marked and 8 <= len(title) <= _LONGEST else None
