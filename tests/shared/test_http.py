"""Every process answers for its health, and says every error as a problem (RFC 9457)."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import APIRouter

from bantin.faults import UnavailableError
from bantin.http import create_app
from bantin.problem import Problem
from bantin.service import Service

router = APIRouter()


@router.get("/fails")
async def fails() -> None:
    raise Problem(503, "log_unavailable", "The log does not answer; try again.", {"Retry-After": "5"})


@router.get("/crashes")
async def crashes() -> None:
    raise ZeroDivisionError("a secret of ours")


@router.get("/sums")
async def sums(first: int, second: int) -> int:
    return first + second


async def well() -> None:
    return


async def ill() -> None:
    raise UnavailableError("search engine: connection refused")


@pytest.fixture
async def http() -> AsyncGenerator[httpx.AsyncClient]:
    service = Service("test", (router,), checks={"log": well, "search": ill})
    transport = httpx.ASGITransport(create_app([service]), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_health_means_that_the_process_is_up(http: httpx.AsyncClient) -> None:
    assert (await http.get("/healthz")).status_code == 200


async def test_readiness_names_what_does_not_answer(http: httpx.AsyncClient) -> None:
    answer = await http.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "checks": {"test.log": "ok", "test.search": "search engine: connection refused"},
    }


async def test_metrics_are_prometheus_text(http: httpx.AsyncClient) -> None:
    answer = await http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "# TYPE process_resident_memory_bytes gauge" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/fails", 503, "log_unavailable"),
        ("/crashes", 500, "internal_error"),
        ("/sums?first=1&second=x", 422, "invalid_request"),
        ("/nowhere", 404, "not_found"),
    ],
)
async def test_every_error_is_a_problem_with_a_stable_type(
    http: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    answer = await http.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["status"]) == (f"urn:bantin:problem:{code}", status)
    assert "secret" not in problem["detail"]


async def test_a_problem_names_the_parameter_and_keeps_its_headers(http: httpx.AsyncClient) -> None:
    assert "query.second" in (await http.get("/sums?first=1&second=x")).json()["detail"]
    assert (await http.get("/fails")).headers["retry-after"] == "5"
