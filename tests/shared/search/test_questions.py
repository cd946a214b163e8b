"""Words that only ask are told from words that say what is sought."""

import pytest

from bantin.search.questions import asking_words
from bantin.search.words import parse_words, unquoted_question
from bantin.vietnamese.syllables import folded_syllables


@pytest.mark.parametrize(
    ("question", "asking"),
    [
        ("Ai là bí thư huyện uỷ", ["ai"]),
        ("Nông thôn mới là gì", ["la", "gi"]),
        ("Có bao nhiêu xã đạt chuẩn", ["bao", "nhieu"]),
        ("báo nhân dân", []),
        ("hội nghị được tổ chức ở đâu", ["o", "dau"]),
        ("đầu tư công", []),
    ],
)
def test_asking_words(question: str, asking: list[str]):
    assert list(asking_words(folded_syllables(question))) == asking


def test_an_answer_need_not_hold_what_only_asks():
    assert parse_words("dân vận là gì").required == 2
    assert parse_words("dân vận khéo").required == 3


def test_a_question_of_nothing_else_still_asks_for_something():
    assert parse_words("là gì").required == 1


def test_only_a_question_can_do_without_its_quotes():
    assert unquoted_question('"dân vận khéo" giỏi') is None
    assert unquoted_question("dân vận khéo là gì") is None
    unquoted = unquoted_question('"dân vận khéo" là gì -xã -"thôn bản"')
    assert unquoted is not None
    assert not unquoted.phrases
    assert unquoted.folded_terms == ("dan", "van", "kheo", "la", "gi")
    assert [phrase.syllables for phrase in unquoted.excluded] == [("xã",), ("thôn", "bản")]
