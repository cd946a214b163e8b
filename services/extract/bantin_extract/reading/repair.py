"""Finds out in which legacy encoding text is hidden, in whole or in part, and brings it to light."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from bantin_extract.reading.legacy_encodings import DECODERS
from bantin_extract.reading.spelling import Reading, read_aloud

_SOUND = re.compile("[\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
"""Letters that no reading of single bytes gives: Unicode for Vietnamese."""

_NOT_ASCII = re.compile("[^\\x00-\\x7f]")
_ODD = re.compile("[¡-¬®-¿ÄÅÆËÌÎÏÐÑÒÖ×ØÛÜÞßäåæçëîïðñöøûüþÿ\u00ad]")
"""Characters of CP1252 that sound Vietnamese text rarely has."""
_USUAL = bytes(code for code in range(0x100) if not _ODD.match(chr(code)))

_SAMPLE = 20_000
_LONGEST_PIECE = 4_000
_FEW_ODD = 8
_ENOUGH_IN_PART = 5
_ENOUGH = 2
_REFERENCE = re.compile("&(?:#[0-9]{3,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});")
_PIECES = re.compile("([<>\n])")


def repaired(text: str) -> tuple[str, str | None]:
    """Return text in Unicode and the name of the encoding it had been hidden in, None where it was sound."""
    if text.isascii():
        return text, None
    if _SOUND.search(text):
        return _repaired_in_part(text)
    name = _hidden_in(_sample(text), _ENOUGH)
    return (DECODERS[name](text), name) if name else (text, None)


def with_letters(html: str) -> str:
    """Return HTML with its references to characters beyond ASCII (`&#225;`, `&sup1;`) as these characters."""
    return _REFERENCE.sub(_letter, html) if "&" in html else html


def _letter(match: re.Match[str]) -> str:
    return _referred(match[0])


@lru_cache(maxsize=1024)
def _referred(reference: str) -> str:
    letter = unescape(reference)
    return reference if letter.isascii() else letter


def _repaired_in_part(text: str) -> tuple[str, str | None]:
    """Repair the lines, or pieces between tags, of a sound page that came from elsewhere as they were."""
    if len(text.encode("latin-1", "ignore").translate(None, _USUAL)) < _FEW_ODD:
        return text, None
    pieces = _PIECES.split(text)
    suspects = [piece for piece in pieces if _ODD.search(piece) and not _SOUND.search(piece)]
    name = _hidden_in(_joined(suspects), _ENOUGH_IN_PART)
    if name is None:
        return text, None
    return "".join(_better(piece, name) for piece in pieces), f"{name} in part"


def _better(piece: str, name: str) -> str:
    if piece.isascii() or _SOUND.search(piece):
        return piece
    decoded = DECODERS[name](piece)
    return decoded if _read(decoded[:_SAMPLE], name).score > read_aloud(piece[:_SAMPLE]).score else piece


def _sample(text: str) -> str:
    """Return pieces of text with letters beyond ASCII: a page may begin with a long program."""
    first = _NOT_ASCII.search(text)
    start = max(0, first.start() - 200) if first else 0
    return _joined(_PIECES.split(text[start : start + 50 * _SAMPLE]))


def _joined(pieces: Iterable[str]) -> str:
    found: list[str] = []
    room = _SAMPLE
    for piece in pieces:
        if room > 0 and not piece.isascii():
            found.append(piece[:_LONGEST_PIECE])
            room -= len(found[-1])
    return "\n".join(found)


def _hidden_in(sample: str, enough: int) -> str | None:
    """Return the encoding in which the sample reads as Vietnamese, None where it does so as it is, or in none."""
    readings = {name: _read(decode(sample), name) for name, decode in DECODERS.items()}
    best = max(readings, key=lambda name: readings[name].score)
    found = readings[best]
    if found.right < enough or not found.is_vietnamese or found.score <= read_aloud(sample).score + 1:
        return None
    return best


def _read(decoded: str, name: str) -> Reading:
    return read_aloud(decoded, capitals_have_tones=name != "tcvn3")
