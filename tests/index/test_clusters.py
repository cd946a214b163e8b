"""Proves that reprints end up in one cluster: in one batch or many, and the same when the index is made anew."""

import json
from collections.abc import AsyncGenerator
from itertools import combinations
from pathlib import Path

import pytest

from bantin.envelope import encode
from bantin.eventlog.connect import open_log
from bantin.events import ArticleEnriched
from bantin.fingerprint import fingerprint, overlap, shingles
from bantin.search.connect import open_engine
from bantin.search.port import Lookalike, SearchEngine
from bantin.search.query import Query
from bantin.topics import ENRICHED, INDEXED
from bantin_index.clusters import cluster_of
from bantin_index.handler import ArticleWriter
from bantin_index.reindex import reindex

PAGES = Path(__file__).parents[3] / "shared/data/gov_pages"

STORY = "Sáng nay nước lũ trên sông rút dần và các hộ dân ven bờ đã trở về nhà dọn dẹp bùn đất để sớm ổn định cuộc sống"
REPRINT = "Theo báo tỉnh. " + STORY
EDITED = STORY.replace("bùn đất", "nhà cửa")
OTHER = "Hội chợ nông sản năm nay có hơn một trăm gian hàng trưng bày chè, miến dong và cam sành của các huyện vùng cao"


@pytest.fixture
def write(index) -> ArticleWriter:
    return ArticleWriter(index, "memory")


@pytest.fixture
async def tantivy(tmp_path: Path) -> AsyncGenerator[SearchEngine]:
    async with open_engine(f"tantivy:///{tmp_path / 'index'}") as opened:
        await opened.prepare()
        yield opened


def clusters(index) -> dict[str, str]:
    return {article_id: held.cluster_id for article_id, held in index.held.items()}


async def test_reprints_of_one_batch_share_the_first_ones_cluster(write, index, event, deliver) -> None:
    bodies = {"b": STORY, "c": OTHER, "a": REPRINT, "d": EDITED}
    await write(deliver(*(event(f"r{key}", 0, body, article_id=key) for key, body in bodies.items())))
    assert clusters(index) == {"b": "b", "c": "c", "a": "b", "d": "b"}


async def test_reprints_of_several_batches_share_the_first_ones_cluster(write, index, event, deliver) -> None:
    for key, body in {"b": STORY, "c": OTHER, "a": REPRINT, "d": EDITED}.items():
        await write(deliver(event(f"r{key}", 0, body, article_id=key)))
    assert clusters(index) == {"b": "b", "c": "c", "a": "b", "d": "b"}


async def test_what_is_rewritten_leaves_those_it_was_like_and_joins_those_it_is_like_now(
    write, index, event, deliver
) -> None:
    await write(deliver(event("r1", 0, STORY, article_id="a"), event("r2", 0, REPRINT, article_id="b")))
    rewritten = event("r3", 1, OTHER, article_id="a")
    await write(deliver(rewritten))
    await write(deliver(event("r4", 0, EDITED, article_id="c"), event("r5", 0, OTHER + " nay", article_id="d")))
    fresh = f"a.{rewritten.article.version}"
    assert clusters(index) == {"a": fresh, "b": "a", "c": "a", "d": fresh}
    assert index.held["a"].fingerprint == fingerprint(OTHER)
    await write(deliver(event("r6", 2, STORY, article_id="a"), event("r7", 1, OTHER, article_id="b")))
    assert clusters(index) == {"a": "a", "b": fresh, "c": "a", "d": fresh}


async def test_few_other_words_change_no_cluster(write, index, event, deliver) -> None:
    await write(deliver(event("r1", 0, STORY, article_id="a"), event("r2", 0, REPRINT, article_id="b")))
    await write(deliver(event("r3", 1, EDITED, article_id="a"), event("r4", 1, STORY + " hơn", article_id="b")))
    assert clusters(index) == {"a": "a", "b": "a"}


async def test_an_older_capture_with_other_words_changes_no_cluster(write, index, event, deliver) -> None:
    await write(deliver(event("r1", 5, STORY, article_id="a"), event("r2", 5, REPRINT, article_id="b")))
    await write(deliver(event("r3", 1, OTHER, article_id="b")))
    assert clusters(index) == {"a": "a", "b": "a"}


