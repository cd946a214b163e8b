"""What a query's words mean beyond themselves: what they name, and what counts as holding them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bantin.search.clauses import Lookup, TextField
from bantin.search.synonyms import Synonyms
from bantin.search.terms import Term
from bantin.search.understanding.citations import recognise_documents
from bantin.search.understanding.days import recognise_days
from bantin.search.understanding.people import addressing_words, recognise_people
from bantin.search.understanding.places import recognise_places
from bantin.search.understanding.recognised import Recognised
from bantin.search.writings import other_writings


class Meanings(NamedTuple):
    """What the words name, for a folded term what stands for it in an article, and the terms that only address."""

    entities: tuple[Recognised, ...]
    alternatives: Mapping[str, tuple[Lookup, ...]]
    addressing: frozenset[str]


def meanings(runs: Sequence[Sequence[Term]], synonyms: Synonyms) -> Meanings:
    """Return the meanings of runs of neighbouring terms."""
    entities: list[Recognised] = []
    alternatives: dict[str, dict[Lookup, None]] = defaultdict(dict)
    addressing: set[str] = set()
    before = 0
    for run in runs:
        folded = [term.folded for term in run]
        found = list(_recognised([term.exact for term in run], folded))
        entities += (replace(entity, first=before + entity.first, past=before + entity.past) for entity in found)
        for term, lookup in (*_typed(run), *_written(folded), *_named(folded, found), *_synonymous(folded, synonyms)):
            alternatives[term][lookup] = None
        addressing.update(addressing_words(folded))
        before += len(run)
    return Meanings(
        entities=tuple(dict.fromkeys(entities)),
        alternatives={term: tuple(lookups) for term, lookups in alternatives.items()},
        addressing=frozenset(addressing),
    )


def _recognised(exact: Sequence[str], folded: Sequence[str]) -> Iterator[Recognised]:
    """Give what a run names; words that are part of a document's number are nothing else."""
    documents = list(recognise_documents(exact, folded))
    yield from documents
    taken = {place for document in documents if document.certain for place in range(document.first, document.past)}
    rest = ["" if place in taken else word for place, word in enumerate(folded)]
    yield from recognise_days(rest)
    yield from recognise_places(exact, rest)
    yield from recognise_people(exact, rest)


def _named(folded: Sequence[str], entities: Sequence[Recognised]) -> Iterator[tuple[str, Lookup]]:
    for entity in entities:
        if entity.certain:
            for term in folded[entity.first : entity.past]:
                yield from ((term, Lookup(TextField.ENTITIES, (token,))) for token in entity.tokens)


def _typed(run: Sequence[Term]) -> Iterator[tuple[str, Lookup]]:
    """Give for a term read from keys the keys themselves: they may have been another language's word."""
    yield from ((term.folded, Lookup(TextField.WORDS_FOLDED, (term.keys,))) for term in run if term.keys)


def _written(folded: Sequence[str]) -> Iterator[tuple[str, Lookup]]:
    yield from ((term, Lookup(TextField.WORDS_FOLDED, other)) for term, other in other_writings(folded))


def _synonymous(folded: Sequence[str], synonyms: Synonyms) -> Iterator[tuple[str, Lookup]]:
    for places, others in synonyms.of(folded):
        for place in places:
            yield from ((folded[place], Lookup(TextField.WORDS_FOLDED, other)) for other in others)
