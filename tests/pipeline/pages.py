"""Invented pages for load: each an article of its own, wrapped as portals wrap theirs."""

PARAGRAPH = (
    "Sáng ngày {day}/3, Ủy ban nhân dân huyện tổ chức hội nghị {marker} lần thứ {number} về công tác dân vận, "
    "với sự tham dự của đại diện lãnh đạo các phòng, ban và các xã, thị trấn trên địa bàn."
)


def page(marker: str, number: int) -> str:
    """Return a page whose title and body nobody else has; `marker` is a word that finds it."""
    day = number % 28 + 1
    sentences = " ".join(f"Nội dung thứ {number}-{part} được các đại biểu thảo luận kỹ lưỡng." for part in range(4))
    return (
        "Trang chủ\nGiới thiệu\nLiên hệ\n"
        f"Hội nghị {marker} lần thứ {number} về công tác dân vận ở cơ sở\n\n"
        f"Thứ Hai, {day:02}/03/2021, 08:{number % 60:02}\n\n"
        f"{PARAGRAPH.format(day=day, marker=marker, number=number)}\n\n{sentences}\n\n"
        "Kết luận hội nghị, lãnh đạo huyện đề nghị các địa phương tiếp tục triển khai đồng bộ các giải pháp.\n\n"
        "Số lượt xem: 12\nQuay lại\n"
    )
