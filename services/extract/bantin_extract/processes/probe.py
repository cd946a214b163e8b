"""A page known to be good: where it can't be read either, a page that failed is not to blame."""

from datetime import UTC, datetime

from bantin.events import ArticleReceived

_PAGE = """<!doctype html><html lang="vi"><head><title>Xã Tân Lập ra quân trồng cây đầu xuân</title></head><body>
<ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul>
<h1>Xã Tân Lập ra quân trồng cây đầu xuân</h1><p>Thứ Hai, 15/02/2021, 08:30</p>
<p>Sáng 15/02, Ủy ban nhân dân xã Tân Lập, huyện Na Rì, tỉnh Bắc Kạn tổ chức lễ ra quân trồng cây. Đồng chí Nguyễn
Văn Bình, Phó Bí thư Đảng ủy, Chủ tịch UBND xã dự và phát động phong trào thi đua “Vì quê hương xanh”.</p>
<table><tr><td>Thôn Nà Ca</td><td>1.200 cây</td></tr><tr><td>Thôn Pò Mo</td><td>850 cây</td></tr></table>
<p>Thực hiện Nghị quyết số 08-NQ/ĐU ngày 05/01/2021 của Đảng ủy xã, toàn xã phấn đấu trồng mới 40 ha rừng.</p>
<p>Tin, ảnh: Thu Hà</p></body></html>"""


def known_good() -> ArticleReceived:
    """Return a page as news pages are: markup, a date, people, places, a document, a table."""
    content = _PAGE.encode()
    return ArticleReceived(
        receipt_id="probe",
        batch_id="probe",
        article_id="probe",
        file_name="probe.html",
        sha256="0" * 64,
        content=content,
        content_type="text/html",
        captured_at=datetime.now(UTC),
        received_at=datetime.now(UTC),
    )
