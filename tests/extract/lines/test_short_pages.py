"""What is an article at all: a few sentences are, lists of excerpts, forms and messages of a site are none."""

import pytest

from bantin_extract.assemble import body_of
from bantin_extract.lines.article_check import require_article
from bantin_extract.lines.label import label
from bantin_extract.lines.labels import LabelledPage
from bantin_extract.lines.title import find_title
from bantin_extract.reading.read_page import read_page
from bantin_extract.rejection import RejectedError
from tests.extract.received import received

FIRST = "Xã Tân Hải vừa làm xong ba tuyến đường liên thôn."
SECOND = "Bà con góp công, hiến đất nên đường làm nhanh."
TITLE = "Xã Tân Hải làm đường"
MENU = "Trang chủ\nGiới thiệu\nTin tức\nLiên hệ"
FOOTER = "In trang\nQuay lại\nBản quyền thuộc về UBND huyện Bến Đá"
HEADLINES = (
    "Huyện Bến Đá ra quân làm thủy lợi",
    "Xã Phước An đón bằng nông thôn mới",
    "Kiểm tra tiến độ cầu Bến Dừa",
    "Có nên trồng dừa ở Láng Dài?",
)
EXCERPT = "Sáng qua, tại nhà văn hóa thôn {at}, hơn 3{at}0 người đã dự lễ ra quân làm thủy lợi nội đồng năm nay."


def _labelled(content: str, content_type: str = "text/plain") -> LabelledPage:
    labelled = label(read_page(received(content, content_type)))
    require_article(labelled)
    return labelled


@pytest.mark.parametrize(
    "page",
    [
        f"{FIRST} {SECOND}",
        f"{FIRST}\n{SECOND}",
        f"{TITLE}\n{FIRST} {SECOND}",
        f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\nĐường rộng bốn mét.",
        f"{TITLE}\n12/03/2021 08:30\n{FIRST}\nCó điện chiếu sáng.\n{SECOND}",
        f"{MENU}\n{TITLE}\n{FIRST}\n{SECOND}\n{FOOTER}",
        f"{FIRST} {SECOND} Sắp tới, xã làm tiếp các tuyến đường vào thôn Bàu Sen, thôn Bàu Nghé…",
    ],
    ids=["paragraph", "two", "titled", "three under a title", "under a date", "in a frame", "cut off at the end"],
)
def test_a_few_sentences_are_an_article(page: str) -> None:
    body = body_of(_labelled(page))
    assert FIRST in body
    assert SECOND in body


def test_one_sentence_that_says_what_its_title_says_is_an_article() -> None:
    title = "Huyện Bến Đá khai mạc giải bóng chuyền nông dân"
    labelled = _labelled(f"{MENU}\n{title}\n12/03/2021\n{title} năm 2021.\n{FOOTER}")
    assert (find_title(labelled)[0], body_of(labelled)) == (title, f"{title} năm 2021.")


def test_one_long_sentence_is_an_article() -> None:
    sentence = (
        "Ngày 12/3, Hội Nông dân huyện tập huấn kỹ thuật trồng nấm cho 40 hội viên ở xã Tân Hải; lớp học kéo dài ba "
        "ngày, có thực hành tại vườn của một hộ trong xã."
    )
    assert body_of(_labelled(sentence)) == sentence


def test_few_sentences_of_html_are_an_article() -> None:
    paragraphs = f"<p>{FIRST}</p><p>{SECOND}</p>"
    framed = f"<div><a href=/>Trang chủ</a><a href=/t>Tin tức</a></div><div><h3>{TITLE}</h3>{paragraphs}</div>"
    for page in (paragraphs, framed):
        assert body_of(_labelled(f"<html><body>{page}</body></html>", "text/html")) == f"{FIRST}\n\n{SECOND}"


def test_first_letter_lost_from_a_paragraph_leaves_the_title() -> None:
    lost = (
        "au ba tháng thi công, xã Tân Hải làm xong ba tuyến đường liên thôn dài gần hai cây số, bà con đi lại, chở "
        "lúa và đưa con em đến trường đều thuận tiện hơn trước rất nhiều."
    )
    assert find_title(_labelled(f"{MENU}\n{TITLE} bê tông liên thôn\n{lost}\n{SECOND}"))[0] == (
        f"{TITLE} bê tông liên thôn"
    )


@pytest.mark.parametrize("more", ["Xem tiếp", "Chi tiết", ">> Đọc tiếp", "[Xem chi tiết]"])
@pytest.mark.parametrize("around", [MENU, ""], ids=["in a frame", "alone"])
@pytest.mark.parametrize(
    "block",
    [
        "{title}\n1{at}/03/2021 08:30\n{excerpt}\n{more}",
        "1{at}/03/2021\n{title}\n{excerpt}\n{more}",
        "{title}\n{excerpt}\n{more}",
        "{title}\n1{at}/03/2021\n{excerpt} Huyện sẽ...",
    ],
    ids=["day below", "day above", "no day", "cut off"],
)
def test_blocks_of_title_and_excerpt_are_a_listing(more: str, around: str, block: str) -> None:
    blocks = "\n".join(
        block.format(title=title, at=at, excerpt=EXCERPT.format(at=at), more=more) for at, title in enumerate(HEADLINES)
    )
    with pytest.raises(RejectedError):
        _labelled(f"{around}\n{blocks}\n1 2 3 4 5")


