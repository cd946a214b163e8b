"""How the text of one query parameter becomes a value, or a problem that names it and the remedy."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bantin.problem import Problem
from bantin.search.query import MAX_QUERY_CHARACTERS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; `code` is the problem's where it is another."""

    code: str
    values: tuple[str, ...]

    def __call__(self, name: str, text: str) -> str:
        """Return the word."""
        if text not in self.values:
            raise unprocessable(self.code, f"{name}={shown(text)}: choose one of {', '.join(self.values)}.")
        return text


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`; `code` is the problem's where it is none."""

    code: str
    least: int
    most: int

    def __call__(self, name: str, text: str) -> int:
        """Return the number."""
        if not _WHOLE.fullmatch(text) or not self.least <= int(text) <= self.most:
            raise unprocessable(
                self.code, f"{name}={shown(text)}: give a whole number from {self.least} to {self.most}."
            )
        return int(text)


def read_words(name: str, text: str) -> str:
    """Return the user's words as they are; every query is a good one but for its length."""
    if len(text) > MAX_QUERY_CHARACTERS:
        raise unprocessable("query_too_long", f"{name} has {len(text)} characters; the most is {MAX_QUERY_CHARACTERS}.")
    return text


def read_value(name: str, text: str) -> str:
    """Return a filter's value, in NFC as the index holds it."""
    if not text:
        raise unprocessable("empty_filter", f"{name} is empty: give a value or leave the parameter out.")
    return unicodedata.normalize("NFC", text)


def read_day(name: str, text: str) -> date:
    """Return a day in the form 2017-02-14."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise unprocessable("invalid_date", f"{name}={shown(text)}: give a day of the calendar as YYYY-MM-DD.")


def read_cursor(name: str, text: str) -> str:
    """Return a cursor; only the search engine can tell whether it is one of its own."""
    if not text:
        raise unprocessable("invalid_cursor", f"{name} is empty: leave it out to start from the first page.")
    return text


def unprocessable(code: str, detail: str) -> Problem:
    """Return the problem of a request that is understood and can't be answered."""
    return Problem(422, code, detail)


def shown(text: str) -> str:
    """Return foreign text as a message may repeat it: quoted and of modest length."""
    return repr(text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…")
