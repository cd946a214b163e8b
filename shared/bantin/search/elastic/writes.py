"""Bulk writes: articles to request bodies cut by bytes and count, and each item's answer to its result."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bantin.search.elastic.documents import document, engine_version
from bantin.search.elastic.failures import is_refusal, may_pass
from bantin.search.port import SearchRefusedError, StoredArticle, WriteResult

BULK_BYTES: Final = 8 * 1024 * 1024
"""Bytes of one request, well below Elasticsearch's limit of 100 MB; a larger article travels alone."""

BULK_COUNT: Final = 500


@dataclass(frozen=True, slots=True)
class Bulk:
    """One request: `operations` are lines of newline-delimited JSON, two for each of `count` articles."""

    operations: tuple[bytes, ...]
    count: int


def bulks(articles: Sequence[StoredArticle], most_bytes: int = BULK_BYTES, most: int = BULK_COUNT) -> Iterator[Bulk]:
    """Cut articles, in order, into requests of at most so many bytes and articles."""
    lines: list[bytes] = []
    size = 0
    for stored in articles:
        pair = _operation(stored)
        length = sum(map(len, pair))
        if lines and (size + length > most_bytes or len(lines) >= 2 * most):
            yield Bulk(tuple(lines), len(lines) // 2)
            lines, size = [], 0
        lines += pair
        size += length
    if lines:
        yield Bulk(tuple(lines), len(lines) // 2)


def write_results(answer: Mapping[str, Any]) -> list[WriteResult]:
    """Return the result of each item of a bulk's answer. Raise SearchRefusedError where one lacks rights."""
    return [_result(next(iter(item.values()))) for item in answer["items"]]


def _operation(stored: StoredArticle) -> tuple[bytes, bytes]:
    """Return action and source. With `external_gte` an equal version writes again, an older one is a conflict."""
    action = {
        "index": {
            "_id": stored.article.article_id,
            "version": engine_version(stored.article),
            "version_type": "external_gte",
        }
    }
    source = json.dumps(document(stored), ensure_ascii=False, separators=(",", ":"))
    return json.dumps(action).encode(), source.encode()


def _result(item: Mapping[str, Any]) -> WriteResult:
    status: int = item["status"]
    if status < 300:
        return WriteResult("written")
    error: Mapping[str, Any] = item.get("error", {})
    kind, detail = str(error.get("type")), f"{error.get('type')}: {error.get('reason')}"
    if status == 409:
        return WriteResult("stale", detail)
    if is_refusal(status, kind):
        raise SearchRefusedError(f"Elasticsearch refuses a write, check our credentials and rights: {detail}")
    return WriteResult("retry" if may_pass(status, kind) else "refused", detail)
