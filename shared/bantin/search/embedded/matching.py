"""A query as tantivy's: which articles match, and which of them rank higher. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bantin.search.clauses import Lookup, TextField
from bantin.search.conditions import Condition, Holds
from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import tantivy
from bantin.search.fields import BY_NAME
from bantin.search.freshness import FRESHNESS, Recency, freshness
from bantin.search.moments import microseconds
from bantin.search.query import Places, Query
from bantin.search.ranking import raising, scoring
from bantin.search.words import Phrase, Words, unfinished_word

_Clause = tuple[tantivy.Occur, tantivy.Query]
_MUST, _SHOULD, _MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def column(name: str, places: Places) -> str:
    """Return the index field behind a filter or facet. Raise ValueError for a name that is neither."""
    if name not in BY_NAME:
        raise ValueError(f"{name!r} is no filter or facet: use one of {', '.join(BY_NAME)}")
    return "province_today" if name == "province" and places == "today" else name


class Matching:
    """Tantivy queries over one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def query(self, query: Query, words: Words) -> tantivy.Query:
        """Return the articles that match."""
        return tantivy.Query.boolean_query([*self._decisive(query, words), *self._raising(query, words)])

    def unranked(self, query: Query, words: Words, ignoring: str = "") -> tantivy.Query:
        """Return the same articles to be counted, without what only ranks them; `ignoring` names a filter left out."""
        return tantivy.Query.boolean_query(self._decisive(query, words, ignoring))

    def _decisive(self, query: Query, words: Words, ignoring: str = "") -> list[_Clause]:
        """Return the clauses that decide which articles match."""
        unfinished = unfinished_word(query.text) if query.completing else None
        clauses = [*self._required(words, unfinished), *self._excluded(words)]
        clauses += ((_MUST, tantivy.Query.const_score_query(part, 0.0)) for part in self._narrowing(query, ignoring))
        if not any(occur == _MUST for occur, _ in clauses):
            clauses.append((_MUST, tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)))
        return clauses

    def by_ids(self, article_ids: Sequence[str]) -> tantivy.Query:
        """Return the articles with these ids."""
        return tantivy.Query.term_set_query(self._schema, fields.ID, article_ids)

    def holding(self, query: tantivy.Query, field: str, value: str | int) -> tantivy.Query:
        """Return those of a query's articles that hold a value."""
        return tantivy.Query.boolean_query([(_MUST, query), (_MUST, self._term(field, value))])

    def lacking(self, query: tantivy.Query, field: str, value: str) -> tantivy.Query:
        """Return those of a query's articles that do not hold a value."""
        return tantivy.Query.boolean_query([(_MUST, query), (_MUST_NOT, self._term(field, value))])

    def sharing(self, field: str, values: Iterable[str], least: int) -> tantivy.Query:
        """Return the articles that hold so many of the values; those that hold more and rarer ones rank higher."""
        terms = [(_SHOULD, self._term(field, value)) for value in values]
        return tantivy.Query.boolean_query(terms, minimum_number_should_match=least)

    def among(self, query: tantivy.Query, article_ids: Sequence[str]) -> tantivy.Query:
        """Return those of a query's articles that have these ids, scored by the query."""
        ids = tantivy.Query.const_score_query(self.by_ids(article_ids), 0.0)
        return tantivy.Query.boolean_query([(_MUST, query), (_MUST, ids)])

    def counting(self, field: str, values: Iterable[str]) -> tantivy.Query:
        """Return the articles that hold any of the values, scored by how many they hold."""
        terms = [(_SHOULD, tantivy.Query.const_score_query(self._term(field, value), 1.0)) for value in values]
        return tantivy.Query.boolean_query(terms)

    def following(self, query: tantivy.Query, rank_field: str, rank: int, article_id: str) -> tantivy.Query:
        """Return those of a query's articles that come after a place in an order, and a few before it."""
        later = self._between(rank_field, rank, None, include_lower=False)
        prefix = fields.id_prefix(article_id)
        beside = [
            (_MUST, self._between(rank_field, rank, rank)),
            (_MUST, self._between(fields.ID_PREFIX, prefix, None)),
        ]
        rest = tantivy.Query.boolean_query([(_SHOULD, later), (_SHOULD, tantivy.Query.boolean_query(beside))])
        return tantivy.Query.boolean_query([(_MUST, query), (_MUST, rest)])

    def _required(self, words: Words, unfinished: str | None) -> Iterator[_Clause]:
        if words.terms:
            terms = [(_SHOULD, self._holding(term, words, unfinished)) for term in words.folded_terms]
            yield _MUST, tantivy.Query.boolean_query(terms, minimum_number_should_match=words.required)
        for phrase in words.phrases:
            yield _MUST, self._phrase(phrase)

    def _holding(self, term: str, words: Words, unfinished: str | None) -> tantivy.Query:
        """Return the articles that hold a term, or what stands for it; for an unfinished one, what it begins."""
        itself = self._term(TextField.WORDS_FOLDED, term)
        others = [self._lookup(lookup) for lookup in words.alternatives.get(term, ())]
        if term == unfinished:
            others.append(self._beginning(TextField.WORDS_FOLDED, term))
        if not others:
            return itself
        return tantivy.Query.boolean_query([(_SHOULD, query) for query in (itself, *others)])

    def _excluded(self, words: Words) -> Iterator[_Clause]:
        for phrase in words.excluded:
            yield _MUST_NOT, self._phrase(phrase)

    def scoring(self, query: Query, words: Words) -> Iterator[tuple[str, str, tantivy.Query]]:
        """Give each part of the sum that an article's score is: the clause, its token, and the query that scores it."""
        for lookup, weight, constant in scoring(words):
            yield lookup.field, " ".join(lookup.tokens), _weighted(self._lookup(lookup), weight, constant)
        for recency in freshness(query, words):
            yield FRESHNESS, recency.since.isoformat(), self._recent(recency)

    def _raising(self, query: Query, words: Words) -> Iterator[_Clause]:
        for lookup, weight, constant in raising(words):
            yield _SHOULD, _weighted(self._lookup(lookup), weight, constant)
        for recency in freshness(query, words):
            yield _SHOULD, self._recent(recency)

    def _recent(self, recency: Recency) -> tantivy.Query:
        return _weighted(self._between(fields.DAY, recency.since.toordinal(), None), recency.weight, constant=True)

    def _narrowing(self, query: Query, ignoring: str) -> Iterator[tantivy.Query]:
        for name, values in query.filters.items():
            field = column(name, query.places)
            if values and name != ignoring:
                yield self._any_of(field, values)
        if query.published_from or query.published_to:
            yield self._between(fields.DAY, _ordinal(query.published_from), _ordinal(query.published_to))
        if query.entities:
            yield self._any_of(TextField.ENTITIES, query.entities)
        for group in query.conditions:
            yield tantivy.Query.boolean_query([(_SHOULD, self._meeting(one, query.places)) for one in group])

    def _meeting(self, condition: Condition, places: Places) -> tantivy.Query:
        if isinstance(condition, Holds):
            met = self._term(column(condition.field, places), condition.value)
        else:
            first, last = (moment and microseconds(moment) for moment in (condition.first, condition.last))
            met = self._between(fields.OLDEST_RANK, first, fields.UNDATED - 1 if last is None else last)
        if not condition.negated:
            return met
        return tantivy.Query.boolean_query([(_MUST, tantivy.Query.all_query()), (_MUST_NOT, met)])

    def _any_of(self, field: str, values: Iterable[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, field, list(values))

    def _between(self, field: str, first: int | None, last: int | None, *, include_lower: bool = True) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema, field, tantivy.FieldType.Integer, first, last, include_lower=include_lower
        )

    def _term(self, field: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, index_option="freq")

    def _beginning(self, field: str, beginning: str) -> tantivy.Query:
        pattern = f"{re.escape(beginning)}.+"
        return tantivy.Query.const_score_query(tantivy.Query.regex_query(self._schema, field, pattern), 0.0)

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        return self._lookup(phrase.lookup)

    def _lookup(self, lookup: Lookup) -> tantivy.Query:
        if len(lookup.tokens) == 1:
            return self._term(lookup.field, lookup.tokens[0])
        return tantivy.Query.phrase_query(self._schema, lookup.field, list(lookup.tokens))


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _weighted(query: tantivy.Query, weight: float, constant: bool) -> tantivy.Query:
    return (tantivy.Query.const_score_query if constant else tantivy.Query.boost_query)(query, weight)
