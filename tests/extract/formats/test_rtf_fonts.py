"""The fonts of an RTF document say how its bytes read, and can't be made to hurt."""

import unicodedata

import pytest

from bantin_extract.formats.documents import read_document


def text_of(content: bytes) -> str:
    parsed = read_document(content, "application/rtf")
    assert parsed is not None
    return parsed.text


def test_bytes_are_read_by_the_character_set_of_their_font() -> None:
    fonts = rb"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f12\froman\fcharset163{\*\panose 02020603}Times;}}"
    text = text_of(rb"{\rtf1\ansi\ansicpg1252" + fonts + rb"\f12 \'f0oa\'ccn va\'cc\par}")
    assert unicodedata.normalize("NFC", text).startswith("đoàn và")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", [rb"\f1", rb"\f1\fcharset0 ", rb"\fcharset0 ", rb"{\deleted", rb"{"])
def test_ends(piece: bytes) -> None:
    assert text_of(rb"{\rtf1{\fonttbl{\f1" + piece * 50_000) is not None
