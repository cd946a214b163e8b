"""A tag with absurdly many attributes is refused before it is parsed; nothing else is, however odd."""

import json
import time
from contextlib import suppress

import pytest

from bantin.events import ArticleRejected
from bantin_extract.handler import extract
from bantin_extract.reading.attributes import MAX_ATTRIBUTES, require_few_attributes
from bantin_extract.reading.decode import PUSH_TYPE
from bantin_extract.rejection import RejectedError
from tests.extract.received import received


def tag(count: int, attribute: str = "a{}=1") -> str:
    return "<p " + " ".join(attribute.format(number) for number in range(count)) + ">"


@pytest.mark.parametrize("attribute", ["a{}", "a{}=1", "a{} = 'x'", 'a{}=">"', "a{}='<!--'", "same"])
def test_a_tag_may_have_so_many_and_no_more(attribute: str) -> None:
    require_few_attributes(f"<div>{tag(MAX_ATTRIBUTES, attribute)}</div>")
    with pytest.raises(RejectedError):
        require_few_attributes(f"<div>{tag(MAX_ATTRIBUTES + 1, attribute)}</div>")


@pytest.mark.parametrize(
    "before", ["<script>a<b</script>", "<!-- <b -->", "<!---->", "<title>x</title>", "< 3 ", "<!doctype html>", "</p>"]
)
def test_it_is_found_behind_what_is_no_markup(before: str) -> None:
    with pytest.raises(RejectedError):
        require_few_attributes(before + tag(MAX_ATTRIBUTES + 1))


@pytest.mark.parametrize(
    "html",
    [
        "<script>" + "if (a <b c d) e " * 1_000 + "</script>",
        "<style>" + "a <b c d e " * 1_000 + "</style>",
        "<!-- " + tag(2_000) + " -->",
        "<p title='" + "a b c " * 1_000 + "'>",
        "1 < 2 and more words " * 1_000,
        tag(30) * 1_000,
        "",
    ],
    ids=["script", "style", "comment", "value", "text", "many tags", "nothing"],
)
def test_words_that_are_no_attributes_do_not_count(html: str) -> None:
    require_few_attributes(html)


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<a/", "<!-- x", "<script>", "<title></titl", '<p a="', "<p a='\"", "<p>", "a=\"'<p ", "<!"]
)
def test_the_time_is_proportional_to_the_length(piece: str) -> None:
    start = time.process_time()
    with suppress(RejectedError):
        require_few_attributes(piece * (5_000_000 // len(piece)))
    assert time.process_time() - start < 5


NEWS = json.dumps({"@type": "NewsArticle", "articleBody": f"<p>x</p>{tag(9_000)}"})


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (f"<html><body>{tag(400_000)}hello", "text/html"),
        (json.dumps({"html": f"{tag(400_000)}hello"}), PUSH_TYPE),
        (f'<script type="application/ld+json">{NEWS}</script>', "text/html"),
    ],
    ids=["page", "pushed", "body in JSON-LD"],
)
def test_a_page_with_such_a_tag_is_rejected(content: str, content_type: str) -> None:
    outcome = extract(received(content, content_type))
    assert isinstance(outcome, ArticleRejected)
    assert outcome.reason.code == "undecodable"
    assert "1,000 attributes" in outcome.reason.detail
