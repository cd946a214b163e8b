"""Filters as widgets write them, `person:Lê An` or `published_at>=1483203600`, as conditions of a query."""

import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bantin.problem import Problem
from bantin.search.conditions import Condition, Conditions, Holds, PublishedWithin
from bantin.search.moments import MICROSECOND, instant
from bantin_api.instantsearch.attributes import FACETS, PUBLISHED
from bantin_api.reading import read_value, shown, unprocessable

MOST_CONDITIONS: Final = 500

NUMBER: Final = r"-?\d+(?:\.\d+)?"
_COMPARED: Final = re.compile(rf"\s*([\w.]+)\s*(<=|>=|!=|<|>|=)\s*({NUMBER})\s*")
_RANGE: Final = re.compile(rf"\s*([\w.]+)\s*:\s*({NUMBER})\s+TO\s+({NUMBER})\s*", re.IGNORECASE)
_MICROSECONDS: Final = 1_000_000


def facet_conditions(name: str, groups: Sequence[Sequence[str]]) -> Conditions:
    """Return `attribute:value` filters as conditions; a minus before the value or the attribute negates."""
    return bounded(tuple(tuple(_valued(name, one) for one in group) for group in groups))


def numeric_conditions(name: str, groups: Sequence[Sequence[str]]) -> Conditions:
    """Return comparisons of the day of publication, in seconds since 1970, as conditions."""
    return bounded(tuple(tuple(_compared(name, one) for one in group) for group in groups))


def holds(name: str, attribute: str, value: str, *, negated: bool = False) -> Holds:
    """Return the condition that an article holds a value; raise a 422 Problem for an attribute that is no facet."""
    if attribute not in FACETS:
        raise unprocessable(
            "unknown_facet", f"{name}: there is no facet {shown(attribute)}; known: {', '.join(FACETS)}."
        )
    return Holds(field=FACETS[attribute], value=read_value(name, value), negated=negated)


def comparison(name: str, text: str) -> PublishedWithin | None:
    """Return a comparison or a range as a condition; None where a text is neither."""
    if ranged := _RANGE.fullmatch(text):
        _check_numeric(name, ranged[1])
        return PublishedWithin(first=_moment(ranged[2]), last=_moment(ranged[3]))
    if compared := _COMPARED.fullmatch(text):
        _check_numeric(name, compared[1])
        return _bounded_by(compared[2], _moment(compared[3]))
    return None


def bounded(conditions: Conditions) -> Conditions:
    """Return the conditions; raise a 422 Problem where they are too many to be meant."""
    if sum(map(len, conditions)) > MOST_CONDITIONS:
        raise unprocessable("too_many_filters", f"Filters make more than {MOST_CONDITIONS} conditions: ask for less.")
    return conditions


def _valued(name: str, text: str) -> Condition:
    attribute, colon, value = text.partition(":")
    if not colon:
        raise unprocessable("invalid_filter", f"{name}: {shown(text)} is no `attribute:value`.")
    negated = attribute.startswith("-") or value.startswith("-")
    return holds(name, attribute.removeprefix("-"), value.removeprefix("-").removeprefix("\\"), negated=negated)


def _compared(name: str, text: str) -> Condition:
    condition = comparison(name, text)
    if condition is None:
        raise unprocessable(
            "invalid_filter", f"{name}: {shown(text)} is no comparison such as {PUBLISHED}>=1483203600."
        )
    return condition


def _check_numeric(name: str, attribute: str) -> None:
    if attribute != PUBLISHED:
        raise _not_numeric(name, attribute)


def _not_numeric(name: str, attribute: str) -> Problem:
    return unprocessable("unknown_numeric", f"{name}: {shown(attribute)} is no number; the one that is: {PUBLISHED}.")


def _moment(seconds: str) -> datetime:
    number = float(seconds)
    return instant(number * _MICROSECONDS if math.isfinite(number) else math.copysign(1e300, number))


def _bounded_by(operator: str, moment: datetime) -> PublishedWithin:
    if operator in {"=", "!="}:
        return PublishedWithin(first=moment, last=moment, negated=operator == "!=")
    if operator in {">", ">="}:
        return PublishedWithin(first=_beside(moment, 1) if operator == ">" else moment)
    return PublishedWithin(last=_beside(moment, -1) if operator == "<" else moment)


def _beside(moment: datetime, steps: int) -> datetime:
    try:
        return moment + steps * MICROSECOND
    except OverflowError:
        return moment
