"""Writes are idempotent and versioned by the time of capture, and a search finds them on return."""

from bantin.search.connect import open_engine
from bantin.search.port import SearchEngine
from tests.contracts.search.corpus import ask, fill, found, stored


async def test_a_search_finds_what_was_written(engine: SearchEngine):
    article = stored("a", "Dân vận khéo", "Một mô hình.", province="Bắc Kạn", authors=("Lê Na",))
    await fill(engine, [article])
    (hit,) = (await ask(engine, "mô hình")).hits
    assert hit.article == article.article
    assert await engine.get(["a", "b"]) == {"a": article}


async def test_an_equal_or_newer_capture_replaces_and_an_older_is_stale(engine: SearchEngine):
    await fill(engine, [stored("a", "đầu tiên")])
    await fill(engine, [stored("a", "lặp lại")])
    assert await found(engine, "lặp lại") == {"a"}
    assert await found(engine, "đầu tiên") == set()
    await fill(engine, [stored("a", "mới hơn", later=0.000001)])
    (result,) = await engine.write([stored("a", "cũ hơn")])
    assert result.status == "stale"
    assert await found(engine) == await found(engine, "mới hơn") == {"a"}
    assert (await engine.get(["a"]))["a"].article.title == "mới hơn"


async def test_each_article_has_its_own_result_in_order(engine: SearchEngine):
    await fill(engine, [stored("b", later=10)])
    results = await engine.write([stored("a"), stored("b"), stored("c")])
    assert [result.status for result in results] == ["written", "stale", "written"]
    assert await found(engine) == {"a", "b", "c"}


async def test_of_one_article_twice_in_a_batch_the_newest_stays(engine: SearchEngine):
    results = await engine.write([stored("a", "mới", later=5), stored("a", "cũ"), stored("a", "nhất", later=9)])
    assert [result.status for result in results] == ["written", "stale", "written"]
    assert await found(engine) == {"a"}
    assert (await engine.get(["a"]))["a"].article.title == "nhất"


async def test_what_is_stored_comes_back_unchanged(engine: SearchEngine):
    body = 'Hoà bình.\n\n<b>"&\u0301 🙂\u00a0' + "từ " * 500
    article = stored("id/với > ký tự", 'Tiêu "đề"', body, captions=("Ảnh",), views=0)
    await fill(engine, [article])
    assert (await engine.get([article.article.article_id]))[article.article.article_id] == article


async def test_deleted_articles_are_gone_and_may_come_back(engine: SearchEngine):
    await fill(engine, [stored("a"), stored("b")])
    await engine.delete(["a", "unknown"])
    assert await found(engine) == {"b"}
    assert await engine.get(["a"]) == {}
    await fill(engine, [stored("a", "trở lại", later=1)])
    assert await found(engine) == {"a", "b"}


async def test_nothing_to_write_get_or_delete_is_no_error(engine: SearchEngine):
    assert list(await engine.write([])) == []
    assert await engine.get([]) == {}
    await engine.delete([])


async def test_what_was_written_is_there_after_reopening(engine: SearchEngine, engine_url: str):
    await fill(engine, [stored("a")])
    await engine.close()
    async with open_engine(engine_url) as again:
        await again.prepare()
        await again.ready()
        assert await found(again) == {"a"}
        await fill(again, [stored("b")])
        assert await found(again) == {"a", "b"}


async def test_a_second_reader_sees_what_the_writer_writes(engine: SearchEngine, engine_url: str):
    async with open_engine(engine_url) as reader:
        await reader.prepare()
        await fill(engine, [stored("a")])
        assert await found(reader) == {"a"}
        await fill(engine, [stored("b")])
        assert await found(reader) == {"a", "b"}
        await reader.ready()
