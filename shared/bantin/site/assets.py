"""The files that pages refer to (style, scripts, icon), read once; their addresses change with their bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from fastapi import APIRouter, Response

from bantin.problem import Problem

FOR_EVER = "public, max-age=31536000, immutable"

_SITE = "bantin.site"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to, served below `prefix`."""

    name: str
    content: bytes
    media_type: str
    prefix: str

    @property
    def address(self) -> str:
        """Return the address under which a browser may keep the file for ever."""
        return f"{self.prefix}/{self.name}?v={hashlib.sha256(self.content).hexdigest()[:12]}"


def load_assets(package: str, prefix: str) -> Mapping[str, Asset]:
    """Return the assets of the site and of a package of pages, by name.

    Each package serves the site's assets below its own `prefix`: then whatever passes requests on to a service by the
    beginning of their paths has one path for each service's pages.
    """
    assets = [
        Asset(entry.name, entry.read_bytes(), _TYPES[suffix], prefix)
        for folder in (files(_SITE) / "static", files(package) / "static")
        for entry in folder.iterdir()
        if (suffix := entry.name[entry.name.rfind(".") :]) in _TYPES
    ]
    return {asset.name: asset for asset in assets}


def asset_router(assets: Mapping[str, Asset], prefix: str) -> APIRouter:
    """Return the route that serves the assets."""
    router = APIRouter(include_in_schema=False)

    @router.get(prefix + "/{name}")
    async def asset(name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        if (found := assets.get(name)) is None:
            raise Problem(404, "not_found", "There is no such file.")
        headers = {"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"}
        return Response(found.content, media_type=found.media_type, headers=headers)

    return router
