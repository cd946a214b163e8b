"""The gazetteer agrees with the published lists, and names are found in it however they are spelled."""

import csv
from pathlib import Path

import pytest

from bantin.vietnamese.provinces import provinces
from bantin_extract.places.gazetteer import gazetteer, key_of
from bantin_extract.text.tables import rows
from bantin_extract.text.tokens import Tokens

LISTS = Path(__file__).parents[4] / "shared/data/gazetteer"


def listed(name: str) -> set[tuple[str, ...]]:
    if not LISTS.is_dir():
        pytest.skip("the published lists (../shared/data/gazetteer) are not here")
    with (LISTS / name).open(encoding="utf-8") as file:
        return {tuple(row) for row in list(csv.reader(file))[1:]}


def test_provinces_are_the_published_ones() -> None:
    assert {tuple(row) for row in provinces()} == listed("provinces_63_to_34.csv")


def test_districts_are_the_published_ones() -> None:
    assert {tuple(row.values()) for row in rows("districts")} == listed("old_districts.csv")


def test_sizes() -> None:
    assert (len(provinces()), len({province.today for province in provinces()})) == (63, 34)


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Thừa Thiên Huế", "Huế"),
        ("Hà Tây", "Hà Nội"),
        ("Đăk Nông", "Lâm Đồng"),
        ("Thanh Hoá", "Thanh Hóa"),
        ("Gia Lai", "Gia Lai"),
    ],
)
def test_today(name: str, today: str) -> None:
    assert gazetteer().today(name) == today


@pytest.mark.parametrize("name", ["Đăk R'lấp", "Đắk R’Lấp", "Bà Rịa - Vũng Tàu", "Hoành Bồ"])
def test_match(name: str) -> None:
    tokens = Tokens(f"{name} nằm ở đâu")
    length, province, districts = gazetteer().match(tokens, 0)
    assert tokens.slice(0, length)[0] == name
    assert province or districts


def test_earlier_districts_lie_in_known_provinces() -> None:
    known = gazetteer().provinces
    assert all(key_of(row["province"]) in known for row in rows("earlier_names"))
