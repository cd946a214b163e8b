"""Makes small documents with invented content for tests, good and hostile ones."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

TITLE = "Bản Mây mở hội trồng rừng đầu xuân"
FIRST = (
    "Sáng 13/2, tại nhà văn hóa bản Mây, bà con cùng nhau ra quân trồng rừng đầu xuân; hơn một trăm hộ ở các bản vùng "
    "cao đã tham gia, mỗi hộ nhận hai trăm cây giống."
)
SECOND = "Theo kế hoạch, toàn xã trồng mới 125,5 ha rừng, tăng 12 ha so với năm trước và giữ rừng đầu nguồn."
PARAGRAPHS = (TITLE, "Thứ Ba, 14/02/2023, 14:20", FIRST, SECOND)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def docx(body: str | None = None, prolog: str = "", extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return a DOCX document with the paragraphs, or with a body of its own."""
    if body is None:
        body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in PARAGRAPHS)
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{WORD}">'
            f"<w:body>{body}</w:body></w:document>",
            **(extra or {}),
        }
    )


def odt(text: str | None = None, prolog: str = "", manifest: str = "") -> bytes:
    """Return an ODT document with the paragraphs, or with a text of its own."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{oasis}{name}:1.0"' for name in ("office", "text", "table"))
    if text is None:
        first, *others = PARAGRAPHS
        text = f'<text:h text:outline-level="1">{first}</text:h>' + "".join(f"<text:p>{one}</text:p>" for one in others)
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {names}><office:body>'
        f"<office:text>{text}</office:text></office:body></office:document-content>",
    }
    if manifest:
        parts["META-INF/manifest.xml"] = (
            f'<m:manifest xmlns:m="{oasis}manifest:1.0"><m:file-entry>{manifest}</m:file-entry></m:manifest>'
        )
    return zipped(parts)


def rtf(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    """Return an RTF document; letters beyond ASCII are written as Word writes them."""

    def written(text: str) -> str:
        return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)

    lines = "".join(f"{written(text)}\\par\n" for text in paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1258\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\\f0\n{lines}}}".encode()


GAP = "\0"
PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n"


def pdf(
    pages: Sequence[Sequence[tuple[float, float, float, str]]], encrypted: bool = False, scanned: bool = False
) -> bytes:
    """Return a PDF with text at places: each page a list of x, y, size in points, and text.

    All letters are half as wide as the size; GAP leaves room for one. `scanned`: a picture lies under each page.
    """
    letters = sorted({char for page in pages for *_, text in page for char in text if char != GAP})
    codes = {char: code for code, char in enumerate(letters, start=1)}
    objects: list[bytes] = [b"", b"", _font(), _descendant(), b"<</Type/FontDescriptor/FontName/F/Flags 4>>"]
    objects.append(_stream(_to_unicode(codes)))
    kids: list[int] = []
    for page in pages:
        shown = "".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm [{_shown(text, codes)}] TJ ET\n" for x, y, size, text in page
        )
        objects.append(_stream((PICTURE * scanned + shown).encode()))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    if encrypted:
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>")
    return _assembled(objects, encrypted=encrypted)


def _shown(text: str, codes: Mapping[str, int]) -> str:
    return " ".join("-500" if char == GAP else f"<{codes[char]:04x}>" for char in text)


def _font() -> bytes:
    return b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"


def _descendant() -> bytes:
    system = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo" + system + b"/FontDescriptor 5 0 R/DW 500"
        b"/CIDToGIDMap/Identity>>"
    )


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    pairs = "\n".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _assembled(objects: Sequence[bytes], *, encrypted: bool) -> bytes:
    target = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(target))
        target += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(target)
    target += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    target += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    encrypt = b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects) if encrypted else b""
    target += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, encrypt, start)
    return bytes(target)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file (the container of legacy office documents) with streams of at least 4096 bytes."""
    sector, end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain: list[int] = [fat_mark, end]  # the table itself, the directory
    data, entries = b"", [_entry("Root Entry", 5, end, 0, child=1)]
    for number, (name, content) in enumerate(streams.items()):
        padded = content.ljust(max(4096, -(-len(content) // sector) * sector), b"\0")
        first = len(chain)
        count = len(padded) // sector
        chain += [*range(first + 1, first + count), end]
        sibling = number + 2 if number + 1 < len(streams) else free
        entries.append(_entry(name, 2, first, len(padded), right=sibling))
        data += padded
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(sector, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    return header.ljust(sector, b"\xff") + table + b"".join(entries).ljust(sector, b"\0") + data


def _entry(name: str, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return head + bytes(36) + struct.pack("<II", start, size) + bytes(4)


def doc(paragraphs: Sequence[str] = PARAGRAPHS, flags: int = 0) -> bytes:
    """Return a legacy Word document: its first paragraph compressed, the others as UTF-16."""
    first, rest = "Ban May\r", "".join(f"{text}\r" for text in paragraphs)
    text_at = 1024
    body = first.encode("cp1252") + rest.encode("utf-16-le")
    stream = bytearray(text_at) + body
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", stream, 0x0A, flags)
    struct.pack_into("<I", stream, 0x4C, len(first) + len(rest))
    bounds = struct.pack("<III", 0, len(first), len(first) + len(rest))
    pieces = struct.pack("<HIH", 0, text_at * 2 | 0x40000000, 0) + struct.pack("<HIH", 0, text_at + len(first), 0)
    table = b"\x02" + struct.pack("<I", len(bounds + pieces)) + bounds + pieces
    struct.pack_into("<II", stream, 0x01A2, 0, len(table))
    return compound({"WordDocument": bytes(stream), "0Table": table})
