"""The way in over HTTP: `POST /v1/files`, `PUT /v1/files/{name}` and `POST /v1/articles`."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from bantin_ingest.provenance import FIELDS
from bantin_ingest.push import PushedArticle
from bantin_ingest.receipts.model import Batch
from bantin_ingest.upload.receive import Uploads

_BYTES: dict[str, Any] = {"type": "string", "format": "binary"}
_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "array", "items": _BYTES, "minItems": 1, "description": "One or more files."},
        "source_url": {"type": "string", "description": "Address it was saved from; one file only."},
        "source": {"type": "string", "description": "The name of the source."},
        "captured_at": {"type": "string", "description": "When it was saved, as RFC 3339 has it."},
    },
}
_QUERY: list[dict[str, Any]] = [
    {
        "name": name,
        "in": "query",
        "required": False,
        "description": _FORM["properties"][name]["description"],
        "schema": _FORM["properties"][name],
    }
    for name in FIELDS
]
_WITH_A_BODY: dict[str, Any] = {
    "anyOf": [
        {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}} for name in ("text", "html")
    ]
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    202: {"description": "Everything is durable; the batch has a receipt for every file."},
    400: {"description": "The request can't be read."},
    408: {"description": "The request came too slowly."},
    413: {"description": "A single file, or the request, is too large."},
    422: {"description": "Something is missing, or a field can't be taken; `detail` names it."},
    503: {"description": "The log does not take files now; none of the request was accepted."},
    507: {"description": "There is no room for files in flight."},
}
_NO_FORM: dict[int | str, dict[str, Any]] = {415: {"description": "The request is no form."}}

FileName = Annotated[str, Path(description="The file's name; its ending helps to tell what it is.")]


def upload_router(uploads: Uploads) -> APIRouter:
    """Return the routes by which files and articles come in.

    They take the bare request, because its body is read as a stream; so OpenAPI is told here what it holds.
    """
    router = APIRouter(tags=["ingest"])

    @router.post(
        "/v1/files",
        status_code=202,
        summary="Upload files",
        responses={**_PROBLEMS, **_NO_FORM},
        openapi_extra=_body("multipart/form-data", _FORM),
    )
    async def post_files(request: Request) -> Batch:  # pyright: ignore[reportUnusedFunction]
        """Take one or more files, archives among them: pages as they are, documents, mail.

        What is wrong with one file is said in its receipt, and does not keep the others from being taken.
        """
        return await uploads.form(request)

    @router.put(
        "/v1/files/{name:path}",
        status_code=202,
        summary="Upload one file as it is",
        responses=_PROBLEMS,
        openapi_extra=_body("application/octet-stream", _BYTES, required=False) | {"parameters": _QUERY},
    )
    async def put_file(name: FileName, request: Request) -> Batch:  # pyright: ignore[reportUnusedFunction]
        """Take the body as one file: `curl -T page.html …/v1/files/`."""
        return await uploads.raw(name, request)

    @router.post(
        "/v1/articles",
        status_code=202,
        summary="Push an article as JSON",
        responses=_PROBLEMS,
        openapi_extra=_body("application/json", PushedArticle.model_json_schema() | _WITH_A_BODY),
    )
    async def post_article(request: Request) -> Batch:  # pyright: ignore[reportUnusedFunction]
        """Take an article from a content management system; it becomes a batch of one file."""
        return await uploads.article(request)

    return router


def _body(media: str, schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    """Return what a body holds; one that may be missing is a file without bytes, which its receipt says."""
    return {"requestBody": {"required": required, "content": {media: {"schema": schema}}}}
