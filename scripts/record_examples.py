"""Write the examples of the API's description: real answers of a platform that holds the seed pages, cut short.

Usage: `bantin up --seeds seeds` with an empty folder, then `.venv/bin/python scripts/record_examples.py URL`. The
platform takes another article and a seed once more, so use one that nobody needs.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import quote

import httpx

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "services/api/bantin_api/examples.json"
INGEST = ROOT / "services/ingest/bantin_ingest/examples.json"

LONGEST_TEXT = 300
LONGEST_FILE = 900
MOST_ITEMS = 2
JSON_TYPES = ("application/json", "application/problem+json", "application/feed+json")

ARTICLE = {
    "title": "Ra mắt mô hình “Dân vận khéo” tại ấp 5",
    "text": "Sáng nay, ấp 5 ra mắt mô hình dân vận khéo.\n\nMô hình có 30 hộ tham gia.",
    "source_url": "https://portal.example/tin/ra-mat-mo-hinh",
    "source": "Trang tin mẫu",
    "published_at": "2024-07-23",
}


class Asked(NamedTuple):
    """A request of an operation of the description, and what an example of it is called."""

    operation: str
    about: str
    address: str
    more: Mapping[str, Any] = {}


def queries(client: httpx.Client) -> Iterator[Asked]:
    """Give the requests of the query API, those that go wrong among them."""
    hits = client.get("/v1/search", params={"q": "dan van kheo"}).json()["hits"]
    article = hits[0]["article_id"]
    facets = {
        name: client.get(f"/v1/facets/{name}").json()["values"][0]["value"]
        for name in ("person", "document", "province")
    }
    kind, _, number = facets["document"].rpartition(" ")
    asked = "/v1/search?q=dan+van+kheo&size=2&facet=province&facet=person&facet_size=3"
    yield Asked("GET /v1/search", "Words without accents", asked)
    yield Asked(
        "GET /v1/search", "Some fields only", "/v1/search?q=nghi+quyet&size=2&fields=title,published_at&facet=province"
    )
    yield Asked("GET /v1/search", "Unknown parameter", "/v1/search?colour=red")
    yield Asked("GET /v1/search", "Not a day", "/v1/search?published_from=2017-02-30")
    yield Asked("GET /v1/search", "Too many", "/v1/search?size=1000")
    yield Asked("GET /v1/search", "Broken cursor", "/v1/search?cursor=x")
    yield Asked("GET /v1/articles/{article_id}", "An article", f"/v1/articles/{article}")
    yield Asked("GET /v1/articles/{article_id}", "Unknown", "/v1/articles/0000")
    yield Asked("GET /v1/articles/{article_id}/similar", "Articles like one", f"/v1/articles/{article}/similar")
    yield Asked("GET /v1/articles/{article_id}/similar", "Unknown", "/v1/articles/0000/similar")
    yield Asked("GET /v1/suggest", "A beginning", "/v1/suggest?q=b&size=2")
    yield Asked("GET /v1/suggest", "Too many", "/v1/suggest?size=1000")
    yield Asked("GET /v1/facets/{field}", "A beginning without accents", "/v1/facets/province?q=b")
    yield Asked("GET /v1/facets/{field}", "Unknown", "/v1/facets/colour")
    documents, people = "GET /v1/documents/{kind}/{number}", "GET /v1/people/{name}"
    yield Asked(documents, "Kind and number as printed", f"/v1/documents/{quote(kind)}/{quote(number)}?size=2")
    yield Asked(documents, "Nobody cites it", f"/v1/documents/{quote(kind)}/{quote(number)}-X")
    yield Asked(documents, "No number", f"/v1/documents/{quote(kind)}/x")
    yield Asked(people, "A name", f"/v1/people/{quote(facets['person'])}?size=2")
    yield Asked(people, "Nobody is called so", f"/v1/people/{quote(facets['person'])} X")
    yield Asked(people, "Unknown parameter", f"/v1/people/{quote(facets['person'])}?q=x")
    for form in ("ndjson", "csv"):
        yield Asked("GET /v1/export", "A search", f"/v1/export?format={form}&q=dan+van+kheo")
    yield Asked("GET /v1/export", "Unknown format", "/v1/export?format=xls")
    for form in ("rss", "atom", "json"):
        yield Asked("GET /v1/feed", "A search", f"/v1/feed?format={form}&q=dan+van+kheo&size=1")
    yield Asked("GET /v1/feed", "Unknown format", "/v1/feed?format=html")
    yield Asked("GET /opensearch.xml", "The description", "/opensearch.xml")
    widgets = {
        "requests": [
            {"indexName": "bantin", "params": {"query": "dan van kheo", "hitsPerPage": 1, "facets": ["province"]}}
        ]
    }
    yield Asked("POST /instantsearch", "One search", "/instantsearch", {"json": widgets})
    yield Asked("POST /instantsearch", "No requests", "/instantsearch", {"json": {}})


def uploads(client: httpx.Client) -> Iterator[Asked]:
    """Give the requests of ingest, those that go wrong among them."""
    page = sorted((ROOT / "seeds").glob("*.txt"))[0]
    form: dict[str, Any] = {"files": {"file": (page.name, page.read_bytes())}}
    yield Asked("POST /v1/files", "A page", "/v1/files", form)
    yield Asked("POST /v1/files", "No file", "/v1/files", {"files": {"other": b"x"}})
    yield Asked("POST /v1/files", "No form", "/v1/files", {"content": b"x"})
    yield Asked("PUT /v1/files/{name}", "A page", f"/v1/files/{page.name}", {"content": page.read_bytes()})
    yield Asked("PUT /v1/files/{name}", "No such day", "/v1/files/a.txt?captured_at=x", {"content": b"x"})
    yield Asked("POST /v1/articles", "An article", "/v1/articles", {"json": ARTICLE})
    yield Asked("POST /v1/articles", "No text", "/v1/articles", {"json": {"title": "x"}})
    batch = client.post("/v1/files", **form).json()
    while not batch["done"]:
        time.sleep(0.2)
        batch = client.get(f"/v1/batches/{batch['batch_id']}").json()
    yield Asked("GET /v1/batches/{batch_id}", "A batch", f"/v1/batches/{batch['batch_id']}")
    yield Asked("GET /v1/batches/{batch_id}", "Unknown", "/v1/batches/0000")
    yield Asked("GET /v1/batches/{batch_id}/events", "A batch", f"/v1/batches/{batch['batch_id']}/events")
    yield Asked("GET /v1/batches/{batch_id}/events", "Unknown", "/v1/batches/0000/events")
    receipt = batch["files"][0]["receipt_id"]
    yield Asked("GET /v1/receipts/{receipt_id}", "A receipt", f"/v1/receipts/{receipt}")
    yield Asked("GET /v1/receipts/{receipt_id}", "Unknown", "/v1/receipts/0000")


def recorded(client: httpx.Client, asked: Iterator[Asked]) -> dict[str, Any]:
    """Return the answers as examples, by operation, status and media type."""
    found: dict[str, Any] = {}
    for one in asked:
        answer = client.request(one.operation.split()[0], one.address, **one.more)
        media_type = answer.headers["content-type"].partition(";")[0]
        value = shortened(answer.json()) if media_type in JSON_TYPES else answer.text[:LONGEST_FILE]
        shown = found.setdefault(one.operation, {})
        shown.setdefault(str(answer.status_code), {}).setdefault(media_type, {})[one.about] = {
            "summary": f"{one.about}: {one.address}",
            "value": value,
        }
        if answer.is_success and "json" in one.more:
            asked_with = shown.setdefault("request", {}).setdefault("application/json", {})
            asked_with[one.about] = {"value": one.more["json"]}
    return found


def shortened(value: Any) -> Any:
    """Return an answer with long texts and lists cut short."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
    if isinstance(value, list):
        return [shortened(item) for item in cast("list[Any]", value)[:MOST_ITEMS]]
    if isinstance(value, dict):
        return {name: shortened(item) for name, item in cast("dict[str, Any]", value).items()}
    return value


def main() -> None:
    """Ask the platform at the address given, and write what it answered."""
    with httpx.Client(base_url=sys.argv[1], timeout=30) as client:
        for path, asked in ((QUERIES, queries(client)), (INGEST, uploads(client))):
            examples = recorded(client, asked)
            path.write_text(json.dumps(examples, ensure_ascii=False, indent=1) + "\n")
            print(f"{path.relative_to(ROOT)}: {len(examples)} operations")


if __name__ == "__main__":
    main()
