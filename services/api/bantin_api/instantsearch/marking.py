"""Highlights with the tags that a widget asks for, escaped exactly once on their way to the page.

Most clients put values into a page as they are: theirs are HTML-escaped, between tags that are harmless. The widgets'
own library asks for placeholders and escapes values itself: for those the text stays as it is.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

from bantin.search.highlight import highlight
from bantin.search.words import Words
from bantin.vietnamese.syllables import folded_syllables
from bantin_api.reading import shown, unprocessable

Parts = Sequence[tuple[str, bool]]
"""A text in pieces, each with whether it is marked."""

PLACEHOLDERS: Final = {
    "__ais-highlight__": "__/ais-highlight__",
    "__aa-highlight__": "__/aa-highlight__",
}
"""Tags of libraries that escape the values and put elements in their place."""

_OPENING: Final = re.compile(r'<(em|strong|b|i|mark|span)(?: class="[\w\- ]{1,100}")?>', re.ASCII)
_OURS: Final = re.compile("<mark>|</mark>")
_WORD: Final = re.compile(r"\s*\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Tags:
    """What stands around marked words; `escaped` is whether the text between is HTML."""

    before: str = "<em>"
    after: str = "</em>"
    escaped: bool = True


class MarkedAnswer(TypedDict):
    """A text with its marks; `matchLevel` says whether all, some or none of the words are in it."""

    value: str
    matchLevel: str
    matchedWords: list[str]


def read_tags(before: str, after: str) -> Tags:
    """Return the tags asked for; raise a 422 Problem for such as might do more than mark."""
    if PLACEHOLDERS.get(before) == after:
        return Tags(before, after, escaped=False)
    opening = _OPENING.fullmatch(before)
    if opening is None or after != f"</{opening[1]}>":
        raise unprocessable(
            "unsafe_tags",
            f"highlightPreTag={shown(before)}, highlightPostTag={shown(after)}: choose one of em, strong, b, i, mark "
            "and span, with a class or without, and the tag that closes it.",
        )
    return Tags(before, after)


def parts_of(fragment: str) -> Parts:
    """Return the pieces of a highlight as engines give it: escaped text, with `<mark>`."""
    pieces = _OURS.split(fragment)
    return [(html.unescape(piece), place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def marked_parts(text: str, words: Words) -> Parts:
    """Return the pieces of a whole text, its words marked."""
    shown_title = highlight(text, "", words).highlight.title
    return parts_of(shown_title[0]) if shown_title else [(text, False)]


def shortened(parts: Parts, most_words: int, ellipsis: str) -> Parts:
    """Return the stretch of so many words in which the first mark is, with an ellipsis where something is left out."""
    cut = [(word, marked) for text, marked in parts for word in _WORD.findall(text)]
    if len(cut) <= most_words:
        return parts
    first = next((place for place, (_, marked) in enumerate(cut) if marked), 0)
    start = max(0, min(first - most_words // 3, len(cut) - most_words))
    kept = cut[start : start + most_words]
    kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    before = [(ellipsis, False)] if start else []
    after = [(ellipsis, False)] if start + most_words < len(cut) else []
    return [*before, *kept, *after]


def marked_answer(parts: Parts, words: Words, tags: Tags) -> MarkedAnswer:
    """Return pieces as a highlight result."""
    quoted = (syllable for phrase in words.phrases for syllable in phrase.syllables)
    sought = dict.fromkeys((*(term.exact for term in words.terms), *quoted))
    seen = {syllable for text, marked in parts if marked for syllable in folded_syllables(text)}
    matched = [word for word in sought if seen.issuperset(folded_syllables(word))]
    level = "none" if not matched else "full" if len(matched) == len(sought) else "partial"
    return {"value": "".join(_written(parts, tags)), "matchLevel": level, "matchedWords": matched}


def _written(parts: Parts, tags: Tags) -> Iterator[str]:
    before = False
    for text, marked in parts:
        if marked != before:
            yield tags.before if marked else tags.after
        yield html.escape(text) if tags.escaped else text
        before = marked
    if before:
        yield tags.after
