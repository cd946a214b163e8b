"""`bantin verify`: what the log says is in the index, and nothing else is; `--fix` mends what is missing or stale."""

from dataclasses import dataclass, replace

from bantin.eventlog.port import EventLog
from bantin.search.port import SearchEngine
from bantin.search.query import Query
from bantin_index.reindex import Progress
from bantin_standalone.repair.backfill import article_of, attended, caught_up, publish_behind, read_through
from bantin_standalone.repair.differences import Difference, lacking, surplus
from bantin_standalone.repair.shadow import shadow_of
from bantin_standalone.repair.standing import standing_records


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison found. `articles` is how many there should be, `mended` how many differences are gone now."""

    articles: int
    differences: tuple[Difference, ...]
    mended: int = 0

    @property
    def left(self) -> int:
        """How many differences there still are."""
        return len(self.differences) - self.mended


async def verify(log: EventLog, live: SearchEngine) -> Verified:
    """Compare the live index with one that is made from the log now; writes nothing.

    Waits for what is on its way to the index first, and passes over articles that change while it looks. Raise
    IndexIdleError where the index does not take what is on its way.
    """
    progress = Progress()
    await caught_up(log)
    async with shadow_of(log, progress) as should:
        await caught_up(log)
        found = [difference async for difference in lacking(should, live)]
        found += [difference async for difference in surplus(should, live)]
        articles = (await should.search(Query(size=0, facets=()))).total
    changed = {article_of(record) async for record in read_through(log, progress.position)}
    differences = tuple(difference for difference in found if difference.article_id not in changed)
    return Verified(articles, differences)


async def mend(log: EventLog, live: SearchEngine, verified: Verified) -> Verified:
    """Publish again, of every article that is missing or stale, what on the log it stands by, and look again.

    The index takes it as it took it the first time; receipts stay as they are. A surplus article is not on the log: a
    reindex leaves it out. Raise IndexIdleError where the index takes nothing, before anything is published if it is
    not there at all.
    """
    ids = frozenset(one.article_id for one in verified.differences if one.kind != "surplus")
    if ids:
        await attended(log)
        await publish_behind(log, standing_records(log, ids))
        await caught_up(log)
    again = await verify(log, live)
    left = {one.article_id for one in again.differences}
    return replace(verified, mended=sum(one.article_id not in left for one in verified.differences))
