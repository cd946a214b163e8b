"""Whole pages as somebody pastes them from a portal: title, body and pages without an article, in many layouts."""

from itertools import chain

import pytest

from bantin_extract.assemble import body_of
from bantin_extract.lines.article_check import require_article
from bantin_extract.lines.label import label
from bantin_extract.lines.labels import LabelledPage
from bantin_extract.lines.title import find_title
from bantin_extract.reading.render import render_text
from bantin_extract.rejection import RejectedError

MASTHEAD = "ĐÀI TRUYỀN THANH HUYỆN BẾN ĐÁ"
MENU = "Trang chủ\nGiới thiệu\nTin tức\nKinh tế - Xã hội\nVăn bản\nThủ tục hành chính\nLiên hệ"
TITLE = "Bến Đá khởi công nhà máy nước sạch ven biển"
FIRST = (
    "Sáng 12/3, UBND huyện Bến Đá phối hợp với Công ty Cấp nước Hòa Bình khởi công xây dựng nhà máy nước sạch "
    "tại xã Tân Hải, tổng mức đầu tư 86 tỷ đồng."
)
SECOND = "Dự án hoàn thành trong quý IV năm nay, chấm dứt tình trạng thiếu nước ngọt mùa khô ở ba xã ven biển."
BODY = f"{FIRST}\n{SECOND}"
FOOTER = (
    "Lượt xem: 215\nIn trang\nQuay lại\nTin cùng chuyên mục\nHuyện Bến Đá ra quân làm thủy lợi (12/02/2021)\n"
    "Xã Phước An đón bằng nông thôn mới (10/02/2021)\nBản quyền thuộc về UBND huyện Bến Đá\nĐang truy cập: 35"
)
EXCERPT = "Sáng qua, UBND huyện đã tổ chức lễ ra quân làm thủy lợi nội đồng với hơn 300 người tại xã Phước An..."


def _labelled(*parts: str) -> LabelledPage:
    return label(render_text("\n".join(parts), "utf-8"))


def _read(*parts: str) -> tuple[str, str]:
    labelled = _labelled(*parts)
    require_article(labelled)
    return find_title(labelled)[0], body_of(labelled).replace("\n\n", "\n")


@pytest.mark.parametrize(
    "head",
    [
        f"{MASTHEAD}\n{MENU}\n{TITLE}\nThứ Sáu, 12/03/2021, 08:30",
        f"{MASTHEAD}\n{MENU}\nKinh tế - Xã hội\n{TITLE}\n12/03/2021\nMặc định Cỡ chữ",
        f"{MASTHEAD}\n{MENU}\nTrang chủ » Tin tức » Kinh tế\n{TITLE}\nA- A A+\nIn trang\nGửi email",
        f"{MASTHEAD}\n{MENU}\nTrang chủ › {TITLE}\n{TITLE}\nChia sẻ\nFacebook\nZalo",
        f"{MASTHEAD}\nThứ Năm, 01/01/2026 08:00:12\n{MENU.replace(chr(10), ' | ')}\n{TITLE}\nNgày đăng: 12/03/2021",
        f"{MASTHEAD}\n{MENU.replace(chr(10), ' ')}\nTrang chủ / Kinh tế\n12:30 12/03/2021\n{TITLE}\nPrint\nEmail",
        f"{MENU}\nTIN MỚI\nXã Phước An đón bằng nông thôn mới nâng cao\nTrang chủ > Kinh tế\n{TITLE}\nNghe đọc bài",
        f"{MENU}\nTin tức - Sự kiện / Kinh tế\n{TITLE}\nthứ hai, 05 08 2019 16:32 | Đọc bài viết | In | Gửi mail",
        f"{MENU}\n{TITLE}\nIn\nEmail\nViết bởi Quản trị\nChuyên mục: Tin ngành\nĐược đăng: 5 Tháng 8 2019",
        f"{TITLE}\n12/03/2021 08:30",
        f"{MENU}\n{TITLE}\n12/03/2021 08:30\nGửi qua email\nIn ra\nLưu\nNghe bài viết",
        TITLE,
    ],
)
def test_title_and_body_in_many_layouts(head: str) -> None:
    assert _read(head, BODY, FOOTER) == (TITLE, BODY)


def test_numbered_parts_under_a_dated_title_belong_to_it() -> None:
    parts = "(Trích kế hoạch của huyện)\nI. CẤP NƯỚC\n1. Nhà máy ven biển"
    dated = "Thứ Sáu, 12/03/2021, 08:30"
    assert _read(MASTHEAD, MENU, dated, "Chiến lược phát triển", parts, BODY, FOOTER)[0] == "Chiến lược phát triển"


def test_title_in_capitals_may_begin_like_a_body() -> None:
    title = "HỘI NGHỊ TỔNG KẾT CÔNG TÁC CẤP NƯỚC NĂM 2020"
    assert _read(MASTHEAD, MENU, title, "A- A A+", BODY, FOOTER) == (title, BODY)


def test_title_broken_into_two_lines_is_one() -> None:
    lines = "Phát huy vai trò của người có uy tín trong vận động đồng bào", "giữ nguồn nước sạch ở khu dân cư"
    assert _read(MENU, *lines, "12/03/2021 08:30", BODY, FOOTER)[0] == " ".join(lines)


