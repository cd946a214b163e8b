"""Proves that the upload page takes files as the API does, and tells what became of them, without JavaScript, too."""

from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import anyio
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from bantin.envelope import decode
from bantin.eventlog.port import LogUnavailableError
from bantin.events import ArticleReceived, Reason
from bantin.topics import RAW
from bantin_ingest.page.texts import VIETNAMESE
from bantin_ingest.receipts import tail
from tests.ingest.browsing import Upload, batch_of, one, page, parsed, post, sent
from tests.ingest.conftest import Ingest, Start
from tests.ingest.test_receipts import bury_raw, indexed, rejected


@pytest.fixture
async def ingest(start: Start) -> AsyncGenerator[Ingest]:
    """Ingest beside a portal."""
    async with start(portal_url="/", max_upload=100_000) as running_ingest:
        yield running_ingest


async def test_the_form_takes_what_the_api_takes(ingest: Ingest) -> None:
    address = await sent(ingest, ("bài.html", b"<p>Tin"), source="Báo A", source_url="https://a.vn/1")
    (record,) = await ingest.records(RAW)
    event = decode(record, ArticleReceived)
    assert (event.content, event.source_name, event.source_url) == (b"<p>Tin", "Báo A", "https://a.vn/1")
    assert (event.file_name, event.batch_id) == ("bài.html", address.removeprefix("/ingest/"))


async def test_a_form_can_be_sent_without_a_script(ingest: Ingest) -> None:
    form = one(await page(ingest, "/ingest"), "form")
    assert (form.attributes["method"], form.attributes["enctype"]) == ("post", "multipart/form-data")
    assert form.attributes["action"] == "/ingest"
    assert {node.attributes["name"] for node in form.css("[name]")} == {"file", "source", "source_url"}
    assert "multiple" in one(form, "input[name=file]").attributes
    enhanced = form.css("[data-enhanced], #folder, #chosen, #sending")
    assert enhanced
    assert all("hidden" in node.attributes for node in enhanced), "what needs a script is not shown without one"


async def test_a_batch_under_way_refreshes_itself_until_it_has_ended(ingest: Ingest) -> None:
    address = await sent(ingest, ("1.txt", b"1"), ("2.txt", b"2"))
    tree = await page(ingest, address)
    assert one(tree, "#heading").text() == "Đang xử lý: xong 0/2 tệp"
    assert one(tree, "progress").attributes == {"max": "2", "value": "0", "aria-labelledby": "heading"}
    assert '<noscript><meta http-equiv="refresh"' in (one(tree, "head").html or "")
    assert one(tree, "main").attributes["data-events"] == address + "/events"
    batch = await batch_of(ingest, address)
    await ingest.publish(indexed(batch, 0), rejected(batch, 1, "no_article"))
    await ingest.until(batch["batch_id"], 2)
    tree = await page(ingest, address)
    assert one(tree, "#heading").text() == "Đã xử lý xong 2 tệp"
    assert tree.css("progress, noscript, [data-events], #update") == []


