"""Text or HTML to a page: one line a block, each with its link density, heading level and role in the markup.

The parser mends the markup and writes it out again; that text is well nested, so one pass over its tags renders it.
"""

from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from bantin_extract.reading.decode import clean
from bantin_extract.reading.element_roles import BOXES, NAMED_HEADING, NOTHING, Scope
from bantin_extract.reading.page import Hints, Line, Page
from bantin_extract.reading.table_rows import MARK, mark_data_tables
from bantin_extract.reading.tags import COMMENT, TAG, TAGS, Effect

_SKIPPED = [
    *("script", "style", "noscript", "template", "head", "select", "option", "datalist", "textarea"),
    *("iframe", "object", "svg", "canvas", "audio", "video", "map", "xmp", "noembed", "noframes", "plaintext"),
]
_LINK = 0.5
"""A title named so that is a link for a greater part leads to another page."""


@dataclass(slots=True)
class _Writer:
    """Collects text until a block ends. Private to this module, so that rendering is one pass over the markup."""

    lines: list[Line] = field(default_factory=list[Line])
    parts: list[str] = field(default_factory=list[str])
    offset: int = 0
    letters: int = 0
    linked: int = 0
    heading: int = 0
    role: str = ""
    pictured: bool = False
    boxes: list[int] = field(default_factory=lambda: [0])
    box: int = 0
    cells: list[str] | None = None
    """The cells of the row of data that is being read."""

    def add(self, text: str, scope: Scope) -> None:
        """Add inline text that stands in `scope`."""
        if "&" in text:
            text = unescape(text)
        size = len(text.strip())
        if size or self.parts:
            self.parts.append(text)
        if size:
            self.letters += size
            if scope.link:
                self.linked += size
            self.heading = self.heading or scope.heading
            self.role = self.role or scope.role

    def open_box(self) -> None:
        """Begin a box in the one that is open."""
        self.boxes.append(self.box)
        self.box = len(self.boxes) - 1

    def end_cell(self) -> None:
        """Keep the collected text as a cell of a row of data."""
        if (cell := " ".join("".join(self.parts).split())) and self.cells is not None:
            self.cells.append(cell)
        self.parts.clear()

    def end_row(self) -> None:
        """Write the row of data that was collected, if any."""
        self.end_cell()
        if self.cells:
            self.parts.append(" | ".join(self.cells))
            self.role, self.heading = "row", 0
            self.end_block()
        self.cells = []

    def end_block(self) -> None:
        """Write the line that the collected text makes, if any."""
        if self.letters:
            text = " ".join("".join(self.parts).split())
            if not (text.isascii() and text.isprintable()):
                text = " ".join(clean(text).split())
            if text:
                density = self.linked / self.letters
                heading = 0 if self.heading == NAMED_HEADING and density > _LINK else self.heading
                end = self.offset + len(text)
                self.lines.append(Line(text, self.offset, end, density, heading, self.role, self.pictured, self.box))
                self.pictured = False
                self.offset += len(text) + 1
            self.letters = self.linked = self.heading = 0
            self.role = ""
        self.parts.clear()


def render_text(text: str, encoding: str = "utf-8", hints: Hints | None = None, *, pushed: bool = False) -> Page:
    """Return a page of plain text: its lines are the text's own."""
    lines: list[Line] = []
    offset = 0
    for raw in text.split("\n"):
        if stripped := raw.strip():
            start = offset if stripped[0] == raw[0] else offset + len(raw) - len(raw.lstrip())
            lines.append(Line(stripped, start, start + len(stripped)))
        offset += len(raw) + 1
    return Page(text, tuple(lines), hints or Hints(), encoding, pushed)


def render_tree(
    tree: LexborHTMLParser, encoding: str = "utf-8", hints: Hints | None = None, *, pushed: bool = False
) -> Page:
    """Return a page of HTML: a line a block, a line a row of data; what is hidden or no text is left out.

    The tree loses what is no text.
    """
    writer = _Writer()
    tree.strip_tags(_SKIPPED)
    mark_data_tables(tree)
    if tree.body is not None:
        _write(tree.body.html or "", writer)
    writer.end_block()
    text = "\n".join(line.text for line in writer.lines)
    return Page(text, tuple(writer.lines), hints or Hints(), encoding, pushed, tuple(writer.boxes))


def _write(markup: str, writer: _Writer) -> None:
    """Write the text of well-nested markup, in document order."""
    opens, closes, may_close, pictures = Effect.OPENS, Effect.CLOSES, Effect.MAY_CLOSE, Effect.PICTURES
    stack: list[tuple[str, Scope, int]] = []
    scope, parts = NOTHING, writer.parts
    pieces = TAG.split(COMMENT.sub("", markup))
    for written, text in zip(pieces[1::2], pieces[2::2], strict=True):
        tag, effect, ends_line, said = TAGS[written]
        if ends_line and (parts or writer.cells is not None):
            _end(writer, tag, effect)
        if effect is opens:
            stack.append((tag, scope, writer.box))
            if ends_line and tag in BOXES:
                writer.open_box()
                if MARK in written:
                    writer.cells = []
            if said is not NOTHING:
                scope = scope.around(said)
        elif effect is closes or (effect is may_close and stack and stack[-1][0] == tag):
            while stack:
                opened, scope, writer.box = stack.pop()
                if opened == tag:
                    break
        elif effect is pictures and not scope.hidden:
            writer.pictured = not scope.link
        if text and not scope.hidden and (parts or not text.isspace()):
            writer.add(text, scope)


def _end(writer: _Writer, tag: str, effect: Effect) -> None:
    """End what a tag of a block ends: a line, or in a table of data a cell or a row."""
    if writer.cells is None:
        writer.end_block()
    elif tag in ("tr", "caption"):
        writer.end_row()
    elif tag in ("td", "th"):
        writer.end_cell()
    elif tag == "table" and effect is Effect.CLOSES:
        writer.end_row()
        writer.cells = None
    else:
        writer.parts.append(" ")
