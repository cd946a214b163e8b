"""How much memory the platform takes while many more files are queued than it can work off.

    python -m bench.backlog [FILES]

Files are dropped as fast as one client can; what waits lies on the log, so memory should not grow with their number:
compare the first thousand with all of them. Prints the resident memory of the platform with its reading processes.
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import psutil

from tests.pipeline.pages import page
from tests.pipeline.processes import Process

FILES_PER_REQUEST = 200
LOOK_SECONDS = 0.2
FIRST = 1_000


class Memory:
    """The largest resident memory of a process and its children since the last look, in bytes."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._largest = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def largest(self) -> int:
        """Return the largest since the last call."""
        largest, self._largest = self._largest, 0
        return largest

    def close(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            total = 0
            for process in (self._process, *self._process.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:  # it ended while we looked
                    continue
            self._largest = max(self._largest, total)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        process = Process(("bantin", "up"), {}, Path(folder) / "bantin")
        process.start()
        memory = Memory(process.pid)
        try:
            measure(process.url, count, memory)
        finally:
            memory.close()
            process.kill()


def measure(url: str, count: int, memory: Memory) -> None:
    with httpx.Client(base_url=url, timeout=120) as http:
        drop(http, 0, FIRST)
        report(f"first {FIRST:,} files accepted", memory)
        started = time.perf_counter()
        last = drop(http, FIRST, count)
        report(f"{count:,} accepted, {(count - FIRST) / (time.perf_counter() - started):,.0f} files/s", memory)
        while (batch := http.get(f"/v1/batches/{last}").json())["done"] < batch["total"]:
            time.sleep(1)
        seconds = time.perf_counter() - started
        report(f"the last of them has ended, {count / seconds:,.0f} files/s from end to end", memory)


def drop(http: httpx.Client, first: int, past: int) -> str:
    """Drop files and return the last batch's id."""
    batch_id = ""
    for start in range(first, past, FILES_PER_REQUEST):
        numbers = range(start, min(past, start + FILES_PER_REQUEST))
        files = [("file", (f"{number}.txt", page("zzbacklog", number).encode())) for number in numbers]
        batch_id = http.post("/v1/files", files=files).raise_for_status().json()["batch_id"]
    return batch_id


def report(what: str, memory: Memory) -> None:
    print(f"{what}: at most {memory.largest() / 2**20:,.0f} MiB", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
