"""Newspaper articles as portals publish them, with values for every facet, the same in every run.

Names are those that the text has by its capitals; provinces, sections, documents and the rest are drawn so that a few
values are frequent and most are rare, as in life. `original_text` holds what pages have around an article.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Final, TypeVar

from bantin.events import Article, Document, Evidence, Person
from bantin.search.port import StoredArticle
from bantin.vietnamese.provinces import Province, provinces
from bantin.vietnamese.syllables import cut
from bench.corpus import articles

Value = TypeVar("Value")

FIRST_DAY: Final = datetime(2016, 12, 1, 6, tzinfo=UTC)
DAYS: Final = 210
CHROME: Final = "Trang chủ | Giới thiệu | Tin tức | Văn bản | Liên hệ\n" * 20

_DISTRICTS: Final = ("Châu Thành", "Phú Tân", "Vĩnh Lợi", "Tân Phú", "Mỹ Xuyên", "Hòa Bình", "Giồng Riềng", "Kế Sách")
_SECTIONS: Final = ("Thời sự", "Chính trị", "Kinh tế", "Văn hóa", "Xã hội", "Giáo dục", "Y tế", "Pháp luật", "Thể thao")
_BODIES: Final = ("Tỉnh ủy", "Ủy ban nhân dân tỉnh", "Hội đồng nhân dân tỉnh", "Sở Y tế", "Sở Giáo dục và Đào tạo")
_KINDS: Final = (("Nghị quyết", "NQ/TU"), ("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND"), ("Chỉ thị", "CT/TW"))
_CAMPAIGNS: Final = ("Dân vận khéo", "Xây dựng nông thôn mới", "Vì người nghèo", "Đền ơn đáp nghĩa")


def portal_articles(count: int) -> Iterator[StoredArticle]:
    """Yield up to `count` articles, each a cluster of its own."""
    for number, text in enumerate(articles(count)):
        article = _article(number, text, Random(number))
        yield StoredArticle(article, writers=(f"receipt-{number}",), cluster_id=article.article_id)


def _article(number: int, text: str, draw: Random) -> Article:
    title, _, body = text.strip().partition("\n\n")
    province = _often_first(provinces(), draw)
    published = FIRST_DAY + timedelta(days=draw.random() * DAYS)
    people = _names(body)
    return Article(
        article_id=f"{number:06}",
        version=f"{number:064x}",
        title=title.strip() or "-",
        body=body.strip(),
        section=_often_first(_SECTIONS, draw),
        published_at=published,
        authors=tuple(people[-1:]),
        source=f"Báo {_often_first(provinces(), draw).name}",
        source_url=f"https://bao.example/{number}.html",
        province=province.name,
        province_today=province.today,
        districts=tuple(draw.sample(_DISTRICTS, draw.randrange(3))),
        people=tuple(Person(name=name, roles=("Phó Chủ tịch",)) for name in people),
        organisations=tuple(_organisation(province, draw) for _ in range(draw.randrange(4))),
        documents=tuple(_document(draw) for _ in range(draw.randrange(3))),
        campaigns=tuple(draw.sample(_CAMPAIGNS, draw.randrange(2))),
        evidence=tuple(_evidence(text, people)),
        original_text=f"{CHROME}{text}{CHROME}",
        captured_at=published + timedelta(hours=1),
        content_type="text/html",
        bytes=len(text.encode()),
    )


def _often_first(values: Sequence[Value], draw: Random) -> Value:
    """Return one of the values, the first ones more often."""
    return values[int(len(values) * draw.random() ** 3)]


def _organisation(province: Province, draw: Random) -> str:
    return f"{_often_first(_BODIES, draw)} {province.name}"


def _document(draw: Random) -> Document:
    kind, symbol = draw.choice(_KINDS)
    return Document(kind=kind, number=f"{int(300 * draw.random() ** 2) + 1:02}-{symbol}", date=None)


def _evidence(text: str, people: Sequence[str]) -> Iterator[Evidence]:
    for name in people:
        start = len(CHROME) + max(text.find(name), 0)
        yield Evidence(field="person", value=name, start=start, end=start + len(name), method="role")


def _names(body: str) -> list[str]:
    """Return what looks like a name, up to five: two to four capitalised syllables in a row."""
    found: dict[str, None] = {}
    run: list[str] = []
    for word in [*cut(body)[:400], "."]:
        if word.istitle():
            run.append(word)
            continue
        if 2 <= len(run) <= 4:
            found[" ".join(run)] = None
        run = []
    return list(islice(found, 5))
