"""The HTTP app over any set of services: their routes, health, readiness, metrics, problems and server spans."""

import os
from collections.abc import Sequence

import anyio
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.routing import Mount, Route, WebSocketRoute

from bantin import __version__
from bantin.access.front import OPEN, Front
from bantin.access.guard import KEY_HEADER
from bantin.events import Model
from bantin.openapi import ADDRESS, DescribedApi
from bantin.problems import install_problems
from bantin.service import Check, Service
from bantin.site.documentation import documentation_router
from bantin.web.compression import compressed
from bantin.web.cross_origin import CrossOrigin
from bantin.web.head import HeadAsGet
from bantin.web.headers import AnswerHeaders
from bantin.web.private import PrivateAnswers

CHECK_SECONDS = 5.0
UNTRACED = "healthz,readyz,metrics"
SECRET_HEADERS = ("authorization", "proxy-authorization", KEY_HEADER.lower(), "cookie", "set-cookie")


class Readiness(Model):
    """Whether a process can do its work: of each dependency `ok`, or why not."""

    ready: bool
    checks: dict[str, str]


def create_app(services: Sequence[Service], front: Front = OPEN, cors_origins: Sequence[str] = ()) -> FastAPI:
    """Return the app. Health means the process is up; readiness that every dependency of every service answers.

    Behind a front door with keys every service's routers need one; health, readiness, metrics and documentation need
    none. Pages of `cors_origins` may read the API.
    """
    app = DescribedApi(
        examples=(service.examples for service in services),
        title="Bản Tin",
        version=__version__,
        summary="Faceted search over the news pages of Vietnam's provincial portals",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    install_problems(app)
    for service in services:
        _include(app, service, front)
    app.include_router(documentation_router(app.title, ADDRESS))
    checks = {f"{service.name}.{name}": check for service in services for name, check in service.checks.items()}
    if front.keyring is not None:
        checks["access.keys"] = front.keyring.check

    @app.get("/healthz", tags=["operations"], summary="The process is up", response_class=PlainTextResponse)
    async def healthz() -> PlainTextResponse:  # pyright: ignore[reportUnusedFunction]
        """Answer; for liveness probes."""
        return PlainTextResponse("ok\n")

    @app.get(
        "/readyz",
        tags=["operations"],
        summary="Every dependency answers",
        response_model=Readiness,
        responses={503: {"model": Readiness, "description": "Something does not answer; `checks` names it."}},
    )
    async def readyz() -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        """Say of every dependency whether it answers, and of every stage whether it makes progress."""
        failed = {name: why for name, check in checks.items() if (why := await _failure(check))}
        body = {name: failed.get(name, "ok") for name in checks}
        return JSONResponse({"ready": not failed, "checks": body}, 503 if failed else 200)

    @app.get("/metrics", tags=["operations"], summary="Prometheus metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:  # pyright: ignore[reportUnusedFunction]
        """Return the process's metrics in Prometheus's text format."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    _deliver(app, cors_origins, private=front.keyring is not None)
    front.install(app)
    app.add_middleware(AnswerHeaders)
    _trace_requests(app)
    return app


def _deliver(app: FastAPI, cors_origins: Sequence[str], *, private: bool) -> None:
    """Put around the app what every answer passes through, the innermost first."""
    app.add_middleware(compressed)
    if private:
        app.add_middleware(PrivateAnswers)
    app.add_middleware(HeadAsGet)
    if cors_origins:
        app.add_middleware(CrossOrigin, origins=cors_origins)


def _include(app: FastAPI, service: Service, front: Front) -> None:
    for router in service.open_routers:
        app.include_router(router)
    if front.keyring is not None and service.routers:
        if service.scope is None:
            raise ValueError(f"service {service.name!r} has routes, but no scope that a key for them has to have")
        _require_guardable(service)
    for router in service.routers:
        app.include_router(router, **front.before(service.scope))


def _require_guardable(service: Service) -> None:
    """Raise ValueError for a route that is not FastAPI's own: it calls no dependency, and the guard is one."""
    routes = (route for router in service.routers for route in router.routes)
    for route in routes:
        own = isinstance(route, APIRoute) or not isinstance(route, Route | Mount | WebSocketRoute)
        if not own:
            raise ValueError(f"service {service.name!r}: {route!r} can't be guarded; put it into open_routers")


async def _failure(check: Check) -> str | None:
    try:
        with anyio.fail_after(CHECK_SECONDS):
            await check()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:.0f} s"
    except Exception as error:  # noqa: BLE001 - whatever a check raises is the answer to "why not ready?"
        return str(error) or repr(error)
    return None


def _trace_requests(app: FastAPI) -> None:
    # Without this the instrumentation still emits attribute names from before the stable HTTP conventions.
    os.environ.setdefault("OTEL_SEMCONV_STABILITY_OPT_IN", "http")
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor  # noqa: PLC0415

    # Headers are in spans only where the operator asks for them, and even then no key is.
    asked = os.environ.get("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS", "")
    secret = [*SECRET_HEADERS, *(name.strip() for name in asked.split(",") if name.strip())]
    FastAPIInstrumentor.instrument_app(
        app,
        excluded_urls=UNTRACED,
        exclude_spans=["send", "receive"],
        http_capture_headers_sanitize_fields=secret,
    )
