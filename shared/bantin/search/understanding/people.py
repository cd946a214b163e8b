"""Names of people: which words of a query may be one; whether anybody is called so, the index knows."""

from collections.abc import Iterator, Sequence
from typing import Final

from bantin.search.understanding.recognised import Recognised
from bantin.vietnamese.comparison import fold, folded
from bantin.vietnamese.syllables import JOINT, folded_syllables

_SHORTEST: Final = 2
_LONGEST: Final = 5
_SURNAMES: Final = frozenset(
    fold(
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm trịnh mai đào cao hà "
        "lương trương tô tạ phùng vương lưu thái châu tôn thạch kiều quách chu nông triệu lò giàng thào vừ hoàng "
        "danh điểu y h k ksor kpă siu rơ đàm tống mạc la lã thân viên vi bế khổng doãn nghiêm đậu ma mã sầm hứa lục "
        "lư lữ lường lại quàng tòng cầm bạc lầu sùng hờ tráng cư tẩn phàn chảo phùn bàn nay rah rmah niê mlô "
        "êban byă kpuih puih kha moong đèo hầu khúc khuất khương giáp giang diệp nhâm ninh phí phó uông tiêu tăng tào "
        "thiều tưởng ngọc bành bạch âu ung cù cấn chế chử sơn kim thẩm ngụy"
    ).split()
)
"""Family names, and the first names of the highlands that stand in their place, without accents."""


_ADDRESSING: Final = tuple(
    tuple(fold(phrase).split())
    for phrase in ("ông", "bà", "anh", "chị", "cô", "chú", "thầy", "cụ", "đồng chí", "đ c", "đc", "ts", "ths", "bs")
)
"""How people are addressed before their names."""


def addressing_words(folded: Sequence[str]) -> Iterator[str]:
    """Give the words by which somebody is addressed before a family name: an article may leave them out."""
    for place in range(1, len(folded)):
        if folded[place] in _SURNAMES:
            for words in _ADDRESSING:
                if tuple(folded[max(0, place - len(words)) : place]) == words:
                    yield from words


def unaddressed(words: Sequence[str]) -> Sequence[str]:
    """Return words, in any writing, without those at their beginning by which somebody may be addressed."""
    bare = tuple(map(folded, words))
    address = next((phrase for phrase in _ADDRESSING if bare[: len(phrase)] == phrase != bare), ())
    return words[len(address) :]


def person_token(name: str) -> str:
    """Return the token of a person by the full name, whatever its accents."""
    return f"person:{JOINT.join(folded_syllables(name))}"


def recognise_people(typed: Sequence[str], folded: Sequence[str]) -> Iterator[Recognised]:
    """Give what may be a full name, the longest first: two to five syllables from a family name on."""
    for first, word in enumerate(folded):
        if word in _SURNAMES:
            for past in range(min(len(folded), first + _LONGEST), first + _SHORTEST - 1, -1):
                token = f"person:{JOINT.join(folded[first:past])}"
                yield Recognised("person", " ".join(typed[first:past]), (token,), first, past, certain=False)