async def test_each_end_is_told_in_words(ingest: Ingest) -> None:
    uploads = [(f"{position}.txt", bytes([65 + position]) * 2_048) for position in range(4)]
    address = await sent(ingest, *uploads, ("rỗng.txt", b""))
    batch = await batch_of(ingest, address)
    older = Reason(code="older_capture", detail="A newer capture is there.")
    await ingest.publish(
        indexed(batch, 0), indexed(batch, 1, outcome="duplicate", reason=older), rejected(batch, 2, "no_article")
    )
    await bury_raw(ingest, 3)
    await ingest.until(batch["batch_id"], 5)
    tree = await page(ingest, address)
    rows = tree.css("tbody tr")
    assert [one(row, ".name").text() for row in rows] == [name for name, _ in uploads] + ["rỗng.txt"]
    assert [one(row, ".size").text() for row in rows] == ["2 KB"] * 4 + ["0 B"]
    words = ["Đã vào chỉ mục", "Trùng", "Bị từ chối", "Không xử lý được", "Bị từ chối"]
    assert [one(row, ".status").text() for row in rows] == words
    reasons = [one(row, ".reason").text() for row in rows[1:]]
    assert [VIETNAMESE.reasons[code] for code in ("older_capture", "no_article")] == reasons[:2]
    assert reasons[3] == VIETNAMESE.reasons["empty"]
    assert reasons[2] == "It broke.", "a code without a sentence speaks for itself"
    assert one(rows[3], ".reason").attributes["lang"] == "en"
    links = [[link.attributes["href"] for link in row.css("a")] for row in rows]
    articles = [f"/bai/{file['article_id']}" for file in batch["files"]]
    assert links == [[articles[0]], [articles[1]], [], [], []], "the portal has what is indexed or was there before"
    ids = [[code.text() for code in row.css("code")] for row in rows]
    assert ids == [[file["receipt_id"], *([file["trace_id"]] * bool(file["trace_id"]))] for file in batch["files"]]
    counts = [node.text() for node in tree.css(".counts li")]
    assert counts == ["Đã vào chỉ mục: 1", "Trùng: 1", "Bị từ chối: 2", "Không xử lý được: 1"]


async def test_followers_hear_of_all_then_of_what_changes_then_of_the_end(ingest: Ingest) -> None:
    address = await sent(ingest, ("1.txt", b"1"), ("2.txt", b"2"))
    batch = await batch_of(ingest, address)
    first, second = (f"outcome-{file['receipt_id']}" for file in batch["files"])
    heard: list[tuple[str, list[str], str]] = []

    async def follow() -> None:
        answer = await ingest.http.get(address + "/events")
        assert answer.headers["content-type"].startswith("text/event-stream")
        for event in filter(None, answer.text.replace("\r\n", "\n").split("\n\n")):
            lines = event.split("\n")
            kind = "".join(line.removeprefix("event: ") for line in lines if line.startswith("event:"))
            parts = HTMLParser("\n".join(line.removeprefix("data: ") for line in lines if line.startswith("data:")))
            ids = [node.attributes["id"] or "" for node in parts.css("body > [id]")]
            heard.append((kind, ids, one(parts, "#heading").text()))

    with anyio.fail_after(20):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(follow)
            await anyio.sleep(0.1)
            await ingest.publish(indexed(batch, 0))
            await ingest.until(batch["batch_id"], 1)
            await anyio.sleep(0.3)
            await ingest.publish(rejected(batch, 1, "no_article"))
    assert heard == [
        ("", ["summary", first, second], "Đang xử lý: xong 0/2 tệp"),
        ("", ["summary", first], "Đang xử lý: xong 1/2 tệp"),
        ("end", ["summary", second], "Đã xử lý xong 2 tệp"),
    ]
    shown = {node.attributes["id"] for node in (await page(ingest, address)).css("[id]")}
    assert {"summary", first, second} <= shown, "the page has a place for every part"


@pytest.mark.parametrize(
    ("uploads", "form", "status", "told"),
    [
        ([], {}, 422, "Chưa có tệp nào"),
        ([("1.txt", b"1"), ("2.txt", b"2")], {"source_url": "https://a.vn/1"}, 422, "chỉ dùng cho một tệp"),
        ([("1.txt", b"1")], {"source_url": "a.vn/1"}, 422, "phải bắt đầu bằng https://"),
        ([("1.txt", b"1")], {"source": "x" * 501}, 422, "dài quá 500 ký tự"),
        ([("1.txt", b"1" * 100_001)], {}, 413, "mỗi tệp tối đa 97,7 KB, cả lần gửi tối đa 1 GB"),
        ([("1.txt", b"1")], {"captured_at": "yesterday"}, 422, "yesterday"),
    ],
)
async def test_what_is_amiss_is_told_beside_the_form(
    ingest: Ingest, uploads: list[Upload], form: dict[str, str], status: int, told: str
) -> None:
    tree = parsed(await post(ingest, *uploads, **form), status)
    assert told in one(tree, "[role=alert]").text()
    assert one(tree, "form")
    assert await ingest.records(RAW) == []


