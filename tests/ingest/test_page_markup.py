"""Proves that the upload page's markup is safe and accessible, and that its two languages say everything."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from bantin_ingest.page.texts import ENGLISH, TEXTS, VIETNAMESE, Texts
from tests.ingest.browsing import batch_of, one, page, sent
from tests.ingest.conftest import Ingest
from tests.ingest.test_receipts import indexed

ROOT = Path(__file__).parents[2]


async def test_file_names_stay_text(ingest: Ingest) -> None:
    name = "<img src=x onerror=alert(1)>&.txt"
    address = await sent(ingest, (name, b"1"))
    answer = await ingest.http.get(address)
    assert "<img src=x" not in answer.text
    assert one(HTMLParser(answer.text), "tbody .name").text() == name
    batch = await batch_of(ingest, address)
    await ingest.publish(indexed(batch, 0))
    await ingest.until(batch["batch_id"], 1)
    for part in (address, address + "/events"):
        assert "<img src=x" not in (await ingest.http.get(part)).text


async def test_every_control_has_a_label(ingest: Ingest) -> None:
    address = await sent(ingest, ("1.txt", b"1"))
    for tree in (await page(ingest, "/ingest"), await page(ingest, address)):
        labelled = {node.attributes.get("for") for node in tree.css("label")}
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids))
        for control in tree.css("input:not([aria-hidden]), progress"):
            named_by = control.attributes.get("aria-labelledby")
            assert named_by in ids or control.attributes["id"] in labelled, control.html
        for button in tree.css("button"):
            assert button.text().strip() or button.attributes.get("aria-label")
        for described in tree.css("[aria-describedby]"):
            assert described.attributes["aria-describedby"] in ids
        assert one(tree, "[role=status][aria-live=polite], #sending-text[role=status]")


async def test_pages_load_nothing_inline_and_nothing_foreign(ingest: Ingest) -> None:
    under_way = await sent(ingest, ("1.txt", b"1"))
    for address in ("/ingest", under_way, "/ingest/none"):
        answer = await ingest.http.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        tree = HTMLParser(answer.text)
        assert tree.css("style, [style], iframe, object, base") == []
        assert all(node.attributes.get("src") and not node.text() for node in tree.css("script"))
        assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on")]
        for node in tree.css("[src], link[rel=stylesheet], link[rel=icon]"):
            asset = await ingest.http.get(node.attributes.get("src") or node.attributes["href"] or "")
            assert asset.status_code == 200
            assert "immutable" in asset.headers["cache-control"]
            assert not re.search(rb"https?://(?!www\.w3\.org/)", asset.content)


async def test_unknown_assets_are_404s_and_the_page_is_no_part_of_the_api(ingest: Ingest) -> None:
    for name in ("other.css", "..%2Froutes.py"):
        assert (await ingest.http.get(f"/ingest/assets/{name}")).status_code == 404
    paths = (await ingest.http.get("/openapi.json")).json()["paths"]
    assert not [path for path in paths if path.startswith("/ingest")]


def test_both_languages_have_the_same_sentences_with_the_same_blanks() -> None:
    for field in fields(Texts):
        ours, theirs = getattr(VIETNAMESE, field.name), getattr(ENGLISH, field.name)
        pairs = [(ours, theirs)] if isinstance(ours, str) else [(ours[key], theirs[key]) for key in {*ours, *theirs}]
        for vietnamese, english in pairs:
            assert vietnamese.count("{}") == english.count("{}"), field.name


@pytest.mark.parametrize("texts", TEXTS.values())
def test_every_reason_that_a_service_gives_a_page_has_a_sentence(texts: Texts) -> None:
    """Reasons are data between services, so no type holds them together: the code that gives them is read."""
    files = [path for path in (ROOT / "services").glob("*/bantin_*/**/*.py") if "deadletters" not in path.parts]
    source = "\n".join(path.read_text() for path in files)  # what operators decide about is no file of the page's
    given = set(re.findall(r'(?:RejectedError\(|Reason\(code=)\s*"(\w+)"', source))
    given |= set(re.findall(r'^(?:UNCHANGED|OLDER_CAPTURE|INDEX_REFUSED|CRASHED) = "(\w+)"', source, re.MULTILINE))
    assert {"empty", "no_article", "undecodable", "unchanged", "extract_crashed"} <= given
    assert given <= set(texts.reasons), "give each a sentence in bantin_ingest.page.texts"
