"""Campaigns come out by their names, quoted or not; mottoes, subjects, programmes and models are none."""

import pytest

from bantin_extract.campaigns import find_campaigns
from bantin_extract.lines.labels import Label
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens


def campaigns(text: str) -> list[str]:
    return list(find_campaigns(Story((Passage(Label.BODY, Tokens(text), 0),)))[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phong trào “Xóm nhỏ sáng đèn” và “Đường hoa làng em” lan rộng", ["Xóm nhỏ sáng đèn", "Đường hoa làng em"]),
        ("phong trào thi đua đặc biệt “Trăm ngày về đích”", ["Trăm ngày về đích"]),
        ("phong trào thi đua Nụ cười công sở; từ đó", ["Nụ cười công sở"]),
        ("cuộc vận động Sống đẹp, sống xanh, sống khỏe. Hội", ["Sống đẹp, sống xanh, sống khỏe"]),
        ("cuộc vận động Làm theo gương người lính, Hội đã mở lớp", ["Làm theo gương người lính"]),
        ("phong trào thi đua xây dựng xóm làng, huyện đã làm 5 km đường", ["xây dựng xóm làng"]),
        ("phong trào Toàn xã thi đua trồng cây gắn với du lịch", ["Toàn xã thi đua trồng cây"]),
        ("thực hiện “Phong trào cả làng đọc sách”, “Mỗi nhà một cây”", ["cả làng đọc sách", "Mỗi nhà một cây"]),
        ("xây dựng mô hình “Dân vận khéo” ở xã", ["Dân vận khéo"]),
    ],
)
def test_named(text: str, expected: list[str]) -> None:
    assert campaigns(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "phong trào thi đua yêu nước đã lan rộng",
        "phong trào Đoàn và phong trào thiếu nhi",
        "mô hình “Cây ổi nhà em” và chương trình “Trăng rằm”",
        "phong trào với chủ đề “Nông thôn ngày mới”",
        "với phương châm “đi từng ngõ, gõ từng nhà”",
    ],
)
def test_no_campaign(text: str) -> None:
    assert campaigns(text) == []
