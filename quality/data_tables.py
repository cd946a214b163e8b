"""Invented tables of figures, names and plans, as articles hold them between their paragraphs."""

from typing import Final

_COMMUNES: Final = (
    "An Bình Trung,Bàu Sen,Cẩm Đường,Đá Bạc,Gia Lộc Thượng,Hòa Tịnh,Kênh Xáng,Lương Sơn Hạ,Mỹ Thạnh Tây,"
    "Ngọc Khê,Phú Lâm Đông,Quế Phong,Suối Tre,Tân Nhuận,Vĩnh Trạch Bắc"
).split(",")


def figures() -> str:
    """Return a long table of numbers: fifteen communes and their sum, six columns."""
    head = "STT\tXã, phường\tSố hộ\tHộ nghèo\tTỷ lệ (%)\tGhi chú"
    rows = [
        f"{at}\t{name}\t{1200 + 83 * at}\t{17 + 5 * at % 41}\t{1 + at * 37 % 60 / 10:.1f}".replace(".", ",") + "\t"
        for at, name in enumerate(_COMMUNES, 1)
    ]
    return "\n".join([head, *rows, "\tTổng cộng\t27.960\t492\t2,9\t"])


def plan() -> str:
    """Return a table of sentences: when, what and who."""
    return "\n".join(
        (
            "Thời gian\tNội dung công việc\tĐơn vị chủ trì",
            "Tuần 1\tRà soát, lập danh sách các hộ thuộc diện được hỗ trợ\tUBND các xã",
            "Tuần 2\tThẩm định danh sách, niêm yết công khai tại nhà văn hóa các thôn\tPhòng Lao động",
            "Tuần 3\tTổ chức chi trả trực tiếp cho người dân, có sự giám sát của Mặt trận\tBưu điện huyện",
            "Tuần 4\tTổng hợp, báo cáo kết quả\tVăn phòng UBND huyện",
        )
    )


def quarters() -> str:
    """Return a small table of numbers."""
    return "\n".join(
        (
            "Chỉ tiêu\tQuý I\tQuý II\tQuý III",
            "Thu ngân sách (tỷ đồng)\t312,5\t298,1\t330,7",
            "Số doanh nghiệp mới\t41\t52\t38",
        )
    )
