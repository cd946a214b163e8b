"""From a request's parameters to the query that an engine answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request

from bantin.problem import Problem
from bantin.search.fields import DEFAULT_FACETS, FILTERS
from bantin.search.query import Query
from bantin_api.parameters import DEFAULT_FACET_SIZE, DEFAULT_SIZE, SEARCH, Parameter
from bantin_api.reading import shown, unprocessable

ABOLISHED = "district"
"""The level of government that ended on 1 July 2025: `places=today` knows no such field."""


def read_parameters(pairs: Iterable[tuple[str, str]], known: Sequence[Parameter]) -> dict[str, Any]:
    """Return the values by parameter name, a tuple where it is repeatable; raise a 422 Problem for anything amiss."""
    by_name = {parameter.name: parameter for parameter in known}
    names = ", ".join(by_name) or "none"
    given: dict[str, Any] = {}
    for name, text in pairs:
        if (parameter := by_name.get(name)) is None:
            raise unprocessable("unknown_parameter", f"Unknown parameter {shown(name)}; known: {names}.")
        value = parameter.read(name, text)
        if parameter.repeatable:
            given[name] = tuple(dict.fromkeys((*given.get(name, ()), value)))
        elif name in given:
            raise unprocessable("repeated_parameter", f"{name} is given more than once: give it once.")
        else:
            given[name] = value
    return given


def to_query(given: Mapping[str, Any]) -> Query:
    """Return the query of parameters that are each right; raise a 422 Problem where they contradict each other."""
    check_dates(given)
    places = given.get("places", "published")
    return Query(
        text=given.get("q", ""),
        filters=_filters(given, places),
        published_from=given.get("published_from"),
        published_to=given.get("published_to"),
        places=places,
        sort=given.get("sort"),
        size=given.get("size", DEFAULT_SIZE),
        cursor=given.get("cursor"),
        facets=_facets(given, places),
        facet_size=given.get("facet_size", DEFAULT_FACET_SIZE),
        collapse=given.get("collapse", "true") == "true",
        histogram=given.get("histogram"),
        explain=given.get("explain") == "true",
    )


def check_dates(given: Mapping[str, Any]) -> None:
    """Raise a 422 Problem where the last day comes before the first."""
    first, last = given.get("published_from"), given.get("published_to")
    if first and last and first > last:
        raise unprocessable("invalid_date_range", f"published_from={first} is after published_to={last}: swap them.")


def search_parameters(request: Request) -> dict[str, Any]:
    """Return the values of a search request's parameters."""
    return read_parameters(request.query_params.multi_items(), SEARCH)


def no_parameters(request: Request) -> None:
    """Raise a 422 Problem for any parameter."""
    read_parameters(request.query_params.multi_items(), ())


WithoutParameters = Depends(no_parameters)
"""For endpoints whose path says all."""

SearchParameters = Annotated[dict[str, Any], Depends(search_parameters)]


def _filters(given: Mapping[str, Any], places: str) -> dict[str, tuple[str, ...]]:
    if places == "today" and ABOLISHED in given:
        raise abolished("filter")
    return {name: given[name] for name in FILTERS if name in given}


def _facets(given: Mapping[str, Any], places: str) -> tuple[str, ...]:
    asked: tuple[str, ...] = given.get("facet", DEFAULT_FACETS)
    if places != "today":
        return asked
    if "facet" in given and ABOLISHED in asked:
        raise abolished("facet")
    return tuple(name for name in asked if name != ABOLISHED)


def abolished(use: str) -> Problem:
    """Return the problem of a search that asks for districts of today."""
    return unprocessable(
        "district_abolished",
        f"Districts were abolished on 1 July 2025, so places=today knows no {ABOLISHED} {use}: "
        "leave it out, or use places=published.",
    )
