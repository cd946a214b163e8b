"""The records that an article stands by make the same article again, on an empty index, as all of them do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bantin.events import Article, ArticleEnriched
from bantin.search.port import StoredArticle
from bantin_index.decide import decide
from bantin_standalone.repair.standing import Place, Standing, after

START = datetime(2026, 1, 1, tzinfo=UTC)


def capture(receipt: int, text: str, views: int) -> ArticleEnriched:
    """Return a reading of a file: a receipt's capture was made at one moment, whatever it is read as."""
    article = Article(
        article_id="a",
        version=text,
        title=text,
        body=text,
        views=views,
        original_text=text,
        captured_at=START + timedelta(minutes=receipt % 3),
        content_type="text/plain",
        bytes=1,
    )
    return ArticleEnriched(receipt_id=f"r{receipt}", batch_id="b", article_id="a", extracted_at=START, article=article)


def folded(events: list[ArticleEnriched]) -> StoredArticle | None:
    stored = None
    for event in events:
        stored = decide(event, stored, None, START).write or stored
    return stored


def standing_of(events: list[ArticleEnriched]) -> list[ArticleEnriched]:
    standing: Standing | None = None
    for offset, event in enumerate(events):
        standing = after(standing, event, Place(0, offset))
    assert standing is not None
    return [events[place.offset] for place in standing.places]


EVENTS = st.lists(st.builds(capture, st.integers(0, 4), st.sampled_from("xyz"), st.integers(0, 9)), min_size=1)


@given(EVENTS)
def test_they_make_the_article_that_all_records_make(events: list[ArticleEnriched]) -> None:
    whole, kept = folded(events), folded(standing_of(events))
    assert whole is not None
    assert kept is not None
    assert kept.article == whole.article
    assert kept.writers[-1] == whole.writers[-1]


@given(EVENTS, st.integers(1, 3))
def test_published_again_they_stay_as_few(events: list[ArticleEnriched], times: int) -> None:
    few = standing_of(events)
    for _ in range(times):
        events = [*events, *standing_of(events)]
    assert len(standing_of(events)) <= len(few)


def test_of_one_file_read_often_the_last_reading_stands() -> None:
    events = [capture(1, "x", views) for views in range(5)]
    assert standing_of(events) == events[-1:]


def test_a_newer_capture_stands_alone_and_one_that_confirms_it_beside_it() -> None:
    old, new, confirming, older = capture(0, "x", 1), capture(1, "y", 2), capture(2, "y", 3), capture(3, "z", 4)
    assert standing_of([old, new, older]) == [new]
    assert standing_of([old, new, confirming, older]) == [new, confirming]


def test_a_better_reading_of_both_takes_the_place_of_both() -> None:
    before, better = [capture(0, "x", 1), capture(1, "x", 1)], [capture(0, "y", 2), capture(1, "y", 2)]
    assert standing_of([*before, better[0]]) == [*before, better[0]]
    assert standing_of([*before, *better]) == better
