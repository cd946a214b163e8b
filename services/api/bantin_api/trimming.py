"""Hits with only the fields that a client wants."""

from collections.abc import Sequence
from typing import cast

from bantin_api.answers import HitAnswer, TrimmedHit
from bantin_api.reading import shown, unprocessable

HIT_FIELDS = tuple(HitAnswer.model_fields)


def read_fields(name: str, text: str) -> tuple[str, ...]:
    """Return the fields of a hit that are named, with commas between them."""
    for field in text.split(","):
        if field not in HIT_FIELDS:
            raise unprocessable("unknown_field", f"{name}: a hit has no {shown(field)}; choose {','.join(HIT_FIELDS)}.")
    return tuple(text.split(","))


def trimmed(hit: HitAnswer | TrimmedHit, fields: Sequence[str]) -> TrimmedHit:
    """Return a hit with these fields only."""
    return cast("TrimmedHit", {name: value for name, value in dict(hit).items() if name in fields})
