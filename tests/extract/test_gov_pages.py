"""Real labelled pages of two portals, as text and as HTML: floors under body, title, date, chrome and listings."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bantin.events import Article, ArticleEnriched, ArticleRejected
from bantin_extract.handler import extract
from tests.extract.received import received

PAGES = Path(__file__).parents[3] / "shared/data/gov_pages"
FORMS = ("text", "html")

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the labelled pages (../shared/data/gov_pages) are not here")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PAGES / name).read_text("utf-8").splitlines()]


def read(row: dict[str, Any], form: str) -> ArticleEnriched | ArticleRejected:
    if form == "text":
        return extract(received(row["page_text"]))
    return extract(received((PAGES / row["html_file"]).read_bytes(), "text/html"))


def token_f1(left: str, right: str) -> float:
    ours, theirs = Counter(left.split()), Counter(right.split())
    return 2 * sum((ours & theirs).values()) / max(1, ours.total() + theirs.total())


def told(article: Article) -> str:
    """Return body and captions: the labels do not tell them apart."""
    return "\n".join((article.body, *article.captions))


@pytest.mark.parametrize("form", FORMS)
def test_articles(form: str) -> None:
    gold = rows("gold.jsonl")
    bodies: list[float] = []
    titles = dates = leaked = paragraphs = 0
    for row in gold:
        outcome = read(row, form)
        article = outcome.article if isinstance(outcome, ArticleEnriched) else None
        bodies.append(token_f1(told(article), row["body"]) if article else 0.0)
        if article is None:
            continue
        titles += article.title == " ".join(row["title"].split())
        dates += bool(article.published_at and article.published_at.isoformat() == row["datetime_iso"])
        labelled = zip(row["page_text"].split("\n"), row["line_labels"], strict=True)
        chrome = {line for line, label in labelled if label == "chrome" and len(line) > 6}
        leaked += sum(part in chrome for part in article.body.split("\n\n"))
        paragraphs += article.body.count("\n\n") + 1
    assert sum(bodies) / len(gold) >= 0.98
    assert titles / len(gold) >= 0.98
    assert dates / len(gold) >= 0.98
    assert leaked / paragraphs <= 0.01


@pytest.mark.parametrize("form", FORMS)
def test_listings_are_rejected(form: str) -> None:
    outcomes = [read(row, form) for row in rows("listing.jsonl")]
    rejected = [item for item in outcomes if isinstance(item, ArticleRejected) and item.reason.code == "no_article"]
    assert len(rejected) / len(outcomes) >= 0.97
