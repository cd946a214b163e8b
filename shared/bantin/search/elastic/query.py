"""A query as an Elasticsearch request body: pure, with golden files.

Syllables are cut and compared by `bantin.vietnamese` before they get here, so clauses name them as they lie in the
index and nothing of a query is ever parsed by the engine.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bantin.search.clauses import Clause, Lookup, TextField
from bantin.search.elastic.conditions import conditions
from bantin.search.elastic.facets import TIME_ZONE, aggregations, all_of, daily_aggregation, filters, late_filters
from bantin.search.elastic.naming import naming_aggregation
from bantin.search.freshness import FRESHNESS, Recency, freshness
from bantin.search.query import Query, Sort
from bantin.search.ranking import raising, scoring
from bantin.search.words import Phrase, Words, unfinished_word

TEXT_FIELDS: Final[dict[TextField, str]] = {
    TextField.WORDS: "words",
    TextField.WORDS_FOLDED: "words.folded",
    TextField.PAIRS: "words.bigram",
    TextField.PAIRS_FOLDED: "words.folded_bigram",
    TextField.COMPOUNDS: "compounds",
    TextField.COMPOUNDS_FOLDED: "compounds_folded",
    TextField.ENTITIES: "entities",
    TextField.TITLE: "article.title",
    TextField.TITLE_FOLDED: "article.title.folded",
    TextField.TITLE_PAIRS_FOLDED: "article.title.folded_bigram",
    TextField.LEAD_FOLDED: "lead",
}
_OF_HITS: Final = frozenset({"_source", "from", "search_after", "sort"})
SORTS: Final[dict[Sort, list[dict[str, Any]]]] = {
    "relevance": [{"_score": "desc"}, {"article_id": "asc"}],
    "newest": [{"published_at": {"order": "desc", "missing": "_last"}}, {"article_id": "asc"}],
    "oldest": [{"published_at": {"order": "asc", "missing": "_last"}}, {"article_id": "asc"}],
}


def sort_of(query: Query, words: Words) -> Sort:
    """Return the order of a query's hits; without words to look for, nothing is relevant and the newest come first."""
    return query.effective_sort if words.wanted or query.effective_sort != "relevance" else "newest"


def search_body(query: Query, words: Words, after: Sequence[Any] | None = None) -> dict[str, Any]:
    """Return the body of a search for the page after the sort values `after`.

    It asks for one hit more than the page holds, which tells whether another page follows.
    """
    body: dict[str, Any] = {
        "query": _query(query, words),
        "size": query.size + 1 if query.size else 0,
        "sort": SORTS[sort_of(query, words)],
        "track_total_hits": True,
        "_source": ["article", "cluster_id"],
        "aggs": aggregations(query) | naming_aggregation(words),
    }
    if late := list(late_filters(query).values()):
        body["post_filter"] = all_of(late)
    if after is not None:
        body["search_after"] = list(after)
    return body


