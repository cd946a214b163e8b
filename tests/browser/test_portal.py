"""Proves that the portal's scripts do what readers expect of them, by keyboard and by mouse, on any screen."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import violations
from tests.browser.articles import EVIL_TITLE
from tests.browser.conftest import DESKTOP

PHONE = {"width": 390, "height": 844}


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Từ cần tìm")


def options(page: Page) -> Locator:
    return page.locator("#suggestions [role=option]")


@pytest.fixture
def portal(page: Page, platform: str) -> Page:
    page.goto(platform)
    return page


def test_suggestions_are_walked_through_and_chosen_by_keyboard(portal: Page):
    expect(box(portal)).to_have_attribute("aria-expanded", "false")
    box(portal).press_sequentially("mua c")
    expect(options(portal).first).to_be_visible()
    expect(box(portal)).to_have_attribute("aria-expanded", "true")
    assert box(portal).get_attribute("aria-activedescendant") is None
    last = options(portal).count() - 1
    assert last > 0
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", None), ("ArrowUp", last)):
        box(portal).press(key)
        selected = portal.locator("#suggestions [aria-selected=true]")
        if place is None:
            expect(selected).to_have_count(0)
            expect(box(portal)).to_have_value("mua c")
            assert box(portal).get_attribute("aria-activedescendant") is None
        else:
            expect(options(portal).nth(place)).to_have_attribute("aria-selected", "true")
            expect(selected).to_have_count(1)
            expect(box(portal)).to_have_attribute("aria-activedescendant", selected.get_attribute("id") or "")
            expect(box(portal)).to_have_value(selected.get_attribute("data-text") or "")
    expect(box(portal)).to_be_focused()
    box(portal).press("Enter")
    expect(options(portal)).to_have_count(0)
    expect(portal.locator(".hits h2").first).to_contain_text("Mùa")
    expect(portal).to_have_url(re.compile("q=M"))


def test_escape_gives_back_what_was_typed_and_then_closes(portal: Page):
    box(portal).press_sequentially("lo van")
    expect(options(portal).first).to_contain_text("Lò Văn Pánh")
    box(portal).press("ArrowDown")
    box(portal).press("Escape")
    expect(box(portal)).to_have_value("lo van")
    expect(box(portal)).to_have_attribute("aria-expanded", "false")
    box(portal).press("ArrowDown")
    expect(options(portal).first).to_be_visible()
    box(portal).press("Tab")
    expect(portal.locator("#suggestions")).to_be_hidden()


def test_a_suggestion_is_taken_by_mouse(portal: Page):
    box(portal).press_sequentially("lo van pa")
    options(portal).get_by_text("Lò Văn Pánh").click()
    expect(portal.locator("#found")).to_have_text(re.compile(r"bài$"))
    expect(portal.locator(".understood")).to_contain_text("Lò Văn Pánh")
    portal.locator(".understood a").click()
    expect(portal.get_by_role("checkbox", name=re.compile("Lò Văn Pánh"))).to_be_checked()


def test_choices_apply_at_once_are_told_and_can_be_taken_back(portal: Page):
    province = portal.get_by_role("checkbox", name=re.compile(r"^Điện Biên \d"))
    province.focus()
    province.press("Space")
    expect(portal.locator("#found")).to_have_text("4 bài")
    expect(portal.locator("#told")).to_have_text("4 bài")
    expect(province).to_be_focused()
    portal.get_by_role("checkbox", name=re.compile(r"^Bắc Kạn \d")).check()
    expect(portal.locator("#found")).to_have_text("15 bài")
    portal.go_back()
    expect(portal.locator("#found")).to_have_text("4 bài")
    portal.get_by_role("link", name=re.compile("^Bỏ lọc")).click()
    expect(portal.locator("#found")).to_have_text("Bài mới nhất")


def test_a_slash_leads_to_the_box_and_choices_stay_on_the_page(portal: Page):
    portal.keyboard.press("/")
    expect(box(portal)).to_be_focused()
    portal.evaluate("window.stayed = true")
    portal.locator("#sort").select_option("oldest")
    expect(portal).to_have_url(re.compile("sort=oldest"))
    assert portal.evaluate("window.stayed") is True


def test_a_foreign_title_is_shown_and_never_run(portal: Page):
    box(portal).fill("mua gio giat")
    box(portal).press("Enter")
    expect(portal.locator(".hits h2").first).to_have_text(EVIL_TITLE)
    portal.locator(".hits h2 a").first.click()
    expect(portal.locator("h1")).to_have_text(EVIL_TITLE)
    assert portal.evaluate("window.hacked") is None


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_are_accessible_and_fit_the_screen(
    browser: Browser, platform: str, libraries: Path, viewport: dict[str, int]
):
    hit = httpx.get(f"{platform}/v1/search", params={"q": "dan van kheo", "size": 1}).json()["hits"][0]["article_id"]
    addresses = ("/", "/?q=lo+van+panh+bac+lieu&province=Điện+Biên", "/?q=xyzzy", f"/bai/{hit}", "/bai/none", "/ingest")
    # The checker is a script of ours inside the page, which the pages' own policy would rightly refuse.
    with browser.new_context(locale="vi-VN", viewport=viewport, bypass_csp=True) as context:
        page = context.new_page()
        for address in addresses:
            page.goto(platform + address)
            assert violations(page, libraries) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
        page.goto(platform)
        box(page).press_sequentially("lo van")
        expect(options(page).first).to_be_visible()
        box(page).press("ArrowDown")
        expect(options(page).first).to_have_attribute("aria-selected", "true")
        assert violations(page, libraries) == []
