"""Figures are read with their unit and with what they count; dates, numbers of documents and years are none."""

import pytest

from bantin.events import Figure
from bantin_extract.figures import find_figures
from bantin_extract.lines.labels import Label
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tokens import Tokens


def figures(text: str) -> list[Figure]:
    return list(find_figures(Story((Passage(Label.BODY, Tokens(text), 0),)))[0])


@pytest.mark.parametrize(
    ("text", "value", "unit", "counts"),
    [
        ("hỗ trợ 1.200 hộ nghèo trong năm", 1200, "hộ", "hộ nghèo"),
        ("tổng kinh phí 45,5 tỷ đồng.", 45_500_000_000, "đồng", "tổng kinh phí"),
        ("tỷ lệ hộ nghèo còn 3,25%", 3.25, "%", "tỷ lệ hộ nghèo"),
        ("trồng mới 12.345,6 ha.", 12345.6, "ha", "trồng mới"),
        ("gần 2 triệu lượt người tham gia", 2_000_000, "lượt người", "lượt người"),
        ("có 1,250 đại biểu", 1250, "đại biểu", "đại biểu"),
        ("thưởng 3 tỷ 250 triệu đồng.", 3_250_000_000, "đồng", "thưởng"),
        ("số hộ nghèo giảm từ 1-1,5%.", 1.5, "%", "số hộ nghèo"),
        ("cấp 12.345 liều vắc xin", 12345, "liều", "liều vắc xin"),
    ],
)
def test_figure(text: str, value: float, unit: str, counts: str) -> None:
    assert figures(text) == [Figure(value=value, unit=unit, counts=counts)]


@pytest.mark.parametrize(
    "text", ["Ngày 12/5/2020, năm 2021", "Nghị quyết 35/NQ-CP", "lúc 14:30", "số 0912.345.678", "khóa 12, lần thứ 3"]
)
def test_no_figure(text: str) -> None:
    assert figures(text) == []


def test_each_once() -> None:
    assert figures("95% số hộ. Nay: 95% số hộ.") == [Figure(value=95, unit="%", counts="số hộ")]
    assert len(figures("có 5 xã, lại có 5 xã")) == 1
