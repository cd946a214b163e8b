"""Annotations: what they ask for, what they leave open, and that they are well formed."""

from datetime import UTC, date, datetime

import pytest

from bantin.events import Article, Document, Person
from quality.annotations import Annotation, comparable, found_values, gold_values, read_annotations
from quality.measures import Tally, match

FIELDS = {
    "people": [
        {"name": "Lò Văn Tư", "roles": ["PCT UBND huyện | Phó Chủ tịch UBND huyện"]},
        {"name": "Hà Thị Na", "roles": []},
    ],
    "documents": [{"kind": "Kế hoạch", "number": "7-KH/HU", "issuer": "- | Huyện ủy", "date": "2020-05-01"}],
    "organisations": ["Huyện ủy Mường Lay | Huyện ủy"],
    "province": "- | Điện Biên",
    "event_dates": ["2020-05-03"],
    "allowed": {
        "names": ["Tô Bá Kỳ"],
        "roles": ["Trưởng đoàn"],
        "documents": ["Kế hoạch 8"],
        "organisations": ["Đảng"],
    },
}


def article(**fields: object) -> Article:
    captured = datetime(2021, 1, 1, tzinfo=UTC)
    plain = {"article_id": "a", "version": "v", "title": "t", "body": "b", "original_text": "b", "bytes": 1}
    return Article.model_validate({**plain, "captured_at": captured, "content_type": "text/plain", **fields})


def tally(field: str, found: Article | None) -> Tally:
    values = gold_values(FIELDS)[field]
    return match(found_values(found, FIELDS)[field], values.gold, values.allowed).tally


def test_comparable_sees_letters_and_digits_only() -> None:
    assert comparable("CT. UBND  huyện Đăk R’lấp") == comparable("CT.UBND huyện Đắk R'Lấp")
    assert comparable("Binh đoàn 12") != comparable("Binh đoàn 21")


def test_a_person_is_right_with_every_role_in_any_order_and_spelling() -> None:
    found = article(people=(Person(name="Lò Văn Tư", roles=("Trưởng đoàn", "Phó Chủ tịch UBND huyện")),))
    assert tally("people", found) == Tally(1, 1, 2)
    assert tally("people with roles", found) == Tally(1, 1, 2)
    assert tally("roles", found) == Tally(1, 1, 1)


def test_a_role_too_many_is_an_error() -> None:
    found = article(people=(Person(name="Hà Thị Na", roles=("Bí thư",)),))
    assert tally("people", found) == Tally(1, 1, 2)
    assert tally("people with roles", found) == Tally(0, 1, 2)
    assert tally("roles", found) == Tally(0, 1, 1)


def test_a_person_who_may_be_named_or_not() -> None:
    found = article(people=(Person(name="Tô Bá Kỳ", roles=("Chủ tịch",)),))
    assert tally("people", found).found == tally("people with roles", found).found == tally("roles", found).found == 0


@pytest.mark.parametrize(("issuer", "right"), [(None, 1), ("Huyện ủy", 1), ("UBND huyện", 0)])
def test_documents_with_issuer_and_date(issuer: str | None, right: int) -> None:
    found = article(documents=(Document(kind="Kế hoạch", number="7-KH/HU", issuer=issuer, date=date(2020, 5, 1)),))
    assert tally("documents", found) == Tally(1, 1, 1)
    assert tally("documents, issuer, date", found) == Tally(right, 1, 1)


def test_a_document_that_may_be_cited_or_not() -> None:
    assert tally("documents", article(documents=(Document(kind="Kế hoạch", number="8"),))) == Tally(0, 0, 1)


def test_an_organisation_under_two_names_is_one_error() -> None:
    assert tally("organisations", article(organisations=("Huyện ủy", "Huyện ủy Mường Lay", "Đảng"))) == Tally(1, 2, 1)


@pytest.mark.parametrize(("province", "found"), [(None, 0), ("Điện Biên", 0), ("Lai Châu", 1)])
def test_a_value_that_may_be_left_out(province: str | None, found: int) -> None:
    assert tally("province", article(province=province)) == Tally(0, found, 0)


def test_event_dates() -> None:
    assert tally("event dates", article(event_dates=(date(2020, 5, 3),))) == Tally(1, 1, 1)


def test_a_rejected_page_finds_nothing() -> None:
    assert tally("people", None) == Tally(0, 0, 2)


def test_only_annotated_fields_are_measured() -> None:
    assert gold_values({"page": "a", "captions": [3]}) == {}


@pytest.mark.parametrize("page", read_annotations().values(), ids=lambda page: page.page[:40])
def test_every_annotation_can_be_read(page: Annotation) -> None:
    assert not page.captions & page.bylines
    for values in gold_values(page.fields).values():
        assert all(spelling for spellings in values.gold for spelling in spellings)
