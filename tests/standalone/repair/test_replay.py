"""`bantin replay` shows what a new extractor changes, changes nothing by looking, and applies it through the log."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import anyio
import pytest

from bantin.events import ArticleEnriched, ArticleReceived, Event, Reason
from bantin.handler import Delivery, Emit, Outcome
from bantin.search.query import Query
from bantin.topics import ENRICHED
from bantin_extract.handler import extract
from bantin_extract.rejection import rejected
from bantin_standalone.client import ClientError
from bantin_standalone.repair import backfill, command, tables
from bantin_standalone.repair.backfill import IndexIdleError
from bantin_standalone.repair.differences import Difference
from bantin_standalone.repair.replay import RefusedFile, Replayed, Window, apply, compare, readings
from bantin_standalone.repair.verify import verify
from tests.standalone.repair.conftest import Running

LONG = "Hội nghị tổng kết\n\n".encode() + "Sáng nay, xã tổ chức hội nghị tổng kết phong trào thi đua. ".encode() * 20


async def shouting(deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
    """An extractor that reads titles in capitals, and finds no article in the second file any more."""
    return [Emit((_shouted(delivery.event),)) for delivery in deliveries]


async def reading(deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
    """The extractor as it is."""
    return [Emit((extract(delivery.event),)) for delivery in deliveries]


def _shouted(event: ArticleReceived) -> Event:
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
    assert (told.read, told.files, len(told.article_ids)) == (3, 3, 2)
    assert [(one.file_name, one.code, one.held) for one in told.refused] == [("1.txt", "no_article", True)]
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
    told = Replayed()
    async with readings(platform.log, reading, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
    assert (len(told.article_ids), told.differences, told.refused) == (3, (), [])


async def test_only_files_that_were_received_in_the_window_are_read(platform: Running) -> None:
    now = datetime.now(UTC)
    for window, files, articles in (
        (Window(first=now + timedelta(hours=1)), 0, 0),
        (Window(past=now - timedelta(hours=1)), 0, 0),
        (Window(now - timedelta(hours=1), now + timedelta(hours=1)), 3, 2),
    ):
        told = Replayed()
        async with readings(platform.log, shouting, window, told, lambda _: None):
            assert (told.files, len(told.article_ids)) == (files, articles)
            assert tables.replayed_line(told).startswith(f"{files} files read again, {articles} articles: ")


async def test_an_article_that_the_index_lacks_is_gained_and_applied(platform: Running) -> None:
    (gone, *_) = [article.article_id async for batch in platform.live.export(Query()) for article in batch]
    await platform.engine.delete([gone])
    told = Replayed()
    async with readings(platform.log, reading, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
        assert [(one.kind, one.article_id) for one in told.differences] == [("gained", gone)]
        await apply(platform.log, made, told)
    assert told.applied == 1
    assert gone in await platform.live.get([gone])
    assert (await verify(platform.log, platform.live)).differences == ()


async def test_a_file_that_was_refused_and_reads_well_now_is_indexed_and_its_receipt_says_so(platform: Running) -> None:
    async def reading_anything(deliveries: Sequence[Delivery[ArticleReceived]]) -> Sequence[Outcome]:
        texts = [
            delivery.event.model_copy(update={"content": LONG + delivery.event.content}) for delivery in deliveries
        ]
        return [Emit((extract(event),)) for event in texts]

    (refused,) = (await platform.drop("Trang chủ | Liên hệ"))["files"]
    assert (refused["status"], refused["reason"]["code"]) == ("rejected", "no_article")
    told = Replayed()
    async with readings(platform.log, reading_anything, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
        assert ("gained", refused["article_id"]) in {(one.kind, one.article_id) for one in told.differences}
        await apply(platform.log, made, told)
    assert refused["article_id"] in await platform.live.get([refused["article_id"]])
    with anyio.fail_after(30):
        while (again := (await platform.http.get(f"/v1/receipts/{refused['receipt_id']}")).json())["reason"]:
            await anyio.sleep(0.05)
    assert again["status"] == "indexed"


async def test_nothing_is_applied_where_no_index_service_runs(
    platform: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill, "ABSENT_SECONDS", 0.1)
    monkeypatch.setattr(backfill, "INDEX_GROUP", "a group that nobody is in")
    told, ends = Replayed(), await platform.log.end_offsets(ENRICHED.name)
    async with readings(platform.log, shouting, Window(), told, lambda _: None) as made:
        await compare(made, platform.live, told)
        with pytest.raises(IndexIdleError, match="is the platform running"):
            await apply(platform.log, made, told)
    assert await platform.log.end_offsets(ENRICHED.name) == ends


def test_every_finding_is_a_line_for_programs() -> None:
    found = (Difference("gained", "a", "Tin"), Difference("stale", "b", "Tin [khác]", ("title",)))
    refused = RefusedFile("c", "r", "trang.html", "no_article", held=True)
    assert [json.loads(line) for line in tables.lines(found, [refused])] == [
        {"article_id": "a", "is": "gained", "title": "Tin", "fields": []},
        {"article_id": "b", "is": "stale", "title": "Tin [khác]", "fields": ["title"]},
        {
            "article_id": "c",
            "is": "refused",
            "file": "trang.html",
            "receipt_id": "r",
            "code": "no_article",
            "in_index": True,
        },
    ]


def test_tables_are_shown_of_what_there_is() -> None:
    assert tables.field_table([Difference("gained", "a", "Tin")]) is None
    assert tables.refused_table([]) is None
    fields = tables.field_table([Difference("gained", "a", "Tin"), Difference("stale", "b", "Tin", ("title", "views"))])
    assert fields is not None
    assert (fields.title, fields.row_count) == ("1 article changes", 2)
    files = tables.refused_table([RefusedFile("c", "r", "trang.html", "no_article")])
    assert files is not None
    assert (files.title, files.row_count) == ("1 file holds no article", 1)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-12-31", "2026-01-01"), ("2026-01-02", "2026-01-01"), ("2026-01-02T00:00+07:00", "2026-01-02T00:00+07:00")],
)
def test_a_window_that_ends_before_it_begins_is_an_error(first: str, last: str) -> None:
    with pytest.raises(ClientError, match="is not before"):
        command.window_of(first, last)
    assert command.window_of("2026-01-01", "2026-01-01").past, "the last day counts whole"


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
