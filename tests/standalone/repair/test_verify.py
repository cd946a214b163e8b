"""`bantin verify` finds what the index lacks, holds otherwise or should not hold, and mends it through the log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bantin.search.port import SearchEngine, StoredArticle
from bantin.search.query import Query
from bantin.topics import ENRICHED
from bantin_standalone.client import ClientError
from bantin_standalone.repair import backfill, command
from bantin_standalone.repair.backfill import IndexIdleError, caught_up
from bantin_standalone.repair.verify import mend, verify
from bantin_standalone.settings import PlatformSettings
from tests.standalone.repair.conftest import Running


async def articles(engine: SearchEngine) -> dict[str, StoredArticle]:
    ids = [article.article_id async for batch in engine.export(Query()) for article in batch]
    return dict(await engine.get(ids))


async def test_an_index_that_is_right_has_no_differences(platform: Running) -> None:
    verified = await verify(platform.log, platform.live)
    assert (verified.articles, verified.differences, verified.left) == (3, (), 0)


async def test_missing_and_stale_articles_are_named_and_mended(platform: Running) -> None:
    held = await articles(platform.live)
    gone, changed, _ = held
    await platform.engine.delete([gone])
    other = held[changed].article.model_copy(update={"title": "Sai", "views": 7})
    await platform.engine.write([StoredArticle(other, held[changed].writers, held[changed].cluster_id)])

    verified = await verify(platform.log, platform.live)
    found = {one.article_id: (one.kind, one.fields) for one in verified.differences}
    assert found == {gone: ("missing", ()), changed: ("stale", ("title", "views"))}

    ends = await platform.log.end_offsets(ENRICHED.name)
    mended = await mend(platform.log, platform.live, verified)
    assert (mended.mended, mended.left) == (2, 0)
    assert sum((await platform.log.end_offsets(ENRICHED.name)).values()) == sum(ends.values()) + 2
    now = await articles(platform.live)
    assert {key: entry.article.title for key, entry in now.items()} == {
        key: entry.article.title for key, entry in held.items()
    }


async def test_an_article_that_is_not_on_the_log_is_named_and_left_to_a_reindex(platform: Running) -> None:
    (stored, *_) = (await articles(platform.live)).values()
    invented = stored.article.model_copy(update={"article_id": "nobody-dropped-it"})
    await platform.engine.write([StoredArticle(invented, ("r",), "nobody-dropped-it")])
    verified = await verify(platform.log, platform.live)
    assert [(one.kind, one.article_id) for one in verified.differences] == [("surplus", "nobody-dropped-it")]
    assert (await mend(platform.log, platform.live, verified)).left == 1


async def test_receipts_end_as_they_did_when_articles_are_mended(platform: Running) -> None:
    batch = await platform.drop("Tiêu đề riêng của một bài\n\nNội dung bài viết đủ dài để là một bài viết thật sự.")
    (receipt,) = batch["files"]
    await platform.engine.delete([receipt["article_id"]])
    await mend(platform.log, platform.live, await verify(platform.log, platform.live))
    again = (await platform.http.get(f"/v1/receipts/{receipt['receipt_id']}")).json()
    assert again["status"] == receipt["status"] == "indexed"
    assert [entry["stage"] for entry in again["timeline"]] == ["received", "extracted", "indexed"]


async def test_articles_are_counted_not_their_captures(platform: Running) -> None:
    text = "Tiêu đề riêng của một bài\n\nNội dung bài viết đủ dài để là một bài viết thật sự."
    for _ in range(3):
        await platform.drop(text)
    verified = await verify(platform.log, platform.live)
    assert (verified.articles, verified.differences) == (4, ())


async def test_mending_again_and_again_publishes_what_stands_and_no_more(platform: Running) -> None:
    text = "Tiêu đề riêng của một bài\n\nNội dung bài viết đủ dài để là một bài viết thật sự."
    files = [(await platform.drop(text))["files"][0] for _ in range(2)]
    assert [file["status"] for file in files] == ["indexed", "duplicate"]
    for _ in range(3):
        await platform.engine.delete([files[0]["article_id"]])
        ends = sum((await platform.log.end_offsets(ENRICHED.name)).values())
        assert (await mend(platform.log, platform.live, await verify(platform.log, platform.live))).left == 0
        published = sum((await platform.log.end_offsets(ENRICHED.name)).values()) - ends
        assert published == 2, "the capture that is indexed, and the later one that confirmed it"
    again = [(await platform.http.get(f"/v1/receipts/{file['receipt_id']}")).json() for file in files]
    assert [receipt["status"] for receipt in again] == ["indexed", "duplicate"]


async def test_nothing_is_published_where_no_index_service_runs(
    platform: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gone, *_) = await articles(platform.live)
    await platform.engine.delete([gone])
    verified, ends = await verify(platform.log, platform.live), await platform.log.end_offsets(ENRICHED.name)
    monkeypatch.setattr(backfill, "ABSENT_SECONDS", 0.1)
    monkeypatch.setattr(backfill, "INDEX_GROUP", "a group that nobody is in")
    with pytest.raises(IndexIdleError, match="is the platform running"):
        await mend(platform.log, platform.live, verified)
    assert await platform.log.end_offsets(ENRICHED.name) == ends


async def test_an_index_that_takes_nothing_is_said_to(platform: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(backfill, "INDEX_GROUP", "a group that nobody is in")
    with pytest.raises(IndexIdleError, match="what does its /readyz say"):
        await caught_up(platform.log)
    monkeypatch.setattr(backfill, "ABSENT_SECONDS", 0.2)
    with pytest.raises(IndexIdleError, match="is the platform running"):
        await caught_up(platform.log)


def test_a_log_that_can_not_be_opened_is_told_in_a_sentence(tmp_path: Path) -> None:
    settings = PlatformSettings(data=tmp_path, log_url="amqp://u:s3cret@host")
    with pytest.raises(ClientError, match="no log at 'amqp'"):
        command.run_verify(settings=settings)


def test_the_command_says_that_nothing_differs(tmp_path: Path) -> None:
    """A log without a single article, an index without one: nothing differs."""
    environment = {**os.environ, "BANTIN_DATA": str(tmp_path)}
    command = [str(Path(sys.executable).parent / "bantin")]
    prepared = subprocess.run(
        [sys.executable, "-m", "bantin.prepare"], env=environment, capture_output=True, check=False
    )
    assert prepared.returncode == 0, prepared.stderr
    done = subprocess.run([*command, "verify"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "and nothing else" in done.stdout
