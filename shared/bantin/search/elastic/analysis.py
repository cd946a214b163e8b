"""Analyzers for Vietnamese, made from the tables of `bantin.vietnamese`, so that any client compares words as we do.

`vietnamese` keeps accents, `vietnamese_folded` does not; each has a `_bigram` sibling that joins neighbours. They need
no plugin: mapping character filters, a pattern tokenizer, and filters of Elasticsearch's own `analysis-common`.
"""

from collections.abc import Mapping
from typing import Any, Final

from bantin.vietnamese.syllables import JOINT
from bantin.vietnamese.tables import (
    COMPOSITIONS,
    FOLDING,
    I_FOR_Y,
    REMOVED,
    SYLLABLE_JAVA,
    TONE_PLACEMENT,
    WIDTHS,
)

EXACT: Final = "vietnamese"
FOLDED: Final = "vietnamese_folded"
EXACT_BIGRAM: Final = "vietnamese_bigram"
FOLDED_BIGRAM: Final = "vietnamese_folded_bigram"

_EXACT_LETTERS: Final = ("vietnamese_widths", "vietnamese_compositions", "vietnamese_tone_placement")
_FOLDED_LETTERS: Final = ("vietnamese_bare_letters",)
"""Bare letters need no composing and no tone placement: what those move is gone."""

_SYLLABLES: Final = ("lowercase", "vietnamese_i_for_y")


def analysis() -> dict[str, Any]:
    """Return the `analysis` part of an index's settings."""
    return {
        "char_filter": {
            "vietnamese_widths": _letters({**REMOVED, **WIDTHS}),
            "vietnamese_compositions": _letters(COMPOSITIONS),
            "vietnamese_tone_placement": _letters(TONE_PLACEMENT),
            "vietnamese_bare_letters": _letters({**REMOVED, **WIDTHS, **FOLDING}),
        },
        "tokenizer": {"vietnamese_syllable": {"type": "pattern", "pattern": SYLLABLE_JAVA, "group": 0}},
        "filter": {
            "vietnamese_i_for_y": {
                "type": "stemmer_override",
                "rules": [f"{old} => {new}" for old, new in sorted(I_FOR_Y.items())],
            },
            "vietnamese_pairs": {
                "type": "shingle",
                "min_shingle_size": 2,
                "max_shingle_size": 2,
                "output_unigrams": False,
                "token_separator": JOINT,
            },
        },
        "analyzer": {
            EXACT: _analyzer(_EXACT_LETTERS, _SYLLABLES),
            FOLDED: _analyzer(_FOLDED_LETTERS, _SYLLABLES),
            EXACT_BIGRAM: _analyzer(_EXACT_LETTERS, (*_SYLLABLES, "vietnamese_pairs")),
            FOLDED_BIGRAM: _analyzer(_FOLDED_LETTERS, (*_SYLLABLES, "vietnamese_pairs")),
        },
    }


def _analyzer(letters: tuple[str, ...], tokens: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "custom",
        "char_filter": list(letters),
        "tokenizer": "vietnamese_syllable",
        "filter": list(tokens),
    }


def _letters(table: Mapping[str, str]) -> dict[str, Any]:
    rules = [f"{_escaped(old)} => {_escaped(new)}".rstrip() for old, new in sorted(table.items())]
    return {"type": "mapping", "mappings": rules}


def _escaped(text: str) -> str:
    r"""Write text as `\uXXXX`: blanks, marks and `=>` would be read as the rule's own."""
    return "".join(f"\\u{ord(character):04X}" for character in text)
