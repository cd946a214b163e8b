"""Proves that the description of the whole platform is complete and current, and its examples are what it says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bantin_standalone.openapi import DOCUMENT, document, rendered

ROOT = Path(__file__).parents[2]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
SHOWN = ("search", "timelines", "ingest", "receipts")
"""The parts whose every answer has an example."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The document as it is kept; the first test proves that it is current."""
    return json.loads((ROOT / DOCUMENT).read_text("utf-8"))


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


async def test_the_kept_document_is_current() -> None:
    assert (ROOT / DOCUMENT).read_text("utf-8") == rendered(await document()), "run `make golden`"


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    lacking = [
        name for name, operation in operations(described) if not (operation["summary"] and operation.get("description"))
    ]
    assert lacking == []
    nameless = [
        (name, parameter["name"])
        for name, operation in operations(described)
        for parameter in operation.get("parameters", ())
        if not parameter.get("description")
    ]
    assert nameless == []
    assert {tag for _, operation in operations(described) for tag in operation["tags"]} <= {
        tag["name"] for tag in described["tags"]
    }


def test_every_error_is_a_problem_with_an_explanation(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        for status, response in operation["responses"].items():
            assert response["description"], (name, status)
            if status >= "400" and operation["tags"] != ["operations"]:
                shown = {
                    media_type: {"schema": content["schema"]} for media_type, content in response["content"].items()
                }
                assert shown == PROBLEM, (name, status)
        if operation["tags"] != ["operations"] and name != "GET /opensearch.xml":
            assert {"401", "403", "429", "500"} <= set(operation["responses"]), name
            assert operation["security"], name


def test_every_answer_has_an_example(described: dict[str, Any]) -> None:
    lacking = [
        (name, status, media_type)
        for name, operation in operations(described)
        if operation["tags"][0] in SHOWN
        for status, response in operation["responses"].items()
        if status in {"200", "202", "404", "415", "422"}
        for media_type, content in response.get("content", {}).items()
        if not content.get("examples") and name != "GET /v1/articles/{article_id}" and status != "422"
    ]
    assert lacking == []


def test_examples_are_as_their_schemas_say(described: dict[str, Any]) -> None:
    checked = 0
    for name, operation in operations(described):
        bodies = [*operation["responses"].values(), operation.get("requestBody", {})]
        contents = [content for body in bodies for content in body.get("content", {}).items()]
        for media_type, content in contents:
            if media_type.endswith("json") and media_type != "application/x-ndjson":
                schema = {**content["schema"], "components": described["components"]}
                for about, example in content.get("examples", {}).items():
                    problems = list(jsonschema_rs.Draft202012Validator(schema).iter_errors(example["value"]))
                    assert problems == [], (name, about, problems[0].message if problems else "")
                    checked += 1
    assert checked > 30
