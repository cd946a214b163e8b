"""Queries as hurried people type them: a slip of a finger, an accent left out, a keyboard in the wrong mode.

One word in four, at least one, has one error: mostly a letter left out, doubled, swapped with the next or hit beside
it, else its accents left out, or its raw Telex keys. The same text always comes out with the same errors.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Final

from bantin.vietnamese.comparison import fold

SEED: Final = 20
_WORDS_PER_ERROR: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MARKS: Final = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
_TONES: Final = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def mistyped(text: str) -> str:
    """Return a text with typing errors."""
    text = unicodedata.normalize("NFC", text)
    chance = random.Random(f"{SEED} {text}")
    words = list(_WORD.finditer(text))
    wrong = chance.sample(words, min(len(words), max(1, round(len(words) / _WORDS_PER_ERROR))))
    for word in sorted(wrong, key=lambda found: -found.start()):
        error = chance.choices(list(_ERRORS), list(_ERRORS.values()))[0]
        text = text[: word.start()] + error(word[0], chance) + text[word.end() :]
    return text


def telex(word: str) -> str:
    """Return the keys that type a word in Telex, its tone at the end."""
    keys: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _MARKS:
            keys.append(_MARKS[char] or keys[-1].lower())
        else:
            keys.append({"đ": "dd", "Đ": "Dd"}.get(char, char))
    return "".join(keys) + tone


def _dropped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _beside(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    key = fold(word[at]).lower()
    row = next((row for row in _ROWS if key in row), None)
    if row is None:
        return word
    place = row.index(key)
    neighbours = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return word[:at] + chance.choice(neighbours) + word[at + 1 :]


_ERRORS: Final[dict[Callable[[str, random.Random], str], int]] = {
    _dropped: 3,
    _doubled: 2,
    _swapped: 3,
    _beside: 4,
    lambda word, _: fold(word): 3,
    lambda word, _: telex(word): 2,
}
"""Kinds of errors, and how often each is made beside the others."""
