"""When an article was published, as its readers write it."""

from datetime import date, datetime

from bantin.site.wording import day, moment, month
from bantin_api.portal.texts import Texts


def published(value: datetime | date | None, texts: Texts) -> str:
    """Return the date, with its time of day in Vietnam where it has one, or that there is none."""
    return texts.undated if value is None else moment(value, texts.language)


def span_of_time(written: str, texts: Texts) -> str:
    """Return a day, month, quarter or year in words, from its ISO 8601 form or `2024-Q3`."""
    year, _, rest = written.partition("-")
    if not rest:
        return texts.year.format(year)
    if rest.startswith("Q"):
        return texts.quarter.format(rest[1:], year)
    if "-" in rest:
        return day(date.fromisoformat(written), texts.language)
    return month(int(year), int(rest), texts.language)
