"""Every route of a service answers with its scope's key only, and no answer, log or span holds a key."""

import base64
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, Request
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from bantin.access.audit import actor_of
from bantin.access.command import add_key
from bantin.access.front import Front, front_for
from bantin.access.guard import KEY_HEADER, presented_key
from bantin.access.keyring import Keyring, utc_now
from bantin.access.keys_file import change_keys
from bantin.access.settings import AccessSettings
from bantin.http import create_app
from bantin.service import Service
from bantin.telemetry.recent import RecentTraces

PAGE = {"Accept": "text/html,application/xhtml+xml"}

router = APIRouter()
open_router = APIRouter()


@router.get("/v1/things/{number}")
async def thing(number: int) -> int:
    return number


@router.post("/v1/things")
async def add(request: Request) -> int:
    return len(await request.body())


@router.get("/v1/actor")
async def actor(request: Request) -> str:
    return actor_of(request).name


@open_router.get("/style.css")
async def style() -> PlainTextResponse:
    return PlainTextResponse("a{}")


@pytest.fixture
def traces(monkeypatch: pytest.MonkeyPatch) -> Iterator[RecentTraces]:
    """The spans of the apps that a test makes; the process's own tracing stays as it is."""
    recent = RecentTraces()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(recent))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    yield recent
    provider.shutdown()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def key(path: Path) -> str:
    return add_key(path, "a portal", ["search"]).presented


def behind(path: Path) -> Front:
    return front_for(AccessSettings(), Keyring(path))


