"""Which member of a group is given a topic: whoever holds its lock, which the system frees when a process ends."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from bantin.eventlog.port import LogUnavailableError
from bantin.folders import make_private


class Membership:
    """One member's locks, one for each topic: a file beside the log, held as long as the member reads the topic."""

    def __init__(self, log_path: Path, group: str, topics: Sequence[str]) -> None:
        self._folder = log_path.with_name(log_path.name + ".members")
        self._locks = {
            topic: FileLock(self._folder / f"{quote(group, safe='')}@{quote(topic, safe='')}.lock", thread_local=False)
            for topic in topics
        }

    @property
    def stands_by(self) -> bool:
        """True while another member is given one of the topics."""
        return not all(lock.is_locked for lock in self._locks.values())

    def owns(self, topic: str) -> bool:
        """Return whether this member is given the topic."""
        return topic in self._locks and self._locks[topic].is_locked

    def claim(self) -> list[str]:
        """Take the topics that no member holds and return them."""
        taken: list[str] = []
        try:
            make_private(self._folder)
            for topic, lock in self._locks.items():
                if lock.is_locked:
                    continue
                try:
                    lock.acquire(blocking=False)
                except Timeout:
                    continue
                taken.append(topic)
        except OSError as error:
            raise LogUnavailableError(f"the folder {self._folder} takes no lock files: {error}") from error
        return taken

    def has_others(self) -> bool:
        """Return whether another member holds one of the topics; those that nobody held are free again afterwards."""
        taken = self.claim()
        self.leave()
        return len(taken) < len(self._locks)

    def leave(self) -> None:
        """Let other members have the topics."""
        for lock in self._locks.values():
            lock.release()
