"""The two languages of our pages, and how an address says which one: Vietnamese, or English with `lang=en`."""

from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlencode

Language = Literal["vi", "en"]


def chosen_language(pairs: Iterable[tuple[str, str]]) -> Language:
    """Return the language that an address's parameters ask for."""
    return "en" if ("lang", "en") in pairs else "vi"


def with_language(path: str, pairs: Iterable[tuple[str, str]], language: Language) -> str:
    """Return the address of a page in a language; Vietnamese needs no parameter."""
    parameters = [*pairs, *((("lang", language),) if language != "vi" else ())]
    return path + ("?" + urlencode(parameters) if parameters else "")
