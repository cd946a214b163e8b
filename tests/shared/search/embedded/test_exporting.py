"""What only the embedded engine promises of exports: they outlive the index that they began with."""

from pathlib import Path

from bantin.search.connect import open_engine
from bantin.search.embedded.exporting import BATCH_ARTICLES, BATCH_CHARACTERS
from bantin.search.query import Query
from tests.contracts.search.corpus import fill, stored


async def test_an_export_goes_on_while_the_index_is_replaced(tmp_path: Path):
    async with open_engine(f"tantivy:///{tmp_path / 'index'}") as engine:
        await engine.prepare()
        many = 2 * BATCH_ARTICLES
        await fill(engine, [stored(f"a{number}") for number in range(many)])
        ids: list[str] = []
        async for batch in engine.export(Query()):
            if not ids:
                async with engine.rebuild() as fresh:
                    await fill(fresh, [stored("other")])
            ids += [article.article_id for article in batch]
        assert len(set(ids)) == len(ids) == many


async def test_long_articles_make_small_batches(tmp_path: Path):
    async with open_engine(f"tantivy:///{tmp_path / 'index'}") as engine:
        await engine.prepare()
        await fill(engine, [stored(f"a{number}", body="từ " * (BATCH_CHARACTERS // 6)) for number in range(5)])
        assert [len(batch) async for batch in engine.export(Query())] == [1] * 5
