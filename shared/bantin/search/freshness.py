"""Newer articles stand before older ones that match as well: a gentle decay, in steps of whole days.

Steps are ranges of dates with a constant score each, which every engine can serve alike. They count for more the more
words there are, as the score does; all together they are worth less than one word more in the title, so freshness
decides among equals only.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from bantin.search.query import Query
from bantin.search.words import Words

STEPS: Final = (7, 30, 90, 365, 1_095, 1_825, 3_650)
"""Days since publication; each step raises the articles within it, so the newest are raised by all."""

STEP_BOOST: Final = 0.1
"""What one step adds to the score for each term."""

MOST_COUNTED: Final = 8
"""Of more terms, not all are in an article that matches."""

FRESHNESS: Final = "freshness"
"""How explanations call it."""


class Recency(NamedTuple):
    """Articles published on a day or later are raised."""

    since: date
    weight: float


def freshness(query: Query, words: Words) -> Iterator[Recency]:
    """Give what raises new articles, as of the day that is settled; nothing where relevance does not order."""
    if query.settled and words.wanted and query.effective_sort == "relevance":
        terms = len(words.folded_terms) + sum(len(phrase.syllables) for phrase in words.phrases)
        for days in STEPS:
            yield Recency(query.settled.today - timedelta(days=days), STEP_BOOST * min(MOST_COUNTED, max(2, terms)))
