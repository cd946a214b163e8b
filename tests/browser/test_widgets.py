"""Proves that ready-made widgets work: the real library in a real browser, with the very code of docs/portals.md."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.articles import CROPS, EVIL_TITLE
from tests.browser.example import CLIENTS

PER_PAGE = 5


@pytest.fixture(params=CLIENTS)
def portal(request: pytest.FixtureRequest, page: Page, site: str) -> Page:
    """The example's page, with each of the clients."""
    return opened(page, f"{site}/{request.param}/")


@pytest.fixture
def one_portal(page: Page, site: str) -> Page:
    return opened(page, f"{site}/{CLIENTS[0]}/")


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(hits(page)).to_have_count(PER_PAGE)
    return page


def hits(page: Page) -> Locator:
    return page.locator("#hits article")


def titles(page: Page) -> list[str]:
    return page.locator("#hits article h2").all_inner_texts()


def counts(page: Page, container: str) -> dict[str, int]:
    """The values that a list shows, with their counts."""
    values = page.locator(f"{container} .ais-RefinementList-labelText").all_inner_texts()
    numbers = page.locator(f"{container} .ais-RefinementList-count").all_inner_texts()
    return {value: int(number) for value, number in zip(values, numbers, strict=True)}


def total(page: Page) -> Locator:
    return page.locator("#stats")


def all_hits(page: Page) -> int:
    """How many hits there are, as the page says before anything is asked of it."""
    return int(total(page).inner_text().split()[0])


def ours(platform: str, facet: str, **params: str) -> dict[str, int]:
    """The counts of the query API."""
    answer = httpx.get(f"{platform}/v1/search", params={"facet": facet, **params}).json()
    return {one["value"]: one["count"] for one in answer["facets"][facet]}


def test_typing_finds_with_and_without_accents(portal: Page):
    whole = all_hits(portal)
    portal.locator("#search-box input").press_sequentially("mua che san tuyet")
    expect(hits(portal).first).to_contain_text("Mùa chè san tuyết được giá")
    expect(portal.locator("#hits mark").first).to_be_visible()
    portal.locator("#search-box input").fill('"hồng không hạt"')
    expect(total(portal)).to_have_text(re.compile(r"^1 bài"))
    portal.locator("#search-box input").fill("xyzzy")
    expect(portal.locator("#hits")).to_contain_text("Không tìm thấy bài nào")
    portal.locator("#search-box button[type=reset]").click()
    expect(total(portal)).to_have_text(re.compile(rf"^{whole} bài"))


def test_what_a_title_holds_is_shown_and_never_run(portal: Page):
    portal.locator("#search-box input").fill("mưa gió giật")
    first = hits(portal).first
    expect(first.locator("h2")).to_have_text(EVIL_TITLE)
    expect(first.locator("h2 mark").first).to_have_text("Mưa")
    expect(first.locator("script, b")).to_have_count(0)
    expect(first).to_contain_text("kèm <script>window.hacked = true</script> gió giật")
    assert portal.evaluate("window.hacked") is None
    assert "&lt;" not in first.inner_text()
    assert "__" not in first.inner_text()


def test_refining_by_several_values_widens_the_list_and_counts_agree_with_ours(one_portal: Page, platform: str):
    whole = all_hits(one_portal)
    people = one_portal.locator("#people")
    all_counts = counts(one_portal, "#people")
    assert len(all_counts) == PER_PAGE
    assert all_counts.items() <= ours(platform, "person").items()
    people.get_by_text("Lò Văn Pánh").click()
    expect(total(one_portal)).to_have_text(re.compile(rf"^{all_counts['Lò Văn Pánh']} bài"))
    expect(people.locator("li", has_text="Lò Văn Pánh").locator("input")).to_be_checked()
    one_portal.locator("#sources").get_by_text("Cổng tin Văn hóa").click()
    expect(one_portal.locator("#chosen")).to_contain_text("Cổng tin Văn hóa")
    sources = ours(platform, "source", person="Lò Văn Pánh", source="Cổng tin Văn hóa")
    expect(total(one_portal)).to_have_text(re.compile(rf"^{sources['Cổng tin Văn hóa']} bài"))
    assert counts(one_portal, "#sources") == sources
    one_portal.locator("#sources").get_by_text("Cổng tin Kinh tế").click()
    expect(total(one_portal)).to_have_text(re.compile(rf"^{sum(sources.values())} bài"))
    one_portal.locator("#chosen button").first.click()
    expect(one_portal.locator("#chosen li")).to_have_count(1)
    one_portal.locator("#clear button").click()
    expect(total(one_portal)).to_have_text(re.compile(rf"^{whole} bài"))


