"""The texts of an article in which words are looked for."""

from collections.abc import Iterator
from typing import NamedTuple

from bantin.events import Article
from bantin.search.fields import document_label


class Texts(NamedTuple):
    """Title and body, and short texts beside them; a phrase never crosses from one into another."""

    title: str
    body: str
    others: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All of them: what decides whether an article matches."""
        return (self.title, self.body, *self.others)


def searchable_texts(article: Article) -> Texts:
    """Return the texts of an article that words can match."""
    return Texts(article.title, article.body, tuple(dict.fromkeys(_others(article))))


def _others(article: Article) -> Iterator[str]:
    yield from article.captions
    for person in article.people:
        yield person.name
        yield from person.roles
    yield from article.organisations
    for document in article.documents:
        yield document_label(document)
        yield from filter(None, (document.issuer, document.title))
    yield from article.campaigns
    yield from article.authors
    yield from article.districts
    yield from filter(None, (article.section, article.source, article.province))
