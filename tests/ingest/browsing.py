"""Use the upload page as a browser without JavaScript does."""

from typing import Any
from urllib.parse import urlsplit

import httpx
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tests.ingest.conftest import Ingest

Upload = tuple[str, bytes]
"""A file's name and its content."""


async def page(ingest: Ingest, address: str, status: int = 200) -> HTMLParser:
    return parsed(await ingest.http.get(address), status)


def parsed(answer: httpx.Response, status: int) -> HTMLParser:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return HTMLParser(answer.text)


def one(tree: HTMLParser | Node, selector: str) -> Node:
    (node,) = tree.css(selector)
    return node


async def post(ingest: Ingest, *uploads: Upload, address: str = "/ingest", **form: str) -> httpx.Response:
    """Send the form as a browser does: fields that were left empty are there, too."""
    sent = [("file", upload) for upload in uploads] or [("file", ("", b""))]
    return await ingest.http.post(address, files=sent, data={"source": "", "source_url": "", **form})


async def sent(ingest: Ingest, *uploads: Upload, **form: str) -> str:
    """Send files; return the address of their batch's page."""
    answer = await post(ingest, *uploads, **form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def batch_of(ingest: Ingest, address: str) -> dict[str, Any]:
    return await ingest.batch(urlsplit(address).path.removeprefix("/ingest/"))