async def test_a_redelivery_keeps_the_cluster(write, index, event, deliver) -> None:
    batch = deliver(event("r1", 0, STORY, article_id="a"), event("r2", 0, REPRINT, article_id="b"))
    await write(batch)
    await write(batch)
    assert clusters(index) == {"a": "a", "b": "a"}


async def test_the_events_own_fingerprint_is_kept(write, index, event, deliver) -> None:
    sent: ArticleEnriched = event("r1", 0, STORY, article_id="a").model_copy(update={"fingerprint": ("made earlier",)})
    await write(deliver(sent))
    assert index.held["a"].fingerprint == ("made earlier",)


async def test_bodies_too_short_to_tell_are_no_reprints(write, index, event, deliver) -> None:
    await write(deliver(event("r1", 0, "bản tin", article_id="a"), event("r2", 0, "bản tin", article_id="b")))
    assert clusters(index) == {"a": "a", "b": "b"}


def test_the_most_similar_neighbour_gives_the_cluster_and_half_is_near_enough() -> None:
    words = [f"từ{number}" for number in range(14)]
    body = " ".join(words)
    half = Lookalike("h", "half", " ".join(words[:9]))
    most = Lookalike("m", "most", " ".join(words[:13]))
    less = Lookalike("l", "less", " ".join(words[:8]))
    assert overlap(shingles(body), shingles(half.body)) == 0.5
    assert cluster_of(body, [half, most, less]) == "most"
    assert cluster_of(body, [less, half]) == "half"
    assert cluster_of(body, [half, Lookalike("i", "later", half.body)]) == "half"
    assert cluster_of(body, [less]) is cluster_of(body, []) is None


async def test_an_index_made_anew_has_the_same_clusters(tantivy, event, deliver, tmp_path) -> None:
    events = [
        event("r1", 0, STORY, article_id="b"),
        event("r2", 0, OTHER, article_id="c"),
        event("r3", 0, REPRINT, article_id="a"),
        event("r4", 1, EDITED, article_id="b"),
        event("r5", 0, EDITED, article_id="d"),
    ]
    write = ArticleWriter(tantivy, "tantivy")
    for each in events:
        await write(deliver(each))
    ids = ["a", "b", "c", "d"]
    before = {key: held.cluster_id for key, held in (await tantivy.get(ids)).items()}
    assert before == {"a": "b", "b": "b", "c": "c", "d": "b"}
    async with open_log(f"sqlite:///{tmp_path / 'log.db'}") as log:
        await log.create_topics((ENRICHED, INDEXED))
        await log.publish([encode(each, source="/test") for each in events])
        await reindex(log, tantivy, "tantivy")
    assert {key: held.cluster_id for key, held in (await tantivy.get(ids)).items()} == before
    hits = (await tantivy.search(Query())).hits
    assert {hit.article.article_id: hit.duplicates for hit in hits} == {"a": 2, "c": 0}


@pytest.mark.skipif(not PAGES.is_dir(), reason="the labelled pages (../shared/data/gov_pages) are not here")
async def test_real_pages_cluster_as_their_bodies_overlap(tantivy, event, deliver) -> None:
    rows = [json.loads(line) for line in (PAGES / "gold.jsonl").read_text("utf-8").splitlines()]
    events = [event(f"r{row['id']}", 0, row["body"], article_id=row["id"]) for row in rows]
    for start in range(0, len(events), 40):
        await ArticleWriter(tantivy, "tantivy")(deliver(*events[start : start + 40]))
    held = await tantivy.get([row["id"] for row in rows])
    together = {
        frozenset(pair) for pair in combinations(held, 2) if held[pair[0]].cluster_id == held[pair[1]].cluster_id
    }
    listed = [line.split("\t") for line in (PAGES / "near_dup_pairs.tsv").read_text("utf-8").splitlines()]
    jaccard = {frozenset(pair): float(near) for near, *pair in listed}
    assert {pair for pair, near in jaccard.items() if near >= 0.55} <= together
    assert all(jaccard.get(pair, 0) >= 0.45 for pair in together)
