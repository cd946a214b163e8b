"""The `filters` parameter: attributes, comparisons, AND, OR, NOT and parentheses, as conditions.

Where AND and OR meet, parentheses have to say which comes first: there are two opinions about it.
"""

import re
from collections.abc import Callable
from functools import reduce
from typing import Final

from bantin.problem import Problem
from bantin.search.conditions import Condition, Conditions
from bantin_api.instantsearch.conditions import NUMBER, bounded, comparison, holds
from bantin_api.reading import shown, unprocessable

MOST_CHARACTERS: Final = 10_000
DEEPEST: Final = 20

_QUOTED: Final = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'"
_NAME: Final = r"[\w.]+"
_TOKEN: Final = re.compile(
    rf"""\s*(?:
      (?P<open>\()|(?P<close>\))
    | (?P<word>AND|OR|NOT)(?![\w.:])
    | (?P<numeric>{_NAME}\s*(?:(?:<=|>=|!=|<|>|=)\s*{NUMBER}|:\s*{NUMBER}\s+TO\s+{NUMBER}))
    | (?P<facet>(?P<name>{_NAME}|{_QUOTED}):\s*(?P<value>{_QUOTED}|[^\s()"']+))
    )""",
    re.VERBOSE,
)


def filter_conditions(text: str) -> Conditions:
    """Return an expression as conditions; raise a 422 Problem for one that is not well formed."""
    if len(text) > MOST_CHARACTERS:
        raise unprocessable("invalid_filter", f"filters has {len(text)} characters; the most is {MOST_CHARACTERS}.")
    return _Expression(text).whole() if text.strip() else ()


class _Expression:
    """A reader of one expression, from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0

    def whole(self) -> Conditions:
        """Return the conditions of the text, which ends where the expression does."""
        found = self._joined()
        if self._text[self._place :].strip():
            raise self._unexpected()
        return found

    def _joined(self) -> Conditions:
        """Read terms with one kind of joint between them."""
        terms = [self._term()]
        joint = ""
        while (word := self._word("AND", "OR")) is not None:
            if joint and word != joint:
                raise unprocessable("invalid_filter", "filters: put parentheses where AND and OR stand side by side.")
            joint = word
            terms.append(self._term())
        return reduce(_either if joint == "OR" else _both, terms)

    def _term(self) -> Conditions:
        if self._word("NOT"):
            return self._deeper(lambda: _negated(self._term()))
        found = self._next()
        if found is None or found["close"] or found["word"]:
            raise self._unexpected()
        self._place = found.end()
        if found["open"]:
            return self._deeper(self._parenthesis)
        return ((self._condition(found),),)

    def _parenthesis(self) -> Conditions:
        inside = self._joined()
        closing = self._next()
        if closing is None or not closing["close"]:
            raise self._unexpected()
        self._place = closing.end()
        return inside

    def _deeper(self, read: Callable[[], Conditions]) -> Conditions:
        self._depth += 1
        if self._depth > DEEPEST:
            raise unprocessable("invalid_filter", f"filters: parentheses and NOTs are more than {DEEPEST} deep.")
        found = read()
        self._depth -= 1
        return found

    def _condition(self, found: re.Match[str]) -> Condition:
        if found["numeric"] and (condition := comparison("filters", found["numeric"])):
            return condition
        return holds("filters", _unquoted(found["name"]), _unquoted(found["value"]))

    def _next(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self._place)

    def _word(self, *words: str) -> str | None:
        found = self._next()
        if found is None or found["word"] not in words:
            return None
        self._place = found.end()
        return found["word"]

    def _unexpected(self) -> Problem:
        rest = self._text[self._place :].strip()
        what = f"{shown(rest)} was not expected" if rest else "something is missing at the end"
        return unprocessable(
            "invalid_filter", f'filters: {what}; write it like person:"Lê An" AND NOT section:"Thời sự".'
        )


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text[:1] in {'"', "'"} else text


def _both(one: Conditions, other: Conditions) -> Conditions:
    return bounded((*one, *other))


def _either(one: Conditions, other: Conditions) -> Conditions:
    return bounded(tuple((*left, *right) for left in one for right in other))


def _negated(conditions: Conditions) -> Conditions:
    groups = [tuple((_opposite(condition),) for condition in group) for group in conditions]
    return reduce(_either, groups)


def _opposite(condition: Condition) -> Condition:
    return condition.model_copy(update={"negated": not condition.negated})
