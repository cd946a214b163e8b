"""When an article was published, as engines sort, filter and count it: in Vietnam's time, +07:00.

A plain date counts as that day's midnight; articles without a date come last in both directions.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from bantin.events import PublishedAt

OFFSET: Final = timedelta(hours=7)
MICROSECOND: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Interval = Literal["day", "month", "year"]
DAYS_BY_DAY: Final = 62
DAYS_BY_MONTH: Final = 5 * 366


def microseconds(published_at: PublishedAt) -> int:
    """Return microseconds since 1970 in UTC."""
    if isinstance(published_at, datetime):
        return (published_at - EPOCH) // MICROSECOND
    days = published_at.toordinal() - EPOCH.toordinal()
    return (days * DAY - OFFSET) // MICROSECOND


def instant(microseconds_since_1970: float) -> datetime:
    """Return the moment so many microseconds after 1970 began in UTC, or the first or last that there is."""
    try:
        return EPOCH + microseconds_since_1970 * MICROSECOND
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC) if microseconds_since_1970 > 0 else datetime.min.replace(tzinfo=UTC)


def local_day(published_at: PublishedAt) -> date:
    """Return the day in Vietnam."""
    if not isinstance(published_at, datetime):
        return published_at
    days = (published_at - EPOCH + OFFSET) // DAY + EPOCH.toordinal()
    return date.fromordinal(min(max(days, date.min.toordinal()), date.max.toordinal()))


def interval_between(first: date, last: date) -> Interval:
    """Return the span of a histogram's buckets: days up to two months, months up to five years, else years."""
    days = (last - first).days
    if days <= DAYS_BY_DAY:
        return "day"
    return "month" if days <= DAYS_BY_MONTH else "year"


def interval_start(day: date, interval: Interval) -> date:
    """Return the first day of the bucket that a day falls into."""
    if interval == "day":
        return day
    return day.replace(day=1) if interval == "month" else day.replace(month=1, day=1)
