"""Synonyms are read from a table that an operator can add to, and a broken one is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bantin.search.synonyms import follow_synonyms, read_synonyms
from bantin.search.words import parse_words
from bantin.vietnamese.syllables import folded_syllables


def test_wordings_of_a_group_stand_for_each_other():
    synonyms = read_synonyms("NTM = nông thôn mới\n# lời chú\n\nTW = trung ương = TƯ\n")
    assert list(synonyms.of(["xa", "ntm"])) == [(range(1, 2), (("nong", "thon", "moi"),))]
    assert list(synonyms.of(["trung", "uong"])) == [(range(2), (("tw",), ("tu",)))]


def test_phrases_in_a_phrase_have_their_synonyms_as_well():
    synonyms = read_synonyms("UBMT = ủy ban mặt trận\nMT = mặt trận\n")
    assert list(synonyms.of(["uy", "ban", "mat", "tran"])) == [(range(4), (("ubmt",),)), (range(2, 4), (("mt",),))]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UBND", "ủy ban nhân dân"), ("BTV", "ban thường vụ"), ("ĐBQH", "đại biểu quốc hội"), ("HTX", "hợp tác xã"),
        ("KT-XH", "kinh tế - xã hội"), ("QP-AN", "quốc phòng, an ninh"), ("GD&ĐT", "giáo dục và đào tạo"),
        ("NN và PTNT", "nông nghiệp và phát triển nông thôn"), ("LLVT", "lực lượng vũ trang"),
        ("ủy ban MTTQ", "ủy ban mặt trận tổ quốc"), ("OCOP", "mỗi xã một sản phẩm"),
    ],
)  # fmt: skip
def test_usual_abbreviations_are_known_both_ways(short: str, long: str):
    for one, other in ((short, long), (long, short)):
        wordings = {" ".join(lookup.tokens) for each in parse_words(one).alternatives.values() for lookup in each}
        assert " ".join(folded_syllables(other)) in wordings


@pytest.mark.parametrize("line", ["NTM", "NTM =", "= nông thôn mới"])
def test_a_line_that_is_no_group_is_named(line: str):
    with pytest.raises(ValueError, match="line 2"):
        read_synonyms(f"A = b\n{line}\n")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Path]:
    """An operator's table in force."""
    path = tmp_path / "synonyms.txt"
    path.write_text("\ufeff# của tỉnh\nQXN = quỹ xóa nghèo\n", "utf-8")
    follow_synonyms(path)
    yield path
    follow_synonyms(None)


def known(word: str) -> bool:
    return word in parse_words(word).alternatives


def test_an_operators_table_adds_to_ours(table: Path):
    assert known("qxn")
    assert known("ubnd")
    follow_synonyms(None)
    assert not known("qxn")
    assert known("ubnd")


def test_a_changed_table_is_read_anew(table: Path):
    table.write_text("QHN = quỹ hộ nghèo\n", "utf-8")
    assert (known("qxn"), known("qhn"), known("ubnd")) == (False, True, True)
    replaced = table.with_suffix(".new")
    replaced.write_text("QXN = quỹ xóa nghèo\n", "utf-8")
    replaced.replace(table)
    assert (known("qxn"), known("qhn")) == (True, False)


def test_a_table_that_broke_is_said_once_and_the_one_before_is_kept(table: Path):
    with capture_logs() as logs:
        table.write_text("QHN = quỹ hộ nghèo\nQXN\n", "utf-8")
        assert (known("qxn"), known("qhn"), known("qxn")) == (True, False, True)
        table.unlink()
        assert known("qxn")
    assert [log["event"] for log in logs] == ["synonyms_not_read"] * 2
    assert f"{table} can't be used: line 2" in logs[0]["error"]


@pytest.mark.parametrize(("content", "named"), [(None, "No such file"), (b"A = b\nC\n", "line 2"), (b"\xff=", "utf-8")])
def test_a_table_that_is_none_is_named(tmp_path: Path, content: bytes | None, named: str):
    path = tmp_path / "mine.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=named) as raised:
        follow_synonyms(path)
    assert str(path) in str(raised.value)
