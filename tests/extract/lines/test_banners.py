"""Today's date over a menu never pulls the title to the menu, and a date beside its title still does."""

from datetime import UTC, datetime
from itertools import product

import pytest

from tests.extract.received import article_of

CAPTURED = datetime(2024, 5, 20, tzinfo=UTC)
TITLE = "Xã Mường Hin ra mắt mô hình trồng rừng gỗ lớn"
BODY = (
    "Xã vừa ra mắt mô hình trồng rừng gỗ lớn với sự tham gia của bốn mươi hộ dân ở sáu bản vùng cao biên giới.",
    "Các hộ được hỗ trợ cây giống, phân bón và được hướng dẫn kỹ thuật chăm sóc trong ba năm đầu tiên.",
)
MENUS = (
    ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ"),
    ("Trang chủ", "Giới thiệu chung về huyện nhà", "Xây dựng nông thôn mới nâng cao", "Đất và người Mường Hin"),
    ("Đất và người Mường Hin", "Người tốt việc tốt quanh ta", "Lịch phát sóng truyền hình", "Giá cả thị trường"),
)


@pytest.mark.parametrize(
    "banner", ["Thứ Sáu, 17/09/2021", "Thứ 6, ngày 17 tháng 9 năm 2021", "Thứ sáu 17.09.2021 | 10:25"]
)
def test_a_banner_over_a_menu_heads_no_article(banner: str) -> None:
    for top, menu, beside in product(((), ("Trang thông tin điện tử xã Mường Hin",)), MENUS, ((), ("3 ngày trước",))):
        page = "\n".join((*top, banner, *menu, TITLE, *beside, *BODY, "Tin liên quan", "Gặp mặt đầu xuân (02/01/2021)"))
        article = article_of(page, captured_at=CAPTURED)
        assert (article.title, article.published_at) == (TITLE, None), (menu, beside)


@pytest.mark.parametrize("header", ["Thứ Sáu, 17/09/2021", "Thứ Sáu, 17/09/2021 10:25"])
def test_a_date_with_its_weekday_beside_a_title_heads_it(header: str) -> None:
    for menu, tools in product(MENUS, ((), ("In bài", "Gửi email", "Cỡ chữ"))):
        for beside in ((TITLE, header, *tools), (header, TITLE, *tools)):
            article = article_of("\n".join((*menu, *beside, *BODY)), captured_at=CAPTURED)
            assert (article.title, str(article.published_at)[:10]) == (TITLE, "2021-09-17"), beside
