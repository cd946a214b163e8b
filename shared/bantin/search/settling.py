"""What the first page of a search settles for all its pages: the day it is, and what mistyped words mean."""

from collections.abc import Generator
from datetime import UTC, date, datetime

from bantin.search.cursor import settled_by_cursor
from bantin.search.mistyped import Asked, Counts, read_as_meant
from bantin.search.moments import local_day
from bantin.search.query import Query, Settled


def settle(query: Query, today: date | None = None) -> Generator[Asked, Counts, Query]:
    """Return the query with what is settled: by its cursor, else now, asking the index (`read_as_meant`).

    `today` is the current day in Vietnam unless given. Raise InvalidCursorError for a cursor that is not ours.
    """
    if query.settled:
        return query
    if query.cursor is not None:
        return query.model_copy(update={"settled": settled_by_cursor(query)})
    meant = yield from read_as_meant(query.text)
    settled = Settled(today=today or local_day(datetime.now(UTC)), meant=meant if meant != query.text else None)
    return query.model_copy(update={"settled": settled})
