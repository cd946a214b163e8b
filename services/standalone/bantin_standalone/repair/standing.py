"""Of all that the log holds of an article, the records that it stands by: what the others said has been overtaken.

Mostly that is one record, its writer's. Where a later capture confirmed the article, the receipt of the one is
`indexed` and that of the other `duplicate`, and both are needed for the same article and the same answers; and where
the writer was read otherwise since, its later readings, too.
"""

from collections.abc import AsyncGenerator, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from bantin.envelope import UndecodableRecordError, decode
from bantin.eventlog.port import EventLog, Record
from bantin.events import ArticleEnriched
from bantin.search.port import StoredArticle
from bantin_index.decide import decide
from bantin_standalone.repair.backfill import article_of, read_through


class Place(NamedTuple):
    """Where a record lies on its topic."""

    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An article as the records read so far make it, without its texts, and the places of those that it stands by.

    These are the writer's; or the writer's and of what confirmed it; or of both and of the writer's later readings.
    """

    stored: StoredArticle
    places: tuple[Place, ...]


async def standing_records(log: EventLog, article_ids: Set[str]) -> AsyncGenerator[Record]:
    """Give the records that these articles stand by, in the log's order; reads it twice, and keeps no texts."""
    standing: dict[str, Standing] = {}
    async for record in read_through(log):
        if (article_id := article_of(record)) in article_ids and (event := _event(record)):
            now = after(standing.get(article_id), event, Place(record.partition, record.offset))
            standing |= {article_id: now} if now else {}
    wanted = {place for one in standing.values() for place in one.places}
    async for record in read_through(log):
        if Place(record.partition, record.offset) in wanted:
            yield record


def after(standing: Standing | None, event: ArticleEnriched, place: Place) -> Standing | None:
    """Return what an article stands by once one more of its records has been read, as the index decides about it."""
    write = decide(event, standing.stored if standing else None, None, datetime.now(UTC)).write
    if write is None:
        return standing
    return Standing(_without_texts(write), _places(standing, event, place) if standing else (place,))


def _places(standing: Standing, event: ArticleEnriched, place: Place) -> tuple[Place, ...]:
    """Return the places after a record that is written over what was there before."""
    before, article = standing.stored, event.article
    own = event.receipt_id == before.writers[-1]
    newer = not own and article.version != before.article.version
    if newer or (own and article.captured_at >= before.article.captured_at):
        return (place,)  # it brings everything that stands
    if own:
        return (*standing.places, place)
    writer = standing.places[0] if len(standing.places) == 2 else standing.places[-1]
    return (writer, place)  # of those that confirm it the last counts


def _event(record: Record) -> ArticleEnriched | None:
    """Return the record's event; None for one that is a dead letter already."""
    try:
        return decode(record, ArticleEnriched)
    except UndecodableRecordError:
        return None


def _without_texts(stored: StoredArticle) -> StoredArticle:
    """Return what decisions look at."""
    return replace(stored, article=stored.article.model_copy(update={"body": "", "original_text": "", "evidence": ()}))
