"""Proves that the overlap of bodies is counted exactly, and that fingerprints find what overlaps by half."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.fingerprint import BANDS, COMPARED, NEAR_DUPLICATE, fingerprint, overlap, shingles

TEN = "Một hai ba bốn năm sáu bảy tám chín mười"
WORDS = [f"từ{number}" for number in range(3_000)]


def text(chance: random.Random, length: int) -> list[str]:
    return [chance.choice(WORDS) for _ in range(length)]


def shares_a_band(one: str, other: str) -> bool:
    return bool(set(fingerprint(one)) & set(fingerprint(other)))


def test_the_values_never_change() -> None:
    """They lie in every index and on the log: where this fails, fingerprints made before no longer find anything."""
    bands = fingerprint(TEN)
    assert len(bands) == len(set(bands)) == BANDS
    assert bands[:3] == ("008498bac268c4", "01baaa5c338004", "0295f34ccb9f31")


def test_each_five_neighbouring_syllables_are_a_shingle() -> None:
    assert len(shingles(TEN)) == 6
    assert shingles("một hai ba bốn") == frozenset()
    assert len(shingles("a a a a a a a a")) == 1
    assert overlap(shingles(TEN), shingles(TEN + " mười một")) == 6 / 8
    assert overlap(shingles(""), shingles("")) == 0


@pytest.mark.parametrize("length", [0, 1, 4])
def test_a_body_without_a_shingle_has_no_fingerprint(length: int) -> None:
    assert fingerprint(" ".join(WORDS[:length])) == ()


@pytest.mark.parametrize(
    "other",
    [
        TEN.upper(),
        unicodedata.normalize("NFD", TEN),
        "\n\n".join(TEN.split()),
        "“Một”, hai – ba: bốn; năm… (sáu) bảy! tám? chín. mười.",
    ],
)
def test_case_unicode_form_blanks_and_punctuation_make_no_difference(other: str) -> None:
    assert shingles(other) == shingles(TEN)
    assert fingerprint(other) == fingerprint(TEN)


def test_accents_do() -> None:
    assert not shingles("Mot hai ba bon nam sau bay tam chin muoi") & shingles(TEN)


@given(st.text())
def test_any_text_has_all_bands_or_none(body: str) -> None:
    bands = fingerprint(body)
    assert len(bands) == (BANDS if shingles(body) else 0)
    assert bands == fingerprint(f"  {body}\n")


@pytest.mark.parametrize("length", [40, 400])
def test_bodies_that_overlap_by_half_nearly_always_share_a_band(length: int) -> None:
    chance = random.Random(length)
    found = 0
    for _ in range(100):
        words = chance.sample(WORDS, length)
        whole, half = " ".join(words), " ".join(words[: (length - 4) // 2 + 4])
        assert overlap(shingles(whole), shingles(half)) == NEAR_DUPLICATE
        found += shares_a_band(whole, half)
    assert found >= 97


def test_small_edits_of_a_short_or_long_body_keep_a_band() -> None:
    chance = random.Random(1)
    for length in (25, 100, 1_000):
        words = text(chance, length)
        edited = [*words]
        edited[length // 2] = "khác"
        assert shares_a_band(" ".join(words), " ".join(edited))
        assert shares_a_band(" ".join(words), "Theo báo tỉnh. " + " ".join(words))


def test_other_bodies_hardly_ever_share_a_band() -> None:
    chance = random.Random(2)
    bodies = [" ".join(text(chance, 200)) for _ in range(60)]
    bands = [band for body in bodies for band in fingerprint(body)]
    assert len(bands) == len(set(bands))


def test_of_a_body_without_end_the_beginning_is_compared() -> None:
    body = " ".join(text(random.Random(3), COMPARED // 4))
    assert len(body) > COMPARED
    assert fingerprint(body) == fingerprint(body[:COMPARED]) == fingerprint(body[:COMPARED] + " khác hẳn" * 99)
    assert overlap(shingles(body), shingles(body[:COMPARED])) == 1
