"""What raises an article over others that match: the same clauses and weights on every engine.

An article scores by each term it holds (without accents, anywhere: weight 1) and by each clause that matches too.
Measured with `make relevance`: docs/relevance.md has the figures, decision record 0012 the reasons.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from bantin.search.clauses import Clause, Lookup, TextField, token
from bantin.search.understanding.recognised import EntityKind
from bantin.search.words import Term, Words
from bantin.vietnamese.syllables import JOINT

TITLE_BOOST: Final = 2.0
"""A term in the title."""

LEAD_BOOST: Final = 0.5
"""A term in the lead, the beginning of the body."""

PAIR_BOOST: Final = 0.6
"""Two neighbouring syllables that are neighbours in the article."""

TITLE_PAIR_BOOST: Final = 2.0
"""Two neighbouring syllables that are neighbours in the title."""

COMPOUND_BOOST: Final = 1.5
"""A word of the lexicon, or a syllable outside any, with its accents: as typed, if any were."""

FOLDED_COMPOUND_BOOST: Final = 0.6
"""The same without accents."""

ENTITY_BOOST: Final[Mapping[EntityKind, float]] = {"person": 4.0, "place": 2.0, "day": 6.0}
"""What the words name."""

CITATION: Final = 400.0
"""What an article that cites the document scores for it, however often and beside however many others.

It is more than all the words of a query: such an article stands before all that only hold the words.
"""

DOUBTFUL_CITATION: Final = 60.0
"""The same where the words may only count something."""

SUCCESSOR_SHARE: Final = 0.5
"""Of that, what another name of the same place is worth."""

TYPED_BOOST: Final = 6.0
"""What was typed, where it was read as keys: hardly any article holds keys, so one that does holds what was meant."""

EXACT_BOOST: Final = 0.25
"""Accents as they were typed, on a term or a pair; syllables typed without accents add nothing here."""

RELATED_PAIRS: Final = 30
"""Pairs of syllables by which articles like one are looked for: those most frequent in it and rarest elsewhere."""

RELATED_SHARE: Final = 0.15
"""An article that holds this share of them is related."""

RELATED_SYLLABLES: Final = 2_000
"""Of a longer article, its beginning says what it is about."""


def raising(words: Words) -> Iterator[Clause]:
    """Give the clauses that raise matching articles: title and lead, neighbours, words of the lexicon, accents."""
    for term in words.folded_terms:
        yield token(TextField.TITLE_FOLDED, term, TITLE_BOOST)
        yield token(TextField.LEAD_FOLDED, term, LEAD_BOOST)
    for wording in words.other_wordings:
        yield Clause(Lookup(TextField.TITLE_FOLDED, wording), TITLE_BOOST)
        yield Clause(Lookup(TextField.LEAD_FOLDED, wording), LEAD_BOOST)
    for term in words.terms:
        if term.keys:
            yield token(TextField.WORDS_FOLDED, term.keys, TYPED_BOOST)
        if term.accented:
            yield token(TextField.WORDS, term.exact, EXACT_BOOST)
            yield token(TextField.TITLE, term.exact, EXACT_BOOST)
    for pair in dict.fromkeys(JOINT.join(term.folded for term in pair) for pair in words.pairs):
        yield token(TextField.PAIRS_FOLDED, pair, PAIR_BOOST)
        yield token(TextField.TITLE_PAIRS_FOLDED, pair, TITLE_PAIR_BOOST)
    yield from _naming(words)
    for word in words.compounds:
        yield token(TextField.COMPOUNDS, word, COMPOUND_BOOST)
    for word in words.folded_compounds:
        yield token(TextField.COMPOUNDS_FOLDED, word, FOLDED_COMPOUND_BOOST)
    for pair in words.pairs:
        if _accented(pair):
            yield token(TextField.PAIRS, JOINT.join(term.exact for term in pair), EXACT_BOOST)


def _naming(words: Words) -> Iterator[Clause]:
    for entity in words.entities:
        if entity.kind == "document":
            score = CITATION if entity.certain else DOUBTFUL_CITATION
            yield from (token(TextField.ENTITIES, held, score, constant=True) for held in entity.tokens)
            continue
        for place, held in enumerate(entity.tokens):
            yield token(TextField.ENTITIES, held, ENTITY_BOOST[entity.kind] * (SUCCESSOR_SHARE if place else 1.0))


def scoring(words: Words) -> Iterator[Clause]:
    """Give all that an article's score is the sum of, freshness aside."""
    for term in words.folded_terms:
        for lookup in (Lookup(TextField.WORDS_FOLDED, (term,)), *words.alternatives.get(term, ())):
            yield Clause(lookup, 1.0)
    for phrase in words.phrases:
        yield Clause(phrase.lookup, 1.0)
    yield from raising(words)


def _accented(pair: tuple[Term, Term]) -> bool:
    return any(term.accented for term in pair)
