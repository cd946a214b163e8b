"""ODT to HTML: headings, paragraphs, list items and table cells of the text, without notes, comments and deletions.

Source: OASIS OpenDocument 1.3, part 3 (schema), chapters 5 (text), 9 (tables).
"""

from html import escape

from bantin_extract.formats.markup import read_xml
from bantin_extract.formats.package import Package
from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

_BODY = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{_OASIS}text:1.0 "
_TABLE = f"{_OASIS}table:1.0 "
_OFFICE = f"{_OASIS}office:1.0 "
_MANIFEST_NS = f"{_OASIS}manifest:1.0 "
_SKIPPED = frozenset(
    (
        *(_TEXT + name for name in ("tracked-changes", "note", "ruby-text", "sequence-decls", "table-of-content")),
        *(_OFFICE + name for name in ("annotation", "forms", "scripts", "font-face-decls", "automatic-styles")),
    )
)
_BLOCKS = {
    _TEXT + "p": "p", _TEXT + "list": "ul", _TEXT + "list-item": "li", _TABLE + "table": "table",
    _TABLE + "table-row": "tr", _TABLE + "table-cell": "td",
}  # fmt: skip
_MAX_SPACES = 100


class _Writer:
    """Writes the HTML while the XML is read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._skipping = 0
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
        elif name == _TEXT + "h":
            self._begin(_heading(attributes.get(_TEXT + "outline-level")))
        elif name in _BLOCKS:
            self._begin(_BLOCKS[name])
        elif name == _TEXT + "s":
            count = attributes.get(_TEXT + "c", "1")
            self.parts.append(" " * min(_MAX_SPACES, int(count) if count.isdecimal() else 1))
        elif name == _TEXT + "tab":
            self.parts.append(" ")
        elif name == _TEXT + "line-break":
            self.parts.append("<br>")

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif name in _BLOCKS or name == _TEXT + "h":
            self.parts.append(f"</{self._open.pop()}>")

    def text(self, text: str) -> None:
        if not self._skipping and self._open:
            self.parts.append(escape(text, quote=False))

    def _begin(self, tag: str) -> None:
        self._open.append(tag)
        self.parts.append(f"<{tag}>")


def read_odt(content: bytes) -> Parsed:
    """Return the document's HTML; raise RejectedError where it is broken, encrypted or unsafe."""
    package = Package(content, "ODT document")
    if _MANIFEST in package.names:
        _require_plain(package.read(_MANIFEST))
    writer = _Writer()
    read_xml(package.read(_BODY), writer.start, writer.end, writer.text)
    return Parsed("".join(writer.parts), "html", "odt")


def _require_plain(manifest: bytes) -> None:
    def start(name: str, _: dict[str, str]) -> None:
        if name == _MANIFEST_NS + "encryption-data":
            raise RejectedError("encrypted", "The ODT document is encrypted; send it without its password.")

    read_xml(manifest, start)


def _heading(level: str | None) -> str:
    return f"h{level}" if level and level in "123456" else "h1"
