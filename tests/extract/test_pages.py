"""Whole pages, text and HTML and pushed: what belongs to the article is found, what stands around it is not."""

import json
from datetime import UTC, date, datetime

import pytest

from bantin.events import ArticleRejected
from bantin_extract.handler import extract
from bantin_extract.reading.decode import PUSH_TYPE
from tests.extract.received import CAPTURED, article_of, received

LEAD = (
    "Sáng 12/5, tại huyện Mèo Vạc, Ban Dân tộc tỉnh khai mạc lớp bồi dưỡng kiến thức cho người có uy tín của các xã, "
    "với sự tham gia của hơn sáu mươi học viên đến từ các thôn bản vùng cao."
)
SECOND = (
    "Trong ba ngày, học viên được nghe giới thiệu các chính sách mới, trao đổi kinh nghiệm hòa giải ở cơ sở "
    "và thăm một số mô hình trồng rừng. Lớp học giúp nâng cao kỹ năng vận động quần chúng."
)
PAGE = f"""Trang chủ
Giới thiệu
Tin tức thứ sáu, 13/05/2022, 08:15
Khai mạc lớp bồi dưỡng cho người có uy tín

{LEAD}
Anh-tin-bai
Quang cảnh lớp học
{SECOND}
Hoàng Mây (Đài huyện)
Lượt xem: 1.204
Các tin khác
Thu hoạch vụ xuân sớm hơn mọi năm (11/05/2022)
"""


def test_text_page() -> None:
    article = article_of(PAGE)
    assert article.title == "Khai mạc lớp bồi dưỡng cho người có uy tín"
    assert article.body == f"{LEAD}\n\n{SECOND}"
    assert article.captions == ("Quang cảnh lớp học",)
    assert article.section == "Tin tức"
    assert article.published_at == datetime.fromisoformat("2022-05-13T08:15:00+07:00")
    assert article.published_at_from == "header"
    assert (article.authors, article.source, article.views) == (("Hoàng Mây",), "Đài huyện", 1204)
    assert (article.province, article.province_today, article.districts) == ("Hà Giang", "Tuyên Quang", ("Mèo Vạc",))
    assert article.event_dates == (date(2022, 5, 12),)
    assert article.language == "vi"


def test_evidence_slices_the_original_text() -> None:
    article = article_of(PAGE)
    verbatim = {"title", "section", "authors", "source", "captions", "districts", "people", "people.roles", "campaigns"}
    fields = {item.field for item in article.evidence}
    assert {
        "title",
        "section",
        "published_at",
        "authors",
        "source",
        "views",
        "province",
        "districts",
        "event_dates",
    } <= fields
    for item in article.evidence:
        if item.start is not None:
            text = article.original_text[item.start : item.end]
            assert text.strip() == text != ""
            assert item.field not in verbatim or text == item.value


HTML = f"""<html><head><title>Khai mạc lớp bồi dưỡng cho người có uy tín - Cổng tỉnh</title>
<meta property="article:published_time" content="2022-05-13T01:15:00Z"><meta charset="utf-8"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul></nav>
<script>var a = "không phải chữ của bài";</script><div style="display: none">ẩn đi</div>
<h1>Khai mạc lớp bồi dưỡng cho người có uy tín</h1><p>{LEAD}</p>
<figure><img src="a.jpg"><figcaption>Học viên trong giờ thực hành</figcaption></figure>
<p>{SECOND.replace("bản", "b&#7843;n")}</p><footer>Cơ quan chủ quản: UBND huyện</footer></body></html>"""


def test_html_page() -> None:
    article = article_of(HTML, "text/html")
    assert article.title == "Khai mạc lớp bồi dưỡng cho người có uy tín"
    assert article.body == f"{LEAD}\n\n{SECOND}"
    assert article.captions == ("Học viên trong giờ thực hành",)
    assert article.published_at == datetime.fromisoformat("2022-05-13T08:15:00+07:00")
    assert article.published_at_from == "meta"
    assert "ẩn đi" not in article.original_text


def test_json_ld_date() -> None:
    stated = '{"@graph":[{"@type":"NewsArticle","datePublished":"2022-05-14"}]}'
    page = HTML.replace('<meta property="article:published_time" content="2022-05-13T01:15:00Z">', "")
    page = page.replace("</head>", f'<script type="application/ld+json">{stated}</script></head>')
    article = article_of(page, "text/html")
    assert (article.published_at, article.published_at_from) == (date(2022, 5, 14), "meta")


def test_the_future_never_counts() -> None:
    article = article_of(PAGE, captured_at=datetime(2022, 5, 12, 12, tzinfo=UTC))
    assert article.published_at is None


@pytest.mark.parametrize("banner", ["Hôm nay: Thứ Ba, 10/06/2025", "Thứ Ba, 10/06/2025"])
def test_banner_of_today_is_not_the_publication(banner: str) -> None:
    article = article_of(banner + "\n" + PAGE)
    assert article.published_at == datetime.fromisoformat("2022-05-13T08:15:00+07:00")


