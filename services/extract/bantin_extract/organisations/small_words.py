"""Tells whether a small word goes on an organisation's name: by tables, by the word before it, by what follows "và"."""

from bantin_extract.organisations.boundaries import COMPOUNDS, ENDING, LEVELS, is_other_after_and
from bantin_extract.places.gazetteer import gazetteer
from bantin_extract.text.tables import listed
from bantin_extract.text.tokens import Tokens

_TERMS = frozenset(("khóa", "khoá", "kỳ"))
_CONTINUING = frozenset(listed("organisations", "continuing"))
_SHORT_HEADS = frozenset(head for head in listed("organisations", "heads") if " " not in head)
_WHOLE_WORDS = frozenset(("đảng", "ương", "ủy")) | _SHORT_HEADS
"""Words that are whole by themselves: a small word after them is no second half of theirs."""
_ROMAN = frozenset("ivxlcdm")
_FIRST_HALVES = {"thành": ("phố", "ủy", "đoàn"), "thị": ("xã", "trấn", "ủy", "đoàn", "trường")}
_FOREIGN_LETTERS = frozenset("fjwz")
_WITH_COMMITTEE = frozenset(("tỉnh", "huyện", "thành", "thị", "quận"))
_AFTER_PLACE = frozenset(listed("organisations", "after_place"))


def goes_on_small(tokens: Tokens, at: int, first: int) -> bool:
    """Return whether a small word belongs to the phrase."""
    word = tokens.lower[at]
    after_capital = at == first or tokens.capital[at - 1]
    if after_capital and at > 0 and COMPOUNDS.match_length(tokens.lower, at - 1) > 1:
        return True
    if word == "và":
        goes_on_capital = at + 1 < len(tokens) and tokens.capital[at + 1] and not _is_level_or_place_before(tokens, at)
        return goes_on_capital and not is_other_after_and(tokens, at + 1)
    if word in _TERMS:
        return _is_term(tokens, at + 1)
    return not ENDING.match_length(tokens.lower, at) and _is_more(tokens, at, open_before=after_capital and at > first)


def _is_more(tokens: Tokens, at: int, *, open_before: bool) -> bool:
    """Return whether a small word, no verb, goes on what stands before it; `open_before`: a capital, in the name."""
    word = tokens.lower[at]
    if word in _CONTINUING:
        if word in _FIRST_HALVES:
            return at + 1 < len(tokens) and tokens.lower[at + 1] in _FIRST_HALVES[word]
        return word in _AFTER_PLACE or not _is_closed(tokens, at)
    return open_before and _is_open_word(tokens, at)


def _is_closed(tokens: Tokens, at: int) -> bool:
    """Return whether a level or a proper name ends right before a word, so that only a further level may follow."""
    if at < 2 or tokens.lower[at - 1] in _SHORT_HEADS or not tokens.capital[at - 1]:
        return at > 0 and tokens.lower[at - 1] in LEVELS and not tokens.capital[at - 1]
    two_capitals = tokens.capital[at - 2] and tokens.gap(at - 1) == " " and tokens.lower[at - 2] not in _SHORT_HEADS
    return (two_capitals and not tokens.words[at - 1].isupper()) or is_place_before(tokens, at)


def _is_level_or_place_before(tokens: Tokens, at: int) -> bool:
    before = tokens.lower[at - 1]
    if not tokens.capital[at - 1]:
        return before in LEVELS or (before == "ủy" and tokens.lower[at - 2] in _WITH_COMMITTEE)
    return tokens.lower[at - 2 : at] == ("việt", "nam") or is_place_before(tokens, at)


def _is_open_word(tokens: Tokens, at: int) -> bool:
    """Return whether the word before is the first half of a compound: no abbreviation and no place's name.

    The official style writes the first syllable of a compound with a capital, and of a proper name each.
    """
    before = tokens.words[at - 1]
    if len(before) < 2 or before.isupper() or not before.isalpha() or tokens.lower[at - 1] in _WHOLE_WORDS:
        return False
    if not _FOREIGN_LETTERS.isdisjoint(tokens.lower[at - 1]):
        return False
    alone = at < 2 or not tokens.capital[at - 2] or tokens.gap(at - 1) != " " or tokens.lower[at - 2] in _SHORT_HEADS
    return alone and not is_place_before(tokens, at)


def _is_term(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and (tokens.words[at].isdigit() or set(tokens.lower[at]) <= _ROMAN)


def is_place_before(tokens: Tokens, at: int) -> bool:
    """Return whether the name of a province or a district of one to three words ends right before word `at`."""
    return any(gazetteer().match(tokens, at - back)[0] == back for back in (1, 2, 3) if at - back >= 0)
