"""A real Chromium, the platform with articles in it, and a portal's site of its own."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.articles import ARTICLES
from tests.browser.example import FOLDER, ROOT, example_files, portal_site
from tests.browser.waiting import until
from tests.engines.missing import engine_missing
from tests.pipeline.processes import Process

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FETCH_SECONDS = 120
PATIENCE_MILLISECONDS = 15_000
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def libraries() -> Path:
    """The folder of the libraries that the pages load, fetched where they are not there."""
    if shutil.which("npm") is None and not (FOLDER / "node_modules" / ".stamp").exists():
        engine_missing("npm was not found: the browser tests need Node.js (on Debian: apt install nodejs npm)")
    script = [str(ROOT / "scripts" / "browser_libraries.sh")]
    fetched = subprocess.run(script, capture_output=True, text=True, check=False, timeout=FETCH_SECONDS)
    if fetched.returncode:
        engine_missing(f"the libraries of the browser tests can't be fetched: {fetched.stderr[-500:]}")
    return FOLDER / "node_modules"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        engine_missing("no Chromium was found: the browser tests need one (on Debian: apt install chromium)")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser of the module's own: its driver keeps an event loop, which asynchronous tests must not meet."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def platform_and_site(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of the platform with all articles in it, and of the portal's site, which may read its API."""
    files: dict[str, str] = {}
    with portal_site(files) as site:
        folder = tmp_path_factory.mktemp("browser") / "platform"
        process = Process(("bantin", "up", "--seeds", str(ROOT / "seeds")), {"BANTIN_CORS_ORIGINS": site}, folder)
        process.start()
        files |= example_files(process.url)
        try:
            _push(process.url)
            yield process.url, site
        finally:
            process.stop()


@pytest.fixture(scope="session")
def platform(platform_and_site: tuple[str, str]) -> str:
    return platform_and_site[0]


@pytest.fixture(scope="session")
def site(platform_and_site: tuple[str, str]) -> str:
    return platform_and_site[1]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window of a Vietnamese reader, in which nothing may go wrong unsaid."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=DESKTOP) as context:
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        opened = context.new_page()
        wrong: list[str] = []
        opened.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        yield opened
        assert wrong == []


def _push(url: str) -> None:
    """Push all articles, and wait until a search finds them and the seeds."""
    for article in ARTICLES:
        httpx.post(f"{url}/v1/articles", json=article).raise_for_status()
    seeds = len(list((ROOT / "seeds").glob("*.txt")))

    def all_found() -> bool:
        found = httpx.get(f"{url}/v1/search", params={"size": 0}).json()["total"]
        return found == len(ARTICLES) + seeds

    until(all_found)
