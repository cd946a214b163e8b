"""What ranking is measured by: scores of places, and typing errors that are always the same."""

import pytest

from bench.relevance.measures import scores
from bench.relevance.typing_errors import mistyped, telex
from bench.relevance.variants import other_tone_placement


def test_scores_fall_with_the_place_of_the_relevant_article():
    first, third, absent, nothing = (["a", "b"], "a"), (["b", "c", "a"], "a"), (["b"], "a"), ([], "a")
    found = scores([first, third, absent, nothing])
    assert found.ndcg == pytest.approx((1 + 0.5) / 4)
    assert found.mrr == pytest.approx((1 + 1 / 3) / 4)
    assert (found.recall, found.nothing) == (0.5, 0.25)


def test_what_lies_beyond_the_tenth_place_is_not_found():
    assert scores([([str(place) for place in range(20)], "10")]).recall == 0


def test_the_same_text_always_has_the_same_typing_errors():
    text = "Đoàn kiểm tra làm việc với Ban Dân vận về phong trào thi đua"
    assert mistyped(text) == mistyped(text) != text
    changed = [new != old for new, old in zip(mistyped(text).split(), text.split(), strict=True)]
    assert 1 <= sum(changed) <= 4
    assert mistyped("12/2024") == "12/2024"


def test_telex_keys_and_tones_in_the_other_style():
    assert telex("đường") == "dduwowngf"
    assert other_tone_placement("hoà bình, thủy") == "hòa bình, thuỷ"
