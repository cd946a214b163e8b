"""Pages that a browser saved as one file, with frames: each frame's page stands where the page shows it."""

import re
from collections.abc import Mapping
from html import unescape

_FRAME = re.compile(r"<i?frame\s[^<>]{0,4000}>(?:\s{0,100}</iframe\s{0,10}>)?", re.IGNORECASE)
_SOURCE = re.compile(
    r"""\ssrc\s{0,10}=\s{0,10}(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE
)
_FRAMESET = re.compile(r"(</?)(?:frameset|noframes)(?=[\s>])", re.IGNORECASE)
_MAX_DEPTH = 5


def with_frames(html: str, pages: Mapping[str, str]) -> str:
    """Return the page with its frames' pages in place of the frames, also those within them, each once.

    `pages` holds the HTML of the saved pages by their address or `cid:` name; a frame without one stays.
    """
    return _Frames(pages, html).filled(html, _MAX_DEPTH)


class _Frames:
    def __init__(self, pages: Mapping[str, str], first: str) -> None:
        self._pages = pages
        self._shown = {first}

    def filled(self, html: str, depth: int) -> str:
        if not depth:
            return html
        filled = _FRAME.sub(lambda frame: self._page(frame[0], depth), html)
        return filled if filled == html else _FRAMESET.sub(r"\1div", filled)

    def _page(self, frame: str, depth: int) -> str:
        source = _SOURCE.search(frame)
        name = unescape(next(filter(None, source.groups()))) if source else ""
        page = self._pages.get(name)
        if page is None or page in self._shown:
            return frame
        self._shown.add(page)
        return f"<div>{self.filled(page, depth - 1)}</div>"