@asynccontextmanager
async def serving(path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    service = Service("test", (router,), scope="search", open_routers=(open_router,))
    transport = httpx.ASGITransport(create_app([service], behind(path)))
    async with httpx.AsyncClient(transport=transport, base_url="http://bantin.example") as client:
        yield client


@pytest.fixture
async def http(path: Path, key: str) -> AsyncGenerator[httpx.AsyncClient]:
    async with serving(path) as client:
        yield client


def basic(password: str, user: str = "ai-do") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def ways(key: str) -> list[dict[str, str]]:
    """Return each way in which a key can be sent."""
    own = {KEY_HEADER: key}
    return [{"Authorization": f"Bearer {key}"}, {"Authorization": f"bearer {key}"}, own, basic(key)]


def code(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()["type"].rpartition(":")[2]


async def test_a_key_opens_in_each_way_it_can_be_sent(http: httpx.AsyncClient, key: str) -> None:
    for headers in ways(key):
        assert (await http.get("/v1/things/7", headers=headers)).json() == 7
        assert (await http.post("/v1/things", headers=headers, content=b"four")).json() == 4


async def test_a_route_knows_whose_key_let_the_request_in(http: httpx.AsyncClient, key: str) -> None:
    assert (await http.get("/v1/actor", headers={KEY_HEADER: key})).json() == "a portal"


async def test_a_key_of_our_own_header_counts_beside_a_proxys_authorization(http: httpx.AsyncClient, key: str) -> None:
    headers = {KEY_HEADER: key, **basic("a proxy's")}
    assert (await http.get("/v1/things/7", headers=headers)).status_code == 200


@pytest.mark.parametrize("target", ["/v1/things/7", "/v1/things/not-a-number"])
async def test_without_a_key_nothing_is_answered_not_even_what_is_wrong(http: httpx.AsyncClient, target: str) -> None:
    answer = await http.get(target)
    assert (answer.status_code, code(answer)) == (401, "key_missing")
    assert answer.headers["www-authenticate"] == 'Bearer realm="bantin"'
    assert "bantin keys create --scope search" in answer.json()["detail"]


async def test_an_upload_without_a_key_is_refused_before_its_body_is_read(path: Path, key: str) -> None:
    read: list[bytes] = []

    async def body() -> AsyncGenerator[bytes]:
        read.append(b"x")
        yield b"x"

    async with serving(path) as client:
        assert (await client.post("/v1/things", content=body())).status_code == 401
    assert read == []


async def test_a_key_that_is_not_known_is_told_from_none(http: httpx.AsyncClient, key: str) -> None:
    for headers in ways(key[:-4] + "0000"):
        answer = await http.get("/v1/things/7", headers=headers)
        assert (answer.status_code, code(answer)) == (401, "key_unknown")
        assert answer.headers["www-authenticate"] == 'Bearer realm="bantin", error="invalid_token"'


async def test_a_key_is_revoked_while_the_service_runs(http: httpx.AsyncClient, path: Path, key: str) -> None:
    headers = {KEY_HEADER: key}
    assert (await http.get("/v1/things/7", headers=headers)).status_code == 200
    change_keys(path, lambda keys: tuple(kept.model_copy(update={"revoked": utc_now()}) for kept in keys))
    answer = await http.get("/v1/things/7", headers=headers)
    assert (answer.status_code, code(answer)) == (401, "key_revoked")


async def test_a_key_of_another_scope_does_not_open(http: httpx.AsyncClient, path: Path) -> None:
    other = add_key(path, "a sender", ["ingest", "ops"]).presented
    answer = await http.get("/v1/things/7", headers={KEY_HEADER: other})
    assert (answer.status_code, code(answer)) == (403, "scope_missing")
    assert answer.headers["www-authenticate"] == 'Bearer realm="bantin", error="insufficient_scope", scope="search"'


@pytest.mark.parametrize(
    "headers",
    [PAGE, {"Accept": "text/event-stream", "Sec-Fetch-Mode": "cors"}, {"Referer": "http://bantin.example/bai/x"}],
    ids=["a page", "a page's script", "a page's script on plain HTTP"],
)
async def test_a_browser_asks_its_reader_for_the_key(
    http: httpx.AsyncClient, key: str, headers: dict[str, str]
) -> None:
    answer = await http.get("/v1/things/7", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Basic realm="bantin", charset="UTF-8"'
    assert (await http.get("/v1/things/7", headers={**headers, **basic(key, user="")})).status_code == 200


async def test_a_reader_is_told_in_vietnamese(http: httpx.AsyncClient, path: Path) -> None:
    assert "cần khóa truy cập" in (await http.get("/v1/things/7", headers=PAGE)).json()["detail"]
    other = add_key(path, "a sender", ["ingest"]).presented
    answer = await http.get("/v1/things/7", headers={**PAGE, **basic(other)})
    assert answer.status_code == 403
    assert "không có quyền" in answer.json()["detail"]


SAME = {"Origin": "http://bantin.example", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (SAME, 200),
        ({"Origin": "http://bantin.example"}, 200),
        ({}, 200),
        ({"Origin": "https://bantin.example", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://other.bantin.example", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_another_sites_page_can_not_use_the_key_that_a_browser_remembers(
    http: httpx.AsyncClient, key: str, sent: dict[str, str], status: int
) -> None:
    remembered = {**sent, **basic(key)}
    assert (await http.post("/v1/things", headers=remembered)).status_code == status
    assert (await http.get("/v1/things/7", headers=remembered)).status_code == 200
    assert (await http.post("/v1/things", headers={**sent, KEY_HEADER: key})).status_code == 200


@pytest.mark.parametrize("target", ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/style.css"])
async def test_what_holds_no_articles_stays_open(http: httpx.AsyncClient, target: str) -> None:
    assert (await http.get(target)).status_code == 200


async def test_a_file_that_breaks_shuts_the_door_and_readiness_says_why(
    http: httpx.AsyncClient, path: Path, key: str
) -> None:
    path.write_text("no keys file")  # noqa: ASYNC240
    answer = await http.get("/v1/things/7", headers={KEY_HEADER: key})
    assert (answer.status_code, code(answer)) == (503, "keys_unavailable")
    assert str(path) not in answer.text
    ready = await http.get("/readyz")
    assert ready.status_code == 503
    assert "is not a keys file" in ready.json()["checks"]["access.keys"]


async def test_openapi_says_how_to_send_a_key(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    guarded = document["paths"]["/v1/things"]["post"]
    assert guarded["security"] == [{"HTTPBearer": []}, {"APIKeyHeader": []}]
    assert {"401", "403"} <= set(guarded["responses"])
    assert "security" not in document["paths"]["/style.css"]["get"]


@pytest.mark.parametrize("captured", ["", ".*"])
async def test_no_key_gets_into_answers_logs_metrics_or_spans(
    path: Path,
    key: str,
    captured: str,
    traces: RecentTraces,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Even where the operator has every header captured."""
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST", captured)
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    secrets = [key, basic(key)["Authorization"].partition(" ")[2], "wrong-and-secret"]
    for number, headers in enumerate([*ways(key), {KEY_HEADER: secrets[2]}, {"Authorization": f"Bearer {secrets[2]}"}]):
        trace_id = f"{number + (16 if captured else 0) + 1:032x}"
        own = {**headers, "X-Mine": "seen", "traceparent": f"00-{trace_id}-{1:016x}-01"}
        async with serving(path) as client:
            answer = await client.get("/v1/things/7", headers=own)
        spans = traces.spans(trace_id)
        assert len(spans) == 1
        assert ("http.request.header.x_mine" in (spans[0].attributes or {})) == bool(captured)
        said += [answer.text, str(answer.headers), *(span.to_json() for span in spans)]
    async with serving(path) as client:
        said.append((await client.get("/metrics")).text)
    said.append(caplog.text)
    assert 'bantin_access_refused_total{reason="unknown"}' in "".join(said)
    for secret in secrets:
        assert secret not in "".join(said)


def request_with(headers: dict[str, bytes]) -> Request:
    pairs = [(name.lower().encode(), value) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": pairs})


@given(st.sampled_from(("Basic ", "Bearer ", "Digest ", "")), st.binary())
def test_whatever_is_in_the_header_is_read_without_an_error(scheme: str, rest: bytes) -> None:
    found = presented_key(request_with({"Authorization": scheme.encode() + rest}))
    assert found is None or isinstance(found, str)


@given(st.text(st.characters(exclude_characters=":", exclude_categories=("Cs",))), st.text().filter(str.isascii))
def test_the_password_is_the_key_whoever_the_user_is(user: str, password: str) -> None:
    credentials = base64.b64encode(f"{user}:{password}".encode())
    assert presented_key(request_with({"Authorization": b"Basic " + credentials})) == password


def test_a_service_whose_routes_need_no_scope_is_not_served_behind_keys(path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="'forgotten' has routes, but no scope"):
        create_app([Service("forgotten", (router,))], behind(path))


def test_a_route_that_calls_no_guard_is_not_served_behind_keys(path: Path, key: str) -> None:
    plain = Route("/plain", PlainTextResponse("open"))
    for route in (plain, Mount("/files", routes=[plain])):
        with pytest.raises(ValueError, match="can't be guarded"):
            create_app([Service("test", (APIRouter(routes=[route]),), scope="search")], behind(path))
