"""Text in an encoding from before Unicode comes out as it was written, short or long; sound text is left alone."""

import csv
import gzip
import json
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.vietnamese.spelling import is_syllable
from bantin_extract.reading.decode import decode
from bantin_extract.reading.repair import repaired
from tests.extract.received import article_of

DATA = Path(__file__).parents[4] / "shared/data"
WORDS = (
    "sáng nay hội nghị bản làng người dân trồng rừng đầu xuân thực hiện kế hoạch phát triển kinh tế tổ chức đoàn "
    "thể xã viên huyện miền núi thủy lợi được đưa vào sử dụng nước sạch giữ gìn quyển sách khuya khỏe mạnh nghiêng "
    "ngã ruộng bậc thang chuyện cổ tích ưu tiên hươu nai lưỡi liềm quýt ngọt giếng nước thuở xưa hoặc mỗi kỳ nghỉ"
).split()
PROSE = (
    "Sáng nay, ủy ban xã tổ chức hội nghị triển khai kế hoạch phát triển kinh tế của huyện; các đại biểu đã thảo luận "
    "“những việc” cần thực hiện trong năm đến, không để người dân phải chờ."
)
VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)


@cache
def letters(column: str) -> dict[str, bytes]:
    path = DATA / "encoding_normalisation/letters.csv"
    if not path.is_file():
        pytest.skip("the tables of letters (../shared/data/encoding_normalisation) are not here")
    with path.open(encoding="utf-8") as file:
        table = {row["letter"]: bytes.fromhex(row[column]) for row in csv.DictReader(file)}
    return {letter: code or table[letter.lower()] for letter, code in table.items()}


@cache
def viscii_letters() -> dict[str, bytes]:
    """Return RFC 1456 the way its table reads; the six capitals among the control codes, too."""
    low = {"Ẳ": 0x02, "Ẵ": 0x05, "Ẫ": 0x06, "Ỷ": 0x14, "Ỹ": 0x19, "Ỵ": 0x1E}
    codes = {letter: 0x80 + at for at, letter in reversed(list(enumerate(VISCII)))} | low
    return {letter: bytes([code]) for letter, code in codes.items()}


def encoded(text: str, table: dict[str, bytes]) -> bytes:
    return b"".join(table.get(char) or char.encode("cp1252") for char in text)


def bytewise(raw: bytes) -> str:
    """Read bytes as programs did that took them for CP1252."""
    return "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in raw)


def twice(text: str) -> bytes:
    return bytewise(text.encode()).encode()


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "tcvn3": lambda text: encoded(text, letters("tcvn3_hex")),
    "vni": lambda text: encoded(text, letters("vni_hex")),
    "cp1258": lambda text: encoded(text, letters("cp1258_hex")),
    "viscii": lambda text: encoded(text, viscii_letters()),
    "double-encoded utf-8": twice,
    "triple-encoded utf-8": lambda text: bytewise(twice(text)).encode(),
}
PHRASES = st.lists(st.sampled_from(WORDS), min_size=5, max_size=60, unique=True).filter(
    lambda words: sum(any("\u1ea0" <= char <= "\u1ef9" for char in word) for word in words) >= 4
)
"""As many words as a title has; a few that hold only letters of Latin-1 look alike in several encodings."""


@pytest.mark.parametrize("name", ENCODERS)
@settings(max_examples=60, deadline=None)
@given(words=PHRASES, capital=st.booleans())
def test_every_text_comes_back(name: str, words: list[str], capital: bool) -> None:
    text = " ".join(words)
    if capital and name != "tcvn3":
        text = text.capitalize()
    for raw in (ENCODERS[name](text), bytewise(ENCODERS[name](text)).encode() if "utf" not in name else b""):
        if raw:
            decoded = decode(raw, "text/plain")
            assert decoded.text == text
            assert decoded.encoding in (name, "cp1252", "utf-8")  # some texts read the same in any