async def test_a_body_that_is_no_form_is_told_too(ingest: Ingest) -> None:
    answer = await ingest.http.post("/ingest", content=b"x", headers={"content-type": "text/plain"})
    assert one(parsed(answer, 415), "[role=alert] .problem")


async def test_too_many_files_are_told_with_the_limit(start: Start) -> None:
    async with start(max_files=2) as ingest:
        answer = await post(ingest, *[("1.txt", b"1")] * 3)
        assert "tối đa 2 tệp" in one(parsed(answer, 413), "[role=alert]").text()


async def test_while_the_log_is_away_the_form_says_to_try_again(
    ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: object) -> None:
        raise LogUnavailableError("no broker")

    monkeypatch.setattr(ingest.log, "publish", away)
    answer = await post(ingest, ("1.txt", b"1"))
    assert "Hãy gửi lại sau ít phút" in one(parsed(answer, 503), "[role=alert]").text()
    assert int(answer.headers["retry-after"]) > 0


async def test_an_unknown_batch_is_a_page_too(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert one(await page(ingest, "/ingest/none", 404), "h1").text() == "Không có lần gửi này"
    assert (await ingest.http.get("/ingest/none/events")).status_code == 404

    async def far(_: str) -> dict[int, int]:
        return {0: 1_000}

    monkeypatch.setattr(ingest.log, "end_offsets", far)
    monkeypatch.setattr(tail, "CATCH_UP_SECONDS", 0.05)
    assert one(await page(ingest, "/ingest/none", 503), "h1").text() == "Chưa xem được kết quả"


async def test_english_is_kept_on_the_way(ingest: Ingest) -> None:
    tree = await page(ingest, "/ingest?lang=en")
    assert one(tree, "html").attributes["lang"] == "en"
    action = one(tree, "form").attributes["action"]
    assert action == "/ingest?lang=en"
    answer = await post(ingest, ("1.txt", b"1"), address=action)
    address = answer.headers["location"]
    tree = await page(ingest, address)
    assert one(tree, "#heading").text() == "Under way: 0 of 1 files done"
    assert urlsplit(one(tree, "main").attributes["data-events"] or "").query == "lang=en"
    batch = await batch_of(ingest, address)
    await ingest.publish(indexed(batch, 0))
    await ingest.until(batch["batch_id"], 1)
    tree = await page(ingest, address)
    assert one(tree, "tbody a").attributes["href"] == f"/bai/{batch['files'][0]['article_id']}?lang=en"
    assert one(tree, ".links a[hreflang=vi]").attributes["href"] == urlsplit(address).path


@pytest.mark.parametrize(
    ("portal", "home", "article"),
    [("", "/ingest", None), ("https://tin.example", "https://tin.example/", "https://tin.example/bai/{}")],
)
async def test_links_lead_to_the_portal_only_where_it_is_known(
    start: Start, portal: str, home: str, article: str | None
) -> None:
    async with start(portal_url=portal) as ingest:
        address = await sent(ingest, ("1.txt", b"1"))
        batch = await batch_of(ingest, address)
        await ingest.publish(indexed(batch, 0))
        await ingest.until(batch["batch_id"], 1)
        tree = await page(ingest, address)
        assert one(tree, ".brand").attributes["href"] == home
        links = [node.attributes["href"] for node in tree.css("tbody a")]
        assert links == ([article.format(batch["files"][0]["article_id"])] if article else [])
        named = [node.text() for node in tree.css(".links a")]
        assert ("Tìm tin" in named) == bool(portal)
