"""What somebody gets who selects a whole page in a browser and pastes it; no code of the product's renderer."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN = frozenset("script style head select option input textarea button template noscript title".split())
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol figure hr blockquote".split())
_BLOCKS = frozenset(
    (
        *"div table tr li header footer nav main section article aside form center figcaption label".split(),
        *"dl dt dd marquee".split(),
    )
)
_SPACES = re.compile(r"[ \t\r\n]+")


def pasted(html: str, *, hidden: bool = False) -> str:
    """Return the visible text: a line for each block, a blank line around paragraphs, a tab between cells.

    With `hidden`, the blocks that the page hides are there, too.
    """
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    pieces: list[str | int] = []
    if not hidden:
        for unseen in body.css('[hidden], [style*="display:none"], [style*="display: none"]'):
            unseen.decompose()
    _write(body, pieces)
    return _joined(pieces)


def _write(node: LexborNode, pieces: list[str | int]) -> None:
    """Append the node's text; a number asks for so many line ends."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            pieces.append(_SPACES.sub(" ", child.text(deep=False) or ""))
        elif tag == "br":
            pieces.append("\n")
        elif tag not in _UNSEEN:
            ends = 2 if tag in _PARAGRAPHS else 1 if tag in _BLOCKS else 0
            pieces.append(ends)
            _write(child, pieces)
            pieces.append("\t" if tag in ("td", "th") else ends)


def _joined(pieces: list[str | int]) -> str:
    text: list[str] = []
    ends = 0
    for piece in pieces:
        if isinstance(piece, int):
            ends = max(ends, piece)
        elif piece.strip(" ") or (piece and not ends):
            text.append("\n" * ends + piece)
            ends = 0
    return "\n".join(line.strip() for line in "".join(text).split("\n")).strip() + "\n"
