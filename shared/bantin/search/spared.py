"""Words of a query that are no typing errors, whatever articles hold: of names, and of wordings with synonyms."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bantin.search.synonyms import load_synonyms
from bantin.search.understanding.recognised import Recognised


def spared_words(runs: Sequence[Sequence[str]], entities: Iterable[Recognised]) -> frozenset[str]:
    """Return the folded words of runs, in which entities were recognised, that certainly name or stand for something.

    The places of the entities are those of the words in all runs together.
    """
    flat = list(chain.from_iterable(runs))
    named = {word for entity in entities if entity.certain for word in flat[entity.first : entity.past]}
    synonyms = load_synonyms()
    known = {run[place] for run in runs for places, _ in synonyms.of(run) for place in places}
    return frozenset(named | known)
