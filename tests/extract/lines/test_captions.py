"""Captions in pasted text: told from subheadings and list entries by wording and place, with no picture in sight."""

import pytest

from bantin_extract.lines.captions import looks_like_caption, pictured
from bantin_extract.lines.label import label
from bantin_extract.lines.labels import Label
from bantin_extract.reading.render import render_text

CAPTIONS = (
    "Đồng chí Lò Văn Tấn, Phó Bí thư Huyện ủy trao Giấy khen cho các tập thể",
    "Đoàn viên thanh niên thị trấn Bến Đá thu gom rác trên vỉa hè dành cho người đi bộ",
    "Mô hình nuôi cá lồng trên sông của gia đình ông Kiều Văn Đạt",
    "Sở Y tế bàn giao thiết bị cho Trung tâm Y tế huyện",
    "Bà Lê Thị Út chăm sóc vườn sầu riêng của gia đình",
    "Các tiết mục văn nghệ chào mừng Đại hội",
    "Khách du lịch tham quan làng gốm Phước An",
)
SUBHEADINGS = (
    "Những chuyển biến tích cực",
    "Gỡ khó cho doanh nghiệp",
    "Một số kết quả đạt được trong 6 tháng đầu năm",
    "Cán bộ phải gần dân, sát dân",
    "Hội viên nông dân được vay vốn ưu đãi để phát triển sản xuất",
    "Xử phạt vi phạm hành chính trong lĩnh vực thủy lợi đến 200 triệu đồng",
    "Hộ kinh doanh cần chuẩn bị gì khi chuyển sang hóa đơn điện tử",
    "Ông Kiều Văn Đạt - Chủ tịch UBND xã",
    "Bài 1: Từ nghị quyết đến cuộc sống",
)
PARAGRAPHS = (
    "Sáng 12/3, UBND huyện Bến Đá tổ chức hội nghị tổng kết phong trào trồng cây, triển khai nhiệm vụ năm nay.",
    "Năm qua toàn huyện trồng được trên 120 nghìn cây phân tán, tỷ lệ cây sống đạt hơn 90 phần trăm.",
    "Hội nghị cũng thống nhất giao mỗi xã một vườn ươm để chủ động nguồn giống cho mùa trồng tới.",
)


@pytest.mark.parametrize("text", CAPTIONS)
def test_a_line_that_shows_somebody_or_something_is_a_caption(text: str) -> None:
    assert pictured(text) > 2 or looks_like_caption(text)


@pytest.mark.parametrize("text", SUBHEADINGS)
def test_a_subheading_and_an_entry_of_a_list_are_none(text: str) -> None:
    assert pictured(text) <= 2
    assert not looks_like_caption(text)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Đồng chí Lò Văn Tấn, Phó Bí thư Huyện ủy phát biểu tại hội nghị.", True),
        ("Đồng chí Lò Văn Tấn, Phó Bí thư Huyện ủy chủ trì hội nghị.", False),
        ("Đồng chí Lò Văn Tấn, Phó Bí thư Huyện ủy đến dự và phát biểu chỉ đạo.", False),
        (
            "Thí sinh làm bài (Ảnh: Thí sinh dự thi môn Ngữ văn tại điểm thi Trường THPT Bến Đá sáng nay)",
            True,
        ),
    ],
)
def test_a_report_about_somebody_is_no_caption(text: str, caption: bool) -> None:
    assert looks_like_caption(text) is caption


def _labels(*between: str, stops: bool = True) -> list[Label]:
    first, *rest = PARAGRAPHS if stops else tuple(text.removesuffix(".") for text in PARAGRAPHS)
    page = render_text("\n".join(["Bến Đá trồng cây phân tán", "12/03/2021 08:30", first, *between, *rest]), "utf-8")
    return [part.label for part in label(page).paragraphs if part.text in between]


def test_captions_stand_between_paragraphs_that_end_in_a_full_stop() -> None:
    assert _labels(CAPTIONS[0], CAPTIONS[4]) == [Label.CAPTION, Label.CAPTION]
    assert _labels(SUBHEADINGS[1]) == [Label.BODY]


def test_entries_after_a_colon_are_body() -> None:
    assert _labels("Nhiều hộ làm tốt:", CAPTIONS[4]) == [Label.BODY, Label.BODY]


def test_where_no_paragraph_ends_in_a_full_stop_a_line_without_one_says_nothing() -> None:
    assert _labels(CAPTIONS[2], stops=False) == [Label.BODY]


def test_heading_of_pictures_is_body_and_lines_under_it_are_captions() -> None:
    head, shown = "Một số hình ảnh tại buổi lễ", ("Tiết mục múa quạt", "Trao quà cho trẻ em xã Tân Hải")
    page = "\n".join(("Bến Đá trồng cây đầu xuân", "12/03/2021 08:30", *PARAGRAPHS[:2], head, *shown, "In trang"))
    labelled = label(render_text(page, "utf-8"))
    assert tuple(part.text for part in labelled.of(Label.CAPTION)) == shown
    assert tuple(part.text for part in labelled.of(Label.BODY)) == (*PARAGRAPHS[:2], head)
