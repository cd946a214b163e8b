"""Spellings of one address are one article; different addresses stay different."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin_ingest.identity import (
    InvalidUrlError,
    article_id_of_bytes,
    article_id_of_url,
    checked_url,
    normalise_url,
)

NORMALISED = "https://xa.example.vn/tin/bai-1.html?a=1&b=2"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://xa.example.vn/tin/bai-1.html?a=1&b=2",
        "HTTPS://XA.Example.VN/tin/bai-1.html?a=1&b=2",
        "http://xa.example.vn/tin/bai-1.html?a=1&b=2",
        "http://xa.example.vn:80/tin/bai-1.html?a=1&b=2",
        "https://xa.example.vn:443/tin/bai-1.html?a=1&b=2",
        "https://xa.example.vn./tin/bai-1.html?a=1&b=2",
        "https://xa.example.vn/tin/bai-1.html?a=1&b=2#binh-luan",
        "https://xa.example.vn/tin/bai-1.html?b=2&a=1",
        "https://xa.example.vn/tin/bai-1.html?utm_source=zalo&a=1&UTM_Medium=x&b=2&fbclid=Iw",
        "https://xa.example.vn/tin/./anh/../bai-1.html?a=1&b=2",
        "https://xa.example.vn/%74in/bai%2D1.html?a=1&&b=2&",
    ],
)
def test_spellings_of_one_address_are_one(spelling: str) -> None:
    assert normalise_url(spelling) == NORMALISED
    assert article_id_of_url(spelling) == article_id_of_url(NORMALISED)


@pytest.mark.parametrize(
    "other",
    [
        "https://xa.example.vn/tin/bai-1.html/?a=1&b=2",
        "https://www.xa.example.vn/tin/bai-1.html?a=1&b=2",
        "https://xa.example.vn/Tin/bai-1.html?a=1&b=2",
        "https://xa.example.vn:8080/tin/bai-1.html?a=1&b=2",
        "https://xa.example.vn/tin/bai-1.html?a=1%26b=2",
        "https://xa.example.vn/tin%2Fbai-1.html?a=1&b=2",
        "https://xa.example.vn/tin/bai-1.html?a=2&b=1",
        "https://xa.example.vn/tin/bai-1.html",
    ],
)
def test_other_addresses_stay_others(other: str) -> None:
    assert normalise_url(other) != NORMALISED


def test_repeated_parameters_keep_their_order() -> None:
    assert normalise_url("https://a.vn/?x=2&a=0&x=1") == "https://a.vn/?a=0&x=2&x=1"


def test_vietnamese_is_escaped_the_same_however_it_was_written() -> None:
    assert normalise_url("https://a.vn/tin/dân-vận?q=khéo") == normalise_url(
        "https://a.vn/tin/d%c3%a2n-v%E1%BA%ADn?q=kh%C3%a9o"
    )
    assert normalise_url("https://báo.vn/") == normalise_url("https://xn--bo-mia.vn/") == "https://xn--bo-mia.vn/"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "xa.example.vn/tin",
        "ftp://a.vn/",
        "javascript:alert(1)",
        "http://",
        "http:///tin",
        "https://a.vn:99999/",
        "https://a.vn:x/",
        "https://[::1/",
        "https://ai:mat-khau@a.vn/",
        "https://a.vn/hai tu",
        "https://a.vn/\x00",
        "https://a.vn/\ud800",
        "https://a..vn/",
        "https://" + "a" * 64 + ".vn/",
        "https://a.vn/" + "x" * 2_048,
    ],
)
def test_what_is_no_web_address_is_refused_with_a_reason(bad: str) -> None:
    with pytest.raises(InvalidUrlError, match=r"\w"):
        checked_url(bad)


URL = st.builds(
    lambda scheme, host, path, query, fragment: f"{scheme}://{host}.vn/{path}?{query}#{fragment}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.from_regex(r"[a-zA-Z][a-zA-Z0-9-]{0,10}[a-z0-9]", fullmatch=True).filter(lambda host: "--" not in host),
    *[st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="#?"), max_size=30)] * 2,
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=5),
)


@given(URL)
def test_normalising_twice_changes_nothing_more_and_gives_ascii(url: str) -> None:
    once = normalise_url(url)
    assert normalise_url(once) == once
    assert once.isascii()


@given(URL, st.sampled_from(["utm_source=x", "fbclid=1", "gclid="]))
def test_tracking_and_fragments_never_matter(url: str, tracking: str) -> None:
    address, _, _ = url.partition("#")
    assert article_id_of_url(url) == article_id_of_url(f"{address}&{tracking}#khac")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_clear_error(text: str) -> None:
    try:
        assert normalise_url(text).startswith("https://")
    except InvalidUrlError as error:
        assert str(error)


def test_without_an_address_the_bytes_are_the_article() -> None:
    assert article_id_of_bytes(b"tin") == hashlib.sha256(b"tin").hexdigest()[:32]
