"""Proves that the portal's pages show what the API answers, keep the reader's choices, and let nothing foreign in."""

import re
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tests.api.corpus import ARTICLES, FESTIVAL, make_article, stored


async def page(client: httpx.AsyncClient, address: str, status: int = 200) -> HTMLParser:
    response = await client.get(address)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return HTMLParser(response.text)


def one(tree: HTMLParser, selector: str) -> Node:
    (node,) = tree.css(selector)
    return node


def hits(tree: HTMLParser) -> list[str]:
    return [urlsplit(node.attributes["href"] or "").path for node in tree.css(".hits h2 a")]


def parameters(address: str | None) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address or "").query)


async def test_the_first_page_shows_the_newest(client) -> None:
    tree = await page(client, "/")
    assert one(tree, "html").attributes["lang"] == "vi"
    assert one(tree, "#found").text() == "Bài mới nhất"
    assert hits(tree) == ["/bai/market", "/bai/dyke", "/bai/festival", "/bai/undated"]
    assert "không ghi ngày" in tree.css(".hits > li")[-1].text()


async def test_the_histograms_bars_stand_at_their_place_in_time(client, engine) -> None:
    for year in (2009, 2010):
        await engine.write([stored(make_article(f"y{year}", "Tin", "Tin cũ.", published_at=f"{year}-05-05"))])
    bars = one(await page(client, "/"), ".histogram svg").css("rect")
    places = [round(float(bar.attributes["x"])) for bar in bars]
    assert places == [0, 10, 100, 110]
    assert [bar.attributes["height"] for bar in bars] == ["20.0", "20.0", "20.0", "40.0"]


async def test_hits_are_marked_and_escaped(client) -> None:
    tree = await page(client, "/?q=chao+mung")
    assert one(tree, "#found").text() == "1 bài"
    fragments = one(tree, ".fragments")
    assert fragments.css_first("mark").text() == "chào mừng"
    assert fragments.css_first("b") is None
    assert "<b>chào mừng</b>" in fragments.text()
    assert one(tree, "#q").attributes["value"] == "chao mung"


async def test_words_cannot_leave_their_field(client) -> None:
    response = await client.get("/", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.text


async def test_a_form_sends_empty_fields_that_choose_nothing(client) -> None:
    tree = await page(client, "/?q=&sort=&published_from=&published_to=&places=")
    assert len(hits(tree)) == len(ARTICLES)


async def test_facets_are_checkboxes_and_filters_can_be_left(client) -> None:
    tree = await page(client, "/?q=bao&section=Kinh+t%E1%BA%BF&published_from=2020-01-01&sort=oldest")
    assert hits(tree) == ["/bai/dyke", "/bai/market"]
    checked = [node.attributes["value"] for node in tree.css("input[type=checkbox][checked]")]
    assert checked == ["Kinh tế"]
    assert all(node.attributes["form"] == "search" for node in tree.css("input[type=checkbox], select"))
    section, first_day = [node for node in tree.css(".chosen a") if "class" not in node.attributes]
    assert parameters(section.attributes["href"]) == [
        ("q", "bao"),
        ("published_from", "2020-01-01"),
        ("sort", "oldest"),
    ]
    assert "1/1/2020" in first_day.text()
    assert one(tree, "#sort option[selected]").attributes["value"] == "oldest"
    assert parameters(one(tree, ".chosen .clear").attributes["href"]) == [("q", "bao")]


async def test_a_filter_without_a_match_can_still_be_unchecked(client) -> None:
    tree = await page(client, "/?author=Ai+%C4%91%C3%B3")
    assert hits(tree) == []
    assert [node.attributes["value"] for node in tree.css("input[name=author][checked]")] == ["Ai đó"]


async def test_every_control_has_a_label(client) -> None:
    tree = await page(client, "/?q=bao")
    labelled = {node.attributes.get("for") for node in tree.css("label")}
    for control in tree.css("input:not([type=hidden]), select"):
        assert control.attributes["id"] in labelled or control.attributes.get("aria-label"), control.html
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


async def test_pages_lead_through_all_hits_and_back(client) -> None:
    seen: list[str] = []
    address = "/?size=1&q=m%C3%B9a"
    while address:
        tree = await page(client, address)
        seen += hits(tree)
        following = tree.css_first("a[rel=next]")
        address = following.attributes["href"] if following else ""
    assert sorted(seen) == ["/bai/dyke", "/bai/market", "/bai/undated"]
    assert parameters(one(tree, "a[rel=first]").attributes["href"]) == [("size", "1"), ("q", "mùa")]


async def test_places_of_today_are_a_choice(client) -> None:
    tree = await page(client, "/?places=today&province=Ninh+B%C3%ACnh")
    assert hits(tree) == ["/bai/market", "/bai/dyke"]
    assert one(tree, "#places option[selected]").attributes["value"] == "today"
    assert tree.css("input[name=district]") == []


async def test_english_is_kept_on_the_way(client) -> None:
    tree = await page(client, "/?lang=en&q=hoa+ban")
    assert one(tree, "html").attributes["lang"] == "en"
    assert one(tree, "#found").text() == "1 article"
    assert one(tree, ".hits article").attributes["lang"] == "vi"
    assert one(tree, "#search input[name=lang]").attributes["value"] == "en"
    article = await page(client, tree.css_first(".hits h2 a").attributes["href"])
    assert one(article, "html").attributes["lang"] == "en"
    vietnamese = one(tree, ".links a[hreflang=vi]").attributes["href"]
    assert parameters(vietnamese) == [("q", "hoa ban")]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/?published_from=31/12/2020", "Ngày không đúng"),
        ("/?published_from=2020-02-02&published_to=2020-02-01", "Ngày đầu đứng sau ngày cuối"),
        ("/?cursor=x", "đã hết hạn"),
        ("/?places=today&district=x", "không còn cấp huyện"),
        ("/?colour=red", "tham số không đúng"),
        ("/?q=" + "x" * 2_001, "quá dài"),
    ],
)
async def test_what_is_amiss_is_told_in_the_readers_language(client, address, told) -> None:
    tree = await page(client, address, 422)
    assert told in one(tree, "[role=alert]").text()
    assert one(tree, "#search")


