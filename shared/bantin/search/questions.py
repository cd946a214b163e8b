"""Words that only ask: `là ai`, `bao nhiêu`; an answer need not hold them."""

from collections.abc import Iterator, Sequence
from typing import Final

from bantin.vietnamese.comparison import fold

_ASKING: Final = (
    "ai", "bao giờ", "bao lâu", "bao nhiêu", "bao xa", "cái gì", "có phải", "của ai", "do ai", "gì", "hay không",
    "khi nào", "là ai", "là bao nhiêu", "là gì", "là những gì", "làm gì", "nào", "như thế nào", "những gì", "ở đâu",
    "tại sao", "thế nào", "vì sao", "điều gì",
)  # fmt: skip
"""Interrogatives of Vietnamese, after any grammar of it; only such as are hardly another word without accents."""
_PHRASES: Final = frozenset(tuple(fold(phrase).split()) for phrase in _ASKING)
_LONGEST: Final = max(map(len, _PHRASES))


def asking_words(folded_syllables: Sequence[str]) -> Iterator[str]:
    """Give the syllables that only ask, of a text without accents."""
    place = 0
    while place < len(folded_syllables):
        length = next((size for size in range(_LONGEST, 0, -1) if _asks(folded_syllables, place, size)), 0)
        yield from folded_syllables[place : place + length]
        place += length or 1


def _asks(syllables: Sequence[str], place: int, size: int) -> bool:
    return tuple(syllables[place : place + size]) in _PHRASES
