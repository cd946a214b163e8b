"""Proves that an article's fingerprint is its body's: reprints share bands, pages that share only chrome do not."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from bantin.events import ArticleEnriched
from bantin.fingerprint import fingerprint, overlap, shingles
from bantin_extract.handler import extract
from tests.extract.received import received

PAGES = Path(__file__).parents[3] / "shared/data/gov_pages"

MENU = "\n".join(["Trang chủ", "Giới thiệu", "Tin tức sự kiện", "Văn bản chỉ đạo điều hành", "Liên hệ góp ý"])
FOOTER = "\n".join(["Bản quyền thuộc về Cổng thông tin điện tử", "Ghi rõ nguồn khi phát hành lại thông tin"])
FLOOD = (
    "Sáng nay, nước lũ trên sông rút dần, các hộ dân ven bờ đã trở về nhà dọn dẹp bùn đất để sớm ổn định cuộc sống. "
    "Lực lượng dân quân của xã giúp bà con sửa lại đường đi và kênh mương bị sạt lở sau mưa lớn."
)
FAIR = (
    "Hội chợ nông sản năm nay có hơn một trăm gian hàng, trưng bày chè, miến dong và cam sành của các huyện vùng cao. "
    "Ban tổ chức cho biết lượng khách đến tham quan và mua sắm trong ngày đầu tăng mạnh so với năm ngoái."
)


def enriched(text: str) -> ArticleEnriched:
    outcome = extract(received(text))
    assert isinstance(outcome, ArticleEnriched)
    return outcome


def page(title: str, body: str) -> str:
    return f"{MENU}\n{title}\nThứ Ba, 14/02/2017, 14:20\n{body}\n{FOOTER}"


def test_the_fingerprint_is_the_bodys() -> None:
    event = enriched(page("Nước lũ rút dần", FLOOD))
    assert event.fingerprint == fingerprint(event.article.body) != ()


def test_a_reprint_shares_bands_and_a_page_with_the_same_chrome_none() -> None:
    flood, fair = enriched(page("Nước lũ rút dần", FLOOD)), enriched(page("Khai mạc hội chợ", FAIR))
    reprint = enriched(page("Lũ rút", f"{FLOOD} Theo báo tỉnh."))
    assert set(flood.fingerprint) & set(reprint.fingerprint)
    assert not set(flood.fingerprint) & set(fair.fingerprint)


@pytest.mark.skipif(not PAGES.is_dir(), reason="the labelled pages (../shared/data/gov_pages) are not here")
def test_real_reprints_are_candidates_and_other_pages_overlap_too_little() -> None:
    rows = [json.loads(line) for line in (PAGES / "gold.jsonl").read_text("utf-8").splitlines()]
    found = {row["id"]: extract(received(row["page_text"])) for row in rows}
    events = {name: event for name, event in found.items() if isinstance(event, ArticleEnriched)}
    sets = {name: shingles(event.article.body) for name, event in events.items()}
    listed = [line.split("\t") for line in (PAGES / "near_dup_pairs.tsv").read_text("utf-8").splitlines()]
    jaccard = {frozenset(pair): float(near) for near, *pair in listed}
    for one, other in combinations(events, 2):
        near = overlap(sets[one], sets[other])
        if jaccard.get(frozenset((one, other)), 0) >= 0.55:
            assert near >= 0.5, (one, other)
            assert set(events[one].fingerprint) & set(events[other].fingerprint)
        else:
            assert near < 0.5, (one, other)
