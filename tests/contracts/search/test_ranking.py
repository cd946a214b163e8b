"""What ranks higher, and what a score is made of: the same on every engine, in order and terms, not in numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bantin.search.moments import local_day
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from tests.contracts.search.corpus import all_pages, ask, fill, found, ranked, stored

FILLER = "Bà con phấn khởi ra đồng từ sáng sớm, ai cũng mong một vụ mùa bội thu."
TODAY = local_day(datetime.now(UTC))


def longer(text: str, *, at: int) -> str:
    """Return a body of ten paragraphs with a text as one of them."""
    paragraphs = [FILLER] * 10
    paragraphs[at] = text
    return "\n\n".join(paragraphs)


async def test_title_over_lead_over_body(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("body", "Tin trong tỉnh", longer("Hội thi cấy lúa", at=9)),
            stored("lead", "Tin trong tỉnh", longer("Hội thi cấy lúa", at=0)),
            stored("title", "Hội thi cấy lúa", longer("Tin trong tỉnh", at=9)),
            *(stored(f"other{n}", "Tin trong tỉnh", longer("Làng nghề", at=5)) for n in range(10)),
        ],
    )
    assert await ranked(engine, "hội thi cấy lúa") == ["title", "lead", "body"]
    assert await ranked(engine, "hoi thi cay lua") == ["title", "lead", "body"]


async def test_of_equal_articles_the_newer_comes_first(engine: SearchEngine):
    ages = {"a-undated": None, "b-ancient": 9_000, "c-years": 700, "d-season": 80, "e-weeks": 20, "f-today": 0}
    days = {name: None if age is None else TODAY - timedelta(days=age) for name, age in ages.items()}
    await fill(engine, [stored(name, "Hội thi cấy", FILLER, published_at=day) for name, day in days.items()])
    newest = ["f-today", "e-weeks", "d-season", "c-years", "a-undated", "b-ancient"]
    assert await ranked(engine, "hội thi cấy", collapse=False) == newest


async def test_a_better_match_is_not_beaten_by_a_newer_one(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("better", "Hội thi cấy lúa", FILLER, published_at=date(1999, 1, 1)),
            stored("newer", "Tin trong ngày", f"{FILLER} Hội thi cấy lúa.", published_at=TODAY),
            *(stored(f"other{n}", "Tin trong tỉnh", FILLER) for n in range(20)),
        ],
    )
    assert await ranked(engine, "hội thi cấy lúa") == ["better", "newer"]


async def test_pages_keep_the_day_and_the_reading_of_the_first(engine: SearchEngine):
    await fill(engine, [stored(f"a{n}", f"Hội thi cấy {n}", FILLER, published_at=TODAY) for n in range(6)])
    query = Query(text="hooij thii cấy", size=2, collapse=False)
    whole = await ranked(engine, query.text, collapse=False)
    assert await all_pages(engine, query) == whole
    assert len(whole) == 6
    first = await engine.search(query)
    await fill(engine, [stored("late", "Thii", "thii")])
    second = await engine.search(query.model_copy(update={"cursor": first.next_cursor}))
    assert [hit.article.article_id for hit in second.hits] == whole[2:4]


@pytest.mark.parametrize("typed", ["tuyeen truyền", "tuyên truềyn", "tuyên truyềnn", "tuuyen truyen"])
async def test_a_word_that_no_article_holds_is_read_as_meant(engine: SearchEngine, typed: str):
    await fill(
        engine, [stored("meant", "Công tác tuyên truyền", FILLER), stored("other", "Bản tin tuần", "tuy tuyển truyện")]
    )
    assert (await ranked(engine, typed))[0] == "meant"


async def test_names_quotes_and_what_articles_hold_are_left_as_typed(engine: SearchEngine):
    await fill(engine, [stored("name", "Ông Thanhh kể", FILLER), stored("word", "Quận Thanh Khê", FILLER)])
    assert await found(engine, "thanhh") == {"name"}
    assert await found(engine, '"khêe"') == set()
    assert await found(engine, "quận -khêe") == {"word"}
    assert await found(engine, "khêe") == {"word"}
    assert await found(engine, "xyzqwk") == set()


async def test_an_explanation_says_which_clauses_make_up_the_score(engine: SearchEngine):
    await fill(
        engine,
        [
            stored("title", "Dân vận khéo", FILLER, published_at=TODAY),
            stored("body", "Tin trong tỉnh", longer("Phong trào dân vận khéo", at=9)),
            stored("neither", "Tin trong tỉnh", FILLER),
        ],
    )
    for collapse in (True, False):
        results = await ask(engine, "dân vận khéo", explain=True, collapse=collapse)
        first, second = results.hits
        assert first.raised and second.raised and first.score and second.score
        clauses = {(part.clause, part.token) for part in first.raised}
        assert {("words_folded", "van"), ("title_folded", "kheo"), ("pairs_folded", "dan_van")} <= clauses
        assert {("words", "vận"), ("compounds", "dân_vận"), ("lead_folded", "dan")} & clauses
        assert {part.clause for part in first.raised} >= {"freshness"}
        assert not {part.clause for part in second.raised} & {"freshness", "title_folded", "title", "lead_folded"}
        for hit in (first, second):
            assert sum(part.score for part in hit.raised or ()) == pytest.approx(hit.score, rel=1e-3)
            assert [part.score for part in hit.raised or ()] == sorted(
                (part.score for part in hit.raised or ()), reverse=True
            )


async def test_phrases_and_what_is_named_are_explained_too(engine: SearchEngine):
    await fill(engine, [stored("a1", "Tin", "Thành phố Bạc Liêu ra quân.", province="Bạc Liêu")])
    (hit,) = (await ask(engine, '"ra quân" bạc liêu', explain=True)).hits
    assert hit.raised is not None
    assert ("words", "ra quân") in {(part.clause, part.token) for part in hit.raised}
    assert "entities" in {part.clause for part in hit.raised}
    assert sum(part.score for part in hit.raised) == pytest.approx(hit.score, rel=1e-3)


async def test_without_being_asked_or_without_relevance_nothing_is_explained(engine: SearchEngine):
    await fill(engine, [stored("a1", "Tin trong tỉnh")])
    for query in ({}, {"explain": True, "sort": "newest"}):
        (hit,) = (await ask(engine, "tin", **query)).hits
        assert hit.raised is None
    (hit,) = (await ask(engine, explain=True)).hits
    assert hit.raised is None


async def test_other_wordings_in_the_title_count_as_the_words_typed_do(engine: SearchEngine) -> None:
    filler = " ".join(["Bản tin tổng hợp trong tuần có nhiều tin khác nhau"] * 8)
    await fill(
        engine,
        [
            stored("body", "Bản tin tổng hợp cuối tuần", f"{filler} và NTM"),
            stored("title", "Nông thôn mới đổi thay vùng sâu", filler),
            stored("typed", "Xã đạt chuẩn NTM nâng cao", filler),
        ],
    )
    for text in ("NTM", "nông thôn mới"):
        assert (await ranked(engine, text))[-1] == "body", text


async def test_of_equals_the_newest_stands_first_however_old_all_are(engine: SearchEngine) -> None:
    ages = (2, 20, 60, 200, 800, 1_500, 3_000, 5_000)
    await fill(
        engine,
        [
            stored(f"{days:05}", "Lễ hội đua ghe ngo", "Bà con xem đua ghe", published_at=TODAY - timedelta(days=days))
            for days in ages
        ],
    )
    for text in ("đua ghe", "lễ hội đua ghe ngo", '"đua ghe"'):
        assert await ranked(engine, text) == sorted(f"{days:05}" for days in ages), text
