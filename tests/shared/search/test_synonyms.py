"""Synonyms are read from a table that an operator can add to, and a broken one is named."""

from pathlib import Path

import pytest

from bantin.search.synonyms import load_synonyms, read_synonyms
from bantin.search.words import parse_words


def test_wordings_of_a_group_stand_for_each_other():
    synonyms = read_synonyms("NTM = nông thôn mới\n# lời chú\n\nTW = trung ương = TƯ\n")
    assert list(synonyms.of(["xa", "ntm"])) == [(range(1, 2), (("nong", "thon", "moi"),))]
    assert list(synonyms.of(["trung", "uong"])) == [(range(2), (("tw",), ("tu",)))]


@pytest.mark.parametrize("line", ["NTM", "NTM =", "= nông thôn mới"])
def test_a_line_that_is_no_group_is_named(line: str):
    with pytest.raises(ValueError, match="line 2"):
        read_synonyms(f"A = b\n{line}\n")


def test_an_operators_table_adds_to_ours(tmp_path: Path):
    table = tmp_path / "synonyms.txt"
    table.write_text("OCOP = mỗi xã một sản phẩm\n", "utf-8")
    synonyms = load_synonyms(table)
    assert "ocop" in parse_words("ocop", synonyms).alternatives
    assert "ubnd" in parse_words("ubnd", synonyms).alternatives


def test_a_table_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match=r"none\.txt"):
        load_synonyms(tmp_path / "none.txt")
