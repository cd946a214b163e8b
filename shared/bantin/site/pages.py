"""A package's templates turned into responses, with everything that each page needs around its own content."""

from collections.abc import Mapping
from typing import Any, Protocol

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from bantin.site.assets import asset_router, load_assets
from bantin.site.language import Language
from bantin.site.security import HEADERS
from bantin.site.texts import SITE_TEXTS


class SiteLinks(Protocol):
    """The addresses that the frame of a page holds."""

    @property
    def language(self) -> Language:
        """Return the page's language."""
        ...

    def home(self) -> str:
        """Return where the name of the site leads."""
        ...

    def same_in(self, language: Language) -> str:
        """Return the address of the page that is shown, in a language."""
        ...


class Pages:
    """Renders the templates of a package inside the site's frame, and serves its assets below `prefix`.

    Templates see the package's sentences as `t`, the frame's as `site`, the addresses of assets as `assets`.
    """

    def __init__(self, package: str, prefix: str, texts: Mapping[Language, object]) -> None:
        self._assets = load_assets(package, prefix)
        self._prefix = prefix
        self._texts = texts
        self._templates = Environment(
            loader=ChoiceLoader([PackageLoader(package), PackageLoader("bantin.site")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def router(self) -> APIRouter:
        """Return the route that serves the assets."""
        return asset_router(self._assets, self._prefix)

    def render(self, template: str, links: SiteLinks, status: int = 200, **content: Any) -> HTMLResponse:
        """Return a page in the language of `links`."""
        headers = {**HEADERS, "Cache-Control": "no-cache"}
        return HTMLResponse(self.text(template, links, **content), status, headers=headers)

    def text(self, template: str, links: SiteLinks, **content: Any) -> str:
        """Return what a template says, be it a page or a part of one."""
        return self._templates.get_template(template).render(
            t=self._texts[links.language],
            site=SITE_TEXTS[links.language],
            links=links,
            assets={name: asset.address for name, asset in self._assets.items()},
            **content,
        )
