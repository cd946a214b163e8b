"""Whatever a record holds, what is shown of it is short, and nothing in it acts on a terminal."""

from hypothesis import example, given
from hypothesis import strategies as st

from bantin_ingest.deadletters.plain import PREVIEW_CHARACTERS, plain, plain_lines, preview


@given(st.text() | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "L"])))
@example("\x1b[2J\u202e\u200b\u2028\ud800\x9b")
def test_nothing_that_acts_is_left(text: str) -> None:
    assert plain(text).isprintable()
    assert plain_lines(text).replace("\n", "").replace("\t", "").isprintable()
    plain(text).encode()


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_content_can_be_shown(content: bytes) -> None:
    shown = preview(content)
    assert shown.text.replace("\n", "").replace("\t", "").isprintable()
    assert (shown.kind == "empty") == (not content)
    assert not shown.truncated or shown.kind == "binary"


def test_words_are_shown_as_they_are_and_a_cut_breaks_no_letter() -> None:
    assert preview("Dân vận khéo\n\tở cơ sở\r\n".encode()).text == "Dân vận khéo\n\tở cơ sở\n"
    long = preview(("ở" * 10_000).encode())
    assert (long.kind, long.text, long.truncated) == ("text", "ở" * PREVIEW_CHARACTERS, True)


def test_what_is_no_text_is_shown_as_numbers() -> None:
    assert preview(b"%PDF-1.7\n\x00\xff").text == "25 50 44 46 2d 31 2e 37 0a 00 ff"
    assert preview(bytes(range(128, 256)) * 10).truncated


def test_a_long_line_ends_in_an_ellipsis() -> None:
    assert plain("x" * 10, 4) == "xxxx…"
