"""Proves that an export is every article of a search, in lines or a table that is safe to open, sent bit by bit."""

import csv
import io
import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.http import create_app
from bantin.search.port import SearchUnavailableError
from bantin_api.app import build
from bantin_api.export import json_lines
from bantin_api.settings import ApiSettings
from bantin_api.spreadsheet import LONGEST_CELL, safe_cell, table_beginning, table_rows
from tests.api.corpus import ARTICLES, make_article, stored


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


async def lines(client: httpx.AsyncClient, **parameters: str) -> list[dict[str, object]]:
    response = await client.get("/v1/export", params=parameters)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/x-ndjson"
    assert response.text == "" or response.text.endswith("\n")
    return [json.loads(line) for line in response.text.splitlines()]


async def test_a_line_is_the_article_as_it_is_read_alone(client) -> None:
    exported = await lines(client)
    assert [line["article_id"] for line in exported] == ["market", "dyke", "festival", "undated"]
    for line in exported:
        assert line == (await client.get(f"/v1/articles/{line['article_id']}")).json()


async def test_the_search_s_parameters_choose_and_order(client) -> None:
    assert [line["article_id"] for line in await lines(client, q="mùa bão", sort="oldest")] == [
        "dyke",
        "market",
        "undated",
    ]
    assert [line["article_id"] for line in await lines(client, province="Nam Định", collapse="false")] == ["dyke"]
    assert await lines(client, q="khongcotunay") == []


async def test_copies_are_lines_and_many_articles_are_all_there(client, engine) -> None:
    copies = [make_article(f"copy{number}", "Bản sao", "Cùng một bài.") for number in range(250)]
    await engine.write([type(stored(copy))(copy, ("r",), "copy0") for copy in copies])
    assert len(await lines(client, q="bản sao")) == 250
    response = await client.get("/v1/export", params={"format": "csv", "q": "bản sao"})
    assert len(table(response.content)) == 250


async def test_a_table_opens_with_accents_and_without_formulas(client, engine) -> None:
    odd = make_article(
        "odd",
        '=HYPERLINK("http://evil.example";"x")',
        'Dòng một, "trích".\n\nDòng hai; hết.',
        authors=("@SUM(1)", "Tô"),
        section="-2+3",
        source="+84",
    )
    await engine.write([stored(odd)])
    response = await client.get("/v1/export", params={"format": "csv", "sort": "oldest"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="ban-tin.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfarticle_id,title,")
    rows = {row["article_id"]: row for row in table(response.content)}
    assert set(rows) == {"odd", *(article.article_id for article in ARTICLES)}
    found = rows["odd"]
    assert found["title"] == "'" + odd.title
    assert (found["authors"], found["section"], found["source"]) == ("'@SUM(1); Tô", "'-2+3", "'+84")
    assert found["body"] == odd.body
    festival = rows["festival"]
    assert festival["published_at"] == "2019-03-13T20:05:00+07:00"
    assert festival["people"] == "Lò Thị Mai (Phó Chủ tịch UBND tỉnh, Trưởng ban tổ chức)"
    assert (festival["views"], festival["districts"], rows["undated"]["published_at"]) == ("1520", "Mường Lay", "")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_table_and_begins_no_formula(title: str, body: str) -> None:
    article = make_article("a", title, body)
    (row,) = table(table_beginning() + table_rows([article]))
    for text, cell in ((title, row["title"]), (body, row["body"])):
        assert cell in (text, "'" + text)
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert safe_cell(cell) == cell


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_article_is_one_line(text: str) -> None:
    lines = json_lines([make_article("a", text, text)] * 2).decode()
    assert [json.loads(line)["title"] for line in lines.splitlines()] == [text, text]


def test_a_text_that_no_cell_holds_is_cut_short() -> None:
    assert safe_cell("a" * LONGEST_CELL) == "a" * LONGEST_CELL
    for text in ("a" * (LONGEST_CELL + 1), "=" * LONGEST_CELL):
        assert len(safe_cell(text)) == LONGEST_CELL
        assert safe_cell(text).endswith("…")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("format=xlsx", "unknown_format"),
        ("collapse=true", "invalid_collapse"),
        ("size=5", "unknown_parameter"),
        ("cursor=x", "unknown_parameter"),
        ("published_from=2020-02-30", "invalid_date"),
        ("places=today&district=x", "district_abolished"),
    ],
)
async def test_what_is_amiss_is_a_422_problem(client, query, code) -> None:
    response = await client.get(f"/v1/export?{query}")
    assert response.status_code == 422
    assert response.json()["type"] == f"urn:bantin:problem:{code}"


class EndlessEngine:
    """Exports articles for ever, and remembers how many were read and whether it was told to stop."""

    def __init__(self, fail_after: int | None = None) -> None:
        self.given = 0
        self.stopped = False
        self.fail_after = fail_after

    async def ready(self) -> None:
        """Is always ready."""

    async def export(self, _: object):
        try:
            while True:
                if self.given == self.fail_after:
                    raise SearchUnavailableError("down")
                self.given += 1
                yield (make_article(f"a{self.given}", "Tin", "Tin."),)
        finally:
            self.stopped = True


async def test_an_engine_that_is_down_is_a_503() -> None:
    app = create_app([build(ApiSettings(), EndlessEngine(fail_after=0))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bantin.example") as client:
        response = await client.get("/v1/export")
    assert response.status_code == 503
    assert response.json()["type"] == "urn:bantin:problem:search_unavailable"


async def send_until(engine: EndlessEngine, chunks: int) -> list[dict[str, object]]:
    """Ask for an export as a server does whose client goes after some chunks."""
    app = create_app([build(ApiSettings(), engine)])
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)
        if len(sent) > chunks:
            raise OSError("the client is gone")

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/v1/export",
        "raw_path": b"/v1/export",
        "query_string": b"",
        "headers": [],
        "server": ("bantin.example", 80),
    }
    with pytest.raises(Exception):  # noqa: B017 - the server's own, whichever it is
        await app(scope, receive, send)
    return sent


async def test_nothing_more_is_read_once_the_client_is_gone() -> None:
    engine = EndlessEngine()
    await send_until(engine, 5)
    assert engine.stopped
    assert engine.given < 10


async def test_an_export_that_fails_on_the_way_has_no_end() -> None:
    engine = EndlessEngine(fail_after=3)
    sent = await send_until(engine, 1_000)
    assert engine.stopped
    assert [message.get("more_body") for message in sent[1:]] == [True] * 3
