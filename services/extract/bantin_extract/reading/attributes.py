"""Guards the HTML parser, whose time grows with the square of a tag's attributes, against absurd tags."""

import re

from bantin_extract.rejection import RejectedError

MAX_ATTRIBUTES = 1_000
"""Of one tag. Real ones have some thirty at most; a file of 10 MiB full of tags with 1,000 is parsed in seconds."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_REST_OF_TAG = rf"(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+[\s/]*+(?:>|\Z)"
_COMMENT = r"<!--(?:[^-]++|-(?!->))*+"
_NO_MARKUP = "|".join(
    rf"<{name}(?=[\s/>]){_REST_OF_TAG}[^<]*+(?:<(?!/{name})[^<]*+)*+"
    for name in ("script", "style", "textarea", "title")
)
_SANE = re.compile(
    rf"(?:[^<]++|<(?![a-z!])|{_NO_MARKUP}|<[a-z][^\s/>]*+{_REST_OF_TAG}|{_COMMENT}|<!(?!--))*+", re.IGNORECASE
)
"""Text, comments, scripts and the like, tags that have few enough attributes: each is gone through once."""


def require_few_attributes(html: str) -> None:
    """Raise RejectedError (`undecodable`) where a tag has more than MAX_ATTRIBUTES attributes."""
    sane = _SANE.match(html)
    if sane and sane.end() < len(html):
        raise RejectedError("undecodable", f"A tag of the page has more than {MAX_ATTRIBUTES:,} attributes.")
