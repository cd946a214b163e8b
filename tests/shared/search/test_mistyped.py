"""Words that no article holds are read as meant, and no more is asked of the index than that takes."""

from collections.abc import Mapping

import pytest

from bantin.search.mistyped import Asked, read_as_meant
from bantin.search.synonyms import load_synonyms


def read(text: str, held: Mapping[str, int]) -> tuple[str, list[Asked]]:
    """Return the reading of a text by an index that holds these tokens, and what it was asked."""
    reading = read_as_meant(text)
    questions: list[Asked] = []
    try:
        asked = next(reading)
        while True:
            questions.append(asked)
            asked = reading.send({token: held.get(token, 0) for token in asked.tokens})
    except StopIteration as ended:
        return ended.value, questions


@pytest.mark.parametrize(
    ("text", "held", "meant"),
    [
        ("kinh tees", {"te": 5}, "kinh tế"),
        ("kinh tees", {"te": 5, "tees": 1}, "kinh tees"),
        ("kinh tees", {}, "kinh tees"),
        ("nhaf máy", {"nha": 1, "nhan": 9}, "nhà máy"),
        ("nhaf máy", {"nha": 1, "nhan": 9, "nhan_may": 1}, "nhan máy"),
        ("nhaf máy", {"nha": 1, "nhan": 9, "nha_may": 1, "nhan_may": 3}, "nhà máy"),
        ("noong dan", {"nong": 5}, "nông dan"),
        ("u3y ban", {"uy": 5}, "ủy ban"),
        ("nha2 may", {"nha": 5, "nha_may": 1}, "nhà may"),
        ("nha2 may", {"nha": 5}, "nha2 may"),
        ("quan1", {"quan": 5}, "quan1"),
        ("boss", {"bo": 5}, "boss"),
        ("as", {"a": 5}, "as"),
        ("quaan u3y", {"uy": 5, "quan": 1, "quan_uy": 1}, "quaan u3y"),
        ("lop10 mi9 quan12", {"lop": 1, "mi": 1, "quan": 1}, "lop10 mi9 quan12"),
        ("dien 50 MWS", {"mu": 1, "mus": 2}, "dien 50 MWS"),
        ('kinh "tees" -tees', {"te": 5}, 'kinh "tees" -tees'),
    ],
)
def test_the_keys_of_one_word_are_read_before_typing_errors(text: str, held: Mapping[str, int], meant: str):
    assert read(text, held)[0] == meant


@pytest.mark.parametrize("text", ["kinh tế", "kinh te", "04-NQ/TU", "2024", "hocj taapj", "nuowcs", "UBND", "as us"])
def test_what_needs_no_reading_asks_nothing(text: str):
    assert "ubnd" in load_synonyms().abbreviations
    assert read(text, {}) == (text, [])


def test_names_and_abbreviations_are_no_errors():
    for text in ("huyện daklak", "vào LLVT", "tp hcm"):
        assert read(text, {"dak": 1, "lvt": 1, "hc": 1, "cm": 1}) == (text, []), text


def test_three_questions_are_enough():
    assert len(read("kinh tees nôgn thon", {"te": 5, "nong": 5})[1]) == 3