def test_linked_headings_over_excerpts_are_a_listing() -> None:
    items = "".join(
        f"<div><h4><a href=/{at}>{title}</a></h4><p>{EXCERPT.format(at=at)}</p></div>"
        for at, title in enumerate(HEADLINES)
    )
    with pytest.raises(RejectedError):
        _labelled(f"<html><body><h1>Tin tức - Sự kiện</h1><div>{items}</div></body></html>", "text/html")


def test_parts_under_subheadings_are_no_listing() -> None:
    parts = "\n".join(f"{at}. {title}\n{EXCERPT.format(at=at)}" for at, title in enumerate(HEADLINES[:3], 1))
    assert parts.replace("\n", "\n\n") == body_of(_labelled(f"{MENU}\n{TITLE}\n12/03/2021 08:30\n{parts}\n{FOOTER}"))


def test_article_over_excerpts_of_others_stays_one() -> None:
    others = "\n".join(
        f"{title}\n1{at}/03/2021\n{EXCERPT.format(at=at)}\nXem tiếp" for at, title in enumerate(HEADLINES)
    )
    page = f"{MENU}\n{TITLE}\n12/03/2021 08:30\n{FIRST} {SECOND}\nCác tin khác\n{others}\n{FOOTER}"
    assert body_of(_labelled(page)) == f"{FIRST} {SECOND}"


@pytest.mark.parametrize(
    "page",
    [
        "Đăng nhập\nVui lòng đăng nhập để dùng hệ thống. Nếu quên mật khẩu, xin gọi quản trị viên.\nMật khẩu",
        "Liên hệ\nMọi ý kiến xin gửi về Ban biên tập. Chúng tôi sẽ trả lời sớm.\nHọ và tên\nEmail\nMã xác nhận\nGửi",
        "404\nKhông tìm thấy trang\nTrang bạn yêu cầu không tồn tại hoặc đã bị xóa. Mời bạn dùng ô tìm kiếm.",
        "Kết quả\nKhông tìm thấy kết quả nào phù hợp với từ khóa. Hãy thử lại với từ khóa khác.",
        "Trang này cần bật JavaScript. Hãy bật JavaScript rồi tải lại.",
        "Giới thiệu chung\n12/03/2021 08:30\nNội dung đang được cập nhật.",
    ],
    ids=["login", "contact form", "gone", "nothing found", "script", "empty"],
)
def test_forms_and_messages_of_a_site_are_no_article(page: str) -> None:
    with pytest.raises(RejectedError):
        _labelled(page)


def test_comments_counted_beside_each_title_do_not_end_a_listing() -> None:
    block = "{title}\n\n0{at}/02/2021 08:10:00 AM\nĐã xem: {at}0\nPhản hồi: 0\n\n{excerpt}"
    blocks = (block.format(title=title, at=at, excerpt=EXCERPT.format(at=at)) for at, title in enumerate(HEADLINES, 1))
    with pytest.raises(RejectedError, match="no article"):
        _labelled("\n\n".join((MENU, *blocks, FOOTER)))


def test_home_page_that_lists_one_headline_in_many_boxes_is_no_article() -> None:
    boxes = (f"MỤC {at}\n\n" + "\n\n".join(f"- {title}" for title in HEADLINES[at : at + 3]) for at in range(3))
    with pytest.raises(RejectedError, match="no article"):
        _labelled("\n\n".join((MENU, TITLE, EXCERPT.format(at=1), *boxes, FOOTER)))


def test_article_whose_table_repeats_its_cells_stays_one() -> None:
    cells = "\n".join("Thôn\nNam\nĐạt" for _ in range(6))
    _labelled(f"{TITLE}\n03/02/2021\n{FIRST} {SECOND}\n{EXCERPT.format(at=2)}\n{cells}\n{FIRST}")


@pytest.mark.parametrize("stop", ["", "."])
def test_short_article_under_a_long_title_with_its_day_between_tools(stop: str) -> None:
    """Neither today's date above the menu nor the length of the title makes the title the whole article."""
    top = "Thứ năm, 01/01/2026, 08:00 Đăng nhập\nTin Tức\nVăn bản\nCơ cấu tổ chức\nThăm dò ý kiến"
    title = f"Xã Tân Hải tập huấn chế độ kế toán mới cho cán bộ và kế toán viên ở các thôn{stop}"
    tools = "Gửi bài viết qua email\nIn ra\nLưu bài viết này"
    found = _labelled(f"{top}\n{title}\nThứ sáu - 17/09/2021 10:25\n{tools}\n{FIRST} {SECOND}\nÝ kiến bạn đọc\nIn ra")
    assert body_of(found) == f"{FIRST} {SECOND}"
    assert find_title(found)[0] == title
