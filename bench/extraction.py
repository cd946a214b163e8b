"""How many pages a second one core reads, all fields on: pages of provincial portals, as text and as saved HTML.

    python -m bench.extraction

Cost grows linearly with a page's length; the second line shows it, by pages of ten articles each.
"""

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bantin.events import ArticleReceived
from bantin_extract.handler import extract
from bench.corpus import articles

LABELLED = Path(__file__).parents[2] / "shared" / "data" / "gov_pages"
PAGES = 200
ROUNDS = 3


def received(content: bytes, content_type: str) -> ArticleReceived:
    now = datetime.now(UTC)
    return ArticleReceived(
        receipt_id="r",
        batch_id="b",
        article_id="a",
        file_name="page",
        content_type=content_type,
        sha256="",
        captured_at=now,
        received_at=now,
        content=content,
    )


def measure(name: str, contents: Sequence[bytes], content_type: str) -> None:
    """Print the best of three rounds, in the process's own CPU time."""
    events = [received(content, content_type) for content in contents]
    extract(events[0])
    rounds: list[float] = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for event in events:
            extract(event)
        rounds.append(time.process_time() - started)
    size = sum(map(len, contents)) / len(contents)
    rate = len(events) / min(rounds)
    print(f"{name}: {rate:.0f} pages/s of {size / 1e3:.1f} kB, {size * rate / 1e6:.2f} MB/s")


def main() -> None:
    texts = [text.encode() for text in articles(PAGES)]
    measure("news articles as text", texts, "text/plain")
    measure("ten of them in one page", [b"\n".join(texts[at : at + 10]) for at in range(0, PAGES, 10)], "text/plain")
    if LABELLED.is_dir():
        pages = [json.loads(line) for line in (LABELLED / "gold.jsonl").read_text("utf-8").splitlines()]
        measure("provincial pages as text", [page["page_text"].encode() for page in pages], "text/plain")
        measure(
            "provincial pages as HTML", [(LABELLED / page["html_file"]).read_bytes() for page in pages], "text/html"
        )


if __name__ == "__main__":
    main()
