"""Run uv with pip's settings: a machine's index, proxy and certificates are configured in one place, for pip.

Usage: `.venv/bin/python scripts/uv_like_pip.py pip install …`. What the environment sets for uv itself comes first.
No setting is ever printed, since an index address may hold a password.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

UV_VARIABLE = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
}
COMMA_SEPARATED = {"UV_FIND_LINKS"}


@cache
def pip_settings() -> dict[str, str]:
    """Return pip's settings by option name, as `pip install` would see them."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    found: dict[tuple[str, str], str] = {}
    for line in lines:
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        found[section, option] = str(ast.literal_eval(value))
    by_precedence = ("global", "install", ":env:")
    return {option: value for level in by_precedence for (section, option), value in found.items() if section == level}


def uv_environment(settings: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` with what uv needs to act on pip's `settings`."""
    # Like pip, take the best match of all indexes: the locked hashes guard what is taken.
    translated = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for option, variable in UV_VARIABLE.items():
        if value := settings.get(option, "").split():
            translated[variable] = ("," if variable in COMMA_SEPARATED else " ").join(value)
    return {**translated, **environment}


def uv_command(arguments: Sequence[str | Path]) -> tuple[list[str], dict[str, str]]:
    """Return the command line that runs uv with `arguments`, and its environment."""
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        sys.exit(f"uv is not in {uv.parent}: run scripts/setup.sh")
    settings = pip_settings()
    offline = settings.get("no-index", "").lower() in {"1", "true", "yes", "on"}
    command = [str(uv), *map(str, arguments), *(["--no-index"] if offline else [])]
    return command, uv_environment(settings, os.environ)


if __name__ == "__main__":
    command, environment = uv_command(sys.argv[1:])
    os.execve(command[0], command, environment)
