"""Articles like one: candidates for near-duplicates, by fingerprint, and related ones, by what they are about."""

from datetime import date

from bantin.fingerprint import fingerprint
from bantin.search.port import MOST_LOOKALIKES, SearchEngine
from tests.contracts.search.corpus import fill, stored

FLOOD = "Nước lũ trên sông dâng cao từ đêm qua, nhiều hộ dân ven bờ phải di dời đến nơi an toàn trong sáng nay."
FLOOD_AGAIN = FLOOD + " Lực lượng dân quân đã giúp bà con chuyển đồ đạc."
RELIEF = "Sau khi nước lũ rút, các hộ dân ven bờ sông được hỗ trợ gạo và nước sạch, nhiều hộ dân di dời nay trở về."
FAIR = "Hội chợ nông sản năm nay có hơn một trăm gian hàng, trưng bày chè, miến dong và cam sành của các huyện."


async def test_lookalikes_share_a_band_and_the_nearest_come_first(engine: SearchEngine):
    flood, again, fair = stored("flood", "Lũ", FLOOD), stored("again", "Lũ", FLOOD_AGAIN, cluster="flood"), FAIR
    await fill(engine, [flood, again, stored("fair", "Hội chợ", fair), stored("empty", "Tin")])
    near, none, exact = await engine.lookalikes([fingerprint(FLOOD), (), fingerprint(FAIR)])
    assert [(each.article_id, each.cluster_id, each.body) for each in near] == [
        ("flood", "flood", FLOOD),
        ("again", "flood", FLOOD_AGAIN),
    ]
    assert list(none) == []
    assert [each.article_id for each in exact] == ["fair"]
    assert list(await engine.lookalikes([])) == []


async def test_lookalikes_are_found_by_the_body_held_now(engine: SearchEngine):
    await fill(engine, [stored("a", "Tin", FLOOD)])
    await fill(engine, [stored("a", "Tin", FAIR, later=1)])
    old, new = await engine.lookalikes([fingerprint(FLOOD), fingerprint(FAIR)])
    assert ([each.article_id for each in old], [each.article_id for each in new]) == ([], ["a"])


async def test_an_index_that_is_being_filled_finds_its_own_lookalikes(engine: SearchEngine):
    await fill(engine, [stored("old", "Tin", FLOOD)])
    async with engine.rebuild() as fresh:
        assert [list(each) for each in await fresh.lookalikes([fingerprint(FLOOD)])] == [[]]
        for name in ("one", "other"):
            await fill(fresh, [stored(name, "Tin", FLOOD)])
            (found,) = await fresh.lookalikes([fingerprint(FLOOD)])
            assert name in {each.article_id for each in found}


async def test_of_many_lookalikes_a_limited_number_comes(engine: SearchEngine):
    await fill(engine, [stored(f"a{n:02}", "Tin", FLOOD, cluster="a00") for n in range(MOST_LOOKALIKES + 5)])
    (found,) = await engine.lookalikes([fingerprint(FLOOD)])
    assert len(found) == MOST_LOOKALIKES


async def test_related_articles_and_near_duplicates_come_apart(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("flood", "Nước lũ dâng cao", FLOOD, published_at=date(2024, 7, 23)),
            stored("later", "Nước lũ dâng cao", FLOOD_AGAIN, cluster="flood", published_at=date(2024, 7, 25)),
            stored("sooner", "Nước lũ dâng", FLOOD, cluster="flood", published_at=date(2024, 7, 20)),
            stored("relief", "Hỗ trợ các hộ dân sau lũ", RELIEF),
            stored("relief-again", "Hỗ trợ các hộ dân sau lũ", RELIEF, cluster="relief"),
            stored("fair", "Khai mạc hội chợ", FAIR),
        ],
    )
    found = await engine.similar("flood")
    assert found is not None
    assert [hit.article.article_id for hit in found.duplicates] == ["sooner", "later"]
    (relief,) = found.similar
    assert relief.article.article_id in {"relief", "relief-again"}
    assert relief.score is not None
    assert relief.snippet
    assert relief.highlight.title == relief.highlight.body == ()


async def test_an_article_that_nothing_is_like_has_none(engine: SearchEngine):
    await fill(engine, [stored("fair", "Khai mạc hội chợ", FAIR), stored("bare", "Tin")])
    for article_id in ("fair", "bare"):
        found = await engine.similar(article_id)
        assert found is not None
        assert (found.similar, found.duplicates) == ((), ())
    assert await engine.similar("unknown") is None
