"""The way in over HTTP: `POST /v1/files`, `PUT /v1/files/{name}` and `POST /v1/articles`."""

from typing import Any

from fastapi import APIRouter, Request

from bantin_ingest.provenance import FIELDS
from bantin_ingest.push import PushedArticle
from bantin_ingest.receipts.model import Batch
from bantin_ingest.upload.receive import Uploads

_BYTES: dict[str, Any] = {"type": "string", "format": "binary"}
_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "array", "items": _BYTES, "description": "One or more files."},
        "source_url": {"type": "string", "format": "uri", "description": "Where it was saved from; one file only."},
        "source": {"type": "string", "description": "The name of the source."},
        "captured_at": {"type": "string", "format": "date-time", "description": "When it was saved."},
    },
}
_QUERY: list[dict[str, Any]] = [
    {"name": name, "in": "query", "required": False, "schema": _FORM["properties"][name]} for name in FIELDS
]


def upload_router(uploads: Uploads) -> APIRouter:
    """Return the routes by which files and articles come in.

    They take the bare request, because its body is read as a stream; so OpenAPI is told here what it holds.
    """
    router = APIRouter(tags=["ingest"])

    @router.post(
        "/v1/files", status_code=202, summary="Upload files", openapi_extra=_body("multipart/form-data", _FORM)
    )
    async def post_files(request: Request) -> Batch:  # pyright: ignore[reportUnusedFunction]
        return await uploads.form(request)

    @router.put(
        "/v1/files/{name:path}",
        status_code=202,
        summary="Upload one file as it is",
        openapi_extra=_body("application/octet-stream", _BYTES) | {"parameters": _QUERY},
    )
    async def put_file(name: str, request: Request) -> Batch:  # pyright: ignore[reportUnusedFunction]
        return await uploads.raw(name, request)

    @router.post(
        "/v1/articles",
        status_code=202,
        summary="Push an article as JSON",
        openapi_extra=_body("application/json", PushedArticle.model_json_schema()),
    )
    async def post_article(request: Request) -> Batch:  # pyright: ignore[reportUnusedFunction]
        return await uploads.article(request)

    return router


def _body(media: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {media: {"schema": schema}}}}
