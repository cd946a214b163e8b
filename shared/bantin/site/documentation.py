"""The page that shows the API's description, under a policy that lets run just the script it holds.

What the page needs is served from here: it works where there is no internet.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from bantin.site.assets import Asset, asset_router
from bantin.site.security import HEADERS

PREFIX = "/docs/assets"
SWAGGER_UI = ("swagger-ui-bundle.js", "swagger-ui.css")
"""Swagger UI as the distribution `fastapi-offline` carries it."""

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def documentation_router(title: str, openapi_url: str) -> APIRouter:
    """Return the route `/docs`, and those of the files that it needs."""
    assets = _assets()
    script, style, icon = (assets[name].address for name in (*SWAGGER_UI, "icon.svg"))
    router = asset_router(assets, PREFIX)
    page = get_swagger_ui_html(
        openapi_url=openapi_url,
        title=title,
        swagger_js_url=script,
        swagger_css_url=style,
        swagger_favicon_url=icon,
    )
    html = bytes(page.body).decode()
    headers = {**HEADERS, "Content-Security-Policy": documentation_policy(html)}

    @router.get("/docs")
    async def docs() -> HTMLResponse:  # pyright: ignore[reportUnusedFunction]
        return HTMLResponse(html, headers=headers)

    return router


def documentation_policy(html: str) -> str:
    """Return the content security policy of a page: this server's files, and its inline scripts by their hashes."""
    digests = [hashlib.sha256(text.encode()).digest() for text in INLINE_SCRIPT.findall(html)]
    scripts = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *scripts)),
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


@cache
def _assets() -> Mapping[str, Asset]:
    carried, ours = files("fastapi_offline") / "static", files("bantin.site") / "static"
    script, style = ((carried / name).read_bytes() for name in SWAGGER_UI)
    found = (
        Asset(SWAGGER_UI[0], script, "text/javascript; charset=utf-8", PREFIX),
        Asset(SWAGGER_UI[1], style, "text/css; charset=utf-8", PREFIX),
        Asset("icon.svg", (ours / "icon.svg").read_bytes(), "image/svg+xml", PREFIX),
    )
    return {asset.name: asset for asset in found}
