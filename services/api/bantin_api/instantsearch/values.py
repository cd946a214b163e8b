"""How the value of one parameter is read: as JSON has it, or as text where it came URL-encoded."""

import json
from collections.abc import Callable
from typing import Any, cast

from bantin.problem import Problem
from bantin_api.reading import shown, unprocessable


def whole_number(least: int, most: int) -> Callable[[str, Any], int]:
    """Return a reader of whole numbers between two bounds."""

    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise invalid(name, value, f"give a whole number from {least} to {most}")
        return value

    return read


def text(name: str, value: Any) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise invalid(name, value, "give a text")
    return value


def truth(name: str, value: Any) -> bool:
    """Return true or false, which may be written as 1 or 0."""
    if not isinstance(value, bool | int) or value not in (0, 1):
        raise invalid(name, value, "choose one of true, false")
    return bool(value)


def names(name: str, value: Any) -> tuple[str, ...]:
    """Return a list of names: a list, its JSON, or text with commas between them."""
    listed = _from_text(name, value)
    if isinstance(listed, str):
        listed = [one.strip() for one in listed.split(",") if one.strip()]
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in cast("list[object]", listed)):
        raise invalid(name, value, "give a list of names")
    return tuple(dict.fromkeys(cast("list[str]", listed)))


def groups(name: str, value: Any) -> list[list[str]]:
    """Return a list of groups of texts: what stands alone in the outer list is a group of its own."""
    listed = _from_text(name, value)
    if isinstance(listed, str):
        listed = [listed] if listed else []
    if not isinstance(listed, list):
        raise invalid(name, value, "give a list of filters, or of lists of them")
    outer = cast("list[object]", listed)
    found = [cast("list[object]", one) if isinstance(one, list) else [one] for one in outer]
    if not all(isinstance(one, str) for group in found for one in group):
        raise invalid(name, value, "give a list of filters, or of lists of them")
    return [cast("list[str]", group) for group in found if group]


def invalid(name: str, value: object, remedy: str) -> Problem:
    """Return the problem of a parameter's value that can't be taken."""
    return unprocessable("invalid_parameter", f"{name}={shown(str(value))}: {remedy}.")


def _from_text(name: str, value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise invalid(name, value, "that is no JSON") from error
