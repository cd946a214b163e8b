"""API keys of least privilege for the services, made by somebody whom Elasticsearch lets make keys."""

from elasticsearch import AsyncElasticsearch

from bantin.search.elastic.address import parse_address
from bantin.search.elastic.client import connect_client
from bantin.search.elastic.failures import translated_failures
from bantin.search.elastic.roles import Role, role_descriptors


async def create_key(url: str, role: Role) -> str:
    """Make a key for a role on the index that the search URL names, and return it as BANTIN_SEARCH_API_KEY takes it.

    The URL's user needs the privilege `manage_own_api_key`, and every right that the key gets; an API key can't make
    another one with rights. Raise SearchRefusedError, SearchUnavailableError, or ValueError for the URL.
    """
    address = parse_address(url)
    async with connect_client(address) as client:
        return await _create(client, role, address.name)


async def _create(client: AsyncElasticsearch, role: Role, name: str) -> str:
    with translated_failures():
        answer = await client.security.create_api_key(
            name=f"bantin-{role}-{name}", role_descriptors=role_descriptors(role, name), metadata={"bantin": role}
        )
    return answer["encoded"]
