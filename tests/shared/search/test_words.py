"""The users' words are read as they mean them, and nothing they can type is an error."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.search.words import MAX_TERMS, Phrase, Words, parse_words


def terms(text: str) -> list[str]:
    return [term.exact for term in parse_words(text).terms]


def test_words_are_terms_and_neighbours_pairs():
    words = parse_words("Dân vận khéo")
    assert [term.exact for term in words.terms] == ["dân", "vận", "khéo"]
    assert words.folded_terms == ("dan", "van", "kheo")
    assert [(one.folded, other.folded) for one, other in words.pairs] == [("dan", "van"), ("van", "kheo")]
    assert words.required == 3


def test_quotes_of_every_kind_make_exact_phrases():
    for text in ('"Dân vận"', "“Dân vận”", "«dân VẬN»", "＂dân vận＂"):
        assert parse_words(text) == Words(phrases=(Phrase(("dân", "vận")),))


def test_a_dash_before_a_word_or_phrase_excludes_it():
    words = parse_words('dân -vận -van -"mặt tran" -NQ/TU')
    assert [term.exact for term in words.terms] == ["dân"]
    assert words.excluded == (
        Phrase(("vận",)),
        Phrase(("van",), accents=False),
        Phrase(("mặt", "tran")),
        Phrase(("nq", "tu"), accents=False),
    )


@pytest.mark.parametrize(("keys", "meant"), [("-ruwngf", "-rừng"), ("-ddaats", "-đất"), ("-d9a6t1", "-đất")])
def test_keys_are_read_in_exclusions(keys: str, meant: str):
    assert parse_words(f"bắc kạn {keys}") == parse_words(f"bắc kạn {meant}")


@pytest.mark.parametrize("text", ["-test", "-box", '-"ruwngf"', "-TW", "-NQ/TU"])
def test_words_of_other_languages_and_quotes_are_excluded_as_they_are(text: str):
    (phrase,) = parse_words(text).excluded
    assert " ".join(phrase.syllables) == text.strip('-"').lower().replace("/", " ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chính trị - xã hội", ["chính", "trị", "xã", "hội"]),
        ("2021 -2025", ["2021", "2025"]),
        ("04-NQ/TU", ["04", "nq", "tu"]),
        ("a--b", ["a", "b"]),
        ("--a", ["a"]),
    ],
)
def test_other_dashes_exclude_nothing(text: str, found: list[str]):
    assert terms(text) == found
    assert not parse_words(text).excluded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('dân "vận', ["dân", "vận"]),
        ("dân AND (vận OR khéo)", ["dân", "vận", "khéo"]),
        ("dân~2 vận^3.5 kh*", ["dân", "vận", "kh"]),
        ("+dân && vận", ["dân", "vận"]),
        ("AND OR", ["and", "or"]),
        (r"()[]{}^~*:/\ 🙂", []),
        ('""', []),
        ("-", []),
        ("   ", []),
    ],
)
def test_operators_of_other_engines_are_harmless(text: str, found: list[str]):
    assert terms(text) == found


def test_only_terms_typed_side_by_side_are_pairs():
    words = parse_words('một "hai ba" bốn -năm sáu bảy')
    assert [(one.exact, other.exact) for one, other in words.pairs] == [("sáu", "bảy")]


def test_of_many_terms_a_share_is_required():
    required = [parse_words(" ".join(f"t{n}" for n in range(count))).required for count in (0, 1, 2, 3, 4, 9, 10, 20)]
    assert required == [0, 1, 2, 3, 3, 3, 4, 8]
    assert parse_words("dân dan đan dân").required == 1


def test_a_long_text_counts_by_its_first_terms():
    words = parse_words(" ".join(f"từ{number}" for number in range(500)))
    assert len(words.terms) == MAX_TERMS
    assert len(words.pairs) == MAX_TERMS - 1


@given(st.one_of(st.text(), st.text(alphabet='-"“” (ab1áđ~^ANDOR&|', max_size=40)))
def test_anything_can_be_typed(text: str):
    words = parse_words(text)
    assert 0 <= words.required <= len(words.folded_terms)
    assert all(phrase.syllables for phrase in words.phrases + words.excluded)


@given(st.text(alphabet='-"“” (ab1áàđĐấậ~^', max_size=40))
def test_the_unicode_form_makes_no_difference(text: str):
    assert parse_words(unicodedata.normalize("NFD", text)) == parse_words(unicodedata.normalize("NFC", text))
