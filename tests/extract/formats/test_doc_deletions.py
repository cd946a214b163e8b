"""Text that a legacy Word document keeps as deleted is not read; damage to what says so is no error."""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from bantin_extract.formats.doc_deletions import deleted_ranges, kept
from bantin_extract.formats.documents import read_document
from tests.extract.formats.made import compound

TEXT = "Ban May co sau bay nha van hoa\r"
TEXT_AT = 1_024
DELETION = b"\x35\x08\x01" + b"\x00\x08\x01"
"""Bold, then deleted: two properties of one run."""


def runs_page(*runs: tuple[int, int, bytes]) -> bytes:
    """Return the page that holds the properties of runs, each from a byte of the stream to another."""
    page = bytearray(512)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *(start for start, _, _ in runs), runs[-1][1])
    at = 480
    for number, (_, _, properties) in enumerate(runs):
        if properties:
            page[4 * (len(runs) + 1) + number] = at // 2
            page[at : at + 1 + len(properties)] = bytes([len(properties)]) + properties
            at -= 32
    page[-1] = len(runs)
    return bytes(page)


def document(page: bytes) -> bytes:
    stream = bytearray(512) + page + TEXT.encode("cp1252")
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<I", stream, 0x4C, len(TEXT))
    pieces = struct.pack("<IIHIH", 0, len(TEXT), 0, TEXT_AT * 2 | 0x40000000, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    runs = struct.pack("<III", TEXT_AT, TEXT_AT + len(TEXT), 1)
    struct.pack_into("<II", stream, 0x01A2, 0, len(clx))
    struct.pack_into("<II", stream, 0xFA, len(clx), len(runs))
    return compound({"WordDocument": bytes(stream), "0Table": clx + runs})


def test_deleted_words_are_left_out() -> None:
    at = TEXT_AT + TEXT.index("sau")
    page = runs_page((TEXT_AT, at, b""), (at, at + 4, DELETION), (at + 4, TEXT_AT + len(TEXT), b"\x35\x08\x01"))
    parsed = read_document(document(page), "application/msword")
    assert parsed is not None
    assert parsed.text == "Ban May co bay nha van hoa\n"


def test_what_is_left_of_a_range() -> None:
    assert list(kept(10, 20, [(0, 5), (8, 12), (14, 15), (19, 30)])) == [(12, 14), (15, 19)]
    assert list(kept(10, 20, [(0, 40)])) == []


@settings(max_examples=200, deadline=None)
@given(page=st.binary(min_size=512, max_size=512), table=st.binary(max_size=64))
def test_any_damage_leaves_ranges_in_order(page: bytes, table: bytes) -> None:
    found = deleted_ranges(page, table + struct.pack("<III", 0, 512, 0))
    found += deleted_ranges(page, struct.pack("<III", 0, 512, 0))
    assert all(start < end for start, end in found)
