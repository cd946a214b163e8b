"""Vietnamese encodings from before Unicode: TCVN3 (ABC fonts), VNI fonts, VISCII, CP1258, and UTF-8 read as CP1252.

All work on text that was read one byte a character (CP1252, else Latin-1), because that is also how pages made
with such fonts look after somebody saved them as UTF-8. Layouts: TCVN 5712:1993, RFC 1456, VNI for Windows.
"""

import re
import unicodedata
from collections.abc import Callable

from bantin_extract.letters import words
from bantin_extract.tables import listed

_TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ������àảãáạ�ằẳẵắ�������ặầẩẫấậè�ẻẽéẹềểễếệìỉ���ĩíịò�ỏõóọồổỗốộờởỡớợù�ủũúụừửữứựỳỷỹýỵ"
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    marks: dict[str, str] = {}
    for base, letter in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"), ("ö", "ư")):
        marks |= {base + mark: letter + tone for mark, tone in _TONES.items()}
    for base in "aeo":
        marks |= {base + mark: base + "\u0302" + tone for mark, tone in _CIRCUMFLEX.items()}
    marks |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
    marks |= _VNI_SINGLE
    upper = {pair.upper(): letter.upper() for pair, letter in marks.items()}
    mixed = {pair[0].upper() + pair[1:]: letter.upper() for pair, letter in marks.items() if len(pair) == 2}
    return {pair: unicodedata.normalize("NFC", letter) for pair, letter in (mixed | upper | marks).items()}


_VNI = _vni_pairs()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TO_BYTES = {ord(bytes([code]).decode("cp1252", "ignore") or chr(code)): code for code in range(0x80, 0x100)}
_TCVN3_MAP = {0xA1 + at: char for at, char in enumerate(_TCVN3) if char != "\ufffd"}
_VISCII_MAP = _VISCII_LOW | {0x80 + at: char for at, char in enumerate(_VISCII)}


def single_bytes(text: str) -> str:
    """Return the text with each character as the byte that CP1252 gives it (0–255); others stay."""
    return text.translate(_TO_BYTES)


def from_tcvn3(text: str) -> str:
    """Return text in a TCVN3 font as Unicode. Capitals with a tone can't be told from small letters there."""
    return single_bytes(text).translate(_TCVN3_MAP)


def from_viscii(text: str) -> str:
    """Return VISCII text as Unicode."""
    return single_bytes(text).translate(_VISCII_MAP)


def from_vni(text: str) -> str:
    """Return text in a VNI font as Unicode: a letter and its mark are two characters there."""
    return _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text)


def from_cp1258(text: str) -> str:
    """Return CP1258 text as Unicode."""
    raw = single_bytes(text).encode("latin-1", "replace")
    return unicodedata.normalize("NFC", raw.decode("cp1258", "replace"))


def from_double_utf8(text: str) -> str:
    """Return text whose UTF-8 bytes had been taken for CP1252."""
    return single_bytes(text).encode("latin-1", "replace").decode("utf-8", "replace")


DECODERS: dict[str, Callable[[str], str]] = {
    "double-encoded utf-8": from_double_utf8,
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "viscii": from_viscii,
    "cp1258": from_cp1258,
}

_COMMON = frozenset(words(listed("encodings", "common_words")[0]))
_ACCENTED = frozenset(word for word in _COMMON if not word.isascii())
_SAMPLE = 30_000
_COMPOSED = re.compile("[\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_ENOUGH = 3


def common_words(text: str) -> int:
    """Return how many of the first words are common Vietnamese words with diacritics."""
    return sum(word in _ACCENTED for word in words(text[:_SAMPLE]))


def repaired(text: str) -> tuple[str, str | None]:
    """Return text in Unicode and the name of the encoding it had been hidden in, None where it was sound."""
    sample = text[:_SAMPLE]
    if sample.isascii() or _COMPOSED.search(sample):
        return text, None
    now = common_words(sample)
    counts = {name: common_words(decode(sample)) for name, decode in DECODERS.items()}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] < _ENOUGH + 3 * now:
        return text, None
    return DECODERS[best](text), best
