"""How much the archives of one request may unpack to; counted on the bytes, whatever the archives say."""

from dataclasses import dataclass

from bantin_ingest.archives.member import UNSAFE, ArchiveError

FREE_BYTES = 16 * 1024 * 1024
"""An archive may unpack to so much whatever its ratio: a handful of short pages from one template packs very well."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Most members and bytes of all archives of one request, and most bytes for each byte of an archive."""

    members: int
    unpacked: int
    ratio: int


class Budget:
    """What is left of the limits; what a refused archive has used up stays used."""

    def __init__(self, limits: ArchiveLimits) -> None:
        self._limits = limits
        self._members = limits.members
        self._unpacked = limits.unpacked

    def room_for(self, packed: int) -> int:
        """Return how many bytes an archive of `packed` bytes may unpack to."""
        return min(self._unpacked, FREE_BYTES + self._limits.ratio * packed)

    def require_room(self, unpacked: int, packed: int) -> None:
        """Raise ArchiveError where an archive of `packed` bytes may not unpack to `unpacked`."""
        if unpacked > self.room_for(packed):
            raise too_much()

    def add_member(self) -> None:
        """Count one more member; raise ArchiveError where it is one too many."""
        self._members -= 1
        if self._members < 0:
            said = f"The archive, with others of the request, holds more than {self._limits.members:,} files."
            raise ArchiveError(UNSAFE, said)

    def spend(self, unpacked: int) -> None:
        """Take the bytes of an archive that was unpacked, or was found to be too large, off what is left."""
        self._unpacked = max(0, self._unpacked - unpacked)


def too_much() -> ArchiveError:
    """Return the error of an archive that unpacks to more than it may."""
    return ArchiveError(
        UNSAFE, "The archive unpacks to more than is allowed, in all or for its size; send its files in several."
    )
