"""Text or HTML to a page: one line a block, each with its link density, heading level and role in the markup."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bantin_extract.decode import clean
from bantin_extract.page import Hints, Line, Page

_SKIPPED = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "select", "option", "datalist", "textarea"),
        *("iframe", "object", "svg", "canvas", "audio", "video", "map"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("img", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"),
        *("tfoot", "th", "thead", "tr", "ul"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHROME_TAGS = frozenset(("nav", "footer", "aside"))
_CAPTION_CLASSES = ("caption", "chu-thich", "chuthich", "image-note", "imgdesc")
_MAX_DEPTH = 2_000


@dataclass(slots=True)
class _Writer:
    """Collects text until a block ends. Private to this module, so that rendering is one pass over the tree."""

    lines: list[Line] = field(default_factory=list[Line])
    parts: list[str] = field(default_factory=list[str])
    offset: int = 0
    letters: int = 0
    linked: int = 0
    heading: int = 0
    role: str = ""

    def add(self, text: str, scope: "_Scope") -> None:
        """Add inline text that stands in `scope`."""
        self.parts.append(text)
        if size := len(text.strip()):
            self.letters += size
            self.linked += size if scope.link else 0
            self.heading = self.heading or scope.heading
            self.role = self.role or scope.role

    def end_block(self) -> None:
        """Write the line that the collected text makes, if any."""
        text = " ".join("".join(self.parts).split())
        if not text.isascii():
            text = " ".join(clean(text).split())
        if text:
            density = self.linked / max(1, self.letters)
            self.lines.append(Line(text, self.offset, self.offset + len(text), density, self.heading, self.role))
            self.offset += len(text) + 1
        self.parts.clear()
        self.letters = self.linked = self.heading = 0
        self.role = ""


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the elements around a node say of it."""

    link: bool = False
    heading: int = 0
    role: str = ""


def render_text(text: str, encoding: str = "utf-8", hints: Hints | None = None, *, pushed: bool = False) -> Page:
    """Return a page of plain text: its lines are the text's own."""
    lines: list[Line] = []
    offset = 0
    for raw in text.split("\n"):
        if stripped := raw.strip():
            start = offset + len(raw) - len(raw.lstrip())
            lines.append(Line(stripped, start, start + len(stripped)))
        offset += len(raw) + 1
    return Page(text, tuple(lines), hints or Hints(), encoding, pushed)


def render_tree(
    tree: LexborHTMLParser, encoding: str = "utf-8", hints: Hints | None = None, *, pushed: bool = False
) -> Page:
    """Return a page of HTML: a line a block; what is hidden or no text is left out."""
    writer = _Writer()
    if tree.body is not None:
        _walk(tree.body, writer)
    writer.end_block()
    text = "\n".join(line.text for line in writer.lines)
    return Page(text, tuple(writer.lines), hints or Hints(), encoding, pushed)


def _walk(root: LexborNode, writer: _Writer) -> None:
    """Visit the tree in document order, without recursion: pages may nest deeper than Python's stack."""
    stack: list[tuple[LexborNode, _Scope, bool]] = []
    node: LexborNode | None = root
    scope = _Scope()
    while True:
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                writer.add(node.text_content or "", scope)
                node = node.next
            elif tag in _SKIPPED or tag[0] in "-!" or _is_hidden(node) or len(stack) > _MAX_DEPTH:
                node = node.next
            else:
                block = tag in _BLOCKS
                if block:
                    writer.end_block()
                stack.append((node, scope, block))
                scope = _inner_scope(node, tag, scope)
                node = node.child
        if not stack:
            return
        parent, scope, block = stack.pop()
        if block:
            writer.end_block()
        node = parent.next if stack else None


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and "display:none" in (style or "").replace(" ", "").lower()


def _inner_scope(node: LexborNode, tag: str, scope: _Scope) -> _Scope:
    link = scope.link or tag == "a"
    heading = scope.heading or _HEADINGS.get(tag, 0)
    role = scope.role
    if not role:
        if tag in _CHROME_TAGS:
            role = "chrome"
        elif tag == "figcaption":
            role = "caption"
        else:
            name = (node.attributes.get("class") or "").lower() if tag in ("p", "div", "td", "span", "em") else ""
            role = "caption" if name and any(part in name for part in _CAPTION_CLASSES) else ""
    if (link, heading, role) == (scope.link, scope.heading, scope.role):
        return scope
    return _Scope(link, heading, role)
