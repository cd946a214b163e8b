"""Proves that all that cites a document or names a person comes as a timeline, in whatever writing it is asked."""

from datetime import date
from typing import Any

import httpx
import pytest

from bantin.events import Document, Person
from tests.api.corpus import make_article, stored

PLAN = {"kind": "Kế hoạch", "number": "31-KH/TU", "issuer": "Tỉnh ủy", "date": date(2020, 1, 2), "title": "Dân vận"}


def article(number: int, body: str, **values: Any) -> Any:
    values = {"published_at": date(2021, number, 1), "province": "Bạc Liêu", **values}
    return stored(make_article(f"t{number}", f"Tin số {number}", body, **values))


ARTICLES = (
    article(
        1,
        "Mở đầu.\n\nHội nghị quán triệt Kế hoạch số 31-KH/TU, ông Tô An chủ trì.",
        documents=(Document(**PLAN), Document(kind="Kế hoạch", number="77/KH-UBND")),
        people=(Person(name="Tô An", roles=("Bí thư Huyện ủy",)),),
    ),
    article(
        2,
        "Thực hiện Kế hoạch 31-KH/TU <b>nghiêm</b>.",
        documents=(Document(kind="Kế hoạch", number="31-KH/TU"),),
        people=(Person(name="Tô Ân"),),
    ),
    article(
        3,
        "Tô An phát biểu.",
        province="Cà Mau",
        people=(Person(name="Tô An", roles=("Giám đốc Sở", "Tỉnh ủy viên")),),
        documents=(Document(kind="Kế hoạch", number="31/KH-UBND"),),
    ),
    article(4, "Không nói gì thêm.", published_at=None, documents=(Document(**PLAN),)),
)


@pytest.fixture
async def timelines(engine, client: httpx.AsyncClient) -> httpx.AsyncClient:
    await engine.write(list(ARTICLES))
    return client


async def entries(client: httpx.AsyncClient, path: str, **parameters: Any) -> list[str]:
    response = await client.get(path, params=parameters)
    assert response.status_code == 200, response.text
    return [entry["article_id"] for entry in response.json()["entries"]]


async def test_a_documents_timeline_is_oldest_first_and_says_what_the_document_is(timelines) -> None:
    response = await timelines.get("/v1/documents/Kế hoạch/31-KH/TU")
    answer = response.json()
    assert response.status_code == 200, answer
    assert [entry["article_id"] for entry in answer["entries"]] == ["t1", "t2", "t4"]
    assert answer["document"] == {**PLAN, "date": "2020-01-02", "articles": 3}
    assert answer["documents"] == [answer["document"]]
    assert (answer["total"], answer["read"], answer["others"], answer["next_cursor"]) == (3, 3, [], None)
    assert answer["provinces"] == [{"value": "Bạc Liêu", "count": 3}]
    assert [bucket["count"] for bucket in answer["histogram"]] == [1, 1]
    first, second, last = answer["entries"]
    assert first["documents"] == [{**PLAN, "date": "2020-01-02"}]
    assert first["snippet"] == "Hội nghị quán triệt Kế hoạch số 31-KH/TU, ông Tô An chủ trì."
    assert second["highlight"]["body"] == ["Thực hiện <mark>Kế hoạch 31-KH/TU</mark> &lt;b&gt;nghiêm&lt;/b&gt;."]
    assert (last["snippet"], last["highlight"]) == ("Không nói gì thêm.", {"title": [], "body": []})


@pytest.mark.parametrize("path", ["kh/31-kh/tu", "ke hoach/31 TU", "KH/so 31-KH-TU", "Kế hoạch/31-KH%2FTU"])
async def test_any_writing_of_a_document_will_do(timelines, path: str) -> None:
    assert await entries(timelines, f"/v1/documents/{path}") == ["t1", "t2", "t4"]


async def test_a_number_cut_short_means_all_that_begin_so(timelines) -> None:
    answer = (await timelines.get("/v1/documents/kh/31")).json()
    assert [entry["article_id"] for entry in answer["entries"]] == ["t1", "t2", "t3", "t4"]
    assert [document["number"] for document in answer["documents"]] == ["31-KH/TU", "31/KH-UBND"]


async def test_a_bare_number_means_all_that_begin_so_though_one_article_prints_no_more(timelines, engine) -> None:
    bare = article(5, "Theo Nghị quyết 4.", documents=(Document(kind="Nghị quyết", number="4"),))
    whole = article(6, "Theo Nghị quyết 04-NQ/TU.", documents=(Document(kind="Nghị quyết", number="04-NQ/TU"),))
    await engine.write([bare, whole])
    answer = (await timelines.get("/v1/documents/nq/04")).json()
    assert ([entry["article_id"] for entry in answer["entries"]], answer["others"]) == (["t5", "t6"], [])
    assert await entries(timelines, "/v1/documents/nghị quyết/số 04-NQ/TU") == ["t6"]
    assert await entries(timelines, "/v1/documents/nq/nq04-TU") == ["t6"]


