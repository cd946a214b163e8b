"""A better spelling of a query: accents restored and typing errors put right, as the articles write.

How often articles hold syllables and pairs of them decides; nothing is kept but what the index has anyway. Only words
outside quotes and exclusions are changed, and only where the result finds articles, no fewer than before.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bantin.search.candidates import Candidates, Frequencies, find_candidates, joined_terms
from bantin.search.mistyped import SHORTEST
from bantin.search.port import SearchEngine
from bantin.search.query import Hit, Query
from bantin.search.spared import spared_words
from bantin.search.spellings import Reading
from bantin.search.synonyms import load_synonyms
from bantin.search.terms import Term
from bantin.search.understanding.people import person_token
from bantin.search.understanding.recognised import Recognised
from bantin.search.words import parse_words, plain_runs
from bantin.vietnamese.comparison import canonical, fold, folded
from bantin.vietnamese.compounds import compound_words
from bantin.vietnamese.spelling import is_syllable, spellings
from bantin.vietnamese.syllables import Syllable, cut, exact_syllables
from bantin.vietnamese.typing import is_numbered, key_readings, read_keys

MOST_SYLLABLES: Final = 12
"""A longer query has enough right words to be found by."""

CLEARLY: Final = 4
"""A pair with other accents has to be so many times as frequent as the one typed."""

_SHOWN: Final = 3
_UNHELD: Final = 0.1
_ALONE: Final = 0.2
_OF_LEXICON: Final = 1.5

_GLUED: Final = re.compile(r"\w[:.@/]\w|&#?\w+;")
"""What makes words of a stretch more than words: `tp.hcm`, `site:gov.vn`, `&lt;`. Only accents may be missing there."""

_ADDRESS: Final = re.compile(r"\w@\w|://|\w\.(?:vn|com|net|org|info)\b", re.IGNORECASE)
"""What makes a stretch the address of a page or of somebody, which stays as it is."""

_STRETCH: Final = re.compile(r"\S+")


async def better_spelling(engine: SearchEngine, query: Query, total: int) -> str | None:
    """Return a better spelling of the words of a query that finds `total` articles; None where they are fine."""
    runs = plain_runs(query.text)
    if query.cursor is not None or not 0 < sum(map(len, runs)) <= MOST_SYLLABLES:
        return None
    typed = [_terms(query.text, run) for run in runs]
    entities = parse_words(query.text).entities
    unaccented = parse_words(fold(query.text)).entities
    spared = spared_words([[term.folded for term in run] for run in typed], (*entities, *unaccented))
    spared |= _glued(query.text, runs)
    candidates = await find_candidates(engine, typed, spared, _keyed(query.text, runs, typed), total)
    meant = _named([_likeliest(run, candidates) for run in typed], entities, {})
    if meant == typed:
        return None
    draft = _written(query.text, runs, meant, {})
    changes = {"text": draft, "size": _SHOWN, "facets": (), "collapse": False, "sort": None}
    results = await engine.search(query.model_copy(update=changes))
    if results.total < max(total, 1):
        return None
    people = {person_token(person.name): person.name for hit in results.hits for person in hit.article.people}
    meant = _named(meant, results.understood, people)
    better = _written(query.text, runs, meant, _spelled(results.hits))
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


def _glued(text: str, runs: Sequence[Sequence[Syllable]]) -> frozenset[str]:
    """Return the folded words that stand in stretches which are more than words."""
    glued = _stretches(text, _GLUED)
    return frozenset(one.folded for run in runs for one in run if one.start in glued)


def _stretches(text: str, having: re.Pattern[str]) -> set[int]:
    """Return the places in a text of all stretches between spaces that have something in them."""
    found = (stretch for stretch in _STRETCH.finditer(text) if having.search(stretch[0]))
    return {place for stretch in found for place in range(stretch.start(), stretch.end())}


def _likeliest(run: Sequence[Term], candidates: Candidates) -> list[Term]:
    """Return the likeliest reading of a run."""
    choices = [candidates.readings[term] for term in run]
    return _supported(run, _best(choices, candidates.alone, candidates.pairs), candidates.pairs)


def _best(choices: Sequence[Sequence[Reading]], alone: Frequencies, pairs: Frequencies) -> list[Term]:
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


def _weight(one: Reading, alone: Frequencies) -> float:
    return _ALONE * math.log(alone[one.term.exact] + _UNHELD) - one.penalty


def _pair(one: Term, other: Term, pairs: Frequencies) -> float:
    word = len(compound_words((one.exact, other.exact))) == 1
    return math.log(pairs[joined_terms(one, other)] + _UNHELD) + _OF_LEXICON * word


def _supported(typed: Sequence[Term], meant: Sequence[Term], pairs: Frequencies) -> list[Term]:
    """Return the terms meant, with other accents only where pairs of neighbours clearly speak for the whole run.

    Accents for some of its words alone are a guess: `dan van` is `dân vẫn` in one text and `dân vận` in another.
    """
    spoken: set[int] = set()
    covered: set[int] = set()
    for place in range(1, len(typed)):
        held = pairs[joined_terms(meant[place - 1], meant[place])]
        if held:
            covered |= {place - 1, place}
        sound = any(_sound(typed[at]) and typed[at] != meant[at] for at in (place - 1, place))
        if held and held >= CLEARLY * (pairs[joined_terms(typed[place - 1], typed[place])] + sound):
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


def _terms(text: str, run: Sequence[Syllable]) -> list[Term]:
    words = read_keys([text[one.start : one.end] for one in run], load_synonyms().abbreviations)
    return [Term(canonical(word), folded(word)) for word in words]


def _keyed(text: str, runs: Sequence[Sequence[Syllable]], typed: Sequence[Sequence[Term]]) -> dict[Term, Term]:
    """Return for terms what their keys would make, where they were not read so and are no number or abbreviation."""
    names = load_synonyms().abbreviations
    keyed: dict[Term, Term] = {}
    for run, terms in zip(runs, typed, strict=True):
        made = key_readings([text[one.start : one.end] for one in run], names)
        for term, word in zip(terms, made, strict=True):
            doubtful = len(term.folded) >= SHORTEST and not is_numbered(term.folded)
            if word and doubtful and canonical(word) != term.exact:
                keyed[term] = Term(canonical(word), folded(word))
    return keyed


def _spelled(hits: Iterable[Hit]) -> dict[str, str]:
    """Return for canonical syllables how the articles found write them most."""
    written = Counter(word.lower() for hit in hits for word in cut(f"{hit.article.title}\n{hit.article.body}"))
    spelled: dict[str, str] = {}
    for word, _ in written.most_common():
        spelled.setdefault(canonical(word), word)
    return spelled


def _written(
    text: str, runs: Sequence[Sequence[Syllable]], meant: Sequence[Sequence[Term]], spelled: Mapping[str, str]
) -> str:
    """Return the query with every syllable that was meant otherwise replaced, in the case it was typed in."""
    addresses = _stretches(text, _ADDRESS)
    parts: list[str] = []
    past = 0
    for run, terms in zip(runs, meant, strict=True):
        for syllable, new in zip(run, terms, strict=True):
            if new.exact != syllable.exact and syllable.start not in addresses:
                shown = spelled.get(new.exact, new.exact)
                parts += [text[past : syllable.start], _cased(shown, text[syllable.start : syllable.end])]
                past = syllable.end
    return "".join((*parts, text[past:]))


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word
