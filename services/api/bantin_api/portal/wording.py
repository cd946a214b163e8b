"""Numbers and dates as people write them in the portal's two languages."""

from datetime import date, datetime

from bantin_api.answers import VIETNAM
from bantin_api.portal.texts import Texts

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: int, texts: Texts) -> str:
    """Return a whole number with its thousands apart: 1.520 or 1,520."""
    return f"{value:,}".replace(",", texts.thousands)


def day(value: date, texts: Texts) -> str:
    """Return a day: 14/2/2017 or 14 Feb 2017."""
    if texts.language == "vi":
        return f"{value.day}/{value.month}/{value.year}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | date | None, texts: Texts) -> str:
    """Return a date, with its time of day in Vietnam where it has one: 14:20, 14/2/2017."""
    if value is None:
        return texts.undated
    if not isinstance(value, datetime):
        return day(value, texts)
    local = value.astimezone(VIETNAM)
    if texts.language == "vi":
        return f"{local:%H:%M}, {day(local, texts)}"
    return f"{day(local, texts)}, {local:%H:%M}"
