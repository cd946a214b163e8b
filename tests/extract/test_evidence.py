"""Every value of an article has its evidence: a span of the original text that says it, or where else it came from."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bantin.events import Article, Evidence
from bantin_extract.text.letters import unmarked
from quality.gold import GoldPage
from quality.wrapping import TEMPLATES, wrapped
from tests.extract.formats.made import docx, rtf
from tests.extract.received import article_of

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PUSH = "application/vnd.bantin.article+json"
SPANLESS = {"meta", "submitted", "source", "address", "encoding"}
"""How a value was found that stands nowhere in the page's text."""

PARAGRAPHS = (
    "Sáng 14/3, Ủy ban nhân dân huyện Bắc Mê, tỉnh Hà Giang tổ chức hội nghị tổng kết phong trào thi đua "
    "“Làng xanh suối sạch”. Đồng chí Hà Văn Mận, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện dự và chỉ đạo hội nghị.",
    "Thực hiện Nghị quyết số 17-NQ/TU ngày 05/9/2018 của Ban Thường vụ Tỉnh ủy về “Nâng cao chất lượng rừng đầu "
    "nguồn” và Quyết định số 88/QĐ-UBND của UBND huyện, toàn huyện đã trồng mới 1.250 ha rừng, đạt 104% kế hoạch.",
    "Phát biểu tại hội nghị, bà Lò Thị Mây, Chủ tịch Hội Liên hiệp Phụ nữ huyện, cho biết 36 chi hội đã nhận chăm "
    "sóc các tuyến đường hoa; Đoàn Thanh niên và Hội Nông dân cùng tham gia, kinh phí 2,5 tỷ đồng do nhân dân góp.",
    "Kết thúc hội nghị, huyện đã khen thưởng 12 tập thể và 20 cá nhân có thành tích; Chỉ thị 06 sẽ được bàn sau "
    "khi có hướng dẫn thực hiện Chỉ thị số 06-CT/TU ngày 10/01/2019 của Ban Thường vụ Tỉnh ủy, chi 1.234.567 đồng.",
)
PAGE = GoldPage(
    source="invented",
    forms={},
    title="Bắc Mê tổng kết phong trào Làng xanh suối sạch",
    body="\n".join(PARAGRAPHS),
    published="2019-03-15T16:32:00+07:00",
    section="Nông thôn mới",
    article=(
        ("body", PARAGRAPHS[0]),
        ("caption", "Quang cảnh hội nghị. Ảnh: Thu Hà"),
        *(("body", text) for text in PARAGRAPHS[1:]),
        ("byline", "Tin, ảnh: Thu Hà"),
    ),
)


def single(article: Article) -> Iterator[tuple[str, str]]:
    """Give what the article says, as its evidence would name it."""
    given = {
        "title": article.title,
        "section": article.section,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "source": article.source,
        "views": article.views,
        "province": article.province,
    }
    yield from ((field, str(value)) for field, value in given.items() if value is not None)
    for field in ("authors", "districts", "organisations", "campaigns", "captions", "event_dates"):
        yield from ((field, str(value)) for value in getattr(article, field))
    for person in article.people:
        yield from (("people", person.name), *(("people.roles", role) for role in person.roles))
    yield from (("documents", f"{one.kind} {one.number}") for one in article.documents)
    yield from (("figures", f"{one.value:.15g} {one.unit}") for one in article.figures)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unmarked(text))


def numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d{1,9}", text)}


def says(article: Article, item: Evidence, text: str) -> bool:
    """Return whether the text of a span supports the value that it is given for."""
    if item.field in ("province", "districts"):
        names = (item.value, *article.districts)
        return any(" ".join(words(name)) in " ".join(words(text)) for name in names)
    if item.field in ("published_at", "event_dates"):
        day = date.fromisoformat(item.value[:10])
        return day.day in numbers(text)
    if item.field == "documents":
        return set(re.findall(r"\d+", item.value)) <= set(re.findall(r"\d+", text))
    if item.field in ("views", "figures"):
        return item.value[0] in text
    if item.field == "organisations":
        abbreviated = any(len(word) > 1 and word.isupper() for word in text.split())
        return abbreviated or (len(words(text)) > 1 and {*words(text)[:2]} <= {*words(item.value)})
    return words(item.value) == words(text)


def lacks(article: Article) -> list[str]:
    """Return what is wrong with the article's evidence."""
    found = {(item.field, item.value) for item in article.evidence}
    wrong = [f"no evidence for {field} {value!r}" for field, value in single(article) if (field, value) not in found]
    for item in article.evidence:
        if item.start is None or item.end is None:
            if item.method not in SPANLESS:
                wrong.append(f"no span: {item}")
            continue
        text = article.original_text[item.start : item.end]
        if not 0 <= item.start < item.end <= len(article.original_text) or not says(article, item, text):
            wrong.append(f"{text!r} does not say it: {item}")
    if not any(item.field == "original_text" and item.method == "encoding" for item in article.evidence):
        wrong.append("the encoding is not named")
    return wrong


def pushed() -> bytes:
    said = {"title": "Bắc Mê trồng rừng", "published_at": "2019-03-15", "text": "\n\n".join(PARAGRAPHS)}
    return json.dumps(said, ensure_ascii=False).encode()


LINES = (PAGE.title, "Thứ Sáu, 15/03/2019, 16:32", *PARAGRAPHS)
FILES = {
    **{f"seed {path.stem}": (path.read_bytes(), "text/plain") for path in SEEDS},
    **{
        f"{template}, {form}": (content, "text/html" if form == "html" else "text/plain")
        for template in TEMPLATES
        for form, content in wrapped(PAGE, template).forms.items()
    },
    "pushed": (pushed(), PUSH),
    "rtf": (rtf(LINES), "application/rtf"),
    "docx": (docx("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in LINES)), "application/octet-stream"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_value_is_supported(name: str) -> None:
    assert lacks(article_of(*FILES[name])) == []


def test_the_pages_have_values_of_every_kind() -> None:
    """Else the test above would say nothing of them."""
    fields = {field for file in FILES.values() for field, _ in single(article_of(*file))}
    assert fields == {
        *("title", "section", "published_at", "source", "views", "province", "authors", "districts", "organisations"),
        *("campaigns", "captions", "event_dates", "people", "people.roles", "documents", "figures"),
    }


def test_a_value_without_support_is_noticed() -> None:
    article = article_of("\n".join(LINES))
    assert lacks(article) == []
    for item in article.evidence:
        others = tuple(one for one in article.evidence if one != item)
        moved = item.model_copy(update={"start": 0, "end": 1}) if item.start is not None else None
        assert lacks(article.model_copy(update={"evidence": others})), item
        if moved:
            assert lacks(article.model_copy(update={"evidence": (*others, moved)})), item
