"""The HTTP app over any set of services: their routes, health, readiness, metrics, problems and server spans."""

import os
from collections.abc import Sequence

import anyio
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bantin import __version__
from bantin.problems import install_problems
from bantin.service import Check, Service

CHECK_SECONDS = 5.0
UNTRACED = "healthz,readyz,metrics"


def create_app(services: Sequence[Service]) -> FastAPI:
    """Return the app. Health means the process is up; readiness that every dependency of every service answers."""
    app = FastAPI(
        title="Bản Tin",
        version=__version__,
        summary="Faceted search over the news pages of Vietnam's provincial portals",
        openapi_url="/openapi.json",
        docs_url="/docs",
        redoc_url=None,
    )
    install_problems(app)
    for service in services:
        for router in service.routers:
            app.include_router(router)
    checks = {f"{service.name}.{name}": check for service in services for name, check in service.checks.items()}

    @app.get("/healthz", tags=["operations"], summary="The process is up")
    async def healthz() -> PlainTextResponse:  # pyright: ignore[reportUnusedFunction]
        return PlainTextResponse("ok\n")

    @app.get("/readyz", tags=["operations"], summary="Every dependency answers")
    async def readyz() -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        failed = {name: why for name, check in checks.items() if (why := await _failure(check))}
        body = {name: failed.get(name, "ok") for name in checks}
        return JSONResponse({"ready": not failed, "checks": body}, 503 if failed else 200)

    @app.get("/metrics", tags=["operations"], summary="Prometheus metrics")
    async def metrics() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    _trace_requests(app)
    return app


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

    FastAPIInstrumentor.instrument_app(app, excluded_urls=UNTRACED, exclude_spans=["send", "receive"])
