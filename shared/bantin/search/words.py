"""What the users' words ask for, read from what they typed, the same for every engine.

Nothing that can be typed is an error. Unquoted words match without accents; typed accents only raise what has them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from typing import Final

from bantin.search.clauses import Lookup, TextField
from bantin.search.meanings import meanings
from bantin.search.questions import asking_words
from bantin.search.synonyms import Synonyms, load_synonyms
from bantin.search.terms import Term
from bantin.search.understanding.recognised import Recognised
from bantin.vietnamese.comparison import canonical, folded
from bantin.vietnamese.compounds import compound_words, folded_compound_words
from bantin.vietnamese.syllables import PATTERN, Syllable, syllables
from bantin.vietnamese.typing import read_keys

MAX_TERMS: Final = 64
"""Distinct terms that count; of a longer text the first ones say what is sought."""

ALL_REQUIRED_UP_TO: Final = 3
"""So many distinct terms must all match."""

REQUIRED_SHARE: Final = (2, 5)
"""Of more terms, this share must match, rounded down, but no fewer than of a shorter text."""

REQUIRED_OF_A_QUESTION: Final = 2
"""Of a question's terms the same share must match, but no fewer than these: its answer has other words."""

LONGEST_BEGINNING: Final = 64
"""Characters of a word that may be unfinished: nothing that is read begins with more, and engines bound patterns."""

_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"－": "-"})
_PIECE: Final = re.compile(r'(?P<phrase>(?P<minus>(?<![^\s(])-)?"(?P<quoted>[^"]*)")|(?P<word>[^\s"]+)')
_EXCLUDING: Final = re.compile(r"-[^\s-]")
_FUZZY_OR_BOOSTED: Final = "~^.0123456789"
_FOREIGN_OPERATORS: Final = frozenset({"AND", "OR", "NOT", "&&", "||"})
_FOREIGN_FIELD: Final = re.compile(
    r"[-+(]*(?:(?:site|filetype|ext|lang|cache|before|after):(?=\S).*"
    r"|(?:all)?(?:in|_)?(?:title|text|body|url|anchor|author|person|province|district|source|section|tag|content):)",
    re.IGNORECASE,
)
"""Names of fields before a colon, as other engines read them; behind some of them stand no words of an article."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables that follow each other; canonical ones if `accents` count, else folded ones."""

    syllables: tuple[str, ...]
    accents: bool = True

    @property
    def lookup(self) -> Lookup:
        """Where it is looked for."""
        return Lookup(TextField.WORDS if self.accents else TextField.WORDS_FOLDED, self.syllables)


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for. `terms` are distinct, as typed; `pairs` are those typed side by side.

    `compounds` are the terms with the words of several syllables among them joined, as far as accents were typed;
    `folded_compounds` the same without accents. `asking` are the folded terms that only ask a question, `addressing`
    those that only address somebody (`ông`). `entities` are what the terms name; `alternatives` gives for a folded term
    what counts as holding it.
    A document matches if it holds at least `required` of the `folded_terms`, every phrase and nothing excluded.
    """

    terms: tuple[Term, ...] = ()
    pairs: tuple[tuple[Term, Term], ...] = ()
    compounds: tuple[str, ...] = ()
    folded_compounds: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()
    addressing: frozenset[str] = frozenset()
    entities: tuple[Recognised, ...] = ()
    alternatives: Mapping[str, tuple[Lookup, ...]] = field(default_factory=dict[str, tuple[Lookup, ...]])
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()

    @property
    def folded_terms(self) -> tuple[str, ...]:
        """The distinct terms without accents, in the order typed."""
        return tuple(dict.fromkeys(term.folded for term in self.terms))

    @property
    def other_wordings(self) -> tuple[tuple[str, ...], ...]:
        """The folded wordings that count as holding a term, each once: `ubnd` where its name was typed."""
        lookups = chain.from_iterable(self.alternatives.values())
        return tuple(dict.fromkeys(one.tokens for one in lookups if one.field == TextField.WORDS_FOLDED))

    @property
    def required(self) -> int:
        """How many of the folded terms a document must hold."""
        count = len(self.folded_terms) - len(self.asking | self.addressing)
        share, of = REQUIRED_SHARE
        if self.asking:
            return max(1, min(count, max(REQUIRED_OF_A_QUESTION, count * share // of)))
        return count if count <= ALL_REQUIRED_UP_TO else max(ALL_REQUIRED_UP_TO, count * share // of)

    @property
    def wanted(self) -> bool:
        """Whether anything is looked for, not only excluded: only then does relevance mean something."""
        return bool(self.terms or self.phrases)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the query: a word or a quoted phrase, excluded or not; `passed` characters before it are no part."""

    text: str
    quoted: bool = False
    excluded: bool = False
    passed: int = 0


def parse_words(text: str, synonyms: Synonyms | None = None) -> Words:
    """Read a query: `words`, `"exact phrases"`, `-excluded`, `-"excluded phrases"`; foreign operators are ignored.

    `synonyms` are the platform's unless others are given.
    """
    return _words(list(_pieces(text.translate(_QUOTES))), synonyms)


def unquoted_question(text: str, synonyms: Synonyms | None = None) -> Words | None:
    """Read a question that quotes something as if it did not, for where no article holds the quote; else None."""
    pieces = list(_pieces(text.translate(_QUOTES)))
    words = _words(pieces, synonyms)
    if not (words.asking and words.phrases):
        return None
    return _words([replace(piece, quoted=piece.quoted and piece.excluded) for piece in pieces], synonyms)


