"""Guards the HTML parser, whose time grows with the square of the depth of elements left open, against absurd pages."""

import re

from bantin_extract.rejection import RejectedError

MAX_DEPTH = 3_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_NEVER_DEEP = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "body", "html", "head"),
    )
)
"""Elements without an end tag, or closed by the next of their kind."""


def require_sane_nesting(html: str) -> None:
    """Raise RejectedError (`undecodable`) where more than MAX_DEPTH elements stay open at once."""
    if html.count("<") - html.count("</") <= MAX_DEPTH:
        return
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _NEVER_DEEP:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            raise RejectedError("undecodable", f"The page's markup is nested more than {MAX_DEPTH} elements deep.")