@pytest.mark.parametrize("name", ENCODERS)
def test_news_titles_come_back(name: str) -> None:
    path = DATA / "baomoi_10k.jsonl.gz"
    if not path.is_file():
        pytest.skip("news texts (../shared/data/baomoi_10k.jsonl.gz) are not here")
    titles: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line, _ in zip(file, range(400), strict=False):
            titles.append(unicodedata.normalize("NFC", str(json.loads(line)["title"])).strip())
    known = letters("vni_hex")
    plain = [title for title in titles if title and all(char.isascii() or char in known for char in title)]
    marked = [title for title in plain if sum(char in known for char in title) >= 4]
    right = sum(decode(ENCODERS[name](title), "text/plain").text.lower() == title.lower() for title in marked)
    assert len(marked) > 300
    assert right >= 0.98 * len(marked), f"{right} of {len(marked)}"


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("written", ["bytes", "letters", "references"])
def test_lines_from_elsewhere_in_a_sound_page(name: str, written: str) -> None:
    raw = ENCODERS[name](PROSE.replace("“", "").replace("”", ""))
    if written != "bytes" and "utf" not in name:
        raw = bytewise(raw).encode()
    if written == "references":
        raw = raw.decode().encode("ascii", "xmlcharrefreplace")
    page = "<meta charset='utf-8'><div><a>Văn bản</a><a>Trang chủ</a></div>".encode() + b"<p>" + raw + b"</p>"
    decoded = decode(page + "<p>Thông tin của Ủy ban</p>".encode(), "text/html")
    assert decoded.encoding == f"{name} in part"
    assert PROSE.replace("“", "").replace("”", "") in decoded.text
    assert "Văn bản" in decoded.text
    assert "<p>Thông tin của Ủy ban</p>" in decoded.text


def test_quotation_marks_and_capitals_of_a_font_encoding() -> None:
    text = "ĐẠI HỘI ĐẢNG BỘ XÃ\n" + PROSE
    raw = encoded(text, letters("tcvn3_hex"))
    assert decode(raw, "text/plain").text == text


SOUND = [
    "Le président a été reçu à Hanoï, où il a déclaré que l'été sera là. Où va-t-on ? Là où il a été, à côté.",
    "Die Bürger müssen über die Straße gehen. Schöne Grüße aus Köln, wo es früher für größere Flächen war.",
    "El año pasado, la dirección señaló que la economía crecerá. ¿Qué pasó en la región?",
    "A comissão não aprovou a redução das emissões em São Paulo, apesar das reclamações.",
    "Þetta er ekki gott að sjá, sagði hún við manninn og fór út á götu þar sem allir voru.",
    "Det er på tide at gøre noget, sagde hun på mødet. København får flere børn og færre ældre.",
    "© 2020 The Café – £5 for a naïve résumé, 25°C, 10 m², ½ price… “quoted” • item ® ™ § 5",
    "The quick brown fox jumps over the lazy dog.",
    "Xin chào, tôi là Hà. Anh là sinh viên, em ăn cơm.",
    "Hà Giang: Chú ý an toàn, không ra sông, hô to; cô giáo và các em",
    "Trang chủ » Tin tức » Văn hoá\n" + "Menu » Sub » Item » Ø × ß ² ½\n" * 5,
    "Văn bản cũ ghi “tiÕng ViÖt” và “céng hoµ x· héi” trong phông TCVN3.",
    "<p>Văn bản cũ ghi chữ Việt trong phông TCVN3, xem</p><b>tiÕng ViÖt</b><p>và các chữ ¹ ¸ ® © ª « ¬ khác.</p>",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repaired(text) == (text, None)
    assert decode(text.encode(), "text/plain; charset=windows-1252").text == text
    assert decode(text.encode(), "text/plain").encoding == "utf-8"


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_left_alone(text: str) -> None:
    assert repaired(text) == (text, None)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x17FF, exclude_categories=("Cs",))))
def test_any_text_is_repaired_or_not(text: str) -> None:
    found, name = repaired(text)
    assert name or found == text


def test_western_bytes_without_a_label() -> None:
    text = "La dirección señaló que la economía crecerá más rápido."
    assert decode(text.encode("cp1252"), "text/plain").text == text


@pytest.mark.parametrize(
    "word",
    "quyết nghiêng gì giếng khuya ngoằn HUYỆN Đắk hoà hòa quý giá mùa ngoài khuỷu thủy thuỷ toán".split(),
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "été fête côt dirección où für tiÕng ngaõ tóan nứơc HĐND".split())
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_a_letter_cut_by_the_end_of_a_file() -> None:
    assert decode(PROSE.encode() + "ệ".encode()[:2], "text/plain").text == PROSE


def test_the_evidence_names_the_encoding() -> None:
    page = f"Hội xuân ở bản\n\n{PROSE} {PROSE}"
    for name in ("viscii", "cp1258"):
        article = article_of(ENCODERS[name](page.replace("“", '"').replace("”", '"')))
        assert next(item.value for item in article.evidence if item.method == "encoding") == name
    decomposed = article_of(unicodedata.normalize("NFD", page))
    assert next(item.value for item in decomposed.evidence if item.method == "encoding") == "utf-8, decomposed"
    assert decomposed.body.startswith(PROSE)
