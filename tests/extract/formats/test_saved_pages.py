"""A page that a browser saved as one file is read with its frames where they stand, each once."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from bantin_extract.formats.saved_frames import with_frames
from tests.extract.formats.made import PARAGRAPHS, TITLE
from tests.extract.received import article_of

STORY = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>" + "".join(
    f"<p>{text}</p>" for text in PARAGRAPHS[1:]
)
MENU = "<html><body><a href='/'>Trang chủ</a><br><a href='/gt'>Giới thiệu</a></body></html>"
IFRAME = (
    "<html><head><base href='http://a.example/'></head><body><ul><li><a href='/'>Trang chủ</a></ul>"
    '<iframe width=9 src="cid:frame-2@mhtml.blink"></iframe><p>Bản quyền thuộc về xã</p></body></html>'
)
FRAMESET = (
    '<html><frameset cols="20%,*"><frame src="http://a.example/menu"><frame src="cid:frame-2@mhtml.blink"></frameset>'
)
WITHIN = '<html><body><iframe src="http://a.example/outer"></iframe></body></html>'


def saved(first: str) -> bytes:
    """Return a file as Chromium saves it: every page a part, named by Content-ID or Content-Location."""
    file = MIMEMultipart("related", type="text/html")
    file["From"], file["Snapshot-Content-Location"] = "<Saved by Blink>", "http://a.example/1"
    named = {
        "http://a.example/1": first,
        "http://a.example/menu": MENU,
        "http://a.example/outer": '<iframe src="cid:frame-2@mhtml.blink"></iframe>',
        "cid:frame-2@mhtml.blink": STORY,
    }
    for name, html in named.items():
        part = MIMEText(html, "html", "utf-8")
        by_id = name.startswith("cid:")
        part["Content-ID" if by_id else "Content-Location"] = f"<{name[4:]}>" if by_id else name
        file.attach(part)
    return file.as_bytes()


@pytest.mark.parametrize("first", [IFRAME, FRAMESET, WITHIN], ids=["iframe", "frameset", "within"])
def test_the_page_in_a_frame_is_read(first: str) -> None:
    article = article_of(saved(first), "multipart/related")
    assert article.title == TITLE
    assert article.body == "\n\n".join(PARAGRAPHS[2:])


def test_frames_that_show_each_other_end() -> None:
    pages = {"a": '<iframe src="b"></iframe>', "b": '<iframe src="a"></iframe>x', "c": "<iframe src='c'>"}
    assert with_frames('<iframe src="a"></iframe><iframe src=b></iframe>', pages).count("x") == 1
    assert with_frames(pages["c"], pages) == pages["c"]


def test_many_frames_of_one_page_show_it_once() -> None:
    assert with_frames("<iframe src=a>" * 1_000, {"a": "x" * 1_000}).count("x") == 1_000
