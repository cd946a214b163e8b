"""Entities as tokens: what an article names and a query means meet in one field of the index.

A token is `kind:key`; an article holds one for every way in which a query may refer to what it names.
"""

from collections.abc import Iterator

from bantin.events import Article
from bantin.search.understanding.days import day_tokens
from bantin.search.understanding.documents import reference_tokens
from bantin.search.understanding.people import person_token
from bantin.search.understanding.places import place_tokens


def entity_tokens(article: Article) -> tuple[str, ...]:
    """Return the tokens of an article, each once: cited documents, people, places then and now, days."""
    return tuple(dict.fromkeys(_tokens(article)))


def _tokens(article: Article) -> Iterator[str]:
    for document in article.documents:
        yield from reference_tokens(document)
    for person in article.people:
        yield person_token(person.name)
    yield from place_tokens(article)
    for day in (article.published_at, *article.event_dates):
        if day:
            yield from day_tokens(day)
