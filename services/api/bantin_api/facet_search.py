"""Searching inside one facet's values, for facets with more of them than a list can show."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from bantin.events import Model
from bantin.search.fields import FILTERS
from bantin.search.port import SearchEngine
from bantin.search.query import FacetValue, Query
from bantin_api.caching import kept_answer
from bantin_api.documentation import kept, problems
from bantin_api.faults import engine_faults
from bantin_api.parameters import FACET_SEARCH, openapi_parameters
from bantin_api.reading import Choice
from bantin_api.requests import ABOLISHED, abolished, read_parameters, to_query

FacetName = Annotated[str, Path(description="The facet.", json_schema_extra={"enum": list(FILTERS)})]

_read_field = Choice("unknown_facet", FILTERS)


class FacetSearchAnswer(Model):
    """The values of a facet that were found. Typed accents come first, then the most frequent, then by name."""

    field: str
    values: tuple[FacetValue, ...]


def facet_search_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoint over an engine."""
    router = APIRouter(tags=["search"])

    @router.get(
        "/v1/facets/{field}",
        summary="Search inside a facet",
        response_model=FacetSearchAnswer,
        responses={**kept(), **problems(422, 503)},
        openapi_extra=openapi_parameters(FACET_SEARCH),
    )
    async def facet_values(field: FacetName, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Find values of a facet by the beginnings of their words, counted over the articles of a search.

        Abbreviations are read as what they stand for, too. As in a search's facets, the counts ignore the filter on the
        field itself.
        """
        name = _read_field("field", field)
        given = read_parameters(request.query_params.multi_items(), FACET_SEARCH)
        query = _counted(name, given)
        with engine_faults():
            values = await engine.facet_values(query, name, given.get("q", ""), query.facet_size)
        return kept_answer(request, FacetSearchAnswer(field=name, values=tuple(values)))

    return router


def _counted(field: str, given: dict[str, Any]) -> Query:
    """Return the search whose articles are counted; its words have a name of their own here."""
    if field == ABOLISHED and given.get("places") == "today":
        raise abolished("facet")
    words = given.get("query", "")
    return to_query({**given, "q": words})
