"""The texts of an article in which words are looked for."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from bantin.events import Article
from bantin.search.fields import document_label
from bantin.vietnamese.syllables import PATTERN

SHORTEST_LEAD: Final = 20
"""Syllables; of a shorter first paragraph (a place, a subheading) the next ones are part of the lead, too."""

LONGEST_LEAD: Final = 80
"""Syllables; of a longer first paragraph only the beginning is the lead."""


class Texts(NamedTuple):
    """Title and body, and short texts beside them; a phrase never crosses from one into another."""

    title: str
    body: str
    others: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All of them: what decides whether an article matches."""
        return (self.title, self.body, *self.others)

    @property
    def lead(self) -> str:
        """The beginning of the body, which says what the article is about."""
        end = 0
        for number, syllable in enumerate(PATTERN.finditer(self.body)):
            if number == LONGEST_LEAD or (number >= SHORTEST_LEAD and "\n" in self.body[end : syllable.start()]):
                break
            end = syllable.end()
        return self.body[:end]


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
