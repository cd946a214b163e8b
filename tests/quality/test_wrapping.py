"""Invented portals: each prints the whole article once, its chrome apart, and the date as its gold says."""

from dataclasses import replace

import pytest

from quality.gold import GoldPage
from quality.pasting import pasted
from quality.wrapping import TEMPLATES, chrome_of, invented_listings, wrapped

PAGE = GoldPage(
    source="somewhere",
    forms={},
    title="Khánh thành cầu Bản Mận",
    body="Sáng nay, cầu khánh thành.\nBà con vui mừng.",
    published="2019-08-05T16:32:00+07:00",
    section="Kinh tế",
    article=(
        ("body", "Sáng nay, cầu khánh thành."),
        ("caption", "Cắt băng"),
        ("body", "Bà con vui mừng."),
        ("byline", "T.N"),
    ),
)


RENDERED = [template for template in TEMPLATES if "text" in wrapped(PAGE, template).forms]


@pytest.mark.parametrize("template", RENDERED)
def test_the_article_is_there_once(template: str) -> None:
    lines = wrapped(PAGE, template).forms["text"].decode().replace("\u200b", "").splitlines()
    for text in (PAGE.title, *(text for _, text in PAGE.article)):
        assert lines.count(text) == 1


@pytest.mark.parametrize("template", RENDERED)
def test_chrome_stands_around_every_article(template: str) -> None:
    page = wrapped(PAGE, template)
    text = page.forms["text"].decode()
    whole = [line for line in page.chrome if line in text.splitlines()]
    assert len(page.chrome) >= 10
    assert len(whole) >= 0.75 * len(page.chrome)
    assert not any(text in line for line in page.chrome for _, text in PAGE.article)


def test_gold_dates_are_as_exact_as_printed() -> None:
    published = {template: wrapped(PAGE, template).published for template in TEMPLATES}
    assert published["old_tables"] == "2019-08-05T16:32:00+07:00"
    assert published["department"] == "2019-08-05"
    assert published["undated"] is None
    assert "05/08/2019" not in wrapped(PAGE, "undated").forms["text"].decode()


def test_text_is_escaped_in_html() -> None:
    page = wrapped(replace(PAGE, title="Giá < 5 & > 3"), "mobile")
    assert "Giá &lt; 5 &amp; &gt; 3" in page.forms["html"].decode()
    assert "Giá < 5 & > 3" in page.forms["text"].decode().splitlines()


def test_chrome_is_the_same_for_all() -> None:
    assert chrome_of("mobile") == wrapped(PAGE, "mobile").chrome


def test_a_page_that_only_a_script_fills_has_nothing_to_paste() -> None:
    assert list(wrapped(PAGE, "spa_json_ld").forms) == ["html"]


def test_some_portals_put_a_table_into_the_article() -> None:
    page = wrapped(PAGE, "dnn")
    assert "Tổng cộng\t27.960" in page.body
    assert "Tổng cộng\t27.960" in page.forms["text"].decode()


def test_listings_stand_in_the_invented_portals() -> None:
    pages = invented_listings()
    assert len(pages) >= 12
    assert {page.source for page in pages} <= set(TEMPLATES)
    assert all(page.forms["text"].strip() and b"{{" not in page.forms["html"] for page in pages)


def test_hidden_blocks_are_not_pasted() -> None:
    html = '<body><p>một</p><p style="display: none">hai</p><p hidden>ba</p></body>'
    assert pasted(html) == "một\n"
    assert pasted(html, hidden=True) == "một\n\nhai\n\nba\n"


def test_pasted_text_is_what_a_browser_copies() -> None:
    html = (
        "<title>x</title><body><script>y</script><div>Một <b>hai</b>\n ba</div><p>bốn<br>năm</p>"
        "<table><tr><td>6</td><td>7</td></tr><tr><td>8</td></tr></table><button>z</button></body>"
    )
    assert pasted(html) == "Một hai ba\n\nbốn\nnăm\n\n6\t7\n8\n"
