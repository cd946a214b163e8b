"""How long we wait for Elasticsearch, by kind of call, and how much we ask of it at once."""

from typing import Final

SEARCH_SECONDS: Final = 10.0
"""For an answer that somebody waits for."""

SEARCH_WORK: Final = "8s"
"""After this Elasticsearch gives a search up by itself, so that it works for nobody who has left."""

WRITE_SECONDS: Final = 60.0
"""For a bulk of megabytes, and for the reading before it; nobody waits but the log."""

ADMIN_SECONDS: Final = 60.0
"""For a change of the cluster's state."""

CHECK_SECONDS: Final = 3.0
"""For a readiness check, within the five seconds that all checks have."""

CONNECTIONS: Final = 64
"""Requests under way in one process; more wait for a connection, which counts as waiting for the answer."""

MOST_AT_ONCE: Final = 256
"""Requests under way and waiting; more are told at once to come again."""
