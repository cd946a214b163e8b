"""Newer articles stand before older ones that match as well: a gentle decay, in steps of whole days.

Steps are ranges of dates with a constant score each, which every engine can serve alike. All together they are worth
less than one word more in the title, so freshness decides among equals only.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from bantin.search.query import Query
from bantin.search.words import Words

STEPS: Final = (7, 30, 90, 365, 1_095)
"""Days since publication; each step raises the articles within it, so the newest are raised by all."""

STEP_BOOST: Final = 0.2
"""What one step adds to the score."""

FRESHNESS: Final = "freshness"
"""How explanations call it."""


class Recency(NamedTuple):
    """Articles published on a day or later are raised."""

    since: date
    weight: float


def freshness(query: Query, words: Words) -> Iterator[Recency]:
    """Give what raises new articles, as of the day that is settled; nothing where relevance does not order."""
    if query.settled and words.wanted and query.effective_sort == "relevance":
        for days in STEPS:
            yield Recency(query.settled.today - timedelta(days=days), STEP_BOOST)
