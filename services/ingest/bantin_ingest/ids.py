"""Names for batches and receipts that nobody can guess and that sort by the time they were given."""

import secrets
import time
import uuid

_RANDOM_BITS = 74
_VERSION = 7 << 76
_VARIANT = 0b10 << 62
_LOW_BITS = 62


def new_id() -> str:
    """Return a UUID of version 7 (RFC 9562): milliseconds since 1970, then 74 random bits."""
    random = secrets.randbits(_RANDOM_BITS)
    high, low = random >> _LOW_BITS, random & ((1 << _LOW_BITS) - 1)
    return str(uuid.UUID(int=(time.time_ns() // 1_000_000) << 80 | _VERSION | high << 64 | _VARIANT | low))