def test_lone_weekday_date_beside_the_title() -> None:
    article = article_of(f"Thứ Tư, 18/5/2022\nMùa ngô mới trên cao nguyên đá\n{LEAD}\n{SECOND}\n")
    assert (article.published_at, article.published_at_from) == (date(2022, 5, 18), "page")


def test_pushed_article() -> None:
    pushed = {"title": "Lớp học vùng cao", "text": f"{LEAD}\n\n{SECOND}\n\nHoàng Mây", "published_at": "2022-05-15"}
    article = article_of(json.dumps(pushed, ensure_ascii=False), PUSH_TYPE)
    assert (article.title, article.body) == ("Lớp học vùng cao", f"{LEAD}\n\n{SECOND}")
    assert (article.published_at, article.published_at_from) == (date(2022, 5, 15), "submitted")
    assert article.authors == ("Hoàng Mây",)


def test_version_follows_title_and_body_only() -> None:
    first, second = article_of(PAGE), article_of(PAGE.replace("1.204", "1.305"))
    changed = article_of(PAGE.replace("hơn sáu mươi", "gần bảy mươi"))
    assert first.version == second.version != changed.version
    assert first.captured_at == CAPTURED


@pytest.mark.parametrize(
    "page",
    [
        "Đăng nhập\nTên đăng nhập\nMật khẩu\nGhi nhớ\nQuên mật khẩu\n",
        "Trang chủ\nTin tức\n"
        + "".join(f"Tin {n} về công tác phòng chống thiên tai tại cơ sở (0{n}.05.2022 10:00)\n" for n in range(1, 10)),
        "Trang chủ\nGiới thiệu\nNội dung đang được cập nhật\nLiên hệ\n",
    ],
)
def test_no_article(page: str) -> None:
    outcome = extract(received(page))
    assert isinstance(outcome, ArticleRejected)
    assert outcome.reason.code == "no_article"


def test_byline_under_the_title() -> None:
    article = article_of(
        f"Mùa ngô mới trên cao nguyên đá\n08:45, 12/04/2022\nLò Thu\n{LEAD}\n{SECOND}\nTin, ảnh: Lò Thu\n"
    )
    assert article.title == "Mùa ngô mới trên cao nguyên đá"
    assert article.authors == ("Lò Thu",)
    assert article.body == f"{LEAD}\n\n{SECOND}"


def test_photo_credit_makes_a_caption() -> None:
    article = article_of(f"Mùa ngô mới trên cao nguyên đá\n{LEAD}\nHọc viên thăm vườn ươm. Ảnh: Thu Hà\n{SECOND}\n")
    assert article.captions == ("Học viên thăm vườn ươm. Ảnh: Thu Hà",)
    assert article.body == f"{LEAD}\n\n{SECOND}"


def test_line_under_a_picture_is_its_caption() -> None:
    under = "Các hộ dân nhận cây giống tại vườn ươm"
    page = HTML.replace(f"<p>{LEAD}</p>", f'<p>{LEAD}</p><p><img src="b.jpg"></p><p><em>{under}</em></p>')
    article = article_of(page, "text/html")
    assert under in article.captions
    assert article.body == f"{LEAD}\n\n{SECOND}"


def test_first_paragraph_under_a_picture_stays() -> None:
    page = HTML.replace(f"<p>{LEAD}</p>", f'<p><img src="b.jpg"></p><p>{LEAD}</p>')
    assert article_of(page, "text/html").body == f"{LEAD}\n\n{SECOND}"


PORTAL = """Thứ Hai, 05/01/2026
Chào mừng bạn đến với Trang thông tin điện tử
Trang chủ | Giới thiệu | Tin tức | Văn bản | Liên hệ
Tin tức
{title}
{date}
Font size: A- A A+ | Đọc bài viết | In bài viết | Chia sẻ
{lead}
{second}
{byline}
Lượt xem: 312
Bạn đánh giá: 5 sao
Các tin khác
Xã vùng cao đón điện lưới (02/04/2022)
Gửi bình luận
Họ tên
Mã xác nhận
Cơ quan chủ quản: UBND huyện
Bản quyền © 2021. Điện thoại: 0219.1234567
Đang truy cập: 12
"""


@pytest.mark.parametrize(
    "date_line",
    ["Ngày đăng: 14/04/2022 09:10", "Cập nhật lúc: 09:10 - 14/04/2022", "(14/04/2022)", "14-04-2022 | 09:10"],
)
def test_title_over_its_date(date_line: str) -> None:
    title = "Mùa ngô mới trên cao nguyên đá được cả giá lẫn năng suất"
    article = article_of(
        PORTAL.format(title=title, date=date_line, lead=LEAD, second=SECOND, byline="Tin, ảnh: Lò Thu")
    )
    assert article.title == title
    assert article.body == f"{LEAD}\n\n{SECOND}"
    assert article.published_at is not None
    assert article.published_at.isoformat()[:10] == "2022-04-14"
    assert (article.authors, article.views) == (("Lò Thu",), 312)
