"""The accessibility checker, run over a page as it is shown."""

from pathlib import Path

from playwright.sync_api import Page


def violations(page: Page, libraries: Path) -> list[str]:
    """Return the rules of axe that a page breaks, best practices too, each with the elements that do."""
    page.evaluate((libraries / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found["violations"]]
