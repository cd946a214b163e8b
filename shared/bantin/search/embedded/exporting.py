"""Every article that matches, a batch at a time, from one snapshot of the index."""

from collections.abc import Iterable, Iterator
from typing import Final

from bantin.events import Article
from bantin.search.embedded import schema as fields
from bantin.search.embedded.facet_search import matching_words
from bantin.search.embedded.library import tantivy
from bantin.search.embedded.opened import Snapshot
from bantin.search.embedded.pages import first_after, place_of
from bantin.search.embedded.settled import settled
from bantin.search.query import Query, Sort

BATCH_ARTICLES: Final = 100
BATCH_CHARACTERS: Final = 2_000_000
"""A batch ends with the article that takes it beyond this, so that long articles do not fill the memory."""

_PLACES: Final = 10_000
"""Places in the index that are held at once; the best so many take one search of all."""


def batches(snapshot: Snapshot, query: Query) -> Iterator[tuple[Article, ...]]:
    """Give the articles of a query in its order, near-duplicates as articles of their own."""
    query = settled(snapshot, query.model_copy(update={"cursor": None}))
    words = matching_words(snapshot, query)
    sort = query.effective_sort if words.wanted or query.effective_sort != "relevance" else "newest"
    matched = snapshot.matching.query(query, words)
    places = _by_relevance(snapshot, matched) if sort == "relevance" else _by_date(snapshot, matched, sort)
    return _cut(fields.from_document(snapshot.searcher.doc(place)).article for place in places)


def _cut(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.body) + len(article.original_text)
        if len(batch) >= BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield tuple(batch)
            batch, characters = [], 0
    if batch:
        yield tuple(batch)


def _by_relevance(snapshot: Snapshot, matched: tantivy.Query) -> Iterator[tantivy.DocAddress]:
    offset = 0
    while hits := snapshot.searcher.search(matched, limit=_PLACES, offset=offset, count=False).hits:
        yield from (address for _, address in hits)
        offset += len(hits)


def _by_date(snapshot: Snapshot, matched: tantivy.Query, sort: Sort) -> Iterator[tantivy.DocAddress]:
    place = None
    while found := first_after(snapshot, matched, sort, place, _PLACES):
        yield from (address for _, address in found)
        place = place_of(found[-1][0])
