"""The OpenAPI document of the whole platform; `python -m bantin_standalone.openapi` writes `docs/openapi.json`."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bantin.access.front import front_for
from bantin.access.keyring import Keyring
from bantin.http import create_app
from bantin_standalone.platform import open_platform
from bantin_standalone.settings import PlatformSettings

DOCUMENT = Path("docs/openapi.json")


async def document() -> dict[str, Any]:
    """Return the document, as of a platform that asks for keys."""
    with tempfile.TemporaryDirectory(prefix="bantin-openapi-") as folder:
        settings = PlatformSettings(data=Path(folder), log_url="", search_url="", keys=None, synonyms=None)
        async with open_platform(settings) as (_, services):
            return create_app(services, front_for(settings, Keyring(Path(folder) / "keys.json"))).openapi()


def rendered(found: dict[str, Any]) -> str:
    """Return the document as it is kept."""
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the document to the path given, or to its place in the project."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENT
    path.write_text(rendered(asyncio.run(document())))


if __name__ == "__main__":
    main()
