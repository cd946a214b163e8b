"""The five seed pages give every field as judged."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.extract.received import article_of

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared/gold/seeds"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the judged fields (../shared/gold/seeds) are not here")


def found(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    gold = json.loads((GOLD / f"{path.stem}.json").read_text("utf-8"))
    return gold, article_of(path.read_bytes()).model_dump(mode="json")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize(
    "name",
    [
        "title",
        "section",
        "published_at",
        "event_dates",
        "authors",
        "source",
        "views",
        "province",
        "province_today",
        "districts",
        "captions",
    ],
)
def test_plain_field(path: Path, name: str) -> None:
    gold, mine = found(path)
    assert mine[name] == gold[name]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_body_and_lists(path: Path) -> None:
    gold, mine = found(path)
    assert mine["body"] == "\n\n".join(gold["body"])
    assert sorted(mine["campaigns"], key=str.lower) == sorted(gold["campaigns"], key=str.lower)
    assert [{"name": person["name"], "roles": person["roles"]} for person in mine["people"]] == gold["people"]
    keys = ("kind", "number", "issuer", "date")
    assert [{key: document[key] for key in keys} for document in mine["documents"]] == gold["documents"]
    assert mine["published_at_from"] == gold.get("published_at_from", mine["published_at"] and "header")
