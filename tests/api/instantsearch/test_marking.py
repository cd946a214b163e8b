"""Highlights are escaped exactly once: here for clients that trust us, not here for the library that does it itself."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bantin.search.words import parse_words
from bantin_api.instantsearch.marking import Tags, marked_answer, marked_parts, parts_of, read_tags, shortened

EVIL = 'Tin <script>alert("mưa")</script> & <mark>mưa</mark>'
WIDGETS = read_tags("__ais-highlight__", "__/ais-highlight__")


def marked(text: str, query: str, tags: Tags) -> str:
    words = parse_words(query)
    return marked_answer(marked_parts(text, words), words, tags)["value"]


def test_html_tags_stand_in_escaped_text():
    value = marked(EVIL, "mua", Tags())
    assert value == (
        "Tin &lt;script&gt;alert(&quot;<em>mưa</em>&quot;)&lt;/script&gt; &amp; &lt;mark&gt;<em>mưa</em>&lt;/mark&gt;"
    )
    assert marked(EVIL, "", Tags()) == html.escape(EVIL)
    tagged = read_tags('<span class="found-it x">', "</span>")
    assert '<span class="found-it x">mưa</span>' in marked(EVIL, "mua", tagged)


def test_placeholders_stand_in_text_as_it_is():
    value = marked(EVIL, "mua", WIDGETS)
    assert value.replace("__ais-highlight__", "").replace("__/ais-highlight__", "") == EVIL
    assert value.count("__ais-highlight__mưa__/ais-highlight__") == 2


def test_levels_say_how_many_of_the_words_matched():
    words = parse_words('mưa "bão lớn" nắng -gió')

    def level(text: str) -> tuple[str, list[str]]:
        answer = marked_answer(marked_parts(text, words), words, Tags())
        return answer["matchLevel"], answer["matchedWords"]

    assert level("Tin") == ("none", [])
    assert level("Tin mưa") == ("partial", ["mưa"])
    assert level("Mưa, nắng, bão lớn") == ("full", ["mưa", "nắng", "bão", "lớn"])


def test_a_snippet_is_the_stretch_around_the_first_mark():
    words = parse_words("chín")
    parts = marked_parts("một hai ba bốn năm sáu bảy tám chín mười", words)
    assert marked_answer(shortened(parts, 3, "…"), words, Tags())["value"] == "…tám <em>chín</em> mười"
    assert shortened(parts, 10, "…") == parts
    assert marked_answer(shortened(marked_parts("a b c d", words), 2, "…"), words, Tags())["value"] == "a b…"


@given(st.text(max_size=200), st.sampled_from(["mua", "a b c", "<", '"x y"', ""]))
def test_nothing_is_lost_and_nothing_but_the_tags_is_markup(text: str, query: str):
    value = marked(text, query, Tags())
    assert html.unescape(re.sub("</?em>", "", value)) == text
    assert not re.search("<(?!/?em>)", value)
    assert marked(text, query, WIDGETS).replace("__ais-highlight__", "").replace("__/ais-highlight__", "") == text


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.booleans()), max_size=6))
def test_highlights_of_engines_are_read_back(pieces: list[tuple[str, bool]]):
    written = "".join(f"<mark>{html.escape(text)}</mark>" if mark else html.escape(text) for text, mark in pieces)
    assert "".join(text for text, _ in parts_of(written)) == "".join(text for text, _ in pieces)
