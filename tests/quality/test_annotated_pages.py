"""What is annotated stands on the page: names, offices, numbers, dates, and the lines that are meant."""

import re
from datetime import date

import pytest

from quality.annotations import comparable, read_annotations
from quality.gold import PORTALS, GoldPage, portal_pages

pytestmark = pytest.mark.skipif(not PORTALS.is_dir(), reason="../shared/data/gov_pages is not here")


@pytest.fixture(scope="module")
def pages() -> list[GoldPage]:
    return portal_pages(read_annotations())


def texts(page: GoldPage) -> tuple[str, str]:
    text = page.forms["text"].decode()
    return text, comparable(text)


def missing(page: GoldPage) -> list[str]:
    text, letters = texts(page)
    people = [part for one in page.fields.get("people", ()) for part in (one["name"], *one["roles"])]
    issuers = [one["issuer"] for one in page.fields.get("documents", ()) if one["issuer"]]
    named = [*people, *issuers, *page.fields.get("campaigns", ()), *page.fields.get("authors", ())]
    absent = [name for name in named if not all(comparable(one) in letters for one in name.split(" | ") if one != "-")]
    numbers = ["".join(one["number"].split(" | ")[0].split()) for one in page.fields.get("documents", ())]
    absent += [number for number in numbers if number not in "".join(text.split()).replace("–", "-")]
    days = [one["date"] for one in page.fields.get("documents", ()) if one["date"]]
    return absent + [day for day in days if not printed(date.fromisoformat(day), text)]


def printed(day: date, text: str) -> bool:
    styles = rf"0?{day.day}[/.-]0?{day.month}[/.-]{day.year}|0?{day.day} tháng 0?{day.month} năm {day.year}"
    return re.search(rf"(?<!\d)(?:{styles})(?!\d)", text) is not None


def test_values_stand_on_their_pages(pages: list[GoldPage]) -> None:
    assert {page.name: absent for page in pages if (absent := missing(page))} == {}


def test_lines_are_lines_of_the_labelled_article(pages: list[GoldPage]) -> None:
    for page in pages:
        annotated = [text for kind, text in page.article if kind != "body"]
        assert len(annotated) == len(page.fields["captions"]) + len(page.fields["bylines"])
        assert all(text.strip() for text in annotated)


def test_every_page_is_annotated(pages: list[GoldPage]) -> None:
    assert sum("organisations" in page.fields for page in pages) == 69
    assert sum("held_out" in page.fields for page in pages) == 25
    assert all("captions" in page.fields for page in pages)
