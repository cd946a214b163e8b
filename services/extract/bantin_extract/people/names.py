"""Recognises personal names by their shape: a family name and one to four more capitalised words."""

from bantin_extract.places.gazetteer import gazetteer
from bantin_extract.text.letters import words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed, toml
from bantin_extract.text.tokens import Tokens

SURNAMES = frozenset(
    word.lower()
    for key in ("kinh", "minorities")
    for entry in toml("surnames")[key].split()
    for word in entry.split("_")[:1]
)
_NAMESAKES = PhraseTable(listed("surnames", "namesakes"))
_ROLES = PhraseTable(listed("roles", "heads"))
_ORGANISATIONS = PhraseTable(listed("organisations", "heads"))
_VERBS = PhraseTable((*listed("organisations", "ending"), *listed("roles", "manners")))
_WARDS = PhraseTable(listed("surnames", "wards"))
_WARD_TYPES = frozenset(("phường", "xã", "trấn"))
_FREQUENT = frozenset(listed("surnames", "frequent"))
_MIDDLE_NAMES = frozenset(listed("surnames", "middle"))
_MAX_NAME = 5
_MAX_SHOUTED = 4
_LENGTHS = (3, 4, 2)
_MAX_SYLLABLES = 12


def capital_run(tokens: Tokens, at: int) -> int:
    """Return how many capitalised words stand together from `at` on, five at most."""
    length = 0
    while length < _MAX_NAME + 1 and at + length < len(tokens) and tokens.capital[at + length]:
        word = tokens.words[at + length]
        if (length and tokens.gap(at + length).strip(" ")) or not word.replace("'", "").replace("’", "").isalpha():
            break
        length += 1
    return length


def name_length(tokens: Tokens, at: int, *, introduced: bool = False) -> int:
    """Return how many words of a person's name stand at word `at`; 0 where none does.

    `introduced`: an honorific stands before, so the family name need not be a known one.
    """
    if not tokens.capital[at] or (not introduced and tokens.lower[at] not in SURNAMES):
        return 0
    if introduced and (whole := _foreign_length(tokens, at) or _length_with_small_middle(tokens, at)):
        return whole
    run = _shouted_length(tokens, at, capital_run(tokens, at))
    if not 2 <= run <= _MAX_NAME or _names_something_else(tokens, at, introduced=introduced):
        return 0
    written = tokens.words[at : at + run]
    shouted = all(word.isupper() and len(word) > 1 for word in written)
    if not shouted and any(word.isupper() and len(word) > 1 for word in written):
        return 0
    if at + run < len(tokens) and _is_compound(tokens, at, run):
        return 0
    place = gazetteer().match(tokens, at)[0]
    return 0 if place >= run or (place > 1 and tokens.lower[at + place] in SURNAMES and run - place > 1) else run


def _length_with_small_middle(tokens: Tokens, at: int) -> int:
    """Return 3 for a name whose middle name is printed small ("Lê văn Sáu"); else 0."""
    if at + 2 >= len(tokens) or tokens.lower[at] not in SURNAMES or tokens.lower[at + 1] not in _MIDDLE_NAMES:
        return 0
    spaced = tokens.gap(at + 1) == tokens.gap(at + 2) == " "
    fits = spaced and not tokens.capital[at + 1] and tokens.capital[at + 2] and tokens.words[at + 2].isalpha()
    return 3 if fits and not tokens.words[at + 2].isupper() else 0


def _shouted_length(tokens: Tokens, at: int, run: int) -> int:
    """Return how many words of a run in capitals are a name: up to the verb, where all of a line is in capitals.

    Names of three words are most common; single verbs are as well last names ("ĐẠT"), so longer names are tried next.
    """
    shouted = run > _MAX_SHOUTED and tokens.words[at].isupper() and tokens.lower[at] in _FREQUENT
    for length in _LENGTHS if shouted else ():
        if length < run and _VERBS.match_length(tokens.lower, at + length) and tokens.words[at + length].isupper():
            return length
    return run


def _foreign_length(tokens: Tokens, at: int) -> int:
    """Return how many words a name has that is one highland word, or whose syllables hyphens join; else 0."""
    if _is_highland(tokens.words[at]) and capital_run(tokens, at) == 1:
        return 1
    length, joined = 1, False
    while length < _MAX_SYLLABLES and at + length < len(tokens):
        gap, capital = tokens.gap(at + length), tokens.capital[at + length]
        if not (gap == "-" if not capital else gap in (" ", "-")) or (
            gap == "-" and len(tokens.words[at + length]) == 1
        ):
            break
        joined = joined or (gap == "-" and not capital)
        length += 1
    return length if joined else 0


def _names_something_else(tokens: Tokens, at: int, *, introduced: bool) -> bool:
    """Return whether an office, an organisation or a name that stands for a movement begins at word `at`."""
    organisation = _ORGANISATIONS.match_length(tokens.lower, at)
    unknown = introduced and tokens.lower[at] not in SURNAMES
    ward = at > 0 and tokens.lower[at - 1] in _WARD_TYPES and _WARDS.match_length(tokens.lower, at)
    return bool(
        ward
        or _NAMESAKES.match_length(tokens.lower, at)
        or _ROLES.match_length(tokens.lower, at)
        or organisation > (0 if unknown else 1)
    )


def _is_highland(word: str) -> bool:
    """Return whether one word is a whole name, as peoples of the Central Highlands write theirs ("H'Thủy")."""
    mark = word.find("'") + word.find("’") + 1
    return 1 <= mark <= 2 and word[mark + 1 : mark + 2].isupper()


def _is_compound(tokens: Tokens, at: int, run: int) -> bool:
    """Return whether the last capitalised word goes on in a small one, as an institution's does."""
    last, after = tokens.lower[at + run - 1], tokens.lower[at + run]
    return tokens.gap(at + run) == " " and bool(
        _ORGANISATIONS.match_length((last, after)) > 1 or _ROLES.match_length((last, after)) > 1
    )


def comparable(name: str) -> str:
    """Return a name in the form in which two mentions of one person are equal."""
    return " ".join(words(name))


def is_part_of(part: str, name: str) -> bool:
    """Return whether a comparable name is the end of a fuller one, or its beginning where a people names itself so.

    "thị sen" is part of "hoàng thị sen", "y bay" of "y bay niê"; "lê hùng" is none of "lê hùng nam".
    """
    if " " not in part:
        return False
    return name.endswith(f" {part}") or (part[1] == " " and name.startswith(f"{part} "))
