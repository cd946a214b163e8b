"""Problems over HTTP: every error as `application/problem+json` (RFC 9457), each with a stable `type`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bantin.problem import Problem
from bantin.site.security import ANSWER_HEADERS

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:bantin:problem:"


def problem_response(
    status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Return the problem as a response; `more` are extension members."""
    content = {
        "type": TYPE_PREFIX + code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JSONResponse(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def install_problems(app: FastAPI) -> None:
    """Make every error of the app a problem: ours, the framework's and unforeseen ones."""
    app.add_exception_handler(Problem, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, _unforeseen)


def _own(_: Request, error: Exception) -> JSONResponse:
    error = cast(Problem, error)
    return problem_response(error.status, error.code, error.detail, error.headers, **error.more)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    error = cast(RequestValidationError, error)
    errors = [{"where": ".".join(map(str, item["loc"])), "what": item["msg"]} for item in error.errors()]
    detail = "; ".join(f"{item['where']}: {item['what']}" for item in errors)
    return problem_response(422, "invalid_request", detail, errors=errors)


def _framework(_: Request, error: Exception) -> JSONResponse:
    error = cast(HTTPException, error)
    code = HTTPStatus(error.status_code).name.lower()
    return problem_response(error.status_code, code, str(error.detail), error.headers)


def _unforeseen(_: Request, __: Exception) -> JSONResponse:
    # Made outside everything that gives the other answers their headers.
    detail = "Something failed on our side; it is logged. Try again later."
    return problem_response(500, "internal_error", detail, ANSWER_HEADERS)
