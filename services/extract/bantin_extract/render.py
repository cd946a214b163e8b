"""Text or HTML to a page: one line a block, each with its link density, heading level and role in the markup.

The parser mends the markup and writes it out again; that text is well nested, so one pass over its tags renders it.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from bantin_extract.decode import clean
from bantin_extract.page import Hints, Line, Page

_SKIPPED = [
    *("script", "style", "noscript", "template", "head", "select", "option", "datalist", "textarea"),
    *("iframe", "object", "svg", "canvas", "audio", "video", "map", "xmp", "noembed", "noframes", "plaintext"),
]
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("img", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"),
        *("tfoot", "th", "thead", "tr", "ul"),
    )
)
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHROME_TAGS = frozenset(("nav", "footer", "aside"))
_CLASSED = frozenset(("p", "div", "td", "span", "em"))
_CAPTION_CLASSES = ("caption", "chu-thich", "chuthich", "image-note", "imgdesc")
_MARKUP = re.compile(r"([^<]*)<(?:(/?)([a-z][^\s/>]*)([^>]*)|!--.*?--)>", re.DOTALL)
_CLASS = re.compile(r'\sclass="([^"]*)"')
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_HIDDEN = re.compile(r"\shidden(?==|\s|$)")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the elements around a text say of it."""

    link: bool = False
    heading: int = 0
    role: str = ""
    hidden: bool = False


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

    def add(self, text: str, scope: _Scope) -> None:
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

    def end_block(self) -> None:
        """Write the line that the collected text makes, if any."""
        if self.letters:
            text = " ".join("".join(self.parts).split())
            if not (text.isascii() and text.isprintable()):
                text = " ".join(clean(text).split())
            if text:
                density = self.linked / self.letters
                end = self.offset + len(text)
                self.lines.append(
                    Line(text, self.offset, end, density, self.heading, self.role, after_image=self.pictured)
                )
                self.pictured = False
                self.offset += len(text) + 1
            self.letters = self.linked = self.heading = 0
            self.role = ""
        self.parts.clear()


_NOTHING = _Scope()
_SCOPED = frozenset(("a", "figcaption", *_CHROME_TAGS, *_HEADINGS))
_MAX_KEPT = 300


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
    """Return a page of HTML: a line a block; what is hidden or no text is left out. The tree loses what is no text."""
    writer = _Writer()
    tree.strip_tags(_SKIPPED)
    if tree.body is not None:
        _write(tree.body.html or "", writer)
    writer.end_block()
    text = "\n".join(line.text for line in writer.lines)
    return Page(text, tuple(writer.lines), hints or Hints(), encoding, pushed)


def _write(markup: str, writer: _Writer) -> None:
    """Write the text of well-nested markup, in document order."""
    stack: list[tuple[str, _Scope]] = []
    scope = _NOTHING
    for text, closing, tag, attributes in _MARKUP.findall(markup):
        if text and not scope.hidden:
            writer.add(text, scope)
        if tag in _BLOCKS and writer.parts:
            writer.end_block()
        if tag == "img" and not scope.hidden:
            writer.pictured = not scope.link
        if closing:
            while stack:
                opened, scope = stack.pop()
                if opened == tag:
                    break
        elif tag and tag not in _VOID:
            stack.append((tag, scope))
            if attributes or tag in _SCOPED:
                scope = _inner_scope(scope, tag, attributes)


def _inner_scope(scope: _Scope, tag: str, attributes: str) -> _Scope:
    said = _said(tag, attributes) if len(attributes) <= _MAX_KEPT else _said.__wrapped__(tag, attributes)
    if said is _NOTHING:
        return scope
    return _Scope(
        scope.link or said.link, scope.heading or said.heading, scope.role or said.role, scope.hidden or said.hidden
    )


@lru_cache(maxsize=8192)
def _said(tag: str, attributes: str) -> _Scope:
    """Return what an element says of the text in it; the elements around articles are the same all over a site."""
    said = _Scope(tag == "a", _HEADINGS.get(tag, 0), _role(tag, attributes), _is_hidden(attributes))
    return _NOTHING if said == _NOTHING else said


def _role(tag: str, attributes: str) -> str:
    if tag in _CHROME_TAGS:
        return "chrome"
    if tag == "figcaption":
        return "caption"
    if tag in _CLASSED and (name := _CLASS.search(attributes)):
        lower = name[1].lower()
        return "caption" if any(part in lower for part in _CAPTION_CLASSES) else ""
    return ""


def _is_hidden(attributes: str) -> bool:
    if "hidden" in attributes and _HIDDEN.search(attributes):
        return True
    if "display" not in attributes.lower():
        return False
    style = _STYLE.search(attributes)
    return style is not None and "display:none" in style[1].replace(" ", "").lower()
