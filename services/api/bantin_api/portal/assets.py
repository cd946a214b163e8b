"""The portal's style sheet, script and icon, read once; their addresses change with their bytes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to."""

    name: str
    content: bytes
    media_type: str

    @property
    def address(self) -> str:
        """Return the address under which a browser may keep the file for ever."""
        return f"/portal/{self.name}?v={hashlib.sha256(self.content).hexdigest()[:12]}"


def load_assets() -> Mapping[str, Asset]:
    """Return the assets by name."""
    folder = files("bantin_api.portal") / "static"
    assets = [
        Asset(entry.name, entry.read_bytes(), _TYPES[suffix])
        for entry in folder.iterdir()
        if (suffix := entry.name[entry.name.rfind(".") :]) in _TYPES
    ]
    return {asset.name: asset for asset in assets}
