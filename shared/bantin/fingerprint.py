"""Near-duplicates: how much two bodies overlap, and a fingerprint by which overlapping ones are found among many.

The overlap is the Jaccard index of the sets of five-syllable shingles. The fingerprint is a MinHash of that set, made
by fast similarity sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017) and cut into bands (locality-sensitive hashing):
two bodies that share half of their shingles have a band in common with a probability of 0.98.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import Final

from bantin.vietnamese.comparison import canonical
from bantin.vietnamese.syllables import cut

SHINGLE_SYLLABLES: Final = 5

NEAR_DUPLICATE: Final = 0.5
"""From this overlap on, two bodies are near-duplicates."""

BANDS: Final = 32
ROWS: Final = 3

_SLOTS: Final = BANDS * ROWS
_BAND_BYTES: Final = 6
_SYLLABLE_BYTES: Final = 4
_SHINGLE_BYTES: Final = SHINGLE_SYLLABLES * _SYLLABLE_BYTES
_ODD: Final = 0x9E3779B97F4A7C15
_TURN: Final = 0x85EBCA6B
_EMPTY: Final = 1 << 32
"""Above every value."""


def shingles(body: str) -> frozenset[bytes]:
    """Return each five neighbouring syllables of a body, as checksums of 32 bits; none where it is shorter."""
    return frozenset(_neighbours(body))


def overlap(one: Set[bytes], other: Set[bytes]) -> float:
    """Return the Jaccard index of two sets, 0 to 1; 0 where both are empty."""
    shared = len(one & other)
    union = len(one) + len(other) - shared
    return shared / union if union else 0.0


def fingerprint(body: str) -> tuple[str, ...]:
    """Return the bands of a body, each a short text that starts with its number; none where it has no shingle.

    The values lie in every index and on the log: what changes them needs all articles extracted anew.
    """
    hashes = list(dict.fromkeys(map(zlib.crc32, _neighbours(body))))  # few that come often would take many rounds each
    if not hashes:
        return ()
    slots = _sketch(hashes)
    return tuple([_band(number, slots[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS)])


def _neighbours(body: str) -> list[bytes]:
    """Return the shingles as often as they stand there: cut side by side, from each of the first five syllables on."""
    checksums = list(map(_checksum, cut(body)))
    packed = struct.pack(f"<{len(checksums)}I", *checksums)
    found: list[bytes] = []
    for start in range(0, min(_SHINGLE_BYTES, len(packed)), _SYLLABLE_BYTES):
        count = (len(packed) - start) // _SHINGLE_BYTES
        found += struct.unpack_from(f"{_SHINGLE_BYTES}s" * count, packed, start)
    return found


@lru_cache(maxsize=65_536)
def _checksum(syllable: str) -> int:
    return zlib.crc32(canonical(syllable).encode())


def _sketch(hashes: Sequence[int]) -> list[int]:
    """Return one value for each slot: the least that fell into it in the first turn in which any did."""
    slots = [_EMPTY] * _SLOTS
    for turn in range(_SLOTS):
        thrown = _thrown(hashes, turn)
        slots = [new if kept == _EMPTY else kept for kept, new in zip(slots, thrown, strict=True)]
        if _EMPTY not in slots:
            return slots
    return [min(_mixed(hashes, _SLOTS + slot)) if kept == _EMPTY else kept for slot, kept in enumerate(slots)]


def _thrown(hashes: Iterable[int], turn: int) -> list[int]:
    """Throw each hash into a slot, and keep the least of each."""
    least = [_EMPTY] * _SLOTS
    for value in _mixed(hashes, turn):
        slot = value % _SLOTS
        if value < least[slot]:  # noqa: PLR1730 — min() would take twice as long
            least[slot] = value
    return least


def _mixed(hashes: Iterable[int], turn: int) -> list[int]:
    """Return other 32 bits of each hash in every turn."""
    turned, odd = turn * _TURN, _ODD
    return [((value ^ turned) * odd >> 29) & 0xFFFFFFFF for value in hashes]


def _band(number: int, values: Iterable[int]) -> str:
    text = b",".join([b"%d" % value for value in values])
    return f"{number:02}{hashlib.blake2b(text, digest_size=_BAND_BYTES).hexdigest()}"
