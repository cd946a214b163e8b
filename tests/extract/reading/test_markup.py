"""What the markup of a page tells of its article: tables of data, boxes beside it, hidden text, titles, metadata."""

from datetime import UTC, datetime

import pytest

from bantin.events import Article, ArticleReceived
from bantin_extract.handler import read_article
from bantin_extract.rejection import RejectedError

LEAD = "Sáng nay, Ủy ban nhân dân huyện Bình Lộc tổ chức hội nghị sơ kết công tác trồng rừng sáu tháng đầu năm."
MIDDLE = (
    "Theo báo cáo tại hội nghị, toàn huyện đã trồng mới hơn ba trăm héc ta rừng, vượt kế hoạch được giao từ đầu năm."
)
LAST = "Kết luận hội nghị, lãnh đạo huyện yêu cầu các xã tiếp tục chăm sóc diện tích đã trồng trước mùa khô tới đây."
OTHER = (
    "Tôi thấy bài viết nói rất đúng, đề nghị huyện sớm làm con đường vào khu rừng để bà con đỡ vất vả hơn mỗi mùa mưa."
)
TITLE = "Bình Lộc sơ kết công tác trồng rừng"
TABLE = "<tr><td>Xã</td><td>Diện tích</td></tr><tr><td>Tân Lộc</td><td>120</td></tr><tr><td>An Lộc</td><td>85</td></tr>"


def read(body: str, head: str = "") -> Article:
    """Return the article in a page of HTML."""
    event = ArticleReceived(
        receipt_id="r",
        batch_id="b",
        article_id="a",
        file_name="page.html",
        content_type="text/html",
        sha256="0" * 64,
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        content=f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode(),
    )
    return read_article(event)


def paragraphs(*between: str) -> str:
    """Return an article whose second paragraph `between` follows."""
    return (
        f"<div class=all><h1>{TITLE}</h1><span>Thứ hai, 05/08/2019 - 08:30</span><div class=text>"
        f"<p>{LEAD}</p><p>{MIDDLE}</p>{''.join(between)}<p>{LAST}</p></div></div>"
    )


def test_a_table_of_data_is_body_a_line_a_row() -> None:
    body = read(paragraphs(f"<table border=1>{TABLE}</table>")).body
    assert body.split("\n\n") == [LEAD, MIDDLE, "Xã | Diện tích", "Tân Lộc | 120", "An Lộc | 85", LAST]


def test_a_long_table_does_not_cut_an_article_in_two() -> None:
    rows = "".join(f"<tr><td><p>{at}</p></td><td><p>{at * 37}</p></td><td></td></tr>" for at in range(1, 200))
    body = read(paragraphs(f"<table>{rows}</table>")).body
    assert body.startswith(LEAD)
    assert body.endswith(LAST)
    assert "\n\n150 | 5550\n\n" in body


def test_a_table_that_lays_out_a_page_is_no_table_of_data() -> None:
    article = read(f"<table><tr><td><a href=#>Trang chủ</a></td><td>{paragraphs()}</td></tr></table>")
    assert article.body.split("\n\n") == [LEAD, MIDDLE, LAST]
    assert article.title == TITLE


@pytest.mark.parametrize(
    "box",
    [
        "<div class='tin-lien-quan'><b>Đọc thêm</b><a href=#>Mở vườn ươm mới ở xã Tân Lộc</a></div>",
        f"<div><h4>Tin liên quan</h4><ul><li><a href=#>Mở vườn ươm mới</a></li></ul><p>{OTHER}</p></div>",
        "<p style='display: none'>Bản in</p><p class='sr-only'>Dành cho trình đọc màn hình</p>",
        "<table><tr><td>Tin liên quan</td></tr><tr><td><a href=#>Mở vườn ươm mới ở xã</a></td></tr></table>",
    ],
)
def test_boxes_between_paragraphs_are_left_out(box: str) -> None:
    assert read(paragraphs(box)).body.split("\n\n") == [LEAD, MIDDLE, LAST]


