"""The page that shows the API's description, under a policy that lets run just the script it holds."""

import base64
import hashlib
import re

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from bantin.site.security import HEADERS

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
OTHER_ORIGIN = re.compile(r'(?:src|href)="(https://[^/"]+)')


def documentation_router(title: str, openapi_url: str) -> APIRouter:
    """Return the route `/docs`."""
    router = APIRouter(include_in_schema=False)
    page = get_swagger_ui_html(openapi_url=openapi_url, title=title)
    html = bytes(page.body).decode()
    headers = {**HEADERS, "Content-Security-Policy": documentation_policy(html)}

    @router.get("/docs")
    async def docs() -> HTMLResponse:  # pyright: ignore[reportUnusedFunction]
        return HTMLResponse(html, headers=headers)

    return router


def documentation_policy(html: str) -> str:
    """Return the content security policy of a page: its inline scripts by their hashes, its files by their hosts."""
    digests = [hashlib.sha256(text.encode()).digest() for text in INLINE_SCRIPT.findall(html)]
    hosts = ["'self'", *sorted(set(OTHER_ORIGIN.findall(html)))]
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src", *hosts, *(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))),
            " ".join(("style-src", *hosts)),
            " ".join(("img-src", *hosts, "data:")),
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
