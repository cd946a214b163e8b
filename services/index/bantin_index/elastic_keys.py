"""`bantin-index elastic-keys`: make API keys of least privilege, each into a file that only its owner can read."""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

import cyclopts

from bantin.faults import RefusedError, UnavailableError
from bantin_index.settings import IndexSettings

Role = Literal["reader", "writer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
Roles = Annotated[list[Role] | None, cyclopts.Parameter(negative=())]


def run_elastic_keys(
    *,
    to: Path,
    role: Roles = None,
    settings: Annotated[IndexSettings | None, cyclopts.Parameter(name="*")] = None,
) -> int:
    """Make API keys for the services on the Elasticsearch of BANTIN_SEARCH_URL; no key is ever shown.

    Parameters
    ----------
    to
        Folder for the files `reader.key` (for bantin-api), `writer.key` (bantin-index) and `admin.key`
        (bantin-prepare, reindex): what BANTIN_SEARCH_API_KEY_FILE names. A file that is there is left as it is.
    role
        Which keys; repeat for several. Unset: all three.
    """
    settings = settings or IndexSettings()
    if not settings.search_url.startswith("http"):
        raise SystemExit("BANTIN_SEARCH_URL names no Elasticsearch: give https://USER@HOST:PORT")
    try:
        made = asyncio.run(create_keys(settings.search_url, to, role or ROLES))
    except (RefusedError, UnavailableError, ValueError, OSError) as error:
        raise SystemExit(f"no key made: {error}") from None
    sys.stderr.write("".join(f"{path}\n" for path in made))
    return 0


async def create_keys(url: str, folder: Path, roles: Sequence[Role]) -> list[Path]:
    """Make a key for each role, and return the files in the folder that hold them.

    Raise FileExistsError, before anything is made, where one of the files is there.
    """
    from bantin.search.elastic.keys import create_key  # noqa: PLC0415 - only who has an Elasticsearch needs its client

    paths = _places(folder, roles)
    for role, path in paths.items():
        _keep(path, await create_key(url, role))
    return list(paths.values())


def _places(folder: Path, roles: Sequence[Role]) -> dict[Role, Path]:
    """Return where the key of each role goes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: dict[Role, Path] = {role: folder / f"{role}.key" for role in roles}
    for path in paths.values():
        if path.exists():
            raise FileExistsError(f"{path} exists: move it away, and end its key in Elasticsearch when nobody uses it")
    return paths


def _keep(path: Path, key: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{key}\n")


elastic_keys_command = cyclopts.App(name="elastic-keys", help="Make API keys of least privilege for Elasticsearch.")
elastic_keys_command.default(run_elastic_keys)
