"""Asks one broker to let us in, because both client libraries only say that they could not bootstrap.

Wrong credentials must stop a service and say so; a cluster that is away must not.
"""

from typing import Any

from aiokafka.conn import create_conn  # pyright: ignore[reportUnknownVariableType]
from faststream.kafka.security import parse_security

from bantin.eventlog.kafka.address import KafkaAddress

KNOCK_SECONDS = 5


async def knock(address: KafkaAddress) -> None:
    """Return once a broker has let us in; raise what the last of them answered."""
    last: Exception = OSError("no brokers")
    for server in address.servers:
        host, _, port = server.rpartition(":")
        try:
            connection: Any = await create_conn(
                host.strip("[]"),
                int(port),
                client_id="bantin-knock",
                request_timeout_ms=KNOCK_SECONDS * 1000,
                **parse_security(address.security),
            )
        except TimeoutError:
            last = ConnectionError(f"{server} did not answer within {KNOCK_SECONDS} s")
        except Exception as error:  # noqa: BLE001  the caller translates it
            last = error
        else:
            connection.close()
            return
    raise last
