"""Names on receipts lead nowhere and deceive nobody."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin_ingest.media_types import PUSHED_ARTICLE, UNKNOWN, media_type
from bantin_ingest.names import MAX_CHARACTERS, display_name


@pytest.mark.parametrize(
    ("submitted", "shown"),
    [
        ("tin.html", "tin.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\tin.html", "tin.html"),
        ("thư mục/Dân vận khéo.html", "Dân vận khéo.html"),
        (unicodedata.normalize("NFD", "Dân vận.txt"), "Dân vận.txt"),
        ("tin\x00.html", "tin.html"),
        ("tin\u202elmth.exe", "tinlmth.exe"),
        ("\u2066a\u2069.txt", "a.txt"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"),
        ("thu-muc/", "thu-muc"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("\ud800", "unnamed"),
        (" . ", "unnamed"),
        ("tin\u200b\u200c\u200d\u2060\ufeff\u00ad.html", "tin.html"),
        ("\u3164\u2800\u115f", "unnamed"),
        ("tin\U000e0041\ufe0f.html", "tin.html"),
        ("\x1b[2J\x1b]0;x\x07\x9b31mtin.html", "[2J]0;x31mtin.html"),
        ("CON", "CON"),
        ("..\\..\\NUL:", "NUL:"),
    ],
)
def test_only_the_name_is_left(submitted: str, shown: str) -> None:
    assert display_name(submitted) == shown


@given(st.text(max_size=400))
def test_any_text_gives_a_harmless_name(text: str) -> None:
    name = display_name(text)
    assert 0 < len(name) <= MAX_CHARACTERS
    assert not set(name) & set("/\\\0\r\n\u202e\u2066")
    assert not {unicodedata.category(letter) for letter in name} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(name) & set("\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164")
    assert name not in (".", "..")
    assert name.encode()
    assert display_name(name) == name


@pytest.mark.parametrize(
    ("declared", "name", "expected"),
    [
        ("text/html; charset=windows-1258", "a.bin", "text/html; charset=windows-1258"),
        ("Text/HTML", "a", "text/html"),
        (None, "a.html", "text/html"),
        (None, "a.HTM", "text/html"),
        (None, "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (None, "a.tar.gz", "application/gzip"),
        (None, "a.warc", "application/warc"),
        ("application/octet-stream", "a.pdf", "application/pdf"),
        ("application/x-www-form-urlencoded", "a.txt", "text/plain"),
        ("no type", "a.txt", "text/plain"),
        ("text/html\r\nx: y", "a.txt", "text/plain"),
        (PUSHED_ARTICLE, "a.json", "application/json"),
        (None, "a:b.html", "text/html"),
        (None, "khong-duoi", UNKNOWN),
        (None, "a.txt.Z", UNKNOWN),
    ],
)
def test_the_sender_is_believed_where_sensible_else_the_name(declared: str | None, name: str, expected: str) -> None:
    assert media_type(declared, name) == expected
