"""Read what a deployment is made of: the compose file, the Dockerfile, the pyproject files, the locks."""

import re
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from pydantic_settings import BaseSettings

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("ingest", "extract", "index", "api")
SETTINGS = {
    "ingest": ("bantin_ingest.settings", "IngestSettings"),
    "extract": ("bantin_extract.settings", "ExtractSettings"),
    "index": ("bantin_index.settings", "IndexSettings"),
    "api": ("bantin_api.settings", "ApiSettings"),
    "prepare": ("bantin.settings", "Settings"),
}


@cache
def compose() -> dict[str, Any]:
    """Return the compose file, its anchors resolved."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def ours() -> dict[str, dict[str, Any]]:
    """Return the containers that run our code, by name."""
    return {name: service for name, service in compose()["services"].items() if "build" in service}


@cache
def dockerfile() -> str:
    """Return the Dockerfile with its continued lines joined."""
    return re.sub(r"\\\n\s*", "", (ROOT / "services/Dockerfile").read_text())


def image_environment() -> dict[str, str]:
    """Return the variables that the final image sets."""
    final = dockerfile().rpartition("\nFROM ")[2]
    return dict(re.findall(r"(\w+)=(\S+)", "".join(re.findall(r"^ENV (.*)$", final, re.MULTILINE))))


def environment(name: str) -> dict[str, str]:
    """Return what a container of ours is started with: the image's variables and the compose file's."""
    return image_environment() | ours()[name].get("environment", {})


def settings_class(name: str) -> type[BaseSettings]:
    """Return the settings that a container's command reads."""
    module, cls = SETTINGS[name]
    return getattr(import_module(module), cls)


def pyproject(member: str) -> dict[str, Any]:
    """Return a member's pyproject, `member` being its folder."""
    return tomllib.loads((ROOT / member / "pyproject.toml").read_text())
