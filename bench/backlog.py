"""How much memory the platform takes while many more files are queued than it can work off.

    python -m bench.backlog [FILES] [--write]

Files are dropped as fast as one client can; what waits lies on the log, so memory should not grow with their number:
compare the first thousand with all of them. Prints the resident memory of the platform with its reading processes;
`--write` writes it into docs/reliability.md.
"""

import tempfile
import threading
import time
from argparse import ArgumentParser
from pathlib import Path

import httpx
import psutil
from rich.console import Console

from quality.sheets import Sheet, terminal_table, with_sheets
from tests.pipeline.pages import page
from tests.pipeline.processes import Process

COMMAND = "python -m bench.backlog --write"
PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
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


def main() -> None:
    parser = ArgumentParser(prog="python -m bench.backlog", description="Measure memory while files are queued.")
    parser.add_argument("files", type=int, nargs="?", default=50_000)
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    wanted = parser.parse_args()
    count: int = wanted.files
    found = Sheet(f"{count:,} files dropped at once, embedded", ("when", "files/s", "largest memory, MiB"), run(count))
    Console().print(terminal_table(found))
    if wanted.write:
        PAGE.write_text(with_sheets(PAGE.read_text("utf-8"), COMMAND, [found]), "utf-8")


Row = tuple[str, ...]


def run(count: int) -> tuple[Row, ...]:
    """Run a platform of our own, measure it and end it."""
    with tempfile.TemporaryDirectory() as folder:
        process = Process(("bantin", "up"), {}, Path(folder) / "bantin")
        process.start()
        memory = Memory(process.pid)
        try:
            return measure(process.url, count, memory)
        finally:
            memory.close()
            process.kill()


def measure(url: str, count: int, memory: Memory) -> tuple[Row, ...]:
    with httpx.Client(base_url=url, timeout=120) as http:
        drop(http, 0, FIRST)
        first = row(f"the first {FIRST:,} are accepted", "", memory)
        started = time.perf_counter()
        last = drop(http, FIRST, count)
        accepted = row("all are accepted", per_second(count - FIRST, started), memory)
        while (batch := http.get(f"/v1/batches/{last}").json())["done"] < batch["total"]:
            time.sleep(1)
        return first, accepted, row("the last has ended", per_second(count, started), memory)


def per_second(files: int, started: float) -> str:
    return f"{files / (time.perf_counter() - started):,.0f}"


def drop(http: httpx.Client, first: int, past: int) -> str:
    """Drop files and return the last batch's id."""
    batch_id = ""
    for start in range(first, past, FILES_PER_REQUEST):
        numbers = range(start, min(past, start + FILES_PER_REQUEST))
        files = [("file", (f"{number}.txt", page("zzbacklog", number).encode())) for number in numbers]
        batch_id = http.post("/v1/files", files=files).raise_for_status().json()["batch_id"]
    return batch_id


def row(when: str, rate: str, memory: Memory) -> Row:
    """Return what was measured since the last row, and print it: a run takes many minutes."""
    cells = (when, rate, f"{memory.largest() / 2**20:,.0f}")
    print(*cells, sep="  ", flush=True)
    return cells


if __name__ == "__main__":
    main()
