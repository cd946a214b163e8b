"""The templates turned into responses, with everything that each page needs around its own content."""

from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from bantin_api.portal.assets import Asset, load_assets
from bantin_api.portal.links import Links
from bantin_api.portal.security import HEADERS
from bantin_api.portal.texts import TEXTS


class Pages:
    """Renders the portal's templates."""

    def __init__(self) -> None:
        self.assets = load_assets()
        self._templates = Environment(
            loader=PackageLoader("bantin_api.portal"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def asset(self, name: str) -> Asset | None:
        """Return the style sheet, script or icon of that name."""
        return self.assets.get(name)

    def render(self, template: str, links: Links, status: int = 200, **content: Any) -> HTMLResponse:
        """Return a page in the language of `links`."""
        html = self._templates.get_template(template).render(
            t=TEXTS[links.language],
            links=links,
            assets={name: asset.address for name, asset in self.assets.items()},
            **content,
        )
        return HTMLResponse(html, status, headers={**HEADERS, "Cache-Control": "no-cache"})
