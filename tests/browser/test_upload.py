"""Proves that files dropped on the upload page arrive, and that their receipts come back by themselves."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations

PAGE = """Tin nông thôn: Thôn Bản Vài khánh thành cầu treo

Sáng 5/3, bà con thôn Bản Vài dự lễ khánh thành cây cầu treo bắc qua suối. Cầu dài bốn mươi mét, giúp học sinh
đến trường an toàn trong mùa nước lớn.

Trưởng thôn cảm ơn các nhà hảo tâm đã chung tay góp công, góp của dựng cầu.
"""
DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/plain" }));
  for (const type of ["dragover", "drop"]) {
    document.getElementById("drop").dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}"""


@pytest.fixture
def upload(page: Page, platform: str) -> Page:
    page.goto(f"{platform}/ingest")
    return page


def test_a_dropped_file_is_listed_sent_and_followed_to_its_article(upload: Page):
    upload.evaluate(DROP, ["cau-treo.txt", PAGE])
    expect(upload.locator("#chosen-files")).to_contain_text("cau-treo.txt")
    upload.get_by_role("button", name="Gửi", exact=True).click()
    expect(upload.locator("table.files")).to_contain_text("cau-treo.txt")
    link = upload.locator("table.files a").first
    expect(link).to_be_visible(timeout=60_000)
    link.click()
    expect(upload.locator(".body")).to_contain_text("cây cầu treo bắc qua suối")


def test_chosen_files_can_be_taken_back(upload: Page):
    files = [{"name": name, "mimeType": "text/plain", "buffer": PAGE.encode()} for name in ("a.txt", "b.txt")]
    upload.locator("#file").set_input_files(files)  # pyright: ignore[reportArgumentType]
    expect(upload.locator("#source_url")).to_be_disabled()
    upload.get_by_role("button", name=re.compile("a.txt")).click()
    expect(upload.locator("#chosen-files")).not_to_contain_text("a.txt")
    expect(upload.get_by_role("button", name=re.compile("b.txt"))).to_be_focused()
    expect(upload.locator("#source_url")).to_be_enabled()


def test_what_is_no_article_says_so(browser: Browser, platform: str, libraries: Path):
    with browser.new_context(locale="vi-VN", bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{platform}/ingest")
        page.evaluate(DROP, ["trong.txt", "\n"])
        page.get_by_role("button", name="Gửi", exact=True).click()
        expect(page.locator("table.files")).to_contain_text(re.compile("(trống|rỗng|không có)", re.IGNORECASE))
        assert violations(page, libraries) == []
