"""What the articles of a timeline say of its document or person, put together. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from pydantic import Field

from bantin.events import Article, Document, Model
from bantin.search.fields import document_label
from bantin_api.timelines.names import DocumentName


class CitedDocument(Document):
    """A document as articles cite it. Numbers restart: kind, number, issuer and date together are its identity."""

    articles: int = Field(description="How many of the articles that were read for this cite it.")


class Role(Model):
    """A role as printed."""

    role: str
    articles: int = Field(description="How many of the articles that were read for this print it.")


class _Identity(NamedTuple):
    """What tells documents apart; what an article leaves out is None."""

    name: DocumentName | None
    issuer: str | None
    date: date | None

    def may_be(self, other: "_Identity") -> bool:
        """Return whether this is the other with something left out."""
        return self != other and all(
            mine == theirs or mine is None for mine, theirs in zip(self[1:], other[1:], strict=True)
        )


def cited_documents(article: Article, labels: Collection[str]) -> tuple[Document, ...]:
    """Return the documents of an article that go by one of the labels."""
    return tuple(document for document in article.documents if document_label(document) in labels)


def printed_roles(article: Article, names: Collection[str]) -> tuple[str, ...]:
    """Return the roles that an article gives a person who goes by one of the names, each once."""
    roles = (role for person in article.people if person.name in names for role in person.roles)
    return tuple(dict.fromkeys(roles))


def counted_roles(articles: Iterable[Article], names: Collection[str]) -> tuple[Role, ...]:
    """Return the roles that articles give a person, the most frequent first."""
    counts = Counter(role for article in articles for role in printed_roles(article, names))
    return tuple(Role(role=role, articles=count) for role, count in counts.most_common())


def distinct_documents(articles: Iterable[Article], labels: Collection[str]) -> tuple[CitedDocument, ...]:
    """Return the different documents that go by the labels, the most cited first.

    A citation that leaves out issuer or date counts for the one document that it may be, where it may be but one. The
    title is the one that is printed most often.
    """
    found: dict[_Identity, list[Document]] = {}
    for article in articles:
        for identity, document in {_identity(cited): cited for cited in cited_documents(article, labels)}.items():
            found.setdefault(identity, []).append(document)
    for identity in sorted(found, key=_left_out, reverse=True):
        fuller = [other for other in found if identity.name == other.name and identity.may_be(other)]
        fullest = [other for other in fuller if not any(other.may_be(another) for another in fuller)]
        if len(fullest) == 1:
            found[fullest[0]] += found.pop(identity)
    documents = [_cited(identity, citations) for identity, citations in found.items()]
    return tuple(sorted(documents, key=lambda document: -document.articles))


def _identity(document: Document) -> _Identity:
    return _Identity(DocumentName.of_label(document_label(document)), document.issuer, document.date)


def _left_out(identity: _Identity) -> int:
    return identity.count(None)


def _cited(identity: _Identity, citations: list[Document]) -> CitedDocument:
    (kind, number), _ = Counter((document.kind, document.number) for document in citations).most_common(1)[0]
    titles = Counter(document.title for document in citations if document.title).most_common(1)
    return CitedDocument(
        kind=kind,
        number=number,
        issuer=identity.issuer,
        date=identity.date,
        title=titles[0][0] if titles else None,
        articles=len(citations),
    )
