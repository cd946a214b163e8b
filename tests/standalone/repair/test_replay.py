"""`bantin replay` shows what a new extractor changes, changes nothing by looking, and applies it through the log."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bantin.events import ArticleEnriched, ArticleReceived, Reason
from bantin.handler import Delivery, Emit, Outcome
from bantin.search.query import Query
from bantin.topics import ENRICHED
from bantin_extract.handler import extract
from bantin_extract.rejection import rejected
from bantin_standalone.client import ClientError
from bantin_standalone.repair import command
from bantin_standalone.repair.replay import Replayed, Window, apply, compare, readings
from bantin_standalone.repair.verify import verify
from tests.standalone.repair.conftest import Running


async def shouting(deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
    """An extractor that reads titles in capitals, and finds no article in the second file any more."""
    return [Emit((_shouted(delivery.event),)) for delivery in deliveries]


def _shouted(event: ArticleReceived) -> object:
    if event.file_name == "1.txt":
        return rejected(event, Reason(code="no_article", detail="None any more."))
    found = extract(event)
    assert isinstance(found, ArticleEnriched)
    return found.model_copy(update={"article": found.article.model_copy(update={"title": found.article.title.upper()})})


async def titles(platform: Running) -> list[str]:
    return sorted([article.title async for batch in platform.live.export(Query()) for article in batch])


async def test_a_replay_names_what_changes_and_changes_nothing(platform: Running) -> None:
    before, ends, told = await titles(platform), await platform.log.end_offsets(ENRICHED.name), Replayed()
    async with readings(platform.log, shouting, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
    assert [(one.kind, one.fields) for one in told.differences] == [("stale", ("title",))] * 2
    assert (told.read, told.articles, list(told.refused.values())) == (3, 2, ["no_article"])
    assert await titles(platform) == before
    assert await platform.log.end_offsets(ENRICHED.name) == ends


async def test_what_changed_is_applied_and_stands_in_every_rebuild(platform: Running) -> None:
    told = Replayed()
    async with readings(platform.log, shouting, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
        await apply(platform.log, made, told)
    assert told.applied == 2
    assert sum(title.isupper() for title in await titles(platform)) == 2
    assert len(await titles(platform)) == 3, "the index keeps an article in whose file the extractor finds none now"
    assert (await verify(platform.log, platform.live)).differences == ()


async def test_the_extractor_that_read_them_changes_nothing(platform: Running) -> None:
    async def reading(deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
        return [Emit((extract(delivery.event),)) for delivery in deliveries]

    told = Replayed()
    async with readings(platform.log, reading, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
    assert (told.articles, told.differences, told.refused) == (3, (), {})


async def test_only_files_that_were_received_in_the_window_are_read(platform: Running) -> None:
    now = datetime.now(UTC)
    for window, articles in (
        (Window(first=now + timedelta(hours=1)), 0),
        (Window(past=now - timedelta(hours=1)), 0),
        (Window(now - timedelta(hours=1), now + timedelta(hours=1)), 2),
    ):
        told = Replayed()
        async with readings(platform.log, shouting, window, told, lambda _: None):
            assert told.articles == articles


def test_days_are_those_of_vietnam_and_the_last_one_counts() -> None:
    first, past = command.moment("2026-01-31"), command.moment("2026-01-31", days=1)
    assert first is not None
    assert past is not None
    assert first.isoformat() == "2026-01-31T00:00:00+07:00"
    assert past - first == timedelta(days=1)
    assert command.moment("") is None


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-01-31T12:00"])
def test_what_is_no_moment_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ClientError, match="no day such as"):
        command.moment(text)