@pytest.mark.parametrize(
    "name", ["ông Tô Quyết", "đồng chí tô quyết", "too quyeets", "oong too quyeets", "bà Too Quyeets"]
)
async def test_words_of_address_and_keys_are_no_part_of_a_name(timelines, engine, name: str) -> None:
    await engine.write([article(5, "Tô Quyết phát biểu.", people=(Person(name="Tô Quyết"), Person(name="Tô Quyệt")))])
    assert await entries(timelines, f"/v1/people/{name}") == ["t5"]


async def test_filters_narrow_the_entries_and_not_the_subject(timelines) -> None:
    path = "/v1/documents/kh/31"
    assert await entries(timelines, path, published_from="2021-02-01", published_to="2021-02-28") == ["t2"]
    assert await entries(timelines, path, province="Cà Mau") == ["t3"]
    assert await entries(timelines, path, sort="newest") == ["t3", "t2", "t1", "t4"]
    nothing = (await timelines.get(path, params={"published_from": "2031-01-01"})).json()
    assert (nothing["total"], nothing["entries"], nothing["document"]["number"]) == (0, [], "31-KH/TU")


async def test_pages_neither_skip_nor_repeat_while_articles_arrive(timelines, engine) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = (await timelines.get("/v1/documents/kh/31", params={"size": 1, **more})).json()
        seen += [entry["article_id"] for entry in answer["entries"]]
        if (cursor := answer["next_cursor"]) is None:
            break
        if len(seen) == 1:
            earlier = {"published_at": date(2001, 1, 1), "documents": (Document(**PLAN),)}
            await engine.write([article(9, "Đến muộn.", **earlier)])
    assert seen == ["t1", "t2", "t3", "t4"]


async def test_a_persons_timeline_has_the_roles_as_each_article_prints_them(timelines) -> None:
    answer = (await timelines.get("/v1/people/Tô An")).json()
    assert [(entry["article_id"], entry["roles"]) for entry in answer["entries"]] == [
        ("t1", ["Bí thư Huyện ủy"]),
        ("t3", ["Giám đốc Sở", "Tỉnh ủy viên"]),
    ]
    assert answer["person"]["name"] == "Tô An"
    assert {role["role"] for role in answer["person"]["roles"]} == {"Bí thư Huyện ủy", "Giám đốc Sở", "Tỉnh ủy viên"}
    assert answer["provinces"] == [{"value": "Bạc Liêu", "count": 1}, {"value": "Cà Mau", "count": 1}]
    assert answer["others"] == ["Tô Ân"]
    assert "<mark>Tô An</mark>" in answer["entries"][0]["highlight"]["body"][0]


async def test_without_accents_all_are_meant_who_are_spelled_so(timelines) -> None:
    answer = (await timelines.get("/v1/people/to an")).json()
    assert [entry["article_id"] for entry in answer["entries"]] == ["t1", "t2", "t3"]
    assert answer["person"]["spellings"] == ["Tô An", "Tô Ân"]


@pytest.mark.parametrize(
    ("path", "code", "offered"),
    [
        ("documents/kh/31-KH/HU", "unknown_document", ["Kế hoạch 31-KH/TU", "Kế hoạch 31/KH-UBND"]),
        ("documents/nq/77", "unknown_document", ["Kế hoạch 77/KH-UBND"]),
        ("documents/nq/5", "unknown_document", []),
        ("people/Tố An", "unknown_person", ["Tô An", "Tô Ân"]),
        ("people/Thị Mai", "unknown_person", ["Lò Thị Mai"]),
        ("people/Không Có Ai", "unknown_person", []),
    ],
)
async def test_what_nobody_names_is_a_404_that_offers_what_is_near(timelines, path, code, offered) -> None:
    response = await timelines.get(f"/v1/{path}")
    assert response.status_code == 404, response.text
    problem = response.json()
    assert problem["type"] == f"urn:bantin:problem:{code}"
    assert problem["did_you_mean"] == offered
    assert all(name in problem["detail"] for name in offered)


@pytest.mark.parametrize(
    ("path", "parameters", "code"),
    [
        ("documents/nq/TU", {}, "invalid_number"),
        ("documents/kh/31", {"q": "x"}, "unknown_parameter"),
        ("documents/kh/31", {"cursor": "x"}, "invalid_cursor"),
        ("people/Tô An", {"published_from": "2021-02-01", "published_to": "2021-01-01"}, "invalid_date_range"),
        ("people/Tô An", {"size": "101"}, "invalid_size"),
        ("people/" + "a" * 301, {}, "invalid_request"),
    ],
)
async def test_mistakes_are_named(timelines, path: str, parameters: dict[str, str], code: str) -> None:
    response = await timelines.get(f"/v1/{path}", params=parameters)
    assert response.status_code == 422, response.text
    assert response.json()["type"] == f"urn:bantin:problem:{code}"
