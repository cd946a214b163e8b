"""Nothing that a file names is fetched: what is full of addresses is read without a connection or a look-up.

An audit hook sees every connection and look-up that the interpreter makes, whichever library asks for it.
"""

import sys
from collections.abc import Generator
from typing import Any

import pytest

from bantin.events import ArticleEnriched
from bantin_extract.handler import extract
from tests.extract.formats.made import PARAGRAPHS, docx, odt, pdf, rtf
from tests.extract.received import received

ADDRESS = "http://192.0.2.1"
"""Reserved for documentation (RFC 5737): nobody answers there."""

NETWORK = {
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
    "socket.sendto",
    "socket.sendmsg",
    "urllib.Request",
    "ftplib.connect",
    "http.client.connect",
    "smtplib.connect",
    "subprocess.Popen",
    "os.system",
    "webbrowser.open",
}
DTD = f'<!DOCTYPE html PUBLIC "-//x//x" "{ADDRESS}/x.dtd" [<!ENTITY % e SYSTEM "{ADDRESS}/e"> %e;]>'
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

seen: list[tuple[str, Any]] = []
watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if watching and event in NETWORK:
        seen.append((event, arguments))
        raise PermissionError(f"{event}: files are read without a network")


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def no_network() -> Generator[None]:
    global watching  # noqa: PLW0603 - a hook can't be taken away again
    seen.clear()
    watching = True
    try:
        yield
    finally:
        watching = False
    assert seen == []


PAGES = {
    "page": f"""{DTD}<html xmlns:xi="http://www.w3.org/2001/XInclude"><head><base href="{ADDRESS}/">
      <meta http-equiv="refresh" content="0;url={ADDRESS}/"><link rel="stylesheet" href="{ADDRESS}/a.css">
      <link rel="canonical" href="{ADDRESS}/c"><link rel="amphtml" href="{ADDRESS}/amp">
      <script type="application/ld+json">{{"@context": "{ADDRESS}/context", "@id": "{ADDRESS}/id"}}</script>
      <script src="{ADDRESS}/a.js"></script><style>@import url({ADDRESS}/b.css);</style></head>
      <body background="{ADDRESS}/bg.png"><img src="{ADDRESS}/a.png" srcset="{ADDRESS}/b.png 2x">
      <iframe src="{ADDRESS}/frame"></iframe><object data="{ADDRESS}/o"></object><embed src="{ADDRESS}/e">
      <xi:include href="{ADDRESS}/x"/><video poster="{ADDRESS}/p" src="file:///etc/passwd"></video>
      <h1>Dân vận khéo</h1>{STORY}<a ping="{ADDRESS}/ping" href="{ADDRESS}/next">tiếp</a></body></html>""",
    "xhtml": f'<?xml version="1.0"?><?xml-stylesheet href="{ADDRESS}/x.xsl"?>{DTD}'
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Dân vận khéo</h1>{STORY}</body></html>',
    "text": "Dân vận khéo\n\n" + "\n\n".join((*PARAGRAPHS, f"Xem {ADDRESS}/x, //192.0.2.1/x, \\\\192.0.2.1\\x")),
}
OLE = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
  Target="{ADDRESS}/t.dotm" TargetMode="External"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
  Target="{ADDRESS}/o" TargetMode="External"/>
<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
  Target="\\\\192.0.2.1\\x.png" TargetMode="External"/></Relationships>"""
MHTML = (
    f"From: a\nTo: b\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    f"Content-Type: text/html; charset=utf-8\nContent-Location: {ADDRESS}/\n\n{PAGES['page']}\n--b\n"
    f'Content-Type: message/external-body; access-type=URL; URL="{ADDRESS}/x"\n\n\n--b--\n'
)
DOCUMENTS = {
    "docx": docx(extra={"word/_rels/document.xml.rels": OLE, "word/_rels/settings.xml.rels": OLE}),
    "docx with a DTD": docx(prolog=f'<!DOCTYPE x SYSTEM "{ADDRESS}/x.dtd">'),
    "odt with a DTD": odt(prolog=f'<!DOCTYPE x SYSTEM "{ADDRESS}/x.dtd">'),
    "rtf": rtf().replace(
        b"{\\rtf1",
        b'{\\rtf1{\\*\\template http://192.0.2.1/t}{\\field{\\*\\fldinst INCLUDEPICTURE "http://192.0.2.1/p"}}',
        1,
    ),
    "pdf": pdf([[(70, 700.0 - 20 * line, 12, text[:70]) for line, text in enumerate(PARAGRAPHS)]]).replace(
        b"/Catalog", b"/Catalog /OpenAction << /S /URI /URI (http://192.0.2.1/) >>", 1
    ),
    "mail": MHTML.encode(),
}


def test_the_watch_sees_a_connection() -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as attempt, pytest.raises(PermissionError):
        attempt.connect(("127.0.0.1", 9))
    assert seen.pop()[0] == "socket.connect"


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_addresses_become_articles(name: str) -> None:
    outcome = extract(received(PAGES[name], "text/plain" if name == "text" else "text/html"))
    assert isinstance(outcome, ArticleEnriched), outcome
    assert PARAGRAPHS[-1][:20] in outcome.article.body


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_of_addresses_end_without_a_connection(name: str) -> None:
    extract(received(DOCUMENTS[name]))


ARTICLE = None
POLYGLOTS = {
    "a PDF behind a page": (PAGES["page"].encode() + DOCUMENTS["pdf"], "text/html", ARTICLE),
    "a page behind a PDF": (DOCUMENTS["pdf"] + PAGES["page"].encode(), "text/html", ARTICLE),
    "a page behind a document": (docx() + PAGES["page"].encode(), "text/html", ARTICLE),
    "a document behind a page": (PAGES["page"].encode() + docx(), "text/html", "undecodable"),
    "a document behind a picture": (b"\x89PNG\r\n\x1a\n" + bytes(40) + docx(), "image/png", "unsupported_type"),
    "a document behind a program": (b"MZ" + bytes(200) + docx(), "text/html", "undecodable"),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_file_that_is_two_kinds_is_read_as_the_first_or_rejected(name: str) -> None:
    content, content_type, code = POLYGLOTS[name]
    outcome = extract(received(content, content_type))
    assert (None if isinstance(outcome, ArticleEnriched) else outcome.reason.code) == code