@pytest.mark.parametrize(
    "body",
    [
        "Hỏi: Tôi có được cấp lại thẻ không?\nTrả lời: Có.\nNgười bị mất thẻ nộp đơn tại bộ phận một cửa của xã, "
        "năm ngày sau được cấp lại.\nHỏi: Có phải nộp lệ phí không?\nTrả lời: Không.\nTrong thời gian chờ, người dân "
        "vẫn được hưởng đủ quyền lợi khi khám bệnh, chữa bệnh tại trạm y tế.",
        "Huyện khảo sát 500 người dân về thái độ phục vụ của bộ phận một cửa trong quý I, kết quả các mức như sau:\n"
        "Tốt\n312 người\nKhá\n120 người\nTrung bình\n68 người\nKết quả cho thấy đa số người dân hài lòng với thái độ "
        "phục vụ của cán bộ tại bộ phận tiếp nhận và trả kết quả.",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Ủy ban nhân dân huyện nhiệm kỳ 2021 - 2026.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\nĐiều 3. Chánh Văn phòng và các phòng chịu trách nhiệm "
        "thi hành Quyết định này./.",
        "Xã Tân Hải vừa bê tông hóa thêm ba tuyến đường.\nKinh phí do Nhà nước và nhân dân cùng làm.\n"
        "Mỗi hộ góp hai triệu đồng.\nBà con hiến đất, góp công.\nĐường rộng bốn mét, dài gần hai cây số.",
        "Ta về bến cũ chiều nay\nCon đò gác mái hàng cây đứng chờ\nDòng sông vẫn chảy như mơ\n"
        "Mà người năm ấy bây giờ nơi đâu",
    ],
    ids=["questions and answers", "everyday words", "articles of law", "short sentences", "poem"],
)
def test_bodies_of_many_kinds_lose_nothing(body: str) -> None:
    title, read = _read(MASTHEAD, MENU, "Chuyện ở Bến Đá hôm nay", "Thứ Sáu, 12/03/2021, 08:30", body, FOOTER)
    assert title == "Chuyện ở Bến Đá hôm nay"
    assert read.replace("\n", " ") == body.replace("\n", " ")


def test_table_pasted_a_cell_a_line_stays_in_the_article() -> None:
    communes = ("Phước An", "Tân Hải", "Long Điền", "Hòa Hiệp", "Bình Châu", "Láng Dài", "Lộc An", "Xuyên Đông")
    cells = list(chain.from_iterable((str(at), name, str(97 + at * 31 % 60)) for at, name in enumerate(communes, 1)))
    body = "\n".join([FIRST, "STT", "Xã", "Số hộ", *cells, SECOND])
    assert _read(MENU, TITLE, "12/03/2021 08:30", body, FOOTER) == (TITLE, body)


def test_excerpts_of_other_articles_and_comments_stay_outside() -> None:
    others = f"Khu phố 3 đón bằng văn hóa\nNgày đăng 20/02/2021\n{EXCERPT}\nXã Lộc An làm đường\n{EXCERPT}{EXCERPT}"
    assert _read(MENU, TITLE, "12/03/2021 08:30", FIRST, "Bài viết khác", others, FOOTER) == (TITLE, FIRST)


HEADLINES = ("Bến Đá ra quân làm thủy lợi", "Phước An đón bằng nông thôn mới", "Kiểm tra cầu Bến Dừa", "Bàn giao nhà")


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(f"{title}\n{day}/03/2021 08:30\n{EXCERPT}\nXem thêm" for day, title in enumerate(HEADLINES, 11)),
        "Tin tức\n" + "\n".join(f"{title} ({day}/03/2021)" for day, title in enumerate(HEADLINES, 11)),
        "Tìm kiếm\nTìm thấy 214 kết quả\n" + "\n".join(f"{title}\n...{EXCERPT}" for title in HEADLINES),
        f"Thứ Sáu, 12/03/2021\nTIN NỔI BẬT\n{HEADLINES[0]}\n{EXCERPT}\nTHÔNG BÁO\n{HEADLINES[1]}\n{HEADLINES[2]}",
        "Đăng nhập\nTên đăng nhập\nMật khẩu\nQuên mật khẩu?",
        "Giới thiệu chung\n12/03/2021 08:30\nNội dung đang cập nhật...",
        "404\nKhông tìm thấy trang\nTrang bạn yêu cầu không tồn tại hoặc đã bị xóa.",
        "VIDEO\n" + "\n".join(f"{title}\n03:2{at}\n1{at}0 lượt xem" for at, title in enumerate(HEADLINES)),
        "\n".join(
            f"{at}/QĐ-UBND\t{at}/03/2021\tQuyết định phê duyệt kế hoạch lựa chọn nhà thầu công trình nâng cấp đường "
            f"liên xã số {at} huyện Bến Đá, nguồn vốn ngân sách huyện"
            for at in range(11, 20)
        ),
        "\n".join(f"Câu {at}: Thủ tục cấp giấy phép xây nhà thế nào?\nNgười gửi: A - 12/03/2021" for at in range(6)),
    ],
    ids=["dated excerpts", "titles", "search", "home", "login", "empty", "404", "videos", "documents", "questions"],
)
def test_pages_without_an_article(page: str) -> None:
    with pytest.raises(RejectedError):
        require_article(_labelled(MASTHEAD, MENU, page, FOOTER))
