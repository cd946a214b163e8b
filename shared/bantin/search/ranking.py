"""What raises an article over others that match: the same weights on every engine.

An article scores by each term it holds (without accents, anywhere: weight 1) and by each of these that matches too.
Measured with `bench/relevance.py`; decision record 0012 has the figures.
"""

from typing import Final

TITLE_BOOST: Final = 2.0
"""A term in the title."""

PAIR_BOOST: Final = 0.6
"""Two neighbouring syllables that are neighbours in the article."""

TITLE_PAIR_BOOST: Final = 2.0
"""Two neighbouring syllables that are neighbours in the title."""

EXACT_BOOST: Final = 0.25
"""Accents as they were typed, on a term or a pair; syllables typed without accents add nothing here."""

RELATED_PAIRS: Final = 30
"""Pairs of syllables by which articles like one are looked for: those most frequent in it and rarest elsewhere."""

RELATED_SHARE: Final = 0.15
"""An article that holds this share of them is related."""

RELATED_SYLLABLES: Final = 2_000
"""Of a longer article, its beginning says what it is about."""
