"""The field table: which values of an article can be filtered and counted, under which API names.

It alone drives the Elasticsearch mapping, the tantivy schema, the facets and the API's parameters.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bantin.events import Article, Document

PATH_SEPARATOR = " > "


@dataclass(frozen=True, slots=True)
class Field:
    """A filterable value of an article. `name` is its API parameter, `values` reads it (none, one or several)."""

    name: str
    values: Callable[[Article], Iterable[str]]


def document_label(document: Document) -> str:
    """Return the document as a facet shows it: kind and number, e.g. `Nghị quyết 04-NQ/TU`."""
    return f"{document.kind} {document.number}" if document.number else document.kind


def district_path(article: Article, district: str) -> str:
    """Return the district under its province, e.g. `Hậu Giang > Vị Thủy`; the bare name where that is unknown."""
    return PATH_SEPARATOR.join(filter(None, (article.province, district)))


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


FIELDS: tuple[Field, ...] = (
    Field("province", lambda article: _present(article.province)),
    Field("province_today", lambda article: _present(article.province_today)),
    Field("district", lambda article: (district_path(article, name) for name in article.districts)),
    Field("section", lambda article: _present(article.section)),
    Field("source", lambda article: _present(article.source)),
    Field("author", lambda article: article.authors),
    Field("person", lambda article: (person.name for person in article.people)),
    Field("organisation", lambda article: article.organisations),
    Field("document", lambda article: (document_label(document) for document in article.documents)),
    Field("campaign", lambda article: article.campaigns),
)
BY_NAME = {field.name: field for field in FIELDS}

FILTERS = tuple(field.name for field in FIELDS if field.name != "province_today")
"""Names of the API's filter parameters and facets; `places=today` turns `province` into `province_today`."""

DEFAULT_FACETS = ("province", "district", "section", "source", "person", "organisation", "document", "campaign")
"""Counted where a search asks for none in particular."""
