"""Indexes by version behind aliases: one alias to search, one to write, moved together in a single call.

An index is `NAME-v3-TIMESTAMP`; `NAME` is searched and `NAME-write` written. `v3` is the mapping's version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from elasticsearch import AsyncElasticsearch, BadRequestError

from bantin.search.elastic.mapping import REFRESH_INTERVAL, mappings, settings

MAPPING_VERSION: Final = 3


@dataclass(frozen=True, slots=True)
class IndexNames:
    """The names of a family of indexes and their aliases."""

    name: str

    @property
    def read(self) -> str:
        """The alias that is searched."""
        return self.name

    @property
    def write(self) -> str:
        """The alias that is written to and read from by id."""
        return f"{self.name}-write"

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


async def create_first(client: AsyncElasticsearch, names: IndexNames) -> None:
    """Create the first index with its aliases, where no index holds them and nobody else just did."""
    if await client.indices.exists_alias(name=names.write):
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
    """Create an index that no alias names yet, which does not refresh while it is filled; return its name."""
    index = names.new()
    await client.indices.create(index=index, settings=settings(refresh_interval="-1"), mappings=mappings())
    return index


async def swap_in(client: AsyncElasticsearch, names: IndexNames, index: str) -> None:
    """Make an index the live one: move both aliases at once, then drop the indexes that held them."""
    await client.indices.put_settings(index=index, settings={"refresh_interval": REFRESH_INTERVAL})
    await client.indices.refresh(index=index)
    replaced = await _holders(client, names)
    await client.indices.update_aliases(
        actions=[
            {"remove": {"index": names.every, "aliases": [names.read, names.write], "must_exist": False}},
            {"add": {"index": index, "alias": names.read}},
            {"add": {"index": index, "alias": names.write, "is_write_index": True}},
        ]
    )
    for old in replaced:
        await drop(client, old)


async def drop(client: AsyncElasticsearch, index: str) -> None:
    """Delete an index; one that is gone is no error."""
    await client.options(ignore_status=404).indices.delete(index=index)


async def _holders(client: AsyncElasticsearch, names: IndexNames) -> list[str]:
    answer = await client.options(ignore_status=404).indices.get_alias(index=names.every, name=names.write)
    found: Mapping[str, Any] = answer.body
    return [index for index, held in found.items() if isinstance(held, dict) and "aliases" in held]
