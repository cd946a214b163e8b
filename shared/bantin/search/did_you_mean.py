"""A better spelling of a query: accents restored and typing errors put right, as the articles write.

How often articles hold syllables and pairs of them decides; nothing is kept but what the index has anyway. Only words
outside quotes and exclusions are changed, and only where the result finds articles, no fewer than before.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from typing import Final

from bantin.search.clauses import TextField
from bantin.search.port import SearchEngine
from bantin.search.query import Hit, Query
from bantin.search.spellings import Reading, likely_edits, one_edit, readings
from bantin.search.synonyms import load_synonyms
from bantin.search.terms import Term
from bantin.search.understanding.people import person_token
from bantin.search.understanding.recognised import Recognised
from bantin.search.words import parse_words, plain_runs
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.compounds import compound_words
from bantin.vietnamese.spelling import is_syllable, spellings
from bantin.vietnamese.syllables import JOINT, Syllable, cut, exact_syllables
from bantin.vietnamese.typing import read_keys

MOST_SYLLABLES: Final = 12
"""A longer query has enough right words to be found by."""

FEW: Final = 3
"""Where no more articles are found, words that articles hold may be typing errors, too."""

CLEARLY: Final = 4
"""A pair with other accents has to be so many times as frequent as the one typed."""

_MOST_EDITS: Final = 4
_MOST_READINGS: Final = 6
_SHOWN: Final = 3
_UNHELD: Final = 0.1
_ALONE: Final = 0.2
_OF_LEXICON: Final = 1.5

_Frequencies = Mapping[str, int]


async def better_spelling(engine: SearchEngine, query: Query, total: int) -> str | None:
    """Return a better spelling of the words of a query that finds `total` articles; None where they are fine."""
    runs = plain_runs(query.text)
    if query.cursor is not None or not 0 < sum(map(len, runs)) <= MOST_SYLLABLES:
        return None
    typed = [_terms(run) for run in runs]
    meant = _named(await _meant(engine, typed, total), parse_words(query.text).entities, {})
    if meant == typed:
        return None
    draft = _written(query.text, runs, typed, meant, {})
    changes = {"text": draft, "size": _SHOWN, "facets": (), "collapse": False, "sort": None}
    results = await engine.search(query.model_copy(update=changes))
    if results.total < max(total, 1):
        return None
    people = {person_token(person.name): person.name for hit in results.hits for person in hit.article.people}
    meant = _named(meant, results.understood, people)
    better = _written(query.text, runs, typed, meant, _spelled(results.hits))
    return better if better != query.text else None


def _named(
    meant: Sequence[Sequence[Term]], entities: Iterable[Recognised], people: Mapping[str, str]
) -> list[list[Term]]:
    """Return the terms with names as they are spelled: `ca mau` is Cà Mau, and `06-da/tu` 06-ĐA/TU, however rare."""
    flat = [term for run in meant for term in run]
    for entity in entities:
        name = people.get(entity.tokens[0], "") if entity.kind == "person" else entity.label if entity.certain else ""
        spelled = {folded(syllable): syllable for syllable in exact_syllables(name)}
        for place in range(entity.first, entity.past):
            bare = flat[place].folded
            flat[place] = Term(spelled.get(bare, flat[place].exact), bare)
    rest = iter(flat)
    return [[next(rest) for _ in run] for run in meant]


async def _meant(engine: SearchEngine, typed: Sequence[Sequence[Term]], total: int) -> list[list[Term]]:
    """Return the likeliest reading of every run."""
    choices = await _choices(engine, [term for run in typed for term in run], total)
    alone = await _counted(engine, TextField.WORDS, [one.term.exact for each in choices.values() for one in each])
    kept = {term: _frequent(each, alone) for term, each in choices.items()}
    neighbours = [pair for run in typed for pair in pairwise(run)]
    joined = [_joined(one.term, other.term) for a, b in neighbours for one, other in product(kept[a], kept[b])]
    pairs = await _counted(engine, TextField.PAIRS, joined)
    return [_supported(run, _best([kept[term] for term in run], alone, pairs), pairs) for run in typed]


async def _choices(engine: SearchEngine, terms: Sequence[Term], total: int) -> dict[Term, list[Reading]]:
    """Return all readings of each term, those with other letters only where articles hold them."""
    known = await _counted(engine, TextField.WORDS_FOLDED, [term.folded for term in terms])
    abbreviations = load_synonyms().abbreviations
    edits = {
        term: _edits(term.folded, held=known[term.folded] > 0, few=total <= FEW)
        for term in terms
        if term.folded not in abbreviations
    }
    held = await _counted(engine, TextField.WORDS_FOLDED, [word for each in edits.values() for word in each])
    found: dict[Term, list[Reading]] = {}
    for term in terms:
        words = edits.get(term, ())
        frequent = sorted((word for word in words if held[word]), key=lambda word: (-held[word], word))
        found[term] = readings(term, frequent[:_MOST_EDITS], held=known[term.folded] > 0)
    return found


def _edits(word: str, *, held: bool, few: bool) -> list[str]:
    if held:
        return likely_edits(word) if few else []
    return one_edit(word)


async def _counted(engine: SearchEngine, field: TextField, tokens: Iterable[str]) -> _Frequencies:
    distinct = list(dict.fromkeys(tokens))
    if not distinct:
        return {}
    return dict(zip(distinct, await engine.frequencies(field, distinct), strict=True))


def _frequent(choice: Sequence[Reading], alone: _Frequencies) -> list[Reading]:
    """Return the term as typed, which is the first, and the most frequent readings that articles hold."""
    others = [one for one in choice[1:] if alone[one.term.exact]]
    others.sort(key=lambda one: (-math.log(alone[one.term.exact]) + one.penalty, one.term.exact))
    return [choice[0], *others[:_MOST_READINGS]]


def _best(choices: Sequence[Sequence[Reading]], alone: _Frequencies, pairs: _Frequencies) -> list[Term]:
    """Return the likeliest path through the readings of a run."""
    paths = [(_weight(one, alone), [one.term]) for one in choices[0]]
    for choice in choices[1:]:
        paths = [
            max(
                (
                    (score + _pair(path[-1], one.term, pairs) + _weight(one, alone), [*path, one.term])
                    for score, path in paths
                ),
                key=lambda step: step[0],
            )
            for one in choice
        ]
    return max(paths, key=lambda step: step[0])[1]


def _weight(one: Reading, alone: _Frequencies) -> float:
    return _ALONE * math.log(alone[one.term.exact] + _UNHELD) - one.penalty


def _pair(one: Term, other: Term, pairs: _Frequencies) -> float:
    word = len(compound_words((one.exact, other.exact))) == 1
    return math.log(pairs[_joined(one, other)] + _UNHELD) + _OF_LEXICON * word


def _supported(typed: Sequence[Term], meant: Sequence[Term], pairs: _Frequencies) -> list[Term]:
    """Return the terms meant, with other accents only where pairs of neighbours clearly speak for the whole run.

    Accents for some of its words alone are a guess: `dan van` is `dân vẫn` in one text and `dân vận` in another.
    """
    spoken: set[int] = set()
    covered: set[int] = set()
    for place in range(1, len(typed)):
        held = pairs[_joined(meant[place - 1], meant[place])]
        if held:
            covered |= {place - 1, place}
        sound = any(_sound(typed[at]) and typed[at] != meant[at] for at in (place - 1, place))
        if held and held >= CLEARLY * (pairs[_joined(typed[place - 1], typed[place])] + sound):
            spoken |= {place - 1, place}
    if any(spellings(term.folded) and place not in covered for place, term in enumerate(typed)):
        spoken.clear()
    same = [before.folded == after.folded for before, after in zip(typed, meant, strict=True)]
    return [
        before if same[place] and place not in spoken else after
        for place, (before, after) in enumerate(zip(typed, meant, strict=True))
    ]


def _sound(term: Term) -> bool:
    """Say whether a term was typed with accents, and rightly spelled: it may be rare and meant."""
    return term.accented and is_syllable(term.exact)


def _terms(run: Sequence[Syllable]) -> list[Term]:
    words = read_keys([one.exact for one in run], load_synonyms().abbreviations)
    return [Term(canonical(word), folded(word)) for word in words]


def _joined(one: Term, other: Term) -> str:
    return one.exact + JOINT + other.exact


def _spelled(hits: Iterable[Hit]) -> dict[str, str]:
    """Return for canonical syllables how the articles found write them most."""
    written = Counter(word.lower() for hit in hits for word in cut(f"{hit.article.title}\n{hit.article.body}"))
    spelled: dict[str, str] = {}
    for word, _ in written.most_common():
        spelled.setdefault(canonical(word), word)
    return spelled


def _written(
    text: str,
    runs: Sequence[Sequence[Syllable]],
    typed: Sequence[Sequence[Term]],
    meant: Sequence[Sequence[Term]],
    spelled: Mapping[str, str],
) -> str:
    """Return the query with every syllable that was meant otherwise replaced, in the case it was typed in."""
    parts: list[str] = []
    past = 0
    for run, before, after in zip(runs, typed, meant, strict=True):
        for syllable, old, new in zip(run, before, after, strict=True):
            if old != new:
                shown = spelled.get(new.exact, new.exact)
                parts += [text[past : syllable.start], _cased(shown, text[syllable.start : syllable.end])]
                past = syllable.end
    return "".join((*parts, text[past:]))


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word
