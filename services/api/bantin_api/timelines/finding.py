"""The articles of a timeline, found through the query model: which values are meant, then what holds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bantin.events import Article
from bantin.problem import Problem
from bantin.search.port import SearchEngine
from bantin.search.query import MAX_SIZE, Query, Results
from bantin.search.understanding.documents import kind_names, widest_token
from bantin.search.understanding.people import person_token
from bantin_api.faults import engine_faults
from bantin_api.reading import shown, unprocessable
from bantin_api.timelines.names import DocumentName, Named, documents_named, people_named, readings_of

MOST_VALUES: Final = 10_000
"""Values that the articles of one entity may hold beside it."""

_NEARBY: Final = 5
"""How many names are offered where nothing is found."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the articles that hold the values meant, and the newest of all of them, filtered or not."""

    named: Named
    page: Results
    newest: Sequence[Article]


async def find_document(engine: SearchEngine, kind: str, number: str, given: dict[str, Any]) -> Found:
    """Return the articles that cite a document; raise a 404 Problem that names similar ones where there are none."""
    asked = DocumentName.of(kind, number)
    if asked is None:
        raise unprocessable("invalid_number", f"{shown(number)} is no document's number: give its digits, as 04-NQ/TU.")
    full = next(iter(kind_names(kind)), kind)
    token = widest_token(full, number) or widest_token(full, asked.number)
    text = "" if token else f"{full} {asked.number}"
    labels = await _values(engine, "document", token, text)
    named = documents_named(asked, labels)
    if not named.meant:
        near = _same_number(asked, labels) or await _values(engine, "document", None, f"{asked.number}", _NEARBY)
        raise _unknown("document", f"{full} {number}", near)
    return await _found(engine, "document", named, given)


async def find_person(engine: SearchEngine, name: str, given: dict[str, Any]) -> Found:
    """Return the articles that name a person; raise a 404 Problem that offers similar names where there are none."""
    near: Sequence[str] = ()
    for reading in readings_of(name):
        named = people_named(reading, await _values(engine, "person", person_token(reading)))
        if named.meant:
            return await _found(engine, "person", named, given)
        near = near or named.others
    raise _unknown("person", name, near or await _alike(engine, tuple(readings_of(name))[-1]))


async def _alike(engine: SearchEngine, name: str) -> Sequence[str]:
    """Return people whose names hold the words of a name, else its last two."""
    words = name.split()
    near = await _values(engine, "person", None, name, _NEARBY)
    return near or (await _values(engine, "person", None, " ".join(words[-2:]), _NEARBY) if words[2:] else ())


async def _values(
    engine: SearchEngine, field: str, token: str | None, text: str = "", size: int = MOST_VALUES
) -> tuple[str, ...]:
    """Return the values of a facet in the articles that hold a token, the most frequent first."""
    query = Query(entities=(token,) if token else (), facets=())
    with engine_faults():
        found = await engine.facet_values(query, field, text, size)
    return tuple(value.value for value in found)


async def _found(engine: SearchEngine, field: str, named: Named, given: dict[str, Any]) -> Found:
    filters = {name: given[name] for name in ("province",) if name in given}
    query = Query(
        filters={field: named.meant, **filters},
        published_from=given.get("published_from"),
        published_to=given.get("published_to"),
        sort=given.get("sort", "oldest"),
        size=given["size"],
        cursor=given.get("cursor"),
        facets=("province",),
        facet_size=100,
        collapse=False,
        histogram=given.get("histogram"),
    )
    with engine_faults():
        page = await engine.search(query)
        newest = await engine.search(
            Query(filters={field: named.meant}, sort="newest", size=MAX_SIZE, facets=(), collapse=False)
        )
    if not newest.hits:  # the last of them has been deleted since
        raise _unknown(field, named.meant[0], ())
    return Found(named, page, [hit.article for hit in newest.hits])


def _same_number(asked: DocumentName, labels: Iterable[str]) -> Sequence[str]:
    """Return the labels of the same kind and number, whatever else is in them."""
    bare = DocumentName(asked.kinds, asked.number, frozenset())
    return documents_named(bare, labels).meant[:_NEARBY]


def _unknown(field: str, name: str, near: Sequence[str]) -> Problem:
    hint = f"did you mean {', '.join(near[:_NEARBY])}?" if near else f"search for it with q, or see /v1/facets/{field}."
    detail = f"No article names the {field} {shown(name)}: {hint}"
    return Problem(404, f"unknown_{field}", detail, did_you_mean=list(near[:_NEARBY]))
