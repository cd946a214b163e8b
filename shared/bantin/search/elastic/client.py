"""The client of an Elasticsearch: who we are to it, whom we trust to be it, and our limits."""

import ssl
from pathlib import Path
from typing import Any

from elasticsearch import AsyncElasticsearch

from bantin.search.elastic.address import Address
from bantin.search.elastic.circuit import GuardedNode
from bantin.search.elastic.limits import CONNECTIONS, SEARCH_SECONDS


def connect_client(address: Address) -> AsyncElasticsearch:
    """Return a client, which sends nothing before it is used and retries nothing: callers know better.

    Raise ValueError where the certificates of the address can't be read.
    """
    trusted: dict[str, Any] = {}
    if address.ca_file is not None:
        _require_certificates(address.ca_file)
        trusted["ca_certs"] = str(address.ca_file)
    return AsyncElasticsearch(
        address.host,
        basic_auth=address.basic_auth,
        api_key=address.api_key,
        node_class=GuardedNode,
        connections_per_node=CONNECTIONS,
        request_timeout=SEARCH_SECONDS,
        max_retries=0,
        retry_on_timeout=False,
        **trusted,
    )


def _require_certificates(path: Path) -> None:
    try:
        ssl.create_default_context(cafile=path)
    except OSError as error:
        raise ValueError(f"{path} holds no certificates that can be read: {error.strerror or error}") from error
