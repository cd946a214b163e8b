"""Vietnamese letters as character classes, and text in one comparable form."""

import re
import unicodedata
from functools import lru_cache

_BASES = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
LOWER = _BASES
UPPER = _BASES.upper()
LETTER = LOWER + UPPER

GLUED = re.compile(rf"[{UPPER}](?<=[{LOWER}].)")
"""A capital right after a small letter: where a page's text ran two elements together."""

_LINE = 200
_WORD = re.compile(rf"[{LETTER}0-9]+")
_OLD_TONES = {
    "oà": "òa",
    "oá": "óa",
    "oả": "ỏa",
    "oã": "õa",
    "oạ": "ọa",
    "oè": "òe",
    "oé": "óe",
    "oẻ": "ỏe",
    "oẽ": "õe",
    "oẹ": "ọe",
    "uỳ": "ùy",
    "uý": "úy",
    "uỷ": "ủy",
    "uỹ": "ũy",
    "uỵ": "ụy",
}
_NEW_STYLE = re.compile(rf"[ou][àáảãạèéẻẽẹỳýỷỹỵ](?<![qQ]..)(?![{LETTER}])")


_MARKS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2014\u2015\u2212\ufe63\uff0d", "–")
    | dict.fromkeys("«‹‟〝", "“") | dict.fromkeys("»›″〞", "”") | dict.fromkeys("＂〃", '"') | {"Ð": "Đ", "ð": "đ"}
)  # fmt: skip
_ODD_MARKS = re.compile("[Ðð\u2010-\u2012\u2014\u2015\u2212\ufe63\uff0d«»‹›‟″〝〞＂〃]")


def plain_marks(text: str) -> str:
    """Return text of the same length with the usual dash (–), quotation marks (“ ”) and Đ for all their look-alikes."""
    return text.translate(_MARKS) if _ODD_MARKS.search(text) else text


def old_tones(text: str) -> str:
    """Return lower-case text with the tone where the old style puts it (hoà → hòa)."""
    return _NEW_STYLE.sub(lambda match: _OLD_TONES.get(match[0], match[0]), text)


def words(text: str) -> tuple[str, ...]:
    """Return the text's words (syllables, numbers), lower case, old tone style; glued words apart."""
    return _words_of_line(text) if len(text) <= _LINE else _split(text)


def _split(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(old_tones(GLUED.sub(r" \g<0>", text).lower())))


_words_of_line = lru_cache(maxsize=8192)(_split)
"""The lines around articles are the same on every page of a site."""


def unmarked(text: str) -> str:
    """Return lower-case text without diacritics, đ as d."""
    return _unmarked_word(text) if len(text) <= _LINE else _unmark(text)


def _unmark(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_unmarked_word = lru_cache(maxsize=8192)(_unmark)
