"""Pages made to hurt end in time; no text at all makes the extraction fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.events import ArticleEnriched
from bantin_extract.handler import extract
from tests.extract.received import received

SENTENCE = (
    "Ngày 3/4, đồng chí Lê Văn Ba, Chủ tịch UBND tỉnh dự lễ phát động phong trào thi đua “Vì quê hương” "
    "theo Nghị quyết số 06-NQ/TU. "
)
PIECES = [
    "Đồng chí",
    "Nguyễn Văn An",
    "các",
    ",",
    ":",
    ";",
    ".",
    "–",
    "Chủ tịch",
    "UBND",
    "tỉnh",
    "huyện",
    "“",
    "”",
    '"',
    "phong trào",
    "Nghị quyết",
    "số",
    "06-NQ/TU",
    "ngày",
    "1/2/2020",
    "của",
    "về",
    "\n",
    "\n\n",
    "Tin",
    "(",
    ")",
    "Theo",
    "Đắk R'lấp",
    "a" * 130,
    "Ảnh:",
    "12",
    "Các tin khác",
    "<p>",
    "</p>",
    "<h1>",
    "&nbsp;",
    "İ",
    "ﬁ",
    "\u0301",
]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "page",
    [
        "(" * 1_000_000,
        "Nghị quyết số " * 100_000,
        (SENTENCE * 80_000)[:10_000_000],
        "đồng chí Nguyễn Văn " * 60_000,
        "phong trào “" * 100_000,
        "12 " * 400_000 + "2017",
        "<div>" * 200_000 + "x",
        "aB" * 500_000,
        "&a" * 300_000,
        "<table><tr><td>" * 900 + "<p>chữ" * 300_000,
    ],
    ids=[
        "brackets",
        "kinds",
        "one line of 10 MB",
        "names",
        "quotes",
        "numbers",
        "nesting",
        "glued",
        "one word",
        "tables",
    ],
)
def test_ends(page: str) -> None:
    extract(received(page, "text/html" if page.startswith("<") else "text/plain"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120), st.sampled_from(["text/plain", "text/html"]))
def test_never_fails_and_offsets_hold(pieces: list[str], content_type: str) -> None:
    check(SENTENCE * 3 + " ".join(pieces), content_type)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text, "text/plain")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    extract(received(raw, "text/html"))


def check(text: str, content_type: str) -> None:
    outcome = extract(received(text.encode("utf-8", "replace"), content_type))
    if not isinstance(outcome, ArticleEnriched):
        return
    article = outcome.article
    assert article.title
    for item in article.evidence:
        if item.start is not None:
            assert item.end is not None
            assert 0 <= item.start < item.end <= len(article.original_text)
