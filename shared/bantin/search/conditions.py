"""Conditions of any shape on what a search finds, beside the filters that readers tick.

A filter leaves the counts of its own facet alone, so that more of its values can be ticked. A condition narrows
everything, those counts too.
"""

from datetime import datetime

from bantin.events import Model


class Holds(Model):
    """An article holds a value of a field of the field table; `negated`: it does not."""

    field: str
    value: str
    negated: bool = False


class PublishedWithin(Model):
    """An article was published at one of two instants or between them; None leaves a side open.

    A plain date is its midnight in Vietnam. Articles without a date are within no bounds, so `negated` finds them.
    """

    first: datetime | None = None
    last: datetime | None = None
    negated: bool = False


Condition = Holds | PublishedWithin
Conditions = tuple[tuple[Condition, ...], ...]
"""All of the groups have to be met, each by any of its members; a group without members is met by nothing."""
