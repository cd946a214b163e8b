"""Moments as operators type them: a day in Vietnam, or a time with its offset."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))

_DAY_LENGTH: Final = len("2027-01-01")


def read_moment(text: str, days: int = 0) -> datetime:
    """Return a time (RFC 3339), or the beginning of a day in Vietnam, so many days later.

    Raise ValueError where it is neither, or a time without its offset.
    """
    if len(text) == _DAY_LENGTH:
        return datetime.combine(date.fromisoformat(text), time(), VIETNAM) + timedelta(days=days)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its offset")
    return moment
