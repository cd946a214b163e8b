"""How many pages a second one core reads, all fields on: pages of provincial portals, as text and as saved HTML.

    python -m bench.extraction

Beside each rate stands the cost of a page in units of a fixed piece of work that is timed in the same minute, so that
figures of a busy and an idle machine compare. The last lines show how the cost grows with a page's length.
"""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from statistics import median

from bantin.events import ArticleReceived
from bantin_extract.handler import extract
from bench.corpus import articles

LABELLED = Path(__file__).parents[2] / "shared" / "data" / "gov_pages"
PAGES = 200
ROUNDS = 3
GROWTH = (4, 16, 64)
_WORDS = "Sáng nay, hội nghị thảo luận về chương trình công tác năm của huyện. ".split() * 2_000


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


def seconds(contents: Sequence[bytes], content_type: str) -> float:
    """Return the processor time that reading all of them takes."""
    events = [received(content, content_type) for content in contents]
    started = time.process_time()
    for event in events:
        extract(event)
    return time.process_time() - started


def reference() -> float:
    """Return the processor time of a fixed piece of work: counting 28,000 words by their first two letters."""
    started = time.process_time()
    counts: dict[str, int] = {}
    for word in _WORDS:
        key = word.lower()[:2]
        counts[key] = counts.get(key, 0) + 1
    return time.process_time() - started


def measure(name: str, contents: Sequence[bytes], content_type: str, usual: int) -> None:
    """Print the best of three rounds; `usual`: the size in bytes of a page for which the rate is given as well."""
    seconds(contents[:1], content_type)
    pairs = [(seconds(contents, content_type), min(reference() for _ in range(5))) for _ in range(ROUNDS)]
    best = min(time for time, _ in pairs)
    units = median(time / unit for time, unit in pairs) / len(contents)
    size = sum(map(len, contents)) / len(contents)
    rate = len(contents) / best
    print(
        f"{name}: {rate:.0f} pages/s of {size / 1e3:.1f} kB (at that pace {rate * size / usual:.0f} of "
        f"{usual / 1e3:.0f} kB); a page costs {units:.2f} units"
    )


def text_page(bodies: Sequence[str]) -> bytes:
    """Return one page of text that goes on with article after article, no paragraph twice."""
    return "\n\n".join(bodies).encode()


def html_page(bodies: Sequence[str]) -> bytes:
    """Return the same as one page of HTML."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for body in bodies for line in body.splitlines() if line.strip())
    return f"<html><body><h1>{escape(bodies[0][:80])}</h1><div>{paragraphs}</div></body></html>".encode()


def measure_growth(name: str, page: Callable[[Sequence[str]], bytes], content_type: str) -> None:
    """Print how the cost of a byte changes when a page gets longer: 1 is linear, less is better."""
    bodies = list(articles(GROWTH[-1]))
    single = [page([body]) for body in bodies]
    one = min(seconds(single, content_type) for _ in range(ROUNDS)) / sum(map(len, single))
    factors: list[str] = []
    for times in GROWTH:
        longer = [page(bodies[first : first + times]) for first in range(0, len(bodies), times)]
        cost = min(seconds(longer, content_type) for _ in range(2)) / sum(map(len, longer))
        factors.append(f"{cost / one:.2f} at x{times}")
    print(f"{name}, growth: a byte costs {', '.join(factors)} of what it costs at x1 (linear: 1.00)")


def main() -> None:
    texts = [text.encode() for text in articles(PAGES)]
    measure("news articles as text", texts, "text/plain", 6_000)
    if LABELLED.is_dir():
        pages = [json.loads(line) for line in (LABELLED / "gold.jsonl").read_text("utf-8").splitlines()]
        texts = [page["page_text"].encode() for page in pages]
        markup = [(LABELLED / page["html_file"]).read_bytes() for page in pages]
        measure("provincial pages as text", texts, "text/plain", 6_000)
        measure("provincial pages as HTML", markup, "text/html", 60_000)
    measure_growth("pages of text", text_page, "text/plain")
    measure_growth("pages of HTML", html_page, "text/html")


if __name__ == "__main__":
    main()
