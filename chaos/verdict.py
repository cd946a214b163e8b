"""What must hold in the end: every accepted file ended once, and the index is what the log says."""

import json
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx

from bantin.eventlog.connect import open_log
from bantin.eventlog.port import EventLog
from bantin.search.connect import open_engine
from bantin.search.query import Query
from bantin.topics import ENRICHED_DEAD, RAW_DEAD
from bantin_index.reindex import reindex
from chaos.ledger import ENDED, Ledger
from chaos.shapes import Target

END_SECONDS = 180
LAST_WRITTEN = "indexed_at"
"""The one field in which an index and its rebuild differ: when it was written."""


@dataclass(slots=True)
class Verdict:
    """How the files ended, and every breach of the promise, in words; `doubled` counts files that ended twice."""

    statuses: Counter[str] = field(default_factory=Counter[str])
    doubled: int = 0
    letters: int = 0
    breaches: list[str] = field(default_factory=list[str])


async def judge(target: Target, ledger: Ledger) -> Verdict:
    """Wait until every file has ended, and compare what there is with what was promised."""
    verdict = Verdict()
    async with httpx.AsyncClient(timeout=60) as http:
        receipts = await _receipts(http, target, ledger)
        verdict.statuses.update(receipt["status"] for receipt in receipts.values())
        verdict.doubled = sum(len(_ends(receipt)) > 1 for receipt in receipts.values())
        verdict.breaches += _wrong_ends(receipts, ledger)
        live = {article["article_id"]: article async for article in _exported(http, target)}
    verdict.breaches += _wrong_articles(live, ledger.winners())
    async with open_log(target.log_url) as log:
        origins = {origin for topic in (RAW_DEAD, ENRICHED_DEAD) for origin in await _origins(log, topic.name)}
        verdict.letters = len(origins)
        if verdict.letters != len(target.poison):
            verdict.breaches.append(f"{len(target.poison)} poison records, {verdict.letters} dead letters")
        rebuilt = await _rebuilt(log, target.search_url)
    verdict.breaches += _differences(live, rebuilt)
    return verdict


async def _receipts(http: httpx.AsyncClient, target: Target, ledger: Ledger) -> Mapping[str, Mapping[str, Any]]:
    """Return every receipt once it has ended, or as it is after END_SECONDS."""
    receipts: dict[str, Mapping[str, Any]] = {}
    with anyio.move_on_after(END_SECONDS):
        for batch_id in ledger.batches:
            while True:
                batch = (await http.get(f"{target.ingest_url}/v1/batches/{batch_id}")).raise_for_status().json()
                receipts |= {receipt["receipt_id"]: receipt for receipt in batch["files"]}
                if batch["done"] == batch["total"]:
                    break
                await anyio.sleep(0.2)
    return receipts


def _ends(receipt: Mapping[str, Any]) -> list[str]:
    return [entry["stage"] for entry in receipt["timeline"] if entry["stage"] in ENDED]


def _wrong_ends(receipts: Mapping[str, Mapping[str, Any]], ledger: Ledger) -> Iterator[str]:
    written: set[str] = set()
    for receipt_id, promise in ledger.promises.items():
        receipt = receipts.get(receipt_id, {"status": "lost", "timeline": []})
        status = receipt["status"]
        allowed = ("indexed", "duplicate") if promise.drop.kind == "article" else ("rejected",)
        ends = _ends(receipt)
        if status not in allowed or len(ends) != 1:
            yield f"{promise.drop.name} ({promise.drop.kind}) is {status}, ended {ends}, receipt {receipt_id}"
        if status == "indexed":
            written.add(promise.article_id)
    for article_id in ledger.winners().keys() - written:
        yield f"no receipt of article {article_id} says indexed"


def _wrong_articles(live: Mapping[str, Mapping[str, Any]], winners: Mapping[str, str]) -> Iterator[str]:
    for article_id in winners.keys() - live.keys():
        yield f"article {article_id} ({winners[article_id]}) is not in the index"
    for article_id in live.keys() - winners.keys():
        yield f"article {article_id} is in the index and was never accepted"
    for article_id in winners.keys() & live.keys():
        if winners[article_id] not in live[article_id]["title"].split():
            yield f"article {article_id} is {live[article_id]['title']!r}, the newest capture is {winners[article_id]}"


def _differences(live: Mapping[str, Mapping[str, Any]], rebuilt: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for article_id in live.keys() ^ rebuilt.keys():
        where = "the index" if article_id in live else "its rebuild"
        yield f"article {article_id} is in {where} only"
    for article_id in live.keys() & rebuilt.keys():
        one, other = live[article_id], rebuilt[article_id]
        if fields := [name for name in one if name != LAST_WRITTEN and one[name] != other.get(name)]:
            yield f"article {article_id} is rebuilt with another {', '.join(fields)}"


async def _exported(http: httpx.AsyncClient, target: Target) -> AsyncGenerator[Mapping[str, Any]]:
    seen: set[str] = set()
    async with http.stream("GET", f"{target.api_url}/v1/export", params={"format": "ndjson"}) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            article: Mapping[str, Any] = json.loads(line)
            if article["article_id"] in seen:
                raise AssertionError(f"article {article['article_id']} is exported twice")
            seen.add(article["article_id"])
            yield article


async def _origins(log: EventLog, topic: str) -> set[bytes | None]:
    """Return the origin of each dead letter: a letter written twice, around a crash, has the same one."""
    ends = await log.end_offsets(topic)
    reached = dict.fromkeys(ends, 0)
    origins: set[bytes | None] = set()
    async with log.read(topic, {}) as reader:
        while any(reached[partition] < end for partition, end in ends.items()):
            for record in await reader.poll(max_records=100, timeout=1):
                reached[record.partition] = record.offset + 1
                origins.add(dict(record.headers)["dlq_origin"])
    return origins


async def _rebuilt(log: EventLog, search_url: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the articles of an index made from the log alone."""
    async with open_engine(search_url) as engine:
        await engine.prepare()
        await reindex(log, engine, log.system)
        exported = engine.export(Query())
        return {
            article.article_id: json.loads(article.model_dump_json()) async for batch in exported for article in batch
        }
