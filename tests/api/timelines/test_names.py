"""Proves that documents and people are found by any writing of their names, and not by another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin_api.timelines.names import DocumentName, documents_named, people_named, readings_of

PARTY, STATE = "Nghị quyết 04-NQ/TU", "Nghị quyết 04/2021/NQ-HĐND"
DECISION, PLAIN, RULE = "Quyết định 19/2025/QĐ-TTg", "Quyết định 19/QĐ-TTg", "Quy định 19-QĐ/TW"
UNKNOWN_KIND, LETTER = "Văn bản 12-CV/TU", "Kế hoạch 12a/KH-UBND"
LABELS = (PARTY, STATE, DECISION, PLAIN, RULE, UNKNOWN_KIND, LETTER, "Luật", "Kế hoạch 121/KH-UBND")


@pytest.mark.parametrize(
    ("kind", "number", "meant"),
    [
        ("Nghị quyết", "04-NQ/TU", (PARTY,)),
        ("nghi quyet", "4-nq/tu", (PARTY,)),
        ("nq", "04/TU", (PARTY,)),
        ("NGHỊ QUYẾT", "số 04 tu", (PARTY,)),
        ("NQ", "NQ04-TU", (PARTY,)),
        ("nq", "04", (PARTY, STATE)),
        ("nq", "04/2021", (STATE,)),
        ("nq", "04-2021-NQ-HDND", (STATE,)),
        ("qd", "19/2025/QĐ-TTg", (DECISION,)),
        ("qđ", "19/qd-ttg", (PLAIN,)),
        ("Quyết định", "19", (DECISION, PLAIN)),
        ("Quy định", "19", (RULE,)),
        ("qđ", "19", (DECISION, PLAIN, RULE)),
        ("văn bản", "12-cv/tu", (UNKNOWN_KIND,)),
        ("kế hoạch", "12a", (LETTER,)),
        ("kế hoạch", "12", ()),
        ("nq", "04-NQ/HU", ()),
        ("ct", "04", ()),
    ],
)
def test_a_document_is_found_by_any_writing(kind: str, number: str, meant: tuple[str, ...]) -> None:
    asked = DocumentName.of(kind, number)
    assert asked is not None
    assert documents_named(asked, LABELS).meant == meant


def test_what_else_it_may_mean_is_told_apart() -> None:
    asked = DocumentName.of("Quyết định", "19/QĐ-TTg")
    assert asked is not None
    assert documents_named(asked, LABELS).others == (DECISION,)


def test_a_bare_number_may_be_any_that_begins_so() -> None:
    bare = "Nghị quyết 4"
    asked = DocumentName.of("nq", "04")
    assert asked is not None
    assert documents_named(asked, (PARTY, bare, STATE)) == ((PARTY, bare, STATE), ())


@pytest.mark.parametrize("number", ["", "số", "NQ/TU", "---", "\u00ad"])
def test_a_number_without_digits_is_none(number: str) -> None:
    assert DocumentName.of("nq", number) is None


@given(st.text(), st.text())
def test_whatever_is_asked_is_read(kind: str, number: str) -> None:
    if asked := DocumentName.of(kind, number):
        documents_named(asked, LABELS)
        people_named(kind, [number])
        assert asked.may_be(asked)


NAMES = ("Nguyễn Văn An", "Nguyễn Văn Ân", "NGUYỄN VĂN AN", "Nguyễn Vân An")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("nguyen van an", NAMES),
        ("Nguyễn Văn An", (NAMES[0], NAMES[2])),
        ("nguyễn văn ân", (NAMES[1],)),
        ("Nguyen Vân An", (NAMES[3],)),
        ("Nguyễn Văn Ăn", ()),
        ("Nguyễn Văn", ()),
    ],
)
def test_the_exact_spelling_of_a_person_comes_first(name: str, meant: tuple[str, ...]) -> None:
    assert people_named(name, NAMES).meant == meant


def test_people_spelled_alike_are_told() -> None:
    assert people_named("Nguyễn Văn Ăn", NAMES).others == NAMES
    assert people_named("nguyễn văn ân", NAMES).others == (NAMES[0], NAMES[2], NAMES[3])


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("ông Nguyễn Văn An", ["ông Nguyễn Văn An", "Nguyễn Văn An"]),
        ("Đồng chí  nguyen van an", ["Đồng chí  nguyen van an", "nguyen van an"]),
        ("Đ/c Nguyễn Văn An", ["Đ/c Nguyễn Văn An", "Nguyễn Văn An"]),
        ("bà nguyeenx thij an", ["bà nguyeenx thij an", "nguyeenx thij an", "nguyễn thị an"]),
        ("nguyeenx vawn an", ["nguyeenx vawn an", "nguyễn văn an"]),
        ("ddoongf chis nguyeenx vawn an", ["ddoongf chis nguyeenx vawn an", "nguyễn văn an"]),
        ("bà", ["bà"]),
        ("", [""]),
    ],
)
def test_a_name_is_read_without_address_and_from_keys(name: str, readings: list[str]) -> None:
    found = list(readings_of(name))
    assert [reading for reading in readings if reading not in found] == []
    assert found[0] == name
