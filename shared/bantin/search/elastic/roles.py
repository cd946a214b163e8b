"""The rights that each of us needs on Elasticsearch, and no more: as role descriptors of API keys.

    reader   searches, and holds points in time                       the query API
    writer   reads, writes and deletes articles, in the index there   the index service
    admin    creates, fills, swaps and drops indexes                  `bantin-prepare`, `reindex`

None has a right on the cluster, nor on indexes of another name.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, get_args

from bantin.search.elastic.aliases import IndexNames

Role = Literal["reader", "writer", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_PRIVILEGES: Final[Mapping[Role, Sequence[str]]] = {
    "reader": ("read",),
    # `view_index_metadata`: to see which version of the mapping the live index has, before writing to it.
    "writer": ("read", "index", "delete", "view_index_metadata"),
    "admin": ("read", "write", "manage"),
}


def role_descriptors(role: Role, name: str) -> dict[str, Any]:
    """Return what an API key of this role may do to the indexes of a family; see Elasticsearch's "Defining roles"."""
    names = IndexNames(name)
    reached = [names.read, names.every, *([] if role == "reader" else [names.every_write])]
    if role == "admin":
        reached.append(names.lease)
    return {f"bantin-{role}": {"cluster": [], "indices": [{"names": reached, "privileges": list(_PRIVILEGES[role])}]}}
