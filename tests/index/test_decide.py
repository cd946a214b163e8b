"""Proves that the index ends in one state, whatever the order and number of arrivals, and never changes its word."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bantin.events import ArticleEnriched
from bantin.search.port import StoredArticle
from bantin_index.decide import Decision, decide
from tests.index.captures import make_event

NOW = datetime(2024, 6, 1, tzinfo=UTC)

Capture = tuple[str, int, str]
captures = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("v1", "v2", "v3"))), min_size=1, max_size=6).map(
    lambda pairs: [(f"r{n}", minute, text) for n, (minute, text) in enumerate(pairs)]
)


class Model:
    """One article's index, driven by decisions alone; a write older than what is held would be refused."""

    def __init__(self, event) -> None:
        self.event = event
        self.stored: StoredArticle | None = None
        self.clock = NOW

    def take(self, capture: Capture) -> Decision:
        self.clock += timedelta(seconds=1)
        event: ArticleEnriched = self.event(*capture)
        decision = decide(event, self.stored, event.article_id, self.clock)
        if decision.write:
            assert not self.stored or decision.write.article.captured_at >= self.stored.article.captured_at
            self.stored = decision.write
        return decision

    def held(self) -> tuple[datetime, str]:
        assert self.stored
        return self.stored.article.captured_at, self.stored.article.version


def arrivals(given_captures: Sequence[Capture]) -> st.SearchStrategy[list[Capture]]:
    """Every capture at least once, in any order, some again."""
    again = st.lists(st.sampled_from(given_captures), max_size=8)
    return again.flatmap(lambda extra: st.permutations([*given_captures, *extra]))


@given(captures.flatmap(arrivals))
def test_any_order_and_repetition_ends_with_the_newest_capture(order: list[Capture]) -> None:
    model = Model(make_event)
    for capture in order:
        model.take(capture)
    newest = max(order, key=lambda capture: (capture[1], capture[2]))
    assert model.held() == (make_event(*newest).article.captured_at, newest[2])


@given(captures.flatmap(arrivals))
def test_a_receipt_is_told_the_same_however_often_it_comes(order: list[Capture]) -> None:
    model = Model(make_event)
    told: dict[str, str] = {}
    for capture in order:
        outcome = model.take(capture).outcome
        assert told.setdefault(capture[0], outcome) == outcome
    assert model.stored
    assert set(model.stored.writers) == {receipt for receipt, outcome in told.items() if outcome == "indexed"}


@given(captures.flatmap(arrivals))
def test_indexed_at_is_when_the_words_came_in(order: list[Capture]) -> None:
    model = Model(make_event)
    since: datetime | None = None
    version = None
    for capture in order:
        model.take(capture)
        assert model.stored
        if model.stored.article.version != version:
            version, since = model.stored.article.version, model.clock
        assert model.stored.article.indexed_at == since


def test_the_first_capture_is_indexed_in_its_cluster(event) -> None:
    decision = decide(event("r1", 0, "v1"), None, "c9", NOW)
    assert (decision.outcome, decision.reason) == ("indexed", None)
    assert decision.write
    assert (decision.write.writers, decision.write.cluster_id) == (("r1",), "c9")
    assert decision.write.article.indexed_at == NOW


def test_the_same_words_again_are_a_duplicate_that_moves_the_date_on(event) -> None:
    model = Model(event)
    model.take(("r1", 0, "v1"))
    decision = model.take(("r2", 5, "v1"))
    assert decision.outcome == "duplicate"
    assert decision.reason
    assert decision.reason.code == "unchanged"
    assert decision.write
    assert decision.write.writers == ("r1",)
    between = model.take(("r3", 3, "v0"))
    assert between.reason
    assert (between.outcome, between.reason.code, between.write) == ("duplicate", "older_capture", None)


def test_an_older_capture_with_other_words_loses_and_says_so(event) -> None:
    model = Model(event)
    model.take(("r1", 5, "v1"))
    decision = model.take(("r2", 4, "v2"))
    assert decision.outcome == "duplicate"
    assert decision.reason
    assert decision.reason.code == "older_capture"
    assert decision.write is None


def test_newer_words_replace_the_older_and_keep_the_cluster(event) -> None:
    first = decide(event("r1", 0, "v1"), None, "c9", NOW).write
    decision = decide(event("r2", 1, "v2"), first, None, NOW + timedelta(days=1))
    assert decision.write
    assert decision.outcome == "indexed"
    assert decision.write.writers == ("r1", "r2")
    assert decision.write.cluster_id == "c9"
    assert decision.write.article.indexed_at == NOW + timedelta(days=1)


def test_a_better_extraction_of_the_same_file_replaces_its_own_words(event) -> None:
    model = Model(event)
    model.take(("r1", 0, "v1"))
    model.take(("r2", 5, "v1"))
    again = model.take(("r1", 0, "v1, read better"))
    assert again.outcome == "indexed"
    assert model.held() == (event("r2", 5, "").article.captured_at, "v1, read better")
    assert model.take(("r2", 5, "v1, read better")).outcome == "duplicate"


def test_a_better_extraction_brings_its_values_even_from_a_duplicate(event) -> None:
    first = decide(event("r1", 0, "v1"), None, "a1", NOW).write
    confirmed = decide(event("r2", 5, "v1", views=7), first, None, NOW).write
    better = decide(event("r2", 5, "v1", views=8), confirmed, None, NOW)
    assert better.outcome == "duplicate"
    assert better.write
    assert better.write.article.views == 8
