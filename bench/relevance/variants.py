"""The ways in which the same query is typed."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from bantin.vietnamese.comparison import fold
from bantin.vietnamese.tables import TONE_PLACEMENT
from bench.relevance.typing_errors import mistyped

_OTHER_PLACEMENT: Final = {**TONE_PLACEMENT, **{new: old for old, new in TONE_PLACEMENT.items()}}
_PLACED: Final = re.compile("|".join(_OTHER_PLACEMENT))


def other_tone_placement(text: str) -> str:
    """Return a text with its tones placed in the other style: `hòa` for `hoà` (some syllables come out misspelt)."""
    return _PLACED.sub(lambda found: _OTHER_PLACEMENT[found[0]], text)


ACCENTED: Final = "accented"
UNACCENTED: Final = "unaccented"
VARIANTS: Final[Mapping[str, Callable[[str], str]]] = {
    ACCENTED: str,
    UNACCENTED: fold,
    "tone variant": other_tone_placement,
    "mistyped": mistyped,
}