def test_values_are_searched_inside_a_list(portal: Page):
    portal.locator("#people input[type=search]").fill("hoang s")
    expect(portal.locator("#people li")).to_have_count(1)
    expect(portal.locator("#people li mark").first).to_have_text("Hoàng")
    expect(portal.locator("#people li")).to_contain_text("Hoàng Thị Sim")
    portal.locator("#people li label").click()
    expect(portal.locator("#chosen")).to_contain_text("Hoàng Thị Sim")


def test_districts_open_under_their_province(one_portal: Page, platform: str):
    whole = all_hits(one_portal)
    places = one_portal.locator("#places")
    places.get_by_role("link", name="Bắc Kạn").click()
    expect(places.get_by_role("link", name="Ba Bể")).to_be_visible()
    expect(places.get_by_role("link", name="Điện Biên")).to_be_visible()
    districts = ours(platform, "district", province="Bắc Kạn")
    places.get_by_role("link", name="Chợ Đồn").click()
    expect(total(one_portal)).to_have_text(re.compile(rf"^{districts['Bắc Kạn > Chợ Đồn']} bài"))
    expect(places.get_by_role("link", name="Ba Bể")).to_be_visible()
    places.get_by_role("link", name="Bắc Kạn").click()
    expect(total(one_portal)).to_have_text(re.compile(rf"^{whole} bài"))


def test_days_bound_the_hits_on_both_sides(one_portal: Page):
    one_portal.locator("#days input[name=from]").fill("2021-03-10")
    one_portal.locator("#days input[name=from]").dispatch_event("change")
    expect(total(one_portal)).to_have_text(re.compile(r"^12 bài|^11 bài"))
    one_portal.locator("#days input[name=to]").fill("2021-03-10")
    one_portal.locator("#days input[name=to]").dispatch_event("change")
    expect(total(one_portal)).to_have_text(re.compile(r"^1 bài"))
    expect(hits(one_portal).first).to_contain_text(f"Mùa {CROPS[2]} được giá")
    expect(hits(one_portal).first).to_contain_text("10/3/2021")


def test_the_slider_spans_the_articles_and_narrows_them(one_portal: Page):
    whole = all_hits(one_portal)
    lower, upper = one_portal.locator("#period [role=slider]").all()
    assert int(lower.get_attribute("aria-valuemin") or 0) < int(upper.get_attribute("aria-valuemax") or 0)
    upper.focus()
    upper.press("PageDown")
    expect(one_portal.locator("#chosen li")).to_have_count(1)
    expect(total(one_portal)).not_to_have_text(re.compile(rf"^{whole} bài"))


def test_pages_by_number_show_every_hit_once(one_portal: Page):
    whole = all_hits(one_portal)
    pages = -(-whole // PER_PAGE)
    seen: list[str] = []
    for number in range(1, pages + 1):
        expect(one_portal.locator("#pages .ais-Pagination-item--selected")).to_have_text(str(number))
        if seen:
            expect(hits(one_portal).first).not_to_contain_text(seen[-PER_PAGE])
        seen += titles(one_portal)
        if number < pages:
            one_portal.locator("#pages .ais-Pagination-item--nextPage a").click()
    assert len(set(seen)) == len(seen) == whole
    expect(one_portal.locator("#pages .ais-Pagination-item--page")).to_have_count(pages)


def test_sorting_turns_the_order_round(one_portal: Page, platform: str):
    for sort in ("oldest", "newest"):
        (first,) = httpx.get(f"{platform}/v1/search", params={"q": "được giá", "sort": sort, "size": 1}).json()["hits"]
        one_portal.locator("#search-box input").fill("được giá")
        one_portal.locator("#sort select").select_option(f"bantin_{sort}")
        expect(hits(one_portal).first.locator("h2")).to_have_text(first["title"])


def test_names_complete_what_is_typed(portal: Page):
    portal.locator("#autocomplete input").press_sequentially("mua cam sa")
    expect(portal.locator("#names option").first).to_have_attribute("value", "Mùa cam sành được giá")
    portal.locator("#autocomplete input").fill("lo van")
    expect(portal.locator("#names option").first).to_have_attribute("value", "Lò Văn Pánh")


def test_the_address_brings_the_page_back(one_portal: Page, site: str):
    one_portal.locator("#people").get_by_text("Lò Văn Pánh").click()
    expect(one_portal).to_have_url(re.compile("person"))
    one_portal.reload()
    expect(one_portal.locator("#people li", has_text="Lò Văn Pánh").locator("input")).to_be_checked()
