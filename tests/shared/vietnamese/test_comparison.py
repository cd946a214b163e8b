"""Spellings of one word compare equal, whatever the input method, style or encoding wrote."""

import csv
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.vietnamese.comparison import canonical, fold, folded
from bantin.vietnamese.syllables import exact_syllables
from bantin.vietnamese.tables import COMPOSITIONS, FOLDING, TONE_PLACEMENT, VOWELS

DATA = Path("../shared/data/encoding_normalisation")
LETTERS = VOWELS + "".join(FOLDING) + "đĐbcdghklmnpqrstvx" + "\u00ad\u200d"
TEXT = st.one_of(st.text(), st.text(alphabet=LETTERS, max_size=12))


def data(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("HÒA", "hoà"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("Đ", "đ"),
        ("Vận", "vận"),
        ("kỹ", "kĩ"),
        ("quý", "quí"),
        ("so\u00adft", "soft"),
        ("a\u0301\u0302", "ấ"),
        ("â\u0323", "ậ"),
        ("ạ\u0302", "ậ"),
    ],
)
def test_spellings_of_one_word_are_the_same(one: str, other: str):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tuý", "tuí"), ("hoán", "hoàn"), ("tay", "tai"), ("vy", "vi"), ("bắc", "bậc"), ("thuý", "thúi")],
)
def test_different_words_stay_different(one: str, other: str):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "word", ["quý", "quỳ", "quả", "hoàn", "thuyền", "toán", "giúp", "khuỷu", "yêu", "huỳnh", "loại"]
)
def test_words_without_an_old_placement_keep_their_tone(word: str):
    assert canonical(word).replace("í", "ý").replace("ì", "ỳ") == word


@pytest.mark.parametrize(("text", "bare"), [("Đặng Bằng", "Dang Bang"), ("Nghị quyết", "Nghi quyet"), ("dư", "du")])
def test_folding_takes_off_every_mark(text: str, bare: str):
    assert fold(text) == bare


def test_full_width_forms_compare_as_plain_ones():
    assert canonical("ＡＢＣ１９") == "abc19"


@given(TEXT)
def test_canonical_and_folded_forms_are_final(text: str):
    assert canonical(canonical(text)) == canonical(text)
    assert fold(fold(text)) == fold(text)
    assert folded(canonical(text)) == folded(text)


@given(TEXT)
def test_the_unicode_form_makes_no_difference(text: str):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert canonical(composed) == canonical(decomposed)
    assert fold(composed) == fold(decomposed)


def test_compositions_give_only_composed_letters():
    assert len(set(COMPOSITIONS.values())) == 2 * (len(VOWELS) * 6 - 6)
    for spelling, letter in COMPOSITIONS.items():
        assert len(letter) == 1
        assert sorted(unicodedata.normalize("NFD", spelling)) == sorted(unicodedata.normalize("NFD", letter))


def test_both_styles_of_every_open_syllable_agree():
    with data("tone_styles.csv").open(encoding="utf-8") as lines:
        pairs = [(row["old_style"], row["new_style"]) for row in csv.DictReader(lines)]
    assert len(pairs) > 100
    for old, new in pairs:
        assert canonical(old) == canonical(new) == canonical(old.upper()) == new
        assert folded(old) == fold(new)


def test_tone_pairs_are_those_of_the_published_list():
    lines = data("bartpho_tone_pairs.tsv").read_text(encoding="utf-8").splitlines()
    published = dict(line.split("\t") for line in lines)
    ours = {old: new for old, new in TONE_PLACEMENT.items() if not (old[0].islower() and old[1].isupper())}
    assert ours == published


def test_letters_fold_to_their_ascii_base():
    with data("letters.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 134
    for row in rows:
        assert fold(row["letter"]) == row["ascii"]


def test_modern_tone_placement_agrees_with_other_software():
    vectors = json.loads(data("thanglequoc_vectors.json").read_text(encoding="utf-8"))["tone_placement_modern"]
    assert len(vectors) > 200
    old_style = [
        vector
        for vector in vectors
        if any(pair in vector["input"] for pair in TONE_PLACEMENT) and "ê" not in vector["input"]
    ]
    assert len(old_style) > 10
    for vector in old_style:
        assert exact_syllables(vector["input"]) == exact_syllables(vector["want"]), vector
