"""Whatever a text is made of, it holds a syllable exactly where cutting all of it into syllables finds it."""

from hypothesis import given
from hypothesis import strategies as st

from bantin.search.occurrences import Occurrence, occurrences
from bantin.vietnamese.comparison import folded
from bantin.vietnamese.syllables import PATTERN

vietnamese = st.lists(
    st.sampled_from(
        ["dân", "Dần", "DAN", "hòa", "hoà", "kỹ", "kĩ", "ky", "đ", "04", " ", "\n", "-", "/", "_", ".", "”"]
    )
)
anything = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aăâdđeioơuy ́ \u200dİßΣς²")))
texts = st.one_of(vietnamese.map("".join), vietnamese.map(" ".join), anything)


@given(text=texts, data=st.data())
def test_the_same_as_cutting_the_whole_text(text: str, data: st.DataObject) -> None:
    cut = [Occurrence(*found.span(), found[0]) for found in PATTERN.finditer(text)]
    present = sorted({folded(one.written) for one in cut})
    wanted = data.draw(st.sets(st.sampled_from([*present, "dan", "hoa", "ki"])))
    assert occurrences(text, wanted) == [one for one in cut if folded(one.written) in wanted]


def test_spellings_that_differ_in_accents_case_and_y() -> None:
    assert occurrences("Kỹ sư, ki-lô; kỳ KÝ sky", {"ki"}) == [
        Occurrence(0, 2, "Kỹ"),
        Occurrence(7, 9, "ki"),
        Occurrence(14, 16, "kỳ"),
        Occurrence(17, 19, "KÝ"),
    ]


def test_text_with_letters_of_other_scripts() -> None:
    assert occurrences("Москва và Hà Nội", {"noi", "москва"}) == [
        Occurrence(0, 6, "Москва"),
        Occurrence(13, 16, "Nội"),
    ]
