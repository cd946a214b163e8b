"""Keys of a Vietnamese keyboard that was switched off, read as they were meant: Telex `dduwowngf`, VNI `d9u7o7ng2`.

The keys are those of the Telex convention and of VNI (IETF RFC 1456 names both), marks anywhere behind their letter.
"""

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from typing import Final

from bantin.vietnamese.spelling import is_syllable, without_tones

_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_VNI_TONES: Final = dict(zip("120345", ("\u0301", "\u0300", "", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_MARKS: Final[Mapping[str, Mapping[str, str]]] = {
    "6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"},
}  # fmt: skip
_DOUBLED: Final = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_HORNED: Final = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWELS: Final = frozenset("aăâeêioôơuưy")
_TELEX: Final = re.compile(r"[a-z]{2,10}")
_VNI: Final = re.compile(r"(?=[a-z]+\d)(?=.*[a-z].*[a-z])[a-z\d]{2,10}")
"""Two letters at least: `a1`, `u23` are classes of licences and teams."""
_NUMBERED: Final = re.compile(r"[^\W\d]+\d")
_MARKED: Final = frozenset("ăâđêôơư")
_OF_NO_OTHER_LANGUAGE: Final = re.compile(r"dd|uw|uow|aa|[iy]ee|uoo|[aeiouy].*j\Z")
"""Telex keys that hardly any foreign word has: `uw` is, `oo` (room) and `ow` (now) are not."""
_FOREIGN_RHYME: Final = "oong"
"""Of a few loan-words (xoong, boong), and the keys of the frequent `ông`."""
_SHORTEST_GUESS: Final = 2
"""So many words of a query whose keys foreign words have as well are no accident, if the others are Vietnamese."""


def read_keys(words: Sequence[str], names: Container[str] = frozenset()) -> list[str]:
    """Return words with those that are keys read as meant, if the words as a whole were typed so.

    `names` are lower-case words that are never keys, such as abbreviations; nor are capitals among small letters.
    Where a word has accents the keyboard was on: then only words are read that hold the keys of a letter and of a tone.
    """
    meant = key_readings(words, names)
    if any(not word.isascii() and is_syllable(word) for word in words):
        meant = [_of_letter_and_tone(new) for new in meant]
    if not _typed_so(words, meant):
        return list(words)
    return [new or old for old, new in zip(words, meant, strict=True)]


def key_readings(words: Sequence[str], names: Container[str] = frozenset()) -> list[str]:
    """Return for each word the syllable that its keys make; nothing for what is one as it stands, or makes none.

    Words of other languages have such readings as well (`test` is tét). `names` and capitals are as in `read_keys`.
    """
    capitals = all(word.isupper() for word in words if word.isalpha())
    keys = ("" if word[1:].isupper() and not capitals else word.lower() for word in words)
    return ["" if word in names else _read(word) for word in keys]


def is_numbered(word: str) -> bool:
    """Say whether a word may as well have a number behind it: `quan1` is hardly quán."""
    return bool(_NUMBERED.fullmatch(word))


def _typed_so(words: Sequence[str], meant: Sequence[str]) -> bool:
    """Say whether words are the keys of a text: some are nothing else, or several may be and the rest are words."""
    if any(new and _surely(old.lower(), new) for old, new in zip(words, meant, strict=True)):
        return True
    spelled = all(new or not word.isalpha() or is_syllable(word) for word, new in zip(words, meant, strict=True))
    return spelled and sum(map(bool, meant)) >= _SHORTEST_GUESS


def _surely(keys: str, meant: str) -> bool:
    """Say whether keys that make a syllable are hardly a word of another language, or a model's number."""
    if _VNI.fullmatch(keys):
        return sum(map(str.isdecimal, keys)) > 1 and not _MARKED.isdisjoint(without_tones(meant))
    return bool(_OF_NO_OTHER_LANGUAGE.search(keys))


def _of_letter_and_tone(meant: str) -> str:
    untoned = without_tones(meant)
    return meant if untoned != meant and not _MARKED.isdisjoint(untoned) else ""


def _read(keys: str) -> str:
    """Return the syllable that keys make; nothing where the word is one as it stands, or they make none."""
    if _VNI.fullmatch(keys):
        letters, tone = _vni(keys)
    elif _TELEX.fullmatch(keys) and (_FOREIGN_RHYME in keys or not is_syllable(keys)):
        letters, tone = _telex(keys)
    else:
        return ""
    return (_toned(letters, tone) or "") if letters != keys else ""


def _telex(keys: str) -> tuple[str, str]:
    """Return letters and tone; the same tone once more takes it back and stays as a letter: `boss`."""
    letters: list[str] = []
    tone: str | None = None
    for key in keys:
        if key in _TELEX_TONES and tone != _TELEX_TONES[key] and _VOWELS.intersection(letters):
            tone = _TELEX_TONES[key]
        elif key == "w":
            _horn(letters)
        elif key in _DOUBLED and key in letters and (key != "d" or letters[0] == "d"):
            letters[_last(letters, key)] = _DOUBLED[key]
        else:
            letters.append(key)
    return "".join(letters), tone or ""


def _horn(letters: list[str]) -> None:
    """Write `w`: a breve on a, horns on o and u (on both in `uo`), by itself `ư`."""
    if letters[-2:] in (["u", "o"], ["ư", "o"]):
        letters[-2:] = ["ư", "ơ"]
        return
    last = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in _HORNED), None)
    if last is None:
        letters.append("ư")
    else:
        letters[last] = _HORNED[letters[last]]
        if letters[last] == "ơ" and last and letters[last - 1] == "u":
            letters[last - 1] = "ư"


def _vni(keys: str) -> tuple[str, str]:
    """Return letters and tone; a second tone, and a mark that no letter before it takes, stay as digits."""
    letters: list[str] = []
    tone: str | None = None
    for key in keys:
        marks = _VNI_MARKS.get(key, {})
        last = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in marks), None)
        if key in _VNI_TONES and tone is None:
            tone = _VNI_TONES[key]
        elif last is None:
            letters.append(key)
        else:
            letters[last] = marks[letters[last]]
            if letters[last] == "ơ" and last and letters[last - 1] == "u":
                letters[last - 1] = "ư"
    return "".join(letters), tone or ""


def _last(letters: Sequence[str], letter: str) -> int:
    return len(letters) - 1 - list(reversed(letters)).index(letter)


def _toned(letters: str, tone: str) -> str | None:
    """Return the letters with the tone on the vowel that carries it; None where they are no syllable."""
    for at, letter in enumerate(letters):
        if letter in _VOWELS:
            word = unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
            if is_syllable(word):
                return word
    return None
