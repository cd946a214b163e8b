"""Where a text holds some syllables, found without cutting it into all of them.

Text in Vietnamese is written out with one byte a character: letters without case and accents, all that is no letter as
a blank. There words are found as fast as bytes are compared, at the places where the text has them; whether they are
spelled as wanted is looked at only there. Text with letters of other scripts or with marks apart from their letters is
cut into syllables instead.
"""

import codecs
import string
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import PATTERN
from bantin.vietnamese.tables import COMPOSITIONS


class Occurrence(NamedTuple):
    """A syllable as it is written at a place of a text, in code points."""

    start: int
    end: int
    written: str


_LETTERS: Final = "".join(dict.fromkeys(string.ascii_letters + string.digits + "đĐ" + "".join(COMPOSITIONS.values())))
_OTHERS: Final = "\t\n\r " + string.punctuation + "\xa0“”‘’–—…•«»·°×€"
_UNDEFINED: Final = "\ufffe"
_ALPHABET: Final = ("\0" + _LETTERS + _OTHERS).ljust(256, _UNDEFINED)
_BLANK: Final = b" "


def _bare(letter: str) -> int:
    """Return the byte that stands for a letter in any spelling: i and y are one, as after some letters they are."""
    return ord(folded(letter).replace("y", "i"))


_ENCODING: Final = codecs.charmap_build(_ALPHABET)
_BARE: Final = bytes(_bare(char) if char in _LETTERS else _BLANK[0] for char in _ALPHABET)


def occurrences(text: str, wanted: Collection[str]) -> list[Occurrence]:
    """Return the syllables of a text that are, without accents, among those wanted, in order."""
    bare = _written_out(text)
    if bare is None:
        found = (Occurrence(found.start(), found.end(), found[0]) for found in PATTERN.finditer(text))
    else:
        found = sorted(_likely(text, bare, wanted))
    return [one for one in found if folded(one.written) in wanted]


def _likely(text: str, bare: bytes, wanted: Collection[str]) -> Iterator[Occurrence]:
    for word in {_written_out(syllable) for syllable in wanted}:
        if word is None:
            continue
        at = bare.find(word)
        while at >= 0:
            end = at + len(word) - 2
            yield Occurrence(at, end, text[at:end])
            at = bare.find(word, end)


def _written_out(text: str) -> bytes | None:
    """Return a text between two blanks with one byte a character; None where it holds letters that have none."""
    try:
        encoded, _ = codecs.charmap_encode(text, "strict", _ENCODING)
    except UnicodeEncodeError:
        return None
    return _BLANK + encoded.translate(_BARE) + _BLANK
