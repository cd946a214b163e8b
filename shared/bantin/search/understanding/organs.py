"""Who issues documents: the letters that stand for an organ in a document's number, and the names behind them.

Letters are as the Party (Guide 36-HD/VPTW) and the State (Decree 30/2020/NĐ-CP, Circular 01/2011/TT-BNV) write them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bantin.vietnamese.comparison import canonical, fold, folded
from bantin.vietnamese.spelling import is_syllable
from bantin.vietnamese.syllables import folded_syllables

_CODES: Final = (
    "TU", "TW", "HU", "ĐU", "QU", "VPTW", "BDVTW", "BTCTW", "BTGTW", "UBKTTW", "BDVTU", "BTCTU", "BTGTU", "UBKTTU",
    "TTg", "CP", "UBND", "HĐND", "UBTVQH", "QH", "CTN", "VPCP", "MTTW", "MTTQ", "BCĐ",
    "BNV", "BTC", "BTP", "BYT", "BCA", "BQP", "BCT", "BXD", "BNG", "BGDĐT", "BGTVT", "BNNPTNT", "BNNMT", "BTNMT",
    "BKHCN", "BKHĐT", "BTTTT", "BVHTTDL", "BLĐTBXH", "BDTTG", "NHNN", "UBDT", "TTCP", "KTNN", "TANDTC", "VKSNDTC",
)  # fmt: skip
_NAMES: Final = {
    "TU": ("tỉnh ủy", "thành ủy", "ban thường vụ tỉnh ủy", "ban thường vụ thành ủy", "ban chấp hành đảng bộ tỉnh"),
    "TW": ("trung ương", "bộ chính trị", "ban bí thư", "ban chấp hành trung ương", "tw", "bct", "bbt"),
    "HU": ("huyện ủy", "ban thường vụ huyện ủy"),
    "ĐU": ("đảng ủy", "ban thường vụ đảng ủy"),
    "QU": ("quận ủy", "ban thường vụ quận ủy"),
    "TTg": ("thủ tướng", "thủ tướng chính phủ", "ttcp"),
    "CP": ("chính phủ",),
    "QH": ("quốc hội",),
    "UBTVQH": ("ủy ban thường vụ quốc hội",),
    "CTN": ("chủ tịch nước",),
    "HĐND": ("hội đồng nhân dân",),
    "UBND": ("ủy ban nhân dân", "chủ tịch ủy ban nhân dân", "chủ tịch ubnd"),
    "BNV": ("bộ nội vụ",),
    "BTC": ("bộ tài chính",),
    "BTP": ("bộ tư pháp",),
    "BYT": ("bộ y tế",),
    "BCA": ("bộ công an",),
    "BQP": ("bộ quốc phòng",),
    "BCT": ("bộ công thương",),
    "BXD": ("bộ xây dựng",),
    "BGDĐT": ("bộ giáo dục và đào tạo", "bộ giáo dục đào tạo", "bộ giáo dục", "bộ gd đt"),
    "BGTVT": ("bộ giao thông vận tải", "bộ giao thông", "bộ gtvt"),
    "BNNPTNT": ("bộ nông nghiệp và phát triển nông thôn", "bộ nông nghiệp"),
    "BNNMT": ("bộ nông nghiệp và môi trường",),
    "BTNMT": ("bộ tài nguyên và môi trường", "bộ tài nguyên môi trường"),
    "BKHCN": ("bộ khoa học và công nghệ", "bộ khoa học công nghệ"),
    "BKHĐT": ("bộ kế hoạch và đầu tư", "bộ kế hoạch đầu tư"),
    "BTTTT": ("bộ thông tin và truyền thông", "bộ thông tin truyền thông"),
    "BVHTTDL": ("bộ văn hóa thể thao và du lịch", "bộ văn hóa"),
    "BLĐTBXH": ("bộ lao động thương binh và xã hội", "bộ lao động"),
}
_PARTY: Final = ("tw", "tu", "hu", "du", "qu")
_OLD_CENTRAL: Final = "tư"
"""Trung ương, as it is written beside TW; with its accent, for `TU` is the province's."""

_LONGEST_CODE: Final = 10
_TERM: Final = re.compile(r"\d{1,2}\Z")
_BY_CODE: Final[Mapping[str, str]] = {fold(code).lower(): code for code in _CODES}
_BY_NAME: Final[Mapping[tuple[str, ...], str]] = {
    **{(code,): code for code in map(folded, _NAMES) if not is_syllable(code)},
    **{tuple(folded_syllables(name)): folded(code) for code, names in _NAMES.items() for name in names},
}
_LONGEST_NAME: Final = max(map(len, _BY_NAME))


def without_term(code: str) -> str:
    """Return an organ without the number of its term: `qh16` is `qh`."""
    return _TERM.sub("", code)


def organ_code(written: str, *, signed: bool) -> str:
    """Return the folded letters of an organ, as a canonical syllable of a number writes them; nothing if it is none.

    What is known of no organ is one only where the number is `signed` by the letters of its kind: `12-KH/BDVTU`.
    """
    if written == _OLD_CENTRAL:
        return "tw"
    bare = folded(written)
    known = _BY_CODE.get(without_term(bare))
    if known:
        return bare if without_term(written) in (without_term(bare), canonical(known)) else ""
    foreign = written[:1].isalpha() and 1 < len(written) <= _LONGEST_CODE and not is_syllable(written)
    return bare if signed and foreign else ""


def organ_label(code: str) -> str:
    """Return the letters of an organ as they are printed."""
    known = _BY_CODE.get(without_term(code))
    return known + code[len(without_term(code)) :] if known else code.upper()


def is_party(code: str) -> bool:
    """Say whether an organ is the Party's, whose numbers put a hyphen before the letters of the kind."""
    return code.endswith(_PARTY)


def named_organ(folded_words: Sequence[str], place: int) -> tuple[str, int]:
    """Return the folded letters of the organ that is named at a word, and where its name ends; nothing if none is."""
    for size in range(min(_LONGEST_NAME, len(folded_words) - place), 0, -1):
        if code := _BY_NAME.get(tuple(folded_words[place : place + size])):
            return code, place + size
    return "", place


def issuer_code(issuer: str) -> str:
    """Return the folded letters of the organ that an issuer's name begins with."""
    return named_organ(folded_syllables(issuer), 0)[0]