def unfinished_word(text: str) -> str | None:
    """Return the last word, without accents, of a text that ends with one; None where it ends otherwise or quoted.

    A word of more than LONGEST_BEGINNING characters is taken as whole.
    """
    runs = plain_runs(text)
    last = runs[-1][-1] if runs else None
    return last.folded if last and last.end == len(text) and len(last.folded) <= LONGEST_BEGINNING else None


def plain_runs(text: str) -> list[list[Syllable]]:
    """Return the syllables of a query that are neither quoted nor excluded, by stretches, with their places in it."""
    runs: list[list[Syllable]] = [[]]
    before = ""
    text = text.translate(_QUOTES)
    for found in _PIECE.finditer(text):
        piece = None if found["phrase"] else _word(found["word"], text[found.start() - 1 : found.start()], before)
        before = found[0]
        if piece is None or piece.excluded or piece.text in _FOREIGN_OPERATORS:
            runs.append([])
        else:
            start = found.start() + piece.passed
            runs[-1] += [one._replace(start=start + one.start, end=start + one.end) for one in syllables(piece.text)]
    return [run for run in runs if run]


def _words(pieces: Sequence[_Piece], synonyms: Synonyms | None) -> Words:
    meant = [piece for piece in pieces if piece.text not in _FOREIGN_OPERATORS]
    synonyms = synonyms or load_synonyms()
    runs = [_terms(run, synonyms) for run in _runs(meant or pieces)]
    entities, alternatives, addressing = meanings(runs, synonyms)
    terms = tuple(dict.fromkeys(term for run in runs for term in run))[:MAX_TERMS]
    counted = frozenset(terms)
    pairs = dict.fromkeys(pair for run in runs for pair in pairwise(run) if counted.issuperset(pair))
    bare = [[term.folded for term in run] for run in runs]
    return Words(
        terms=terms,
        pairs=tuple(pairs),
        compounds=_compounds(runs) if any(term.accented for term in terms) else (),
        folded_compounds=_distinct(folded_compound_words(run) for run in bare),
        asking=frozenset(word for run in bare for word in asking_words(run)),
        addressing=addressing,
        entities=entities,
        alternatives=alternatives,
        phrases=_phrases(piece for piece in meant if piece.quoted and not piece.excluded),
        excluded=_phrases(piece for piece in meant if piece.excluded),
    )


def _pieces(text: str) -> Iterator[_Piece]:
    before = ""
    for found in _PIECE.finditer(text):
        if found["phrase"]:
            yield _Piece(found["quoted"], quoted=True, excluded=bool(found["minus"]))
        else:
            yield _word(found["word"], text[found.start() - 1 : found.start()], before)
        before = found[0]


def _word(word: str, preceding: str, before: str) -> _Piece:
    """Read a word; `preceding` is the character before it, `before` the piece before it."""
    range_of_numbers = before[-1:].isdigit() and word[1:2].isdigit()
    excluded = bool(_EXCLUDING.match(word)) and not preceding.strip("( \t\r\n") and not range_of_numbers
    field = _FOREIGN_FIELD.match(word)
    passed = field.end() if field else 0
    return _Piece(_without_suffix(word[passed:]), excluded=excluded, passed=passed)


def _without_suffix(word: str) -> str:
    """Leave out what other engines read behind a word: `tin~2`, `tin^1.5`."""
    kept = word.rstrip(_FUZZY_OR_BOOSTED)
    suffix = word[len(kept) :]
    return word[: len(word) - len(suffix.lstrip(".0123456789"))]


def _runs(pieces: Iterable[_Piece]) -> Iterator[list[str]]:
    """Give the syllables of each stretch of plain words between phrases and exclusions, as written."""
    run: list[str] = []
    for piece in pieces:
        if piece.quoted or piece.excluded:
            yield run
            run = []
        else:
            run += PATTERN.findall(piece.text)
    yield run


def _terms(written: Sequence[str], synonyms: Synonyms) -> list[Term]:
    """Return the terms of neighbouring syllables; abbreviations of the table are never keys."""
    meant = read_keys(written, synonyms.abbreviations)
    keys = (folded(old) if old != new else "" for old, new in zip(written, meant, strict=True))
    return [Term(canonical(new), folded(new), typed) for new, typed in zip(meant, keys, strict=True)]


def _compounds(runs: Iterable[Sequence[Term]]) -> tuple[str, ...]:
    return _distinct(compound_words([term.exact for term in run]) for run in runs)


def _distinct(runs: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(runs)))[:MAX_TERMS]


def _phrases(pieces: Iterable[_Piece]) -> tuple[Phrase, ...]:
    found = (_phrase(piece) for piece in pieces)
    return tuple(dict.fromkeys(phrase for phrase in found if phrase.syllables))


def _phrase(piece: _Piece) -> Phrase:
    """Read a phrase: accents count in quotes, and outside them if any were typed, be it by keys."""
    written = PATTERN.findall(piece.text)
    meant = written if piece.quoted else read_keys(written, load_synonyms().abbreviations)
    exact = tuple(canonical(word) for word in meant)
    bare = tuple(folded(word) for word in meant)
    accents = piece.quoted or exact != bare
    return Phrase(exact if accents else bare, accents)
