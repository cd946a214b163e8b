"""What widgets ask: a body of several searches, each with its parameters nested, beside it or URL-encoded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import parse_qsl

from pydantic import TypeAdapter, ValidationError

from bantin.problem import Problem
from bantin_api.reading import shown, unprocessable

MOST_REQUESTS: Final = 50
MOST_BYTES: Final = 1_000_000

_OBJECT: Final = TypeAdapter(dict[str, Any])
_FACET_NAMES: Final = ("facet", "facetName")
_NO_TEXTS: Final = frozenset(("page", "hitsPerPage", "maxValuesPerFacet", "maxFacetHits", "distinct"))
_OWN: Final = frozenset(("indexName", "type", "params", *_FACET_NAMES))


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: the index named, its parameters as given, and the facet where its values are searched instead."""

    index: str
    given: Mapping[str, Any]
    facet: str | None = None


def read_requests(body: bytes) -> list[Asked]:
    """Return the searches of a body, whatever its content type; raise a Problem for one that is not the protocol's."""
    if len(body) > MOST_BYTES:
        raise Problem(413, "too_large", f"The body has more than {MOST_BYTES:,} bytes: ask for less at once.")
    try:
        document = _OBJECT.validate_json(body)
    except ValidationError as error:
        raise _malformed("the body is no JSON object") from error
    requests = document.get("requests")
    if not isinstance(requests, list) or not requests:
        raise _malformed("`requests` is no list with a search in it")
    asked = cast("list[object]", requests)
    if len(asked) > MOST_REQUESTS:
        raise unprocessable("too_many_requests", f"There are {len(asked)} requests; the most is {MOST_REQUESTS}.")
    return [_read(one) for one in asked]


def _read(request: object) -> Asked:
    if not isinstance(request, dict):
        raise _malformed("a request is no object")
    fields = cast("dict[str, Any]", request)
    index = fields.get("indexName")
    if not isinstance(index, str):
        raise _malformed("a request has no `indexName`")
    beside = {name: value for name, value in fields.items() if name not in _OWN}
    given = {name: value for name, value in (beside | _parameters(fields.get("params"))).items() if value is not None}
    kind = fields.get("type", "default")
    if kind == "default":
        return Asked(index, given)
    if kind != "facet":
        raise unprocessable("unknown_request_type", f"type={shown(str(kind))}: choose one of default, facet.")
    named = [name for name in (fields.get(key) or given.pop(key, None) for key in _FACET_NAMES) if name]
    if not named or not isinstance(named[0], str):
        raise _malformed("a request for facet values has no `facet`")
    given.pop("facetName", None)
    return Asked(index, given, named[0])


def _parameters(params: object) -> dict[str, Any]:
    if params is None:
        return {}
    if isinstance(params, dict):
        return cast("dict[str, Any]", params)
    if isinstance(params, str):
        return {name: _decoded(name, text) for name, text in parse_qsl(params, keep_blank_values=True)}
    raise _malformed("`params` is neither an object nor a URL-encoded text")


def _decoded(name: str, text: str) -> str | int | bool:
    """Return the value of a parameter that came as text, a number or a truth where it has to be one."""
    if name not in _NO_TEXTS:
        return text
    truths = {"true": True, "false": False}
    return (
        truths[text] if text in truths else int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    )


def _malformed(what: str) -> Problem:
    example = '{"requests": [{"indexName": "bantin", "params": {"query": "…"}}]}'
    return unprocessable("malformed_request", f"Not the multi-query protocol: {what}. Send {example}.")
