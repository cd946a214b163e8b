"""Documents made to hurt are rejected with a reason, in little memory; any damage ends so, never in an error."""

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.events import ArticleRejected
from bantin_extract.formats.package import MAX_PARTS
from bantin_extract.formats.pdf import MAX_PAGES
from bantin_extract.handler import extract
from tests.extract.formats.made import PARAGRAPHS, compound, doc, docx, odt, pdf, rtf, zipped
from tests.extract.received import received

LAUGHS = (
    "<!DOCTYPE x ["
    + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10 if level else "ha"}">' for level in range(10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = 100_000
SHEET = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"})


def encrypted_docx() -> bytes:
    return compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})


def lying_docx() -> bytes:
    raw = bytearray(docx(body="<w:p/>" * 100_000))
    with zipfile.ZipFile(BytesIO(raw)) as package:
        central = package.start_dir
    while (central := raw.find(b"PK\x01\x02", central)) >= 0:
        struct.pack_into("<I", raw, central + 24, 10)
        central += 4
    return bytes(raw)


def displaced(package: bytes) -> bytes:
    """Return a package whose list of parts is said to begin later, so that its first part would begin before it."""
    raw = bytearray(package)
    said_at = raw.rindex(b"PK\x05\x06") + 16
    struct.pack_into("<I", raw, said_at, struct.unpack_from("<I", raw, said_at)[0] + 5)
    return bytes(raw)


HOSTILE = {
    "displaced docx": (displaced(docx()), "undecodable"),
    "displaced odt": (displaced(odt()), "undecodable"),
    "laughs in docx": (docx(body="&a9;", prolog=LAUGHS), "undecodable"),
    "laughs in odt": (odt(text="&a9;", prolog=LAUGHS), "undecodable"),
    "files of ours in docx": (docx(body="<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", prolog=OUTSIDE), "undecodable"),
    "files of ours in odt": (odt(text="<text:p>&a;</text:p>", prolog=OUTSIDE), "undecodable"),
    "deep docx": (docx(body="<w:p>" * DEEP + "</w:p>" * DEEP), "undecodable"),
    "deep odt": (odt(text="<text:p>" * DEEP + "</text:p>" * DEEP), "undecodable"),
    "bomb in docx": (docx(extra={"word/media/x.xml": b" " * 100_000_000}), "archive_unsafe"),
    "bomb in odt": (odt(text=" " * 100_000_000), "archive_unsafe"),
    "many parts": (docx(extra={f"x{number}": b"" for number in range(MAX_PARTS)}), "archive_unsafe"),
    "lying sizes": (lying_docx(), "undecodable"),
    "truncated docx": (docx()[:-100], "undecodable"),
    "broken xml": (docx(body="<w:p>"), "undecodable"),
    "a document elsewhere": (zipped({"word/document.xml": "<x/>"}), "undecodable"),
    "a spreadsheet": (SHEET, "unsupported_type"),
    "encrypted docx": (encrypted_docx(), "encrypted"),
    "a legacy spreadsheet": (compound({"Workbook": b"x"}), "unsupported_type"),
    "a compound file of nothing": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "undecodable"),
    "many pages": (pdf([[(70, 700, 12, "a")]] * (MAX_PAGES + 1)), "too_large"),
    "truncated pdf": (pdf([[(70, 700, 12, "a")]])[:200], "undecodable"),
    "rtf of brackets": (b"{\\rtf1" + b"{" * 100_000, "no_text"),
    "rtf of links": (b"{\\rtf1" + b"{\\field{\\*\\fldinst{" * 20_000, "no_text"),
    "rtf of numbers": (b"{\\rtf1\\uc99999999999 \\u99999999999 ", "undecodable"),
    "deep mail": (
        b"MIME-Version: 1.0\nTo: a\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
        "archive_unsafe",
    ),
    "mail of many parts": (
        b"MIME-Version: 1.0\nTo: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * 2_000,
        "archive_unsafe",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_is_rejected_with_the_reason(name: str) -> None:
    content, code = HOSTILE[name]
    tracemalloc.start()
    outcome = extract(received(content))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(outcome, ArticleRejected)
    assert outcome.reason.code == code, outcome.reason
    assert peak < 150_000_000, f"{peak:,} bytes"


WHOLE = {
    "pdf": pdf([[(70, 700.0 - 20 * number, 12, text[:70]) for number, text in enumerate(PARAGRAPHS)]]),
    "docx": docx(),
    "odt": odt(),
    "rtf": rtf(),
    "doc": doc(),
    "eml": b"From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
    + "\n".join(PARAGRAPHS).encode(),
}


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None)
@given(
    damage=st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), max_size=10),
    length=st.integers(0, 40_000),
)
def test_any_damage_ends_in_an_outcome(kind: str, damage: list[tuple[int, int]], length: int) -> None:
    broken = bytearray(WHOLE[kind])
    for at, value in damage:
        broken[at % len(broken)] = value
    extract(received(bytes(broken[: max(20, length % (2 * len(broken)))])))
