"""When two spellings are the same word: canonical forms that keep accents, and folded ones without."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bantin.vietnamese.tables import COMPOSITIONS, FOLDING, I_FOR_Y, REMOVED, TONE_PLACEMENT, WIDTHS

_SINGLE: Final = str.maketrans({**REMOVED, **WIDTHS})
_FOLDING: Final = str.maketrans(dict(FOLDING))
_COMPOSITION: Final = re.compile("|".join(sorted(COMPOSITIONS, key=len, reverse=True)))
_OLD_PLACEMENT: Final = re.compile("|".join(TONE_PLACEMENT))


@lru_cache(maxsize=65_536)
def canonical(syllable: str) -> str:
    """Return one syllable as it is compared, accents kept.

    Unicode form, width, case, tone placement (hòa, hoà) and i or y (kĩ, kỹ) make no difference to the result.
    """
    composed = unicodedata.normalize("NFC", syllable.translate(_SINGLE).lower())
    composed = unicodedata.normalize("NFC", _COMPOSITION.sub(lambda found: COMPOSITIONS[found[0]], composed))
    placed = _OLD_PLACEMENT.sub(lambda found: TONE_PLACEMENT[found[0]], composed)
    return I_FOR_Y.get(placed, placed)


def fold(text: str) -> str:
    """Return text of any length without accents, `đ` as `d`; case and all else stay."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", composed.translate(_FOLDING))


@lru_cache(maxsize=65_536)
def folded(syllable: str) -> str:
    """Return one syllable as it is compared when accents do not count."""
    return fold(canonical(syllable))
