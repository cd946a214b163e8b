"""Bytes become text whatever their encoding; what is no text is refused with its own code."""

import codecs
import csv
import unicodedata
from pathlib import Path

import pytest

from bantin_extract.reading.decode import PUSH_TYPE, clean, decode
from bantin_extract.reading.legacy_encodings import from_tcvn3, from_vni
from bantin_extract.rejection import RejectedError

TEXT = (
    "Sáng nay, Ủy ban nhân dân huyện tổ chức hội nghị triển khai kế hoạch phát triển kinh tế của tỉnh.\n"
    "Các đại biểu đã thảo luận những việc cần thực hiện trong năm đến, không để người dân phải chờ.\n"
)
LETTERS = Path(__file__).parents[4] / "shared/data/encoding_normalisation/letters.csv"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8, decomposed"),
    ],
)
def test_unicode(raw: bytes, name: str) -> None:
    decoded = decode(raw, "text/plain")
    assert (decoded.text, decoded.encoding) == (TEXT, name)


def cp1258(text: str) -> bytes:
    """Encode as Vietnamese Windows did: the vowel's own mark composed, the tone a combining character."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            own = [mark for mark in marks if mark not in tones]
            out += unicodedata.normalize("NFC", base + "".join(own)).encode("cp1258") + "".join(tones).encode("cp1258")
    return bytes(out)


def test_cp1258() -> None:
    decoded = decode(cp1258(TEXT), "text/plain; charset=windows-1258")
    assert (decoded.text, decoded.encoding) == (TEXT, "cp1258")


def test_double_encoded_utf8() -> None:
    garbled = TEXT.encode().decode("latin-1")
    assert decode(garbled.encode(), "text/plain").text == TEXT


def hex_tables() -> list[dict[str, str]]:
    if not LETTERS.is_file():
        pytest.skip("the tables of letters (../shared/data/encoding_normalisation) are not here")
    with LETTERS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def single_byte(text: str, column: str) -> bytes:
    table = {row["letter"]: bytes.fromhex(row[column]) for row in hex_tables() if row[column]}
    return b"".join(table.get(char, char.encode("ascii", "replace")) for char in text)


@pytest.mark.parametrize(("column", "name"), [("tcvn3_hex", "tcvn3"), ("vni_hex", "vni")])
def test_font_encodings(column: str, name: str) -> None:
    text = TEXT.replace("Ủy", "ủy").replace("Ủ", "ủ")
    decoded = decode(single_byte(text, column), "text/plain")
    assert decoded.encoding == name
    assert decoded.text.lower() == text.lower()


def test_every_letter_of_the_font_tables() -> None:
    for row in hex_tables():
        if row["tcvn3_hex"]:
            assert from_tcvn3(bytes.fromhex(row["tcvn3_hex"]).decode("latin-1")) == row["letter"]
        assert from_vni(bytes.fromhex(row["vni_hex"]).decode("latin-1")) == row["letter"], row


@pytest.mark.parametrize(
    ("raw", "content_type", "code"),
    [
        (b"", "text/plain", "empty"),
        (b" \n\t ", "text/plain", "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "unsupported_type"),
        (b"PK\x03\x04rest", "application/octet-stream", "unsupported_type"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "unsupported_type"),
        (b"abc", "image/svg+xml", "unsupported_type"),
        (b"\xfd7zXZ\x00...", "application/octet-stream", "unsupported_type"),
        (b"\x28\xb5\x2f\xfd...", "application/octet-stream", "unsupported_type"),
        (b'{"text":"\xe1"}', PUSH_TYPE, "undecodable"),
        (bytes(range(256)) * 20, "application/octet-stream", "undecodable"),
    ],
)
def test_refused(raw: bytes, content_type: str, code: str) -> None:
    with pytest.raises(RejectedError) as caught:
        decode(raw, content_type)
    assert caught.value.reason.code == code


def test_invisible_characters_go() -> None:
    assert decode("Hội\u00a0nghị\u200b xong\r\n".encode(), "text/plain").text == "Hội nghị xong\n"


def test_text_that_is_only_called_html_keeps_its_lines() -> None:
    decoded = decode(f"Giá > 5 &amp; < 9\n{TEXT}".encode(), "text/html")
    assert (decoded.form, decoded.text) == ("text", f"Giá > 5 & < 9\n{TEXT}")
    assert decode(f"{TEXT}<br>{TEXT}".encode(), "text/html").form == "html"


def test_halves_of_characters_join_or_go() -> None:
    assert clean("Vui \ud83d\ude00, \ud83d xong") == "Vui \U0001f600,  xong"


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "utf-7", "unicode_escape", "raw-unicode-escape", "rot13", "x\0"]
)
def test_a_charset_that_is_none_is_not_believed(charset: str) -> None:
    assert (
        "Hôtel à Paris" in decode("Hôtel à Paris +2D0- \\ud83d".encode("cp1252"), f"text/plain; charset={charset}").text
    )
