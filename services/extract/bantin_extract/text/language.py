"""Tells the language of an article by its letters: Vietnamese, or English where it has none of Vietnam's."""

import re

_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_ASCII = re.compile("[A-Za-z]")
_SAMPLE = 2_000


def find_language(text: str) -> str:
    """Return an ISO 639-1 code: "vi", or "en" for text in plain Latin letters, or "und" for none of both."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "und"
    if len(_VIETNAMESE.findall(sample)) * 30 > letters:
        return "vi"
    return "en" if len(_ASCII.findall(sample)) > 0.9 * letters else "und"
