"""The description of the HTTP API (OpenAPI 3.1) made whole: errors as problems, and examples of real answers.

Routes say what is theirs; what all of them have in common is said here, once.
"""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from pydantic import ConfigDict, Field

from bantin.events import Model
from bantin.problems import MEDIA_TYPE, TYPE_PREFIX
from bantin.web.validators import validated

ADDRESS: Final = "/openapi.json"
"""Where the document is."""

KEPT: Final = "public, no-cache"
"""Nothing in it is anybody's, and it changes with every release."""

DESCRIPTION: Final = """Every answer to an error is a problem (RFC 9457): `type` is stable, `detail` names the remedy.
HEAD is answered wherever GET is. Answers with an `ETag` can be asked about again with `If-None-Match`. Where keys are
needed, send one as `Authorization: Bearer KEY` or `X-API-Key: KEY`."""

TAGS: Final = (
    ("search", "Search the articles, read them, follow them, take them out."),
    ("timelines", "Everything that cites a document or names a person, in the order of publication."),
    ("ingest", "Put files and articles in."),
    ("receipts", "What became of them."),
    ("dead letters", "For operators: what could not be processed, and what to do about it."),
    ("operations", "Whether a process is well."),
)

Examples = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By operation (`GET /v1/search`) and then status or `request`: what OpenAPI takes as `examples`, by media type."""

_GENERATED: Final = ("HTTPValidationError", "ValidationError")
_UNGUARDED: Final = "operations"
_OURS: Final = "Something failed on our side; it is logged."
_INVALID: Final = "A parameter or the body can't be taken; `detail` names it and the remedy."
_HEADERS: Final[Mapping[str, Mapping[str, str]]] = {
    "401": {"WWW-Authenticate": "How to send a key."},
    "429": {"Retry-After": "After so many seconds there is room again."},
    "503": {"Retry-After": "Try again after so many seconds; absent where waiting does not help."},
}


class Problem(Model):
    """An error, as RFC 9457 has it. Some kinds have members of their own."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: str = Field(
        description=f"Stable name of this kind of error: `{TYPE_PREFIX}` and a code.",
        examples=[TYPE_PREFIX + "unknown_parameter"],
    )
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What is wrong, and the remedy.")


class DescribedApi(FastAPI):
    """An app whose description is whole; `examples` come from the services' packages."""

    def __init__(self, *, examples: Iterable[Examples] = (), **settings: Any) -> None:
        super().__init__(
            description=DESCRIPTION,
            openapi_tags=[{"name": name, "description": about} for name, about in TAGS],
            license_info={"name": "MIT", "identifier": "MIT"},
            **settings,
        )
        self._examples = {operation: found for each in examples for operation, found in each.items()}
        self.add_route(ADDRESS, self._document, include_in_schema=False)

    async def _document(self, request: Request) -> Response:
        """Answer with the document, or 304."""
        content = json.dumps(self.openapi(), ensure_ascii=False, separators=(",", ":")).encode()
        return validated(request, content, "application/json", KEPT)

    def openapi(self) -> dict[str, Any]:
        """Return the document; it is made once."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(super().openapi(), self._examples)
        return self.openapi_schema


def load_examples(package: str) -> Examples:
    """Return the examples that a package carries."""
    return json.loads(files(package).joinpath("examples.json").read_text("utf-8"))


def completed(document: dict[str, Any], examples: Examples) -> dict[str, Any]:
    """Return the document with problems for errors and with examples; it is changed in place."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _GENERATED:
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _describe_problems(operation)
            _add_examples(operation, examples.get(f"{method.upper()} {path}", {}))
    return document


def _describe_problems(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    if "application/json" in responses.get("422", {}).get("content", {}):
        responses["422"] = {"description": _INVALID}
    if _UNGUARDED not in operation.get("tags", ()):
        responses.setdefault("500", {"description": _OURS})
    for status, response in responses.items():
        if status >= "400" and "content" not in response:
            response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for name, about in _HEADERS.get(status, {}).items():
            header = {"description": about, "schema": {"type": "string"}}
            response.setdefault("headers", {}).setdefault(name, header)


def _add_examples(operation: dict[str, Any], examples: Mapping[str, Mapping[str, Any]]) -> None:
    for status, by_media_type in examples.items():
        described = operation["requestBody"] if status == "request" else operation["responses"][status]
        for media_type, named in by_media_type.items():
            described["content"][media_type]["examples"] = named
            described["content"][media_type].pop("example", None)
