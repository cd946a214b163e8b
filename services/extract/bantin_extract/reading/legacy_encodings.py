"""Vietnamese encodings from before Unicode: TCVN3 (ABC fonts), VNI fonts, VISCII, CP1258, and UTF-8 read as CP1252.

All work on text that was read one byte a character (CP1252, else Latin-1), because that is also how pages made
with such fonts look after somebody saved them as UTF-8. Layouts: TCVN 5712:1993, RFC 1456, VNI for Windows.
"""

import re
import unicodedata
from collections.abc import Callable

from bantin.vietnamese.spelling import is_syllable

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


def _cp1252(code: int) -> str:
    return bytes([code]).decode("cp1252", "ignore") or chr(code)


def _read_anew(letters: dict[int, str]) -> dict[int, str]:
    """Return what the characters of text read one byte a character stand for; codes without a letter stay CP1252."""
    high = {code: letters.get(code, _cp1252(code)) for code in range(0x80, 0x100)}
    table = letters | high | {ord(_cp1252(code)): letter for code, letter in high.items()}
    return {code: letter for code, letter in table.items() if chr(code) != letter}


_VNI = _vni_pairs()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TO_CP1252 = {code: _cp1252(code) for code in range(0x80, 0xA0)}
_TO_BYTES = {ord(_cp1252(code)): code for code in range(0x80, 0x100)}
_TCVN3_TABLE = _read_anew({0xA1 + at: char for at, char in enumerate(_TCVN3) if char != "\ufffd"})
_VISCII_TABLE = _read_anew(_VISCII_LOW | {0x80 + at: char for at, char in enumerate(_VISCII)})
_CP1258_TABLE = _read_anew({code: bytes([code]).decode("cp1258", "ignore") or chr(code) for code in range(0x80, 0x100)})
_HIGH = re.compile("[\\x80-\\xff]+")
_LOST_BLANK = re.compile("\u00c3 (?=[ ,.;:!?)<\\n])")
"""The second byte of `à` is a non-breaking space, which editors turn into a plain one."""
_HYPHENED = re.compile(r"[^\W\d_]{0,6}-[^\W\d_]{1,6}")
_LOUD, _QUIET = re.compile("[A-ZĂÂĐÊÔƠƯ]"), re.compile("[a-z]")


def from_bytes(content: bytes) -> str:
    """Return bytes as CP1252, one character each; codes that it lacks are control characters."""
    return content.decode("latin-1").translate(_TO_CP1252)


def from_tcvn3(text: str) -> str:
    """Return text in a TCVN3 font as Unicode.

    There small letters with a tone stand for capitals, too: they become capitals in lines where all else is large.
    """
    decoded = text.translate(_TCVN3_TABLE)
    if "-" in decoded and "ư" not in decoded:
        decoded = _HYPHENED.sub(_with_lost_letter, decoded)
    lines = re.split("([<>\n])", decoded)
    return "".join(line.upper() if _is_shouted(line) else line for line in lines)


def _with_lost_letter(match: re.Match[str]) -> str:
    """Return a word with ư for its hyphens: that letter has the soft hyphen's code, which PDF shows as a hyphen."""
    word = match[0].replace("-", "ư")
    return word if is_syllable(word) and not all(map(is_syllable, match[0].split("-"))) else match[0]


def _is_shouted(line: str) -> bool:
    return not _QUIET.search(line) and len(_LOUD.findall(line)) > 1


def from_viscii(text: str) -> str:
    """Return VISCII text as Unicode."""
    return text.translate(_VISCII_TABLE)


def from_vni(text: str) -> str:
    """Return text in a VNI font as Unicode: a letter and its mark are two characters there."""
    return _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text.translate(_TO_CP1252))


def from_cp1258(text: str) -> str:
    """Return CP1258 text as Unicode."""
    return unicodedata.normalize("NFC", text.translate(_CP1258_TABLE))


def from_double_utf8(text: str) -> str:
    """Return text whose UTF-8 bytes had been taken for CP1252; what can't have been such bytes stays."""
    return _HIGH.sub(_from_utf8, _LOST_BLANK.sub("\u00c3\u00a0", text).translate(_TO_BYTES))


def _from_utf8(match: re.Match[str]) -> str:
    raw = match[0].encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return from_bytes(raw)


def from_triple_utf8(text: str) -> str:
    """Return text to which this had happened twice."""
    return from_double_utf8(from_double_utf8(text))


DECODERS: dict[str, Callable[[str], str]] = {
    "double-encoded utf-8": from_double_utf8,
    "triple-encoded utf-8": from_triple_utf8,
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "viscii": from_viscii,
    "cp1258": from_cp1258,
}
