"""One page of a search: its hits, with near-duplicates folded or not, and the cursor of the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync

from bantin.search.cursor import encode_cursor
from bantin.search.elastic.collapsing import Ask, collapsed_hits
from bantin.search.elastic.positions import Position
from bantin.search.elastic.query import articles_body, search_body
from bantin.search.elastic.results import read_hit
from bantin.search.query import COLLAPSED_DEPTH, Hit, Query
from bantin.search.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """Hits and the cursor of the next page, the answer with the counts, and the point in time that was asked."""

    hits: tuple[Hit, ...]
    next_cursor: str | None
    answer: Mapping[str, Any]
    pit: str | None


async def whole_page(ask: Ask, query: Query, words: Words, position: Position) -> Page:
    """Return a page of all hits; the answer holds one more than the page where another page follows."""
    answer = await ask(search_body(query, words, position.after))
    items = [(item, 0) for item in answer["hits"]["hits"]]
    pit: str | None = answer.get("pit_id")
    cursor = None
    if len(items) > query.size > 0:
        after = items[query.size - 1][0]["sort"]
        cursor = encode_cursor(query, (pit, after) if pit else after)
    return Page(await _hits(items[: query.size], words), cursor, answer, pit)


async def numbered_page(ask: Ask, query: Query, words: Words, position: Position) -> Page:
    """Return the page that begins at the query's offset; no other page goes on from it."""
    start = query.offset or 0
    room = min(query.size, COLLAPSED_DEPTH - start)
    if not query.collapse:
        answer = await ask(search_body(query, words) | {"from": start if room else 0, "size": room})
        return Page(await _hits([(item, 0) for item in answer["hits"]["hits"]], words), None, answer, None)
    found = await collapsed_hits(_without_articles(ask), query, words, None, start + room if room else 0)
    pit: str | None = found.answer.get("pit_id")
    shown = found.heads[start:]
    read = await ask(articles_body([item["_id"] for item, _ in shown])) if shown else None
    sources = {item["_id"]: item["_source"] for item in read["hits"]["hits"]} if read else {}
    heads = [({**item, "_source": sources[item["_id"]]}, copies) for item, copies in shown]
    return Page(await _hits(heads, words), None, found.answer, pit)


def _without_articles(ask: Ask) -> Ask:
    """Return an asker for hits to walk past: of their articles only the clusters are read."""
    return lambda body: ask(body | {"_source": ["cluster_id"]})


async def collapsed_page(ask: Ask, query: Query, words: Words, position: Position) -> Page:
    """Return a page of hits under which near-duplicates fold."""
    room = min(query.size, COLLAPSED_DEPTH - position.shown)
    found = await collapsed_hits(ask, query, words, position.after, room + 1 if room else 0)
    pit: str | None = found.answer.get("pit_id")
    cursor = None
    if len(found.heads) > room > 0:
        cursor = encode_cursor(query, (pit, found.heads[room - 1][0]["sort"], position.shown + room))
    return Page(await _hits(found.heads[:room], words), cursor, found.answer, pit)


async def _hits(items: Sequence[tuple[Mapping[str, Any], int]], words: Words) -> tuple[Hit, ...]:
    return await run_sync(lambda: tuple(read_hit(item, words, duplicates) for item, duplicates in items))