async def test_an_empty_index_says_what_to_do(client, engine) -> None:
    await engine.delete([article.article_id for article in ARTICLES])
    tree = await page(client, "/")
    assert one(tree, ".note a").attributes["href"] == "/ingest"


async def test_an_article_shows_all_that_was_found_in_it(client) -> None:
    tree = await page(client, "/bai/festival")
    assert one(tree, "h1").text() == FESTIVAL.title
    assert [node.text() for node in tree.css(".body p")] == FESTIVAL.body.split("\n\n")
    text = one(tree, "main").text()
    for shown in ("20:05, 13/3/2019", "1.520 lượt xem", "Trưởng ban tổ chức", "Kế hoạch 12/KH-UBND", "5/1/2019"):
        assert shown in text
    links = {node.text(): node.attributes["href"] for node in tree.css(".named a, .facts a")}
    assert parameters(links["Lò Thị Mai"]) == [("person", "Lò Thị Mai")]
    for address in links.values():
        assert hits(await page(client, address)) == ["/bai/festival"]
    assert one(tree, "a[rel~=external]").attributes["href"] == FESTIVAL.source_url


async def test_evidence_is_marked_where_it_was_read(client) -> None:
    tree = await page(client, "/bai/festival")
    passages = tree.css(".evidence dd")
    evidence = FESTIVAL.evidence[0]
    assert passages[0].css_first("mark").text() == FESTIVAL.original_text[evidence.start : evidence.end]
    assert "không nằm trong phần chữ" in passages[1].text()


async def test_a_foreign_address_is_a_link_only_where_it_leads_to_a_page(client, engine) -> None:
    for number, address in enumerate(("javascript:alert(1)", "data:text/html,x", "http://[", "//x.example")):
        await engine.write([stored(make_article(f"x{number}", "Lạ", "Lạ.", source_url=address))])
        assert (await page(client, f"/bai/x{number}")).css("a[rel~=external]") == []


async def test_an_unknown_article_is_a_page_too(client) -> None:
    tree = await page(client, "/bai/none", 404)
    assert one(tree, "h1").text() == "Không có bài này"


@pytest.mark.parametrize("address", ["/", "/?size=x", "/bai/festival", "/bai/none"])
async def test_pages_load_nothing_inline_and_nothing_foreign(client, address) -> None:
    response = await client.get(address)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    tree = HTMLParser(response.text)
    assert tree.css("style, [style], iframe, object, base") == []
    assert all(node.attributes.get("src") and not node.text() for node in tree.css("script"))
    assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on")]
    for node in tree.css("[src], link[rel=stylesheet], link[rel=icon]"):
        asset = await client.get(node.attributes.get("src") or node.attributes["href"])
        assert asset.status_code == 200
        assert "immutable" in asset.headers["cache-control"]
        assert not re.search(rb"https?://(?!www\.w3\.org/)", asset.content)


async def test_an_unknown_asset_is_a_404(client) -> None:
    assert (await client.get("/portal/..%2Froutes.py")).status_code == 404
    assert (await client.get("/portal/other.css")).status_code == 404
