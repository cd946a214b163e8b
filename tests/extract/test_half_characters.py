"""Halves of characters, as cut JSON-LD and RTF have them, end no process: the article can be written as JSON."""

import pytest

from bantin_extract.reading.read_page import read_page
from bantin_extract.rejection import RejectedError
from tests.extract.formats.made import PARAGRAPHS, TITLE
from tests.extract.received import article_of, received

STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
HALF = r"\ud83d"


@pytest.mark.parametrize("field", ["headline", "articleBody", "datePublished", "author"])
def test_json_ld_with_half_a_character(field: str) -> None:
    said = f'{{"@type":"NewsArticle","{field}":"Hà Mây {HALF}","headline":"Bản Mây vui {HALF}"}}'
    html = f'<html><script type="application/ld+json">{said}</script><h1>{TITLE}</h1>{STORY}</html>'
    article = article_of(html, "text/html")
    assert article.title == TITLE
    assert article.model_dump_json().encode()


def test_rtf_writes_a_character_in_two_halves() -> None:
    text = r"\par ".join("".join(c if c.isascii() else rf"\u{ord(c)}?" for c in line) for line in PARAGRAPHS)
    article = article_of(rf"{{\rtf1\ansi {text} Vui \u-10179?\u-8704? xong \u-10179?\par}}".encode(), "application/rtf")
    assert "Vui \U0001f600 xong" in article.original_text
    assert article.model_dump_json().encode()


def test_a_pushed_article_with_half_a_character() -> None:
    pushed = f'{{"title":"{TITLE} {HALF}","html":"{STORY}"}}'.encode()
    try:
        page = read_page(received(pushed, "application/vnd.bantin.article+json"))
    except RejectedError:
        return
    assert page.original_text.encode()
