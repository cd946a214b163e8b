"""Near-duplicates: how much two bodies overlap, and a fingerprint by which overlapping ones are found among many.

The overlap is the Jaccard index of the sets of five-syllable shingles. The fingerprint is a MinHash of that set, made
by fast similarity sketching (Dahlgaard, Knudsen, Thorup, FOCS 2017) and cut into bands (locality-sensitive hashing):
two bodies that share half of their shingles have a band in common with a probability of 0.98.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from bantin.vietnamese.comparison import canonical
from bantin.vietnamese.syllables import cut

SHINGLE_SYLLABLES: Final = 5

COMPARED: Final = 200_000
"""Characters; of a longer body the beginning is compared, so that no upload within the limit takes minutes."""

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
_HASH_BYTES: Final = 4
_LANE_BYTES: Final = 16
_NUMBERS: Final = tuple(f"{number:02}" for number in range(BANDS))
_ROWS_WRITTEN: Final = b",".join([b"%d"] * ROWS)
_MAX_KNOWN: Final = 65_536
_MAX_KEPT: Final = 40
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
    return tuple(_bands(_sketch(hashes)))


def _neighbours(body: str) -> list[bytes]:
    """Return the shingles as often as they stand there: cut side by side, from each of the first five syllables on."""
    packed = b"".join(map(_CHECKSUMS.__getitem__, body[:COMPARED].split()))
    found: list[bytes] = []
    for start in range(0, min(_SHINGLE_BYTES, len(packed)), _SYLLABLE_BYTES):
        count = (len(packed) - start) // _SHINGLE_BYTES
        found += struct.unpack_from(f"{_SHINGLE_BYTES}s" * count, packed, start)
    return found


class _Checksums(dict[str, bytes]):
    """The checksums of the syllables in what stands between two blanks, one after the other."""

    def __missing__(self, written: str) -> bytes:
        checksums = [zlib.crc32(canonical(syllable).encode()) for syllable in cut(written)]
        packed = struct.pack(f"<{len(checksums)}I", *checksums)
        if len(written) <= _MAX_KEPT:
            if len(self) >= _MAX_KNOWN:
                self.clear()
            self[written] = packed
        return packed


_CHECKSUMS: Final = _Checksums()


def _sketch(hashes: Sequence[int]) -> list[int]:
    """Return one value for each slot: the least that fell into it in the first turn in which any did."""
    slots = [_EMPTY] * _SLOTS
    lanes = _in_lanes(hashes)
    for turn in range(_SLOTS):
        thrown = _thrown(_mixed(lanes, len(hashes), turn))
        slots = [new if kept == _EMPTY else kept for kept, new in zip(slots, thrown, strict=True)]
        if _EMPTY not in slots:
            return slots
    return [
        min(_mixed(lanes, len(hashes), _SLOTS + slot)) if kept == _EMPTY else kept for slot, kept in enumerate(slots)
    ]


def _thrown(values: Iterable[int]) -> list[int]:
    """Throw each value into a slot, and keep the least of each."""
    least = [_EMPTY] * _SLOTS
    for value in values:
        slot = value % _SLOTS
        if value < least[slot]:  # noqa: PLR1730 — min() would take twice as long
            least[slot] = value
    return least


def _in_lanes(hashes: Sequence[int]) -> int:
    """Return the hashes as one number, each in 128 bits of its own: what is done to it is done to all at once."""
    packed = struct.pack(f"<{len(hashes)}I", *hashes)
    lanes = bytearray(_LANE_BYTES * len(hashes))
    for byte in range(_HASH_BYTES):
        lanes[byte::_LANE_BYTES] = packed[byte::_HASH_BYTES]
    return int.from_bytes(lanes, "little")


def _mixed(lanes: int, count: int, turn: int) -> tuple[int, ...]:
    """Return other 32 bits of each hash in every turn: (hash ^ turn * _TURN) * _ODD >> 29, the lowest of them."""
    turned = lanes ^ int.from_bytes(struct.pack("<QQ", turn * _TURN, 0) * count, "little") if turn else lanes
    mixed = (turned * _ODD >> 29).to_bytes(_LANE_BYTES * count, "little")
    packed = bytearray(_HASH_BYTES * count)
    for byte in range(_HASH_BYTES):
        packed[byte::_HASH_BYTES] = mixed[byte::_LANE_BYTES]
    return struct.unpack(f"<{count}I", packed)


def _bands(values: Sequence[int]) -> Iterator[str]:
    """Yield each band: its number, and a checksum of its values."""
    following = iter(values)
    for number, rows in zip(_NUMBERS, zip(*[following] * ROWS, strict=True), strict=True):
        yield number + hashlib.blake2b(_ROWS_WRITTEN % rows, digest_size=_BAND_BYTES).hexdigest()
