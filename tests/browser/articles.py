"""Invented articles of three provinces, told apart by everything that widgets refine by."""

from typing import Any

EVIL_TITLE = 'Mưa lớn <script>window.hacked = true</script> & "gió" <b>giật</b> ở Nam Mẫu'

PLACES = (
    ("huyện Ba Bể, tỉnh Bắc Kạn", "Nguyễn Văn Lộc", "Chủ tịch UBND huyện Ba Bể"),
    ("huyện Chợ Đồn, tỉnh Bắc Kạn", "Hoàng Thị Sim", "Bí thư Huyện ủy Chợ Đồn"),
    ("huyện Mường Lay, tỉnh Điện Biên", "Lò Văn Pánh", "Phó Chủ tịch UBND huyện"),
)
SOURCES = ("Kinh tế", "Văn hóa")


CROPS = (
    "ngô lai vụ đông", "chè san tuyết", "cam sành", "dong riềng", "lúa nếp nương", "mận tam hoa", "hồng không hạt",
    "gừng già", "nghệ vàng", "trám đen", "quế chi", "hồi tươi", "sa nhân tím", "bí thơm",
)  # fmt: skip
DEEDS = (
    "bà con đào hố bón phân từ sáng sớm", "thanh niên xã kéo ống dẫn nước về nương", "phụ nữ thôn gói quà phiên chợ",
    "cán bộ khuyến nông hướng dẫn tỉa cành", "hợp tác xã ký hợp đồng bao tiêu", "học sinh nội trú ra thăm vườn ươm",
    "cựu chiến binh hiến đất mở lối vào rẫy",
)  # fmt: skip


def article(number: int) -> dict[str, Any]:
    """Return what a CMS pushes: the number-th article, about a crop."""
    where, who, post = PLACES[number % len(PLACES)]
    crop, deed = CROPS[number], DEEDS[number % len(DEEDS)]
    return {
        "title": f"Mùa {crop} được giá",
        "text": f"Tại {where}, ông {who}, {post}, thăm nương {crop}; cùng hôm ấy {deed}.\n\n"
        f"Thương lái trả {20 + 3 * number} nghìn đồng một cân {crop}, cao hơn vụ trước {number + 2} nghìn đồng.",
        "published_at": f"2021-{number % 12 + 1:02}-10T08:00:00+07:00",
        "source": f"Cổng tin {SOURCES[number % len(SOURCES)]}",
        "source_url": f"https://portal.example/tin/{number}",
    }


ARTICLES = (
    *(article(number) for number in range(len(CROPS))),
    {
        "title": EVIL_TITLE,
        "text": "Trận mưa lớn kèm <script>window.hacked = true</script> gió giật làm tốc mái nhà ở thôn Nam Mẫu.\n\n"
        "Chính quyền địa phương đã giúp các hộ dân lợp lại mái nhà ngay trong đêm.",
        "published_at": "2022-06-01",
        "source": "Cổng tin Kinh tế",
        "source_url": "https://portal.example/tin/mua",
    },
)
