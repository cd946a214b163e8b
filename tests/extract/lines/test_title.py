"""Titles are of a title's length, whatever was sent, and their evidence says where they stand."""

import json

import pytest

from bantin.events import Article, ArticleRejected
from bantin_extract.handler import extract
from bantin_extract.lines.title import MAX_TITLE
from bantin_extract.reading.decode import PUSH_TYPE
from tests.extract.received import article_of, received

STORY = "Sáng nay, bà con trong bản cùng nhau mở hội, múa hát và thi kéo co, không khí rất vui. " * 12
WORDS = "hội nghị " * 50_000
WORD = "a" * 100_000


def title_evidence(article: Article) -> tuple[int | None, int | None, str]:
    (evidence,) = [item for item in article.evidence if item.field == "title"]
    assert evidence.value == article.title
    return evidence.start, evidence.end, evidence.method


@pytest.mark.parametrize("text", [WORDS, WORD], ids=["words", "one word"])
@pytest.mark.parametrize(
    ("page", "method"),
    [("<h1>{}</h1><p>{}", "line"), ("<title>{}</title><p>b" + WORD + "</p><p>{}", "meta")],
    ids=["heading", "metadata"],
)
def test_a_long_title_is_cut_and_shows_it(text: str, page: str, method: str) -> None:
    article = article_of(page.format(text, STORY), "text/html")
    assert len(article.title) <= MAX_TITLE
    assert article.title.endswith("…")
    assert text.startswith(article.title[:-1])
    start, end, found = title_evidence(article)
    assert found == method
    if start is not None:
        assert article.original_text[start:end] == article.title[:-1]


def test_a_long_submitted_title_is_cut_between_words() -> None:
    article = article_of(json.dumps({"title": WORDS, "text": STORY}), PUSH_TYPE)
    assert len(article.title) <= MAX_TITLE
    assert article.title.endswith(" nghị…")
    assert title_evidence(article) == (None, None, "submitted")


@pytest.mark.parametrize("length", [MAX_TITLE - 1, MAX_TITLE])
def test_a_title_that_fits_is_as_printed(length: int) -> None:
    title = (WORDS[: length - 1] + "i").replace(" i", "ii")
    article = article_of(f"<h1>{title}</h1><p>{STORY}", "text/html")
    assert article.title == title
    assert title_evidence(article) == (0, length, "line")


@pytest.mark.parametrize("page", [WORD, WORD + ".", f"<p>{WORD}", f"{WORD}\n\n{WORD}"])
def test_a_word_without_end_is_no_article(page: str) -> None:
    outcome = extract(received(page, "text/html" if page.startswith("<") else "text/plain"))
    assert isinstance(outcome, ArticleRejected)
    assert outcome.reason.code == "no_article"


def test_prose_beside_a_word_without_end_is_an_article() -> None:
    assert STORY.strip() in article_of(f"{WORD}\n\n{STORY}").body
