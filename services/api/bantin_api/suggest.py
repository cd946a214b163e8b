"""Autocomplete: what the articles name that begins as the words do."""

from typing import Any

from fastapi import APIRouter, Request, Response

from bantin.events import Model
from bantin.search.port import SearchEngine
from bantin.search.suggestions import MOST_SUGGESTIONS, Suggestion
from bantin_api.caching import BRIEFLY, kept_answer
from bantin_api.documentation import kept, problems
from bantin_api.faults import engine_faults
from bantin_api.parameters import WORDS, Parameter, openapi_parameters
from bantin_api.reading import Whole
from bantin_api.requests import read_parameters

DEFAULT_SUGGESTIONS = 10

SUGGEST = (
    *WORDS,
    Parameter(
        "size",
        Whole("invalid_size", 0, MOST_SUGGESTIONS),
        {"type": "integer", "minimum": 0, "maximum": MOST_SUGGESTIONS, "default": DEFAULT_SUGGESTIONS},
        "How many suggestions there are at most.",
        DEFAULT_SUGGESTIONS,
    ),
)


class SuggestAnswer(Model):
    """What begins as the words do: typed accents come first, then the most frequent."""

    suggestions: tuple[Suggestion, ...]


def suggest_router(engine: SearchEngine) -> APIRouter:
    """Return the endpoint over an engine."""
    router = APIRouter(tags=["search"])

    @router.get(
        "/v1/suggest",
        summary="Complete what is typed",
        response_model=SuggestAnswer,
        responses={**kept(), **problems(422, 503)},
        openapi_extra=openapi_parameters(SUGGEST),
    )
    async def suggest(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Find titles, people, organisations, documents and places that hold the words in order.

        The last word is the beginning of one; diacritics are optional. Abbreviations are read as what they stand for,
        too, and places are found by their names behind words like `huyện`. `highlight` is HTML-escaped text with
        `<mark>`.
        """
        given: dict[str, Any] = read_parameters(request.query_params.multi_items(), SUGGEST)
        with engine_faults():
            found = await engine.suggest(given.get("q", ""), given.get("size", DEFAULT_SUGGESTIONS))
        return kept_answer(request, SuggestAnswer(suggestions=tuple(found)), BRIEFLY)

    return router
