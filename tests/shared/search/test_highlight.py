"""Highlights show the article's own text, safely, with the words that were sought marked."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.fragments import LONGEST, Span, fragments, paragraphs
from bantin.search.highlight import MAX_FRAGMENTS, READ, highlight
from bantin.search.words import parse_words

WORDS = st.sampled_from(
    ["dân", "vận", "khéo", "Dân", "dan", "<b>", "&", "04-NQ/TU.", "hội nghị,", "tỉnh.", "\n\n", "a" * 300]
)
BODY = st.lists(WORDS, max_size=120).map(" ".join)
QUERY = st.sampled_from(["", "dan van", "dân vận khéo", '"dân vận"', "-dân", "tinh 04-nq/tu", "<b>", "khong co"])


def marked(text: str, query: str) -> str:
    return "|".join(highlight("", text, parse_words(query)).highlight.body)


def test_words_typed_without_accents_mark_any_accents():
    assert marked("Phong trào dân vận khéo.", "dan van") == "Phong trào <mark>dân vận</mark> khéo."


def test_words_typed_with_accents_mark_exact_spellings_where_there_are_any():
    assert marked("bắc và bậc", "bắc") == "<mark>bắc</mark> và bậc"
    assert marked("bậc và bạc", "bắc") == "<mark>bậc</mark> và <mark>bạc</mark>"


def test_tone_placement_and_unicode_form_do_not_matter():
    assert marked("Hoà bình", "hòa") == "<mark>Hoà</mark> bình"
    assert marked("Ho\u0061\u0300 bi\u0300nh", "hòa") == "<mark>Hoa\u0300</mark> bi\u0300nh"


def test_a_phrase_marks_only_as_a_whole():
    assert (
        marked("dân vận; vận dân; dân, vận", '"dân vận"')
        == "<mark>dân vận</mark>; vận dân; <mark>dân</mark>, <mark>vận</mark>"
    )
    assert marked("a a b a a a b", '"a a b"') == "<mark>a a b a a a b</mark>".replace("b a a", "b</mark> a <mark>a", 1)


def test_document_numbers_are_one_mark():
    assert marked("Văn bản số 04-NQ/TU ngày", "04-nq/tu") == "Văn bản số <mark>04-NQ/TU</mark> ngày"


def test_markup_in_an_article_is_escaped():
    found = highlight("<script>alert(1)</script>", '<img src="x"> dân', parse_words("script dan"))
    assert found.highlight.title == ("&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;",)
    assert found.highlight.body == ("&lt;img src=&quot;x&quot;&gt; <mark>dân</mark>",)
    assert found.snippet == '<img src="x"> dân', "plain text, not HTML"


def test_the_fragment_that_shows_most_comes_first():
    filler = "Đây là một câu không có gì để tìm và nó dài vừa đủ để đứng một mình. " * 4
    body = f"Chỉ có dân ở đây. {filler}\n\n{filler}\n\nỞ đây có dân vận khéo. {filler}"
    found = highlight("", body, parse_words("dân vận khéo"))
    assert found.highlight.body[0].startswith("Ở đây có <mark>dân vận khéo</mark>.")
    assert found.snippet.startswith("Ở đây có dân vận khéo.")
    assert len(found.highlight.body) == 2


def test_without_words_the_lead_is_shown_and_nothing_marked():
    found = highlight("Tiêu đề", "Câu đầu.\n\nCâu sau.", parse_words(""))
    assert (found.highlight.title, found.highlight.body, found.snippet) == ((), (), "Câu đầu.")


@given(BODY, QUERY)
def test_highlights_are_the_original_text_with_marks(body: str, query: str):
    found = highlight(body, body, parse_words(query))
    assert len(found.highlight.body) <= MAX_FRAGMENTS
    for fragment in found.highlight.title + found.highlight.body:
        bare = re.sub(r"</?mark>", "", fragment)
        assert "<" not in bare
        assert '"' not in bare
        assert unescape(bare) in body
        assert re.fullmatch(r"(?:[^<]*<mark>[^<]+</mark>)+[^<]*", fragment)
    assert found.snippet in body


@given(BODY)
def test_fragments_cover_every_word_once(body: str):
    marks = [Span(*found.span()) for found in re.finditer("dân vận", body)]
    spans = [span for line in paragraphs(body) for span in fragments(body, line, marks)]
    for one, following in pairwise(spans):
        assert one.end <= following.start
        assert not body[one.end : following.start].strip()
    assert "".join(body[span.start : span.end] for span in spans).split() or not body.strip()
    assert sum(len(re.sub(r"\s", "", body[span.start : span.end])) for span in spans) == len(re.sub(r"\s", "", body))
    assert all(span.end - span.start <= LONGEST + len("dân vận") for span in spans)
    assert all("dân vận" not in body[one.end - 4 : following.start + 4] for one, following in pairwise(spans))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("ubnd xã", "<mark>Ủy ban nhân dân xã</mark> họp với hội nhân dân"),
        ("ủy ban nhân dân", "<mark>Ủy ban nhân dân</mark> xã họp với hội <mark>nhân dân</mark>"),
        ("test box", "Ủy ban nhân dân xã họp với hội nhân dân"),
    ],
)
def test_other_wordings_of_the_words_are_marked_as_a_whole(query: str, marked: str):
    found = highlight("Ủy ban nhân dân xã họp với hội nhân dân", "", parse_words(query)).highlight
    assert found.title == ((marked,) if "<mark>" in marked else ())


def test_words_that_look_like_keys_are_marked_as_they_are():
    assert highlight("Test box", "", parse_words("test box")).highlight.title == ("<mark>Test box</mark>",)


def test_of_a_body_without_end_the_beginning_is_shown():
    sentence = "Hội nghị bàn về công tác dân vận. "
    body = sentence * (READ // len(sentence) + 1) + "Nước lũ rút dần."
    assert "lũ" not in str(highlight("Tin", body, parse_words("lũ")))
    assert highlight("Tin", body, parse_words("lũ")).snippet.startswith(sentence.strip())
    assert highlight("Tin", body, parse_words("dân vận lũ")).highlight.body[0].startswith("Hội nghị")
