"""Proves that a search's feeds are well-formed, hold what each format demands, and are not sent twice."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bantin.search.query import Highlight, Hit, Query, Results
from bantin_api.feeds.feed import make_feed
from bantin_api.feeds.json_feed import to_json_feed
from bantin_api.feeds.xml_feeds import to_atom, to_rss
from tests.api.corpus import CAPTURED, FESTIVAL, make_article, stored

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


async def feed(client: httpx.AsyncClient, **parameters: str) -> httpx.Response:
    response = await client.get("/v1/feed", params=parameters)
    assert response.status_code == 200, response.text
    return response


async def rss(client: httpx.AsyncClient, **parameters: str) -> ElementTree.Element:
    channel = ElementTree.fromstring((await feed(client, **parameters)).content).find("channel")
    assert channel is not None
    return channel


async def test_rss_has_what_readers_need(client) -> None:
    response = await feed(client, q="hoa ban")
    assert response.headers["content-type"].startswith("application/rss+xml")
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    (channel,) = root
    assert channel.findtext("title") == "Bản Tin: hoa ban"
    assert channel.findtext("link") == "http://bantin.example/?q=hoa+ban"
    assert channel.findtext("description")
    itself = channel.find(f"{ATOM}link")
    assert itself is not None
    assert itself.attrib == {"rel": "self", "type": "application/rss+xml", "href": str(response.url)}
    (item,) = channel.findall("item")
    assert item.findtext("title") == FESTIVAL.title
    assert item.findtext("link") == "http://bantin.example/bai/festival"
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.attrib) == ("urn:bantin:article:festival", {"isPermaLink": "false"})
    assert parsedate_to_datetime(item.findtext("pubDate") or "") == FESTIVAL.published_at
    assert [creator.text for creator in item.findall(CREATOR)] == list(FESTIVAL.authors)
    assert item.findtext("category") == "Văn hóa"


async def test_atom_has_what_rfc_4287_demands(client) -> None:
    response = await feed(client, format="atom")
    assert response.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.attrib["rel"]: link.attrib["href"] for link in root.findall(f"{ATOM}link")}
    assert links == {"self": str(response.url), "alternate": "http://bantin.example/"}
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries][2] == FESTIVAL.title
    for part in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "").tzinfo
        assert urlsplit(part.findtext(f"{ATOM}id") or "").scheme
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 4
    assert [entry.findtext(f"{ATOM}published") for entry in entries] == [
        "2020-09-01T00:30:00+07:00",
        "2020-09-01T00:00:00+07:00",
        "2019-03-13T20:05:00+07:00",
        None,
    ]


async def test_a_json_feed_is_of_version_1_1(client) -> None:
    response = await feed(client, format="json", q="hoa ban")
    assert response.headers["content-type"].startswith("application/feed+json")
    answer = response.json()
    assert answer["version"] == "https://jsonfeed.org/version/1.1"
    assert (answer["title"], answer["feed_url"]) == ("Bản Tin: hoa ban", str(response.url))
    (item,) = answer["items"]
    assert item.pop("content_text")
    assert item == {
        "id": "urn:bantin:article:festival",
        "url": "http://bantin.example/bai/festival",
        "external_url": "https://hoaban.example/le-hoi",
        "title": FESTIVAL.title,
        "date_published": "2019-03-13T20:05:00+07:00",
        "authors": [{"name": "Hà Vy"}, {"name": "Tuấn Anh"}],
        "tags": ["Văn hóa"],
    }


async def test_the_newest_come_first_even_with_words(client) -> None:
    titles = [item.findtext("link") for item in (await rss(client, q="mùa bão")).findall("item")]
    assert titles == [f"http://bantin.example/bai/{name}" for name in ("market", "dyke", "undated")]
    assert len((await rss(client, size="1")).findall("item")) == 1
    assert (await rss(client, section="Không có")).findall("item") == []


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
async def test_markup_stays_text(client, engine, form) -> None:
    evil = '<script>alert("x")</script> ]]> & \x0b'
    body = "<img src=x onerror=alert(1)> chợ"
    await engine.write([stored(make_article("e<v>il", evil, body, source_url="javascript:alert(1)", section=evil))])
    response = await feed(client, q="chợ", format=form)
    assert "javascript:" not in response.text
    if form != "json":
        assert "<script" not in response.text
        assert "<img" not in response.text
        root = ElementTree.fromstring(response.content)
        titles = [node.text for node in root.iter() if node.tag in ("title", f"{ATOM}title")]
        assert evil.replace("\x0b", "") in titles
        for description in root.iter("description"):
            assert "<img" not in (description.text or "")


async def test_a_feed_that_is_held_is_not_sent_again(client, engine) -> None:
    first = await feed(client)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    assert parsedate_to_datetime(changed) == CAPTURED
    for held in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        again = await client.get("/v1/feed", headers=held)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    both = {"If-None-Match": '"other"', "If-Modified-Since": changed}
    assert (await client.get("/v1/feed", headers=both)).status_code == 200
    for odd in ("yesterday", "", "Thu, 01 Jan 1970 00:00:00 GMT"):
        assert (await client.get("/v1/feed", headers={"If-Modified-Since": odd})).status_code == 200
    new = make_article("new", "Tin mới", "Tin mới.")
    await engine.write([stored(new.model_copy(update={"indexed_at": CAPTURED.replace(year=2026)}))])
    for held in ({"If-None-Match": tag}, {"If-Modified-Since": changed}):
        assert (await client.get("/v1/feed", headers=held)).status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [("format=xml", "unknown_format"), ("size=101", "invalid_size"), ("cursor=x", "unknown_parameter")],
)
async def test_what_is_amiss_is_a_422_problem(client, query, code) -> None:
    response = await client.get(f"/v1/feed?{query}")
    assert response.status_code == 422
    assert response.json()["type"] == f"urn:bantin:problem:{code}"


async def test_the_portal_s_search_names_its_feeds(client) -> None:
    page = LexborHTMLParser((await client.get("/?q=b%C3%A3o&section=Kinh+t%E1%BA%BF&size=5&lang=en")).text)
    links = [node.attributes for node in page.css("head link[rel=alternate][type]")]
    assert [link["type"] for link in links] == ["application/rss+xml", "application/atom+xml", "application/feed+json"]
    for link in links:
        address = link["href"] or ""
        assert parse_qsl(urlsplit(address).query)[1:] == [("q", "bão"), ("section", "Kinh tế")]
        assert (await client.get(address)).headers["content-type"].startswith(link["type"] or "")


@given(TEXT, TEXT, TEXT)
def test_any_text_makes_well_formed_feeds(title: str, words: str, url: str) -> None:
    article = make_article("a", title, "", source_url=url, section=title or None, authors=(title,))
    hit: Any = Hit(article=article, score=None, highlight=Highlight(), snippet=title)
    results = Results(total=1, hits=(hit,), facets={}, histogram=(), next_cursor=None)
    made = make_feed(Query(text=words), results, "http://a.example/f", "http://a.example/", "http://a.example/")
    for content in (to_rss(made), to_atom(made)):
        assert ElementTree.fromstring(content) is not None
    assert to_json_feed(made)
