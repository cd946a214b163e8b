"""The endpoints that answer with everything that cites a document or names somebody."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path, Request, Response

from bantin.search.fields import document_label
from bantin.search.port import SearchEngine
from bantin_api.caching import kept_answer
from bantin_api.documentation import kept, problems
from bantin_api.parameters import DEFAULT_ENTRIES, TIMELINE, openapi_parameters
from bantin_api.requests import check_dates, read_parameters
from bantin_api.timelines.answers import (
    DocumentEntry,
    DocumentTimeline,
    NamedPerson,
    PersonEntry,
    PersonTimeline,
    ProvinceCount,
    shared_fields,
)
from bantin_api.timelines.citations import cited_documents, counted_roles, distinct_documents, printed_roles
from bantin_api.timelines.finding import Found, find_document, find_person

LONGEST_NAME = 300

Kind = Annotated[
    str,
    Path(description="Kind of document in any writing: `Nghị quyết`, `nghi quyet`, `nq`.", max_length=LONGEST_NAME),
]
Number = Annotated[
    str,
    Path(
        description="Number in any writing, slashes and all: `19/2025/QĐ-TTg`, `4-nq/tu`; of one that is cut short, "
        "all that begin so.",
        max_length=LONGEST_NAME,
    ),
]
Name = Annotated[
    str,
    Path(
        description="Name of a person; without accents all that read so, with accents who is spelled so.",
        max_length=LONGEST_NAME,
    ),
]


def timeline_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoints over an engine."""
    router = APIRouter(tags=["timelines"])

    @router.get(
        "/v1/documents/{kind}/{number:path}",
        summary="Everything that cites a document",
        response_model=DocumentTimeline,
        responses={**kept(), **problems(404, 422, 503)},
        openapi_extra=openapi_parameters(TIMELINE),
    )
    async def document_timeline(  # pyright: ignore[reportUnusedFunction]
        kind: Kind, number: Number, request: Request
    ) -> Response:
        """Return the articles that cite a resolution, decision, plan …, the oldest first, with the words around it.

        Near-duplicates are entries of their own. A cursor neither skips nor repeats, and never expires.
        """
        found = await find_document(engine, kind, number, _given(request))
        return kept_answer(request, await run_sync(_document_timeline, found))

    @router.get(
        "/v1/people/{name:path}",
        summary="Everything that names a person",
        response_model=PersonTimeline,
        responses={**kept(), **problems(404, 422, 503)},
        openapi_extra=openapi_parameters(TIMELINE),
    )
    async def person_timeline(name: Name, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return the articles that name somebody, the oldest first, with the roles that each prints.

        Articles do not tell people of one name apart; their roles and provinces are listed.
        """
        found = await find_person(engine, name, _given(request))
        return kept_answer(request, await run_sync(_person_timeline, found))

    return router


def _given(request: Request) -> dict[str, Any]:
    given = read_parameters(request.query_params.multi_items(), TIMELINE)
    check_dates(given)
    return {"size": DEFAULT_ENTRIES, **given}


def _document_timeline(found: Found) -> DocumentTimeline:
    labels = found.named.meant
    documents = distinct_documents(found.newest, labels)
    entries: list[DocumentEntry] = []
    for hit in found.page.hits:
        cited = cited_documents(hit.article, labels)
        entries.append(
            DocumentEntry(**shared_fields(hit, (document_label(cited[0]), cited[0].number or "")), documents=cited)
        )
    return DocumentTimeline(document=documents[0], documents=documents, entries=tuple(entries), **_shared(found))


def _person_timeline(found: Found) -> PersonTimeline:
    names = found.named.meant
    entries: list[PersonEntry] = []
    for hit in found.page.hits:
        name = next(person.name for person in hit.article.people if person.name in names)
        entries.append(PersonEntry(**shared_fields(hit, (name,)), roles=printed_roles(hit.article, names)))
    person = NamedPerson(name=names[0], spellings=names, roles=counted_roles(found.newest, names))
    return PersonTimeline(person=person, entries=tuple(entries), **_shared(found))


def _shared(found: Found) -> dict[str, Any]:
    """Return what both timelines have."""
    return {
        "total": found.page.total,
        "read": len(found.newest),
        "provinces": tuple(
            ProvinceCount(value=counted.value, count=counted.count)
            for counted in found.page.facets["province"]
            if counted.count
        ),
        "histogram": found.page.histogram,
        "others": found.named.others,
        "next_cursor": found.page.next_cursor,
    }
