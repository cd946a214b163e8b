"""Recognises menus: a breadcrumb, entries side by side on one line, the names of pages that stand in menus."""

import re

from bantin_extract.text.letters import LOWER, UPPER, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

CRUMBS = re.compile(r"\s?[>»›→]\s?| / |::")
_ENTRIES = re.compile(r"\s?[|\t•·]\s?")
_CAPITALS = re.compile(rf"(?<=[{LOWER}]) (?:- )?(?=[{UPPER}])")
_KNOWN = PhraseTable((*listed("chrome", "phrases"), *listed("chrome", "menu_entries"), *listed("chrome", "page_names")))
_TOOLS = PhraseTable(listed("chrome", "phrases"))
_PAGES = PhraseTable(listed("chrome", "page_names"))
_HOME = frozenset(map(words, listed("chrome", "home")))
_MAX = 2000
_MANY = 4
_FEW_WORDS = 9
_TOOL = 80


def breadcrumb(text: str) -> tuple[str, ...]:
    """Return the entries of a path that leads from the site's first page; () where the line is none."""
    if len(text) > _MAX or not CRUMBS.search(text):
        return ()
    crumbs = tuple(crumb for crumb in map(str.strip, CRUMBS.split(text)) if crumb)
    return crumbs if crumbs and words(crumbs[0]) in _HOME else ()


def is_menu(text: str) -> bool:
    """Return whether a line holds entries of a menu side by side, a good share of them known."""
    if len(text) > _MAX or text.endswith((".", ";", ":", "?")):
        return False
    entries = _ENTRIES.split(text)
    if len(entries) < _MANY:
        entries = _CAPITALS.split(text)
    if len(entries) < _MANY:
        return False
    spoken = [found for entry in entries if (found := words(entry))]
    known = sum(_KNOWN.covered(found) == len(found) for found in spoken)
    first = bool(spoken) and is_entry(spoken[0])
    return known * 3 >= len(spoken) and known > 2 - first and sum(map(len, spoken)) <= _FEW_WORDS * len(spoken)


def names_page(found: tuple[str, ...]) -> bool:
    """Return whether words are the name of a page that stands in menus and heads a page of its own."""
    return 0 < len(found) == _PAGES.match_length(found)


def is_entry(found: tuple[str, ...]) -> bool:
    """Return whether words consist of entries of menus."""
    return _KNOWN.covered(found) == len(found)


def is_tool(text: str) -> bool:
    """Return whether most words of a short line are wording around articles ("Cỡ chữA-AA+")."""
    found = [word for word in words(text) if not word[0].isdigit()]
    return len(text) <= _TOOL and 0 < len(found) < 2 * _TOOLS.covered(tuple(found)) and not names_page(tuple(found))
