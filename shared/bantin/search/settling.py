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
    meant = yield from _meant(query)
    settled = Settled(today=today or local_day(datetime.now(UTC)), meant=meant if meant != query.text else None)
    return query.model_copy(update={"settled": settled})


def _meant(query: Query) -> Generator[Asked, Counts, str]:
    """Return the text as it was meant; a word that is still being typed stays as it is."""
    typing = query.text.split()[-1:] if query.completing and not query.text[-1:].isspace() else []
    length = sum(map(len, typing))
    finished = query.text[: len(query.text) - length]
    return (yield from read_as_meant(finished)) + query.text[len(finished) :]
