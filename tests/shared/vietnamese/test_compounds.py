"""Texts are cut into words by the longest match, and nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bantin.vietnamese.compounds import compound_words, folded_compound_words
from bantin.vietnamese.syllables import JOINT, exact_syllables, folded_syllables


def test_a_word_of_several_syllables_is_one_token():
    assert compound_words(exact_syllables("Phát triển kinh tế")) == ["phát_triển", "kinh_tế"]


def test_the_longest_word_wins():
    assert compound_words(exact_syllables("trung học phổ thông")) != ["trung_học", "phổ_thông"]
    assert compound_words(exact_syllables("xã hội chủ nghĩa")) == ["xã_hội_chủ_nghĩa"]


def test_other_syllables_stand_alone():
    assert compound_words(["xyz", "kinh", "tế", "9"]) == ["xyz", "kinh_tế", "9"]


def test_without_accents_any_accents_make_the_word():
    assert folded_compound_words(folded_syllables("phat trien kinh te")) == ["phat_trien", "kinh_te"]


def test_the_spelling_of_tone_and_i_makes_no_difference():
    assert compound_words(exact_syllables("kỹ thuật")) == compound_words(exact_syllables("kĩ thuật")) == ["kĩ_thuật"]


SYLLABLES = st.lists(st.sampled_from(["xã", "hội", "chủ", "nghĩa", "kinh", "tế", "x"]))


@given(SYLLABLES)
def test_every_syllable_is_kept_in_order(syllables: list[str]):
    assert JOINT.join(compound_words(syllables)).split(JOINT) == (syllables or [""])
