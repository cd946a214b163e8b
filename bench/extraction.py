"""How many pages a second one core reads, all fields on: pasted text, and saved HTML where there is any.

    python -m bench.extraction

Cost grows linearly with a page's length; the last lines show it, by pages that are made ten times longer.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bantin.events import ArticleReceived
from bantin_extract.handler import extract
from bench.corpus import articles

SAVED = Path(__file__).parents[2] / "shared" / "data" / "gov_pages" / "html"
PAGES = 200


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
    events = [received(content, content_type) for content in contents]
    extract(events[0])
    started = time.process_time()
    for event in events:
        extract(event)
    seconds = time.process_time() - started
    size = sum(map(len, contents)) / len(contents)
    rate = len(events) / seconds
    print(f"{name}: {rate:.0f} pages/s of {size / 1e3:.1f} kB, {size * rate / 1e6:.2f} MB/s")


def main() -> None:
    texts = [text.encode() for text in articles(PAGES)]
    measure("text", texts, "text/plain")
    measure("text, ten times as long", [text * 10 for text in texts[: PAGES // 10]], "text/plain")
    if SAVED.is_dir():
        saved = [path.read_bytes() for path in islice(sorted(SAVED.rglob("*.html")), PAGES)]
        measure("HTML", saved, "text/html")


if __name__ == "__main__":
    main()
