"""The articles that the measurements run on: ../shared/data/baomoi_10k where it is, invented pages elsewhere."""

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "baomoi_10k.jsonl.gz"


def articles(count: int) -> Iterator[str]:
    """Yield up to `count` articles as pasted text: title, lead, body."""
    return islice(_real() if CORPUS.is_file() else _invented(), count)


def _real() -> Iterator[str]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield f"{article['title']}\n\n{article['lead']}\n\n{article['body']}\n"


def _invented() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"Hội nghị lần thứ {number} về công tác dân vận\n\n" + (
            f"Sáng nay, hội nghị lần thứ {number} thảo luận về chương trình công tác năm. " * 60
        )
