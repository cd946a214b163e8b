"""Tables go where a page has a place for them, and nowhere else."""

import pytest

from quality.sheets import END, Sheet, begin, with_sheets

COMMAND = "make figures"
TABLE = Sheet("Pages", ("source", "pages"), (("somewhere", "2"),))


def test_tables_replace_only_what_stands_between_the_marks() -> None:
    page = f"before\n{begin(COMMAND)}\nold\n{END}\nafter\n{begin('make other')}\nother\n{END}\n"
    written = with_sheets(page, COMMAND, [TABLE])
    assert written.startswith("before\n")
    assert written.endswith(f"{END}\nafter\n{begin('make other')}\nother\n{END}\n")
    assert "old" not in written
    assert "| source | pages |\n| --- | ---: |\n| somewhere | 2 |\n" in written
    assert with_sheets(written, COMMAND, [TABLE]) == written


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for tables"):
        with_sheets("no marks", COMMAND, [TABLE])
