"""Proves what `/v1/suggest` answers, and what the search says of a spelling."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser


async def test_what_begins_as_the_words_do_is_suggested(client) -> None:
    answer = await client.get("/v1/suggest", params={"q": "hoa b"})
    assert answer.status_code == 200
    assert answer.json() == {
        "suggestions": [
            {
                "kind": "title",
                "text": "Khai mạc lễ hội hoa ban",
                "count": 1,
                "highlight": "Khai mạc lễ hội <mark>hoa</mark> <mark>b</mark>an",
            }
        ]
    }


@pytest.mark.parametrize(
    ("words", "kind", "text"),
    [
        ("dien", "place", "Điện Biên"),
        ("lò mai", "person", "Lò Thị Mai"),
        ("uy ban", "organisation", "Ủy ban nhân dân tỉnh Điện Biên"),
        ("12/kh", "document", "Kế hoạch 12/KH-UBND"),
    ],
)
async def test_every_kind_is_suggested(client, words, kind, text) -> None:
    first = (await client.get("/v1/suggest", params={"q": words, "size": 1})).json()["suggestions"]
    assert [(one["kind"], one["text"]) for one in first] == [(kind, text)]


async def test_no_words_and_no_room_suggest_nothing(client) -> None:
    for address in ("/v1/suggest", "/v1/suggest?q=", "/v1/suggest?q=hoa&size=0"):
        assert (await client.get(address)).json() == {"suggestions": []}


@pytest.mark.parametrize("query", ["q=a&size=51", "q=a&size=x", "words=a", "q=a&q=b", "q=" + "x" * 2001])
async def test_a_wrong_request_is_told_so(client, query) -> None:
    answer = await client.get(f"/v1/suggest?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_better_spelling_is_offered_and_leads_to_articles(client) -> None:
    answer = (await client.get("/v1/search", params={"q": "le hoi hoa bann"})).json()
    assert answer["did_you_mean"] == "lễ hội hoa ban"
    assert (await client.get("/v1/search", params={"q": "lễ hội hoa ban"})).json()["did_you_mean"] is None


async def test_the_portal_links_to_the_better_spelling(client) -> None:
    tree = HTMLParser((await client.get("/?q=le+hoi+hoa+bann&sort=newest")).text)
    link = tree.css_first(".better a")
    assert link.text() == "lễ hội hoa ban"
    there = HTMLParser((await client.get(link.attributes["href"])).text)
    assert len(there.css(".hits > li")) == 1
    assert there.css(".better") == []
    assert there.css_first("#sort option[selected]").attributes["value"] == "newest"


async def test_the_words_are_a_combobox_with_its_list(client) -> None:
    for address in ("/", "/bai/festival", "/bai/none"):
        tree = HTMLParser((await client.get(address)).text)
        box = tree.css_first("#q")
        assert box.attributes["role"] == "combobox"
        listing = tree.css_first(f"#{box.attributes['aria-controls']}")
        assert listing.attributes["role"] == "listbox"
        assert "hidden" in listing.attributes
        assert listing.attributes["data-person"] == "Người"
