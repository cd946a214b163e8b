"""What each syllable of a query may have been meant to be, as far as articles hold it beside its neighbours."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Final, NamedTuple

from bantin.search.clauses import TextField
from bantin.search.port import SearchEngine
from bantin.search.spellings import RESTORED, Reading, likely_edits, one_edit, readings
from bantin.search.terms import Term
from bantin.vietnamese.syllables import JOINT

FEW: Final = 3
"""Where no more articles are found, words that articles hold may be typing errors, too."""

MOST_PAIRS: Final = 4_000
"""So many pairs of neighbours are asked for at once, at most; of more readings the most frequent take part."""

_MOST_EDITS: Final = 4

Frequencies = Mapping[str, int]


class Candidates(NamedTuple):
    """The readings of each term, itself first, and how many articles hold each of them and each pair of neighbours."""

    readings: Mapping[Term, Sequence[Reading]]
    alone: Frequencies
    pairs: Frequencies


async def find_candidates(
    engine: SearchEngine,
    runs: Sequence[Sequence[Term]],
    spared: Collection[str],
    keyed: Mapping[Term, Term],
    total: int,
) -> Candidates:
    """Return what the terms of runs may have been meant to be, in five questions to the index at most.

    `spared` are folded words in which no letter is wrong, `keyed` what the keys of a term would make, `total` how many
    articles are found as it is.
    """
    words = {term: term.folded for run in runs for term in run}
    known = await counted(engine, TextField.WORDS_FOLDED, words.values())
    edits = await _edits(engine, runs, {term for term in words if term.folded not in spared}, known, total)
    found = {term: readings(term, edits.get(term, ()), held=known[term.folded] > 0) for term in words}
    for term, meant in keyed.items():
        if not known[term.folded]:
            found[term] = [one for one in found[term] if one.term != meant] + [Reading(meant, RESTORED)]
    alone = await counted(engine, TextField.WORDS, (one.term.exact for each in found.values() for one in each))
    neighbours = [pair for run in runs for pair in pairwise(run)]
    width = math.isqrt(MOST_PAIRS // max(1, len(neighbours)))
    kept = {term: _frequent(each, alone)[:width] for term, each in found.items()}
    joined = (joined_terms(one.term, other.term) for a, b in neighbours for one, other in product(kept[a], kept[b]))
    return Candidates(kept, alone, await counted(engine, TextField.PAIRS, joined))


def joined_terms(one: Term, other: Term) -> str:
    """Return the token of two neighbours, accents kept."""
    return one.exact + JOINT + other.exact


async def counted(engine: SearchEngine, field: TextField, tokens: Iterable[str]) -> Frequencies:
    """Return how many articles hold each token, asking nothing for none."""
    distinct = list(dict.fromkeys(tokens))
    if not distinct:
        return {}
    return dict(zip(distinct, await engine.frequencies(field, distinct), strict=True))


async def _edits(
    engine: SearchEngine, runs: Sequence[Sequence[Term]], doubtful: Collection[Term], known: Frequencies, total: int
) -> dict[Term, list[str]]:
    """Return the words one typing error away from doubtful terms: those beside the neighbours, then the frequent."""
    possible = {term: _possible(term.folded, held=known[term.folded] > 0, few=total <= FEW) for term in doubtful}
    held = await counted(engine, TextField.WORDS_FOLDED, (word for each in possible.values() for word in each))
    frequent = {
        term: sorted((word for word in words if held[word]), key=lambda word: (-held[word], word))
        for term, words in possible.items()
    }
    joined: dict[tuple[Term, str], dict[str, None]] = defaultdict(dict)
    for term, word, pair in _joined_edits(runs, frequent):
        joined[term, word][pair] = None
    asked = list(dict.fromkeys(pair for pairs in joined.values() for pair in pairs))[:MOST_PAIRS]
    beside = await counted(engine, TextField.PAIRS_FOLDED, asked)
    return {
        term: sorted(words, key=lambda word: -sum(beside.get(pair, 0) for pair in joined[term, word]))[:_MOST_EDITS]
        for term, words in frequent.items()
    }


def _joined_edits(
    runs: Sequence[Sequence[Term]], edits: Mapping[Term, Sequence[str]]
) -> Iterator[tuple[Term, str, str]]:
    """Give for each edit of a term the pairs that it makes with a neighbour, as typed or with its frequent edits."""
    near = {term: (term.folded, *edits.get(term, ())[:_MOST_EDITS]) for run in runs for term in run}
    for run in runs:
        for one, other in pairwise(run):
            for word, beside in product(edits.get(one, ()), near[other]):
                yield one, word, word + JOINT + beside
            for beside, word in product(near[one], edits.get(other, ())):
                yield other, word, beside + JOINT + word


def _possible(word: str, *, held: bool, few: bool) -> list[str]:
    if held:
        return likely_edits(word) if few else []
    return one_edit(word)


def _frequent(choice: Sequence[Reading], alone: Frequencies) -> list[Reading]:
    """Return the term as typed, which is the first, and the readings that articles hold, the most frequent first."""
    others = [one for one in choice[1:] if alone[one.term.exact]]
    others.sort(key=lambda one: (-math.log(alone[one.term.exact]) + one.penalty, one.term.exact))
    return [choice[0], *others]