@pytest.mark.parametrize("name", ["comments", "binh-luan", "fbComments", "ykien"])
def test_comments_are_left_out(name: str) -> None:
    thread = f"<div id='{name}'>" + f"<div><b>Trần Thị Hoa</b><p>{OTHER}</p></div>" * 2 + "</div>"
    assert read(paragraphs() + thread).body.split("\n\n") == [LEAD, MIDDLE, LAST]


def test_a_name_like_comments_around_the_whole_page_means_nothing() -> None:
    assert read(f"<div class='comments'>{paragraphs()}</div>").body.split("\n\n") == [LEAD, MIDDLE, LAST]


def test_prose_of_a_sidebar_is_left_out() -> None:
    side = f"<div class=right><div class=hot><h4><a href=#>Chuyện người giữ rừng</a></h4><p>{OTHER}</p></div></div>"
    assert read(f"<div>{paragraphs()}{side}</div>").body.split("\n\n") == [LEAD, MIDDLE, LAST]


def test_a_body_in_several_elements_alike_stays_whole() -> None:
    parts = "".join(f"<div class=part><p>{text}</p></div>" for text in (LEAD, MIDDLE, LAST))
    body = read(f"<h1>{TITLE}</h1><span>Thứ hai, 05/08/2019 - 08:30</span><div>{parts}</div>").body
    assert body.split("\n\n") == [LEAD, MIDDLE, LAST]


def test_short_wording_of_menus_between_paragraphs_is_a_subheading() -> None:
    assert read(paragraphs("<p><b>Kết quả</b></p>")).body.split("\n\n") == [LEAD, MIDDLE, "Kết quả", LAST]


def test_the_class_of_a_title_tells_it_from_the_lead() -> None:
    text = f"<div class=news-title>{TITLE}</div><div class=lead>{LEAD}</div><div><p>{MIDDLE}</p><p>{LAST}</p></div>"
    assert read(f"<h1>CỔNG THÔNG TIN ĐIỆN TỬ</h1><div>{text}</div>").title == TITLE


def test_a_page_that_a_script_fills_is_read_from_json_ld() -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{LEAD}\n{MIDDLE}", "datePublished": "2019-08-05T08:30:00+07:00",}}'  # noqa: E501
    article = read("<div id=root></div>", f'<script type="application/ld+json">[{data}]</script>')
    assert article.title == TITLE
    assert article.body.split("\n\n") == [LEAD, MIDDLE]
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2019-08-05T08:30:00+07:00"
    assert article.published_at_from == "meta"


def test_json_ld_does_not_replace_a_page_with_text() -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{OTHER}"}}'
    assert OTHER not in read(paragraphs(), f'<script type="application/ld+json">{data}</script>').body


def test_the_printed_date_wins_over_metadata() -> None:
    article = read(paragraphs(), "<meta property='article:published_time' content='2020-01-01T00:00:00+07:00'>")
    assert article.published_at_from == "header"
    assert str(article.published_at).startswith("2019-08-05")


def test_several_headings_that_are_links_make_a_listing() -> None:
    entries = "".join(
        f"<div><h3><a href=#>{title}</a></h3><p>05/08/2019</p><p>{text}</p></div>"
        for title, text in (
            (TITLE, LEAD),
            ("Xã An Lộc trồng cây phân tán", MIDDLE),
            ("Mở vườn ươm mới ở xã Tân Lộc", LAST),
        )
    )
    with pytest.raises(RejectedError):
        read(f"<div>{entries}</div>")


def test_a_list_of_documents_is_no_article() -> None:
    rows = "".join(
        f"<tr><td>{at}/KH-UBND</td><td>0{at}/08/2019</td><td>Kế hoạch trồng rừng</td></tr>" for at in range(1, 9)
    )
    with pytest.raises(RejectedError):
        read(f"<h2>Văn bản</h2><table>{rows}</table>")


def test_many_rows_without_end_tags_are_no_danger() -> None:
    rows = "<tr><td>1<td>2" * 5_000
    assert read(paragraphs(f"<table>{rows}</table>")).body.endswith(LAST)
