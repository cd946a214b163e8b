"""Pages with known answers: labelled pages of portals with their annotations, listings, and the judged seed pages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quality.annotations import Annotation

DATA = Path(__file__).parents[2] / "shared"
PORTALS = DATA / "data" / "gov_pages"
SEEDS = DATA / "gold" / "seeds"
_JUDGED = {"body": "body", "caption": "captions"}
SEED_PAGES = Path(__file__).parents[1] / "seeds"


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page in each form that it has, and its right reading; `published` is ISO 8601 as exact as printed.

    `fields` hold annotated or judged values; `article` the paragraphs in order, with "body", "caption" or "byline".
    """

    source: str
    forms: Mapping[str, bytes]
    title: str
    body: str
    published: str | None
    chrome: tuple[str, ...] = ()
    section: str = ""
    article: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = ""


def portal_pages(annotations: Mapping[str, Annotation]) -> list[GoldPage]:
    """Return the labelled pages; captions and by-lines are out of the body where a page is annotated."""
    return [_portal_page(row, annotations.get(row["id"])) for row in _rows("gold.jsonl")]


def listings() -> list[GoldPage]:
    """Return the pages without an article."""
    return [
        GoldPage(row["site"], _forms(row), title="", body="", published=None, name=row["id"])
        for row in _rows("listing.jsonl")
    ]


def seed_pages() -> list[GoldPage]:
    """Return the judged seed pages."""
    pages: list[GoldPage] = []
    for path in sorted(SEEDS.glob("*.json")):
        judged = json.loads(path.read_text("utf-8"))
        pages.append(
            GoldPage(
                source="seeds",
                forms={"text": (SEED_PAGES / f"{path.stem}.txt").read_bytes()},
                title=judged["title"],
                body="\n\n".join(judged["body"]),
                published=judged["published_at"],
                article=(
                    *(("body", text) for text in judged["body"]),
                    *(("caption", text) for text in judged["captions"]),
                ),
                fields=judged,
                name=path.stem,
            )
        )
    return pages


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (PORTALS / name).read_text("utf-8").splitlines()]


def _forms(row: Mapping[str, Any]) -> dict[str, bytes]:
    return {"text": row["page_text"].encode(), "html": (PORTALS / row["html_file"]).read_bytes()}


def _portal_page(row: Mapping[str, Any], annotation: Annotation | None) -> GoldPage:
    lines = list(zip(row["page_text"].split("\n"), row["line_labels"], strict=True))
    kinds = {
        **dict.fromkeys(annotation.captions if annotation else (), "caption"),
        **dict.fromkeys(annotation.bylines if annotation else (), "byline"),
    }
    article = tuple((kinds.get(at, "body"), line) for at, (line, label) in enumerate(lines) if label == "body")
    return GoldPage(
        source=row["site"],
        forms=_forms(row),
        title=row["title"],
        body="\n".join(text for kind, text in article if kind == "body"),
        published=row["datetime_iso"],
        chrome=tuple(line for line, label in lines if label == "chrome"),
        section=row["category"],
        article=article,
        fields=annotation.fields if annotation else {},
        name=row["id"],
    )
