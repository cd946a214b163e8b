"""Proves that the portal says what it understood, and that each name leads to the articles that have it."""

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from bantin_api.portal.texts import ENGLISH, VIETNAMESE
from bantin_api.portal.wording import span_of_time


async def understood(client: httpx.AsyncClient, words: str, **others: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The names shown, each with the parameters that its link adds or changes."""
    response = await client.get("/", params={"q": words, **others})
    assert response.status_code == 200
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for link in HTMLParser(response.text).css(".understood a"):
        pairs = parse_qsl(urlsplit(link.attributes["href"] or "").query)
        assert ("q", words) in pairs
        followed = await client.get(link.attributes["href"] or "")
        assert followed.status_code == 200
        found.append((link.text(), [pair for pair in pairs if pair != ("q", words)]))
    return found


async def test_people_and_documents_are_named_as_articles_name_them(client: httpx.AsyncClient):
    assert await understood(client, "lo thi mai") == [("Lò Thị Mai", [("person", "Lò Thị Mai")])]
    assert await understood(client, "ke hoach 12/kh-ubnd") == [
        ("Kế hoạch 12/KH-UBND", [("document", "Kế hoạch 12/KH-UBND")])
    ]


async def test_places_are_offered_as_they_were_and_as_they_are(client: httpx.AsyncClient):
    assert await understood(client, "nam định") == [
        ("Nam Định", [("province", "Nam Định")]),
        ("nay là Ninh Bình", [("places", "today"), ("province", "Ninh Bình")]),
    ]
    (then, _), (now, pairs) = await understood(client, "ninh binh", places="published", district="Hà Nam > Duy Tiên")
    assert (then, now) == ("Ninh Bình", "Ninh Bình hiện nay, gồm cả Hà Nam, Nam Định")
    assert pairs == [("places", "today"), ("province", "Ninh Bình")]
    assert await understood(client, "điện biên") == [("Điện Biên", [("province", "Điện Biên")])]


@pytest.mark.parametrize(
    ("words", "label", "first", "last"),
    [
        ("tin 13/3/2019", "13/3/2019", "2019-03-13", "2019-03-13"),
        ("tin tháng 2 năm 2020", "tháng 2/2020", "2020-02-01", "2020-02-29"),
        ("tin quý 3 năm 2020", "quý 3/2020", "2020-07-01", "2020-09-30"),
        ("tin năm 2020", "năm 2020", "2020-01-01", "2020-12-31"),
    ],
)
async def test_days_bound_the_publication(client: httpx.AsyncClient, words: str, label: str, first: str, last: str):
    assert await understood(client, words) == [(label, [("published_from", first), ("published_to", last)])]


async def test_what_is_filtered_by_or_held_by_no_hit_is_no_link(client: httpx.AsyncClient):
    assert await understood(client, "lo thi mai", person="Lò Thị Mai") == []
    assert await understood(client, "nghị quyết 99-NQ/TU") == []
    assert await understood(client, "hoa ban") == []


def test_spans_of_time_are_written_in_both_languages():
    written = ["2024-07-23", "2024-07", "2024-Q3", "2024"]
    assert [span_of_time(one, VIETNAMESE) for one in written] == ["23/7/2024", "tháng 7/2024", "quý 3/2024", "năm 2024"]
    assert [span_of_time(one, ENGLISH) for one in written] == ["23 Jul 2024", "Jul 2024", "Q3 2024", "2024"]