def apart(body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a search's body as two, to be asked side by side: what finds its hits, and what counts all that match.

    Hits alone are found without visiting what can't be among them, counts alone without scoring.
    """
    hits = {name: part for name, part in body.items() if name != "aggs"} | {"track_total_hits": False}
    counts = {name: part for name, part in body.items() if name not in _OF_HITS} | {"size": 0}
    return hits, counts


def rejoined(hits: Mapping[str, Any], counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers to both as the one to the whole body."""
    found = {**hits["hits"], "total": counts["hits"]["total"]}
    return {**hits, "hits": found, "aggregations": counts["aggregations"]}


def daily_histogram_body(query: Query, words: Words) -> dict[str, Any]:
    """Return the body that counts the query's articles by day."""
    return {"query": matching(query, words), "size": 0, "aggs": daily_aggregation()}


def articles_body(article_ids: Sequence[str]) -> dict[str, Any]:
    """Return the body that reads articles."""
    return {"query": {"terms": {"article_id": list(article_ids)}}, "size": len(article_ids), "_source": ["article"]}


def matching(query: Query, words: Words) -> dict[str, Any]:
    """Return one clause for all that matches a query, unscored."""
    return all_of([_query(query, words), *late_filters(query).values()])


def _query(query: Query, words: Words) -> dict[str, Any]:
    early = filters(query).keys() - late_filters(query).keys()
    clauses = {
        "must": [*_required_terms(query, words), *(_phrase(phrase) for phrase in words.phrases)],
        "should": [*_raising(words), *(_recent(recency) for recency in freshness(query, words))],
        "must_not": [_phrase(phrase) for phrase in words.excluded],
        "filter": [clause for name, clause in filters(query).items() if name in early]
        + _published(query)
        + _naming(query)
        + conditions(query),
    }
    present = {name: clause for name, clause in clauses.items() if clause}
    return {"bool": present} if present else {"match_all": {}}


def _required_terms(query: Query, words: Words) -> list[dict[str, Any]]:
    """Decide which articles match: so many of the terms, without accents, anywhere in the article."""
    if not words.terms:
        return []
    unfinished = unfinished_word(query.text) if query.completing else None
    terms = [_holding(term, words, unfinished) for term in words.folded_terms]
    return [{"bool": {"should": terms, "minimum_should_match": words.required}}]


def _holding(term: str, words: Words, unfinished: str | None) -> dict[str, Any]:
    """Match articles that hold a term, or what stands for it; for an unfinished one, what it begins."""
    field = TEXT_FIELDS[TextField.WORDS_FOLDED]
    itself = _term(field, term)
    others = [_lookup(lookup) for lookup in words.alternatives.get(term, ())]
    if term == unfinished:
        others.append({"constant_score": {"filter": {"prefix": {field: {"value": term}}}, "boost": 0.0}})
    return {"bool": {"should": [itself, *others]}} if others else itself


def _raising(words: Words) -> list[dict[str, Any]]:
    return [_clause(clause) for clause in raising(words)]


def _clause(clause: Clause) -> dict[str, Any]:
    if clause.constant:
        return {"constant_score": {"filter": _lookup(clause.lookup), "boost": clause.weight}}
    return _lookup(clause.lookup, clause.weight)


def _term(field: str, value: str, boost: float = 1.0) -> dict[str, Any]:
    return {"term": {field: {"value": value, "boost": boost} if boost != 1.0 else {"value": value}}}


def _phrase(phrase: Phrase) -> dict[str, Any]:
    """Match syllables that follow each other; the whitespace analyzer takes them as they are."""
    return _lookup(phrase.lookup)


def _lookup(lookup: Lookup, boost: float = 1.0) -> dict[str, Any]:
    field = TEXT_FIELDS[lookup.field]
    if len(lookup.tokens) == 1:
        return _term(field, lookup.tokens[0], boost)
    weight = {} if boost == 1.0 else {"boost": boost}
    return {"match_phrase": {field: {"query": " ".join(lookup.tokens), "analyzer": "whitespace"} | weight}}


def _weighted(clause: dict[str, Any], weight: float, constant: bool) -> dict[str, Any]:
    if constant:
        return {"constant_score": {"filter": clause, "boost": weight}}
    return {"bool": {"must": [clause], "boost": weight}}


def _recent(recency: Recency) -> dict[str, Any]:
    since = {"gte": recency.since.isoformat(), "format": "strict_date", "time_zone": TIME_ZONE}
    return {"constant_score": {"filter": {"range": {"published_at": since}}, "boost": recency.weight}}


def scoring_clauses(query: Query, words: Words) -> list[tuple[str, str, dict[str, Any]]]:
    """Return each part of the sum that an article's score is: the clause, its token, and the query that scores it."""
    looked = [
        (lookup.field.value, " ".join(lookup.tokens), _weighted(_lookup(lookup), weight, constant))
        for lookup, weight, constant in scoring(words)
    ]
    recent = [(FRESHNESS, recency.since.isoformat(), _recent(recency)) for recency in freshness(query, words)]
    return looked + recent


def _published(query: Query) -> list[dict[str, Any]]:
    """Bound the day of publication in Vietnam; a day as upper bound means its last millisecond."""
    bounds = {"gte": query.published_from, "lte": query.published_to}
    days = {name: day.isoformat() for name, day in bounds.items() if day is not None}
    if not days:
        return []
    return [{"range": {"published_at": {**days, "format": "strict_date", "time_zone": TIME_ZONE}}}]


def _naming(query: Query) -> list[dict[str, Any]]:
    """Keep the articles that name one of the entities asked for."""
    return [{"terms": {TEXT_FIELDS[TextField.ENTITIES]: list(query.entities)}}] if query.entities else []
