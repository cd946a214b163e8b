"""Recognises mail, and pages saved as one file, by the headers that they begin with."""

import re

_HEADER = re.compile(rb"[!-9;-~]{1,70}:[ \t]?[^\r\n]{0,2000}\r?\n")
_TELLS = re.compile(rb"^(?:mime-version|content-type|received|message-id|from)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ADDRESSED = re.compile(rb"^(?:mime-version|received|message-id|subject|date|to)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 16 * 1024


def looks_like_mail(content: bytes) -> bool:
    """Return whether a file begins with the headers of a mail or a saved page."""
    head = content[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0] + b"\n"
    return bool(_HEADER.match(head) and _TELLS.search(head) and len(_ADDRESSED.findall(head)) >= 2)
