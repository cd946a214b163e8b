"""A few invented articles that differ in everything that the API filters, sorts and shows."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from bantin.events import Article, Document, Evidence, Person
from bantin.search.port import StoredArticle

CAPTURED = datetime(2025, 8, 1, 2, 3, 4, tzinfo=UTC)
VIETNAM = timezone(timedelta(hours=7))


def make_article(article_id: str, title: str, body: str, **values: Any) -> Article:
    """An article with what every article has, and the values given."""
    return Article(
        article_id=article_id,
        version=f"version of {article_id}",
        title=title,
        body=body,
        original_text=f"{title}\n{body}",
        captured_at=CAPTURED,
        indexed_at=CAPTURED,
        content_type="text/html",
        bytes=len(body.encode()),
        **values,
    )


FESTIVAL = make_article(
    "festival",
    "Khai mạc lễ hội hoa ban",
    "Tối 13/3, lễ hội hoa ban khai mạc tại quảng trường.\n\nBà Lò Thị Mai phát biểu <b>chào mừng</b> & cảm ơn.",
    section="Văn hóa",
    published_at=datetime(2019, 3, 13, 20, 5, tzinfo=VIETNAM),
    published_at_from="header",
    authors=("Hà Vy", "Tuấn Anh"),
    source="Báo Hoa Ban",
    source_url="https://hoaban.example/le-hoi",
    views=1520,
    province="Điện Biên",
    province_today="Điện Biên",
    districts=("Mường Lay",),
    people=(Person(name="Lò Thị Mai", roles=("Phó Chủ tịch UBND tỉnh", "Trưởng ban tổ chức")),),
    organisations=("Ủy ban nhân dân tỉnh Điện Biên",),
    documents=(
        Document(
            kind="Kế hoạch", number="12/KH-UBND", issuer="UBND tỉnh", date=date(2019, 1, 5), title="Lễ hội hoa ban"
        ),
    ),
    campaigns=("Toàn dân làm du lịch",),
    event_dates=(date(2019, 3, 13),),
    evidence=(
        Evidence(field="people", value="Lò Thị Mai", start=81, end=91, method="title_before_name"),
        Evidence(field="views", value="1520", method="meta"),
    ),
)
ARTICLES = (
    FESTIVAL,
    make_article(
        "dyke",
        "Gia cố đê biển trước mùa bão",
        "Đê biển được gia cố. Nhân dân làm tốt công tác dân vận khéo.",
        published_at=date(2020, 9, 1),
        province="Nam Định",
        province_today="Ninh Bình",
        section="Kinh tế",
        people=(Person(name="Vũ Văn Thắng"),),
    ),
    make_article(
        "market",
        "Chợ phiên họp lại",
        "Chợ phiên vùng cao họp lại sau mùa bão.",
        published_at=datetime(2020, 9, 1, 0, 30, tzinfo=VIETNAM),
        province="Ninh Bình",
        province_today="Ninh Bình",
        section="Kinh tế",
    ),
    make_article("undated", "Thông báo", "Thông báo về mùa bão, không ghi ngày.", source="Cổng thông tin"),
)


def stored(article: Article) -> StoredArticle:
    """The article as the index service writes it."""
    return StoredArticle(article, ("r-" + article.article_id,), article.article_id)
