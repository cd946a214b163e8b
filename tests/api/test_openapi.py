"""Proves that OpenAPI tells the truth: requests made up from it are answered as it says."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from bantin.http import create_app
from bantin.search.connect import open_engine
from bantin_api.app import build
from bantin_api.parameters import SEARCH
from bantin_api.settings import ApiSettings
from tests.api.corpus import ARTICLES, stored

PATHS = (
    "/v1/search",
    "/v1/articles/{article_id}",
    "/v1/articles/{article_id}/similar",
    "/v1/facets/{field}",
    "/v1/documents/{kind}/{number}",
    "/v1/people/{name}",
    "/instantsearch",
    "/opensearch.xml",
    "/v1/export",
    "/v1/feed",
    "/v1/suggest",
)
BEYOND_SCHEMAS = {"invalid_cursor", "collapsed_too_deep", "invalid_date_range", "district_abolished", "invalid_number"}
"""What is wrong only between parameters, or known only to the engine: no schema can say it."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder: Path = tmp_path_factory.mktemp("openapi")
    with asyncio.Runner() as runner:
        opening = open_engine(f"tantivy:///{folder / 'index'}")
        engine = runner.run(opening.__aenter__())
        runner.run(engine.prepare())
        runner.run(engine.write([stored(article) for article in ARTICLES]))
        yield create_app([build(ApiSettings(), engine)])
        runner.run(opening.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def failures(app: FastAPI) -> list[tuple[str, str, str]]:
    """What schemathesis finds wrong with the answers: the check, the problem's code if any, the address."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app).include(path=list(PATHS))
    schema.config.update(continue_on_failure=True)
    schema.config.generation.update(max_examples=5, database="none")
    found: list[tuple[str, str, str]] = []
    for event in from_schema(schema).execute():
        assert not isinstance(event, FatalError | NonFatalError), event
        if isinstance(event, ScenarioFinished):
            for case_id, checks in event.recorder.checks.items():
                response = event.recorder.interactions[case_id].response
                code = response.json()["type"].rpartition(":")[2] if response.status_code >= 400 else ""
                address = response.request.url or ""
                found += [(check.name, code, address) for check in checks if check.status == Status.FAILURE]
    return found


def test_made_up_requests_are_answered_as_documented(app: FastAPI) -> None:
    unexpected = [
        (check, code, address)
        for check, code, address in failures(app)
        if not (check == "positive_data_acceptance" and code in BEYOND_SCHEMAS)
    ]
    assert unexpected == []


def test_every_parameter_is_documented_once_with_an_explanation(document: dict[str, Any]) -> None:
    shown = document["paths"]["/v1/search"]["get"]["parameters"]
    assert [parameter["name"] for parameter in shown] == [parameter.name for parameter in SEARCH]
    assert all(parameter["description"] and "schema" in parameter for parameter in shown)


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/v1/search", {"200", "304", "422", "500", "503"}),
        ("/v1/articles/{article_id}", {"200", "304", "404", "422", "500", "503"}),
        ("/v1/people/{name}", {"200", "304", "404", "422", "500", "503"}),
    ],
)
def test_errors_are_documented_as_problems(document: dict[str, Any], path: str, statuses: set[str]) -> None:
    responses = document["paths"][path]["get"]["responses"]
    assert set(responses) == statuses
    for status in statuses - {"200", "304"}:
        (media_type,) = responses[status]["content"]
        assert media_type == "application/problem+json"
        assert responses[status]["content"][media_type]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_the_answers_schema_is_the_contracts(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert list(schemas["SearchAnswer"]["required"]) == list(schemas["SearchAnswer"]["properties"])
    assert list(schemas["HitAnswer"]["required"]) == list(schemas["HitAnswer"]["properties"])
    assert "original_text" in schemas["ArticleAnswer"]["properties"]
    published = schemas["ArticleAnswer"]["properties"]["published_at"]
    assert {kind.get("format", kind["type"]) for kind in published["anyOf"]} == {"date-time", "date", "null"}


def test_the_portal_is_no_part_of_the_api(document: dict[str, Any]) -> None:
    assert "/" not in document["paths"]
    assert not [path for path in document["paths"] if path.startswith(("/bai", "/portal"))]
