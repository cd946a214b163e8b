"""The index service's handler: enriched articles in, the index's decisions out.

The decision itself is `bantin_index.decide`; this module reads what it needs, writes what it says, and turns the
engine's answers into outcomes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bantin.events import ArticleEnriched, ArticleIndexed, Reason
from bantin.fingerprint import fingerprint
from bantin.handler import Delivery, Emit, Outcome, Refuse, Retry
from bantin.search.port import SearchIndex, SearchUnavailableError, WriteResult
from bantin_index.clusters import find_clusters
from bantin_index.decide import Decision, decide, older_capture
from bantin_index.spans import WriteSpans

INDEX_REFUSED = "index_refused"


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ArticleWriter:
    """Writes articles to an index. `system` names the engine in spans (`db.system.name`)."""

    index: SearchIndex
    system: str
    clock: Callable[[], datetime] = utc_now

    async def __call__(self, deliveries: Sequence[Delivery[ArticleEnriched]]) -> Sequence[Outcome]:
        """Decide about each delivery and return one outcome each, in order; a search finds what is `indexed`.

        Captures of one article are decided one after the other, each knowing what became of the one before. Raises
        SearchRefusedError where the engine refuses us as a whole.
        """
        outcomes: dict[int, Outcome] = {}
        waiting: set[str] = set()
        for positions in rounds([delivery.event.article_id for delivery in deliveries]):
            free = [place for place in positions if deliveries[place].event.article_id not in waiting]
            answers = await self._round([deliveries[place] for place in free])
            outcomes.update(zip(free, answers, strict=True))
            waiting |= {deliveries[place].event.article_id for place in free if isinstance(outcomes[place], Retry)}
        earlier_waits = Retry("an earlier capture of the same article waits")
        return [outcomes.get(place, earlier_waits) for place in range(len(deliveries))]

    async def _round(self, deliveries: Sequence[Delivery[ArticleEnriched]]) -> Sequence[Outcome]:
        """Decide and write deliveries of distinct articles."""
        if not deliveries:
            return ()
        with WriteSpans(self.system, deliveries) as spans:
            try:
                outcomes = await self._decide_and_write([_complete(delivery.event) for delivery in deliveries], spans)
            except SearchUnavailableError as error:
                outcomes = [Retry(str(error) or "the search engine does not answer")] * len(deliveries)
            spans.tell(outcomes)
            return outcomes

    async def _decide_and_write(self, events: Sequence[ArticleEnriched], spans: WriteSpans) -> list[Outcome]:
        stored = await self.index.get([event.article_id for event in events])
        clusters = await find_clusters(self.index, events, stored)
        now = self.clock()
        decisions = [
            decide(event, stored.get(event.article_id), clusters.get(event.article_id), now) for event in events
        ]
        writes = {place: decision.write for place, decision in enumerate(decisions) if decision.write}
        results: Mapping[int, WriteResult] = {}
        if writes:
            with spans.bulk(list(writes)):
                results = dict(zip(writes, await self.index.write(list(writes.values())), strict=True))
        return [
            outcome_of(event, decision, results.get(place), now)
            for place, (event, decision) in enumerate(zip(events, decisions, strict=True))
        ]


def rounds(keys: Sequence[str]) -> list[list[int]]:
    """Split positions into rounds, each with distinct keys: the n-th occurrence of a key is in the n-th round."""
    seen: dict[str, int] = {}
    split: list[list[int]] = []
    for place, key in enumerate(keys):
        count = seen.get(key, 0)
        seen[key] = count + 1
        if count == len(split):
            split.append([])
        split[count].append(place)
    return split


def _complete(event: ArticleEnriched) -> ArticleEnriched:
    """Return the event with its fingerprint, also where its record is older than fingerprints."""
    if event.fingerprint:
        return event
    return event.model_copy(update={"fingerprint": fingerprint(event.article.body)})


def outcome_of(event: ArticleEnriched, decision: Decision, result: WriteResult | None, now: datetime) -> Outcome:
    """Return what becomes of a delivery, given its decision and what the engine made of the write, if any."""
    if result is None or result.status == "written":
        return Emit((_indexed(event, decision, now),))
    if result.status == "stale":
        return Emit((_indexed(event, Decision("duplicate", older_capture(event.article)), now),))
    if result.status == "retry":
        return Retry(result.detail or "the search engine is overloaded")
    return Refuse(Reason(code=INDEX_REFUSED, detail=result.detail))


def _indexed(event: ArticleEnriched, decision: Decision, now: datetime) -> ArticleIndexed:
    written = decision.write.article.indexed_at if decision.outcome == "indexed" and decision.write else None
    return ArticleIndexed(
        receipt_id=event.receipt_id,
        batch_id=event.batch_id,
        article_id=event.article_id,
        outcome=decision.outcome,
        reason=decision.reason,
        version=event.article.version,
        extracted_at=event.extracted_at,
        indexed_at=written or now,
    )
