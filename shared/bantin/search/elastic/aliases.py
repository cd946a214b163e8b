"""Indexes by version behind aliases: one alias to search, one to write, moved together in a single call.

An index is `NAME-v5-TIMESTAMP`, where `v5` is the mapping's version. `NAME` is searched, by whatever version of the
code; `NAME-write-v5` takes the writes of code that writes this mapping. So code of another version can't write to it,
not even by a race: its alias isn't there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from elasticsearch import AsyncElasticsearch, BadRequestError

from bantin.search.elastic.mapping import REFRESH_INTERVAL, mappings, settings
from bantin.search.port import Layout, SearchUnavailableError

MAPPING_VERSION: Final = 5


@dataclass(frozen=True, slots=True)
class IndexNames:
    """The names of a family of indexes and their aliases."""

    name: str

    @property
    def read(self) -> str:
        """The alias that is searched and read from by id."""
        return self.name

    @property
    def write(self) -> str:
        """The alias that is written to."""
        return f"{self.name}-write-v{MAPPING_VERSION}"

    @property
    def every_write(self) -> str:
        """A pattern for the aliases that are written to, of any mapping version."""
        return f"{self.name}-write-v*"

    @property
    def lease(self) -> str:
        """The index that holds the lease on rebuilding."""
        return f"{self.name}-rebuild"

    @property
    def every(self) -> str:
        """A pattern for all indexes of the family, of any mapping version."""
        return f"{self.name}-v*"

    @property
    def first(self) -> str:
        """The first index. Its name is fixed, so that of several processes that create it only one succeeds."""
        return f"{self.name}-v{MAPPING_VERSION}-0"

    def new(self) -> str:
        """Return a name for an index that starts now."""
        return f"{self.name}-v{MAPPING_VERSION}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"

    def filling(self, index: str) -> str:
        """Return the alias by which a new index is filled: nothing is written to one that is gone."""
        return f"{index}-filling"

    def version_of(self, index: str) -> int | None:
        """Return the mapping's version of an index; None if it is none of ours."""
        found = re.fullmatch(rf"{re.escape(self.name)}-v(\d+)-\d+", index)
        return int(found[1]) if found else None


async def create_first(client: AsyncElasticsearch, names: IndexNames) -> None:
    """Create the first index with its aliases, where there is none to search and nobody else just did."""
    if await client.indices.exists_alias(name=names.read):
        return
    try:
        await client.indices.create(
            index=names.first,
            settings=settings(),
            mappings=mappings(),
            aliases={names.read: {}, names.write: {"is_write_index": True}},
        )
    except BadRequestError as error:
        if error.message != "resource_already_exists_exception":
            raise


async def create_unseen(client: AsyncElasticsearch, names: IndexNames) -> str:
    """Create an index that nobody searches yet, which does not refresh while it is filled; return its name."""
    index = names.new()
    await client.indices.create(
        index=index,
        settings=settings(refresh_interval="-1"),
        mappings=mappings(),
        aliases={names.filling(index): {}},
    )
    return index


async def swap_in(client: AsyncElasticsearch, names: IndexNames, index: str) -> Sequence[str]:
    """Make an index the live one: move both aliases at once. Return the indexes that were live before."""
    await client.indices.put_settings(index=index, settings={"refresh_interval": REFRESH_INTERVAL})
    await client.indices.refresh(index=index)
    replaced = await live_indexes(client, names)
    held = [{"index": old, "alias": alias} for old in replaced for alias in (names.read, names.write)]
    await client.indices.update_aliases(
        actions=[
            *({"remove": {**each, "must_exist": False}} for each in held),
            {"remove": {"index": index, "alias": names.filling(index)}},
            {"add": {"index": index, "alias": names.read}},
            {"add": {"index": index, "alias": names.write, "is_write_index": True}},
        ]
    )
    return replaced


async def live_indexes(client: AsyncElasticsearch, names: IndexNames) -> Sequence[str]:
    """Return the indexes that are searched: one, or none before the first was created."""
    answer = await client.options(ignore_status=404).indices.get_alias(name=names.read)
    return () if answer.meta.status == 404 else tuple(answer.body)


async def live_layout(client: AsyncElasticsearch, names: IndexNames) -> Layout:
    """Return the mapping's version of the live index. Raise SearchUnavailableError where there is none of ours."""
    versions = [names.version_of(index) for index in await live_indexes(client, names)]
    known = [version for version in versions if version is not None]
    if not known:
        raise SearchUnavailableError(f"there is no search index {names.read!r} yet: `bantin-prepare` makes it")
    return Layout(min(known), MAPPING_VERSION)


async def drop(client: AsyncElasticsearch, index: str) -> None:
    """Delete an index; one that is gone is no error."""
    await client.options(ignore_status=404).indices.delete(index=index)


async def drop_leftovers(client: AsyncElasticsearch, names: IndexNames) -> None:
    """Delete what rebuilds that crashed left behind, and let writes go on. For the holder of the lease."""
    live = await live_indexes(client, names)
    for index in live:
        await let_write(client, index)
    answer = await client.options(ignore_status=404).indices.get_alias(index=names.every)
    for index in answer.body if answer.meta.status != 404 else ():
        if names.version_of(index) is not None and index not in live:
            await drop(client, index)


async def hold_writes(client: AsyncElasticsearch, index: str) -> None:
    """Let an index take no more writes; return once those under way have ended on every copy of it."""
    await client.indices.add_block(index=index, block="write")


async def let_write(client: AsyncElasticsearch, index: str) -> None:
    """Let an index take writes again; one that is gone is no error."""
    await client.options(ignore_status=404).indices.remove_block(index=index, block="write")
