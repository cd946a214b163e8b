"""Boxes of other articles between the paragraphs of pasted text stay out; what only looks like one ends the article."""

import pytest

from bantin_extract.assemble import body_of
from bantin_extract.lines.label import label
from bantin_extract.reading.render import render_text

TITLE = "Bến Đá khởi công nhà máy nước sạch ven biển\n12/03/2021 08:30"
FIRST = (
    "Sáng 12/3, UBND huyện Bến Đá phối hợp với Công ty Cấp nước Hòa Bình khởi công nhà máy nước sạch tại xã Tân Hải, "
    "tổng mức đầu tư 86 tỷ đồng, cấp nước cho ba xã ven biển."
)
SECOND = (
    "Theo Công ty Cấp nước Hòa Bình, nhà máy nước sạch hoàn thành trong quý IV năm nay, chấm dứt tình trạng thiếu nước "
    "mùa khô ở ba xã ven biển của huyện Bến Đá."
)
OTHERS = "Chợ đêm mở cửa đón khách trở lại\nKhai mạc giải bóng chuyền nông dân"
EXCERPT = "Từ vùng đất bỏ hoang, nhiều hộ đã trồng dừa nước, vừa giữ đất vừa có thêm thu nhập..."
FOREIGN = (
    "Đội bóng chuyền phường Lộc An vừa giành cúp vô địch sau trận chung kết kéo dài năm hiệp trước sự cổ vũ của hàng "
    "nghìn khán giả tối chủ nhật."
)


def _body(*parts: str) -> str:
    return body_of(label(render_text("\n".join(parts), "utf-8")))


@pytest.mark.parametrize("head", ["Xem thêm", "Tin liên quan", "BÀI VIẾT KHÁC", "- Quảng cáo -\nTin liên quan"])
@pytest.mark.parametrize("entries", [OTHERS, f"Bãi bồi thành vườn dừa nước\n{EXCERPT}", f"{OTHERS}\n"])
def test_box_between_paragraphs_stays_out(head: str, entries: str) -> None:
    assert _body(TITLE, FIRST, head, entries, SECOND, "In trang") == f"{FIRST}\n\n{SECOND}"


def test_blank_line_under_a_box_brings_back_the_article() -> None:
    under = "Lãnh đạo huyện ấn nút khởi công nhà máy nước"
    page = label(render_text("\n".join((TITLE, FIRST, "Xem thêm", OTHERS, "", under, "", SECOND)), "utf-8"))
    assert under in {part.text for part in page.story}


def test_another_article_under_a_heading_is_not_this_one() -> None:
    assert _body(TITLE, FIRST, SECOND, "Tin liên quan", "Lộc An vô địch", FOREIGN, "In trang") == f"{FIRST}\n\n{SECOND}"
