"""Check that what the platform runs on may be passed on: no runtime requirement is GPL or AGPL, none hides its licence.

Usage: `.venv/bin/python scripts/check_licences.py` in an environment that has requirements.lock installed.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
STRONG_COPYLEFT = re.compile(r"(?<!L)\bA?GPL|(?<!Lesser )\bGeneral Public License|\bAffero\b", re.IGNORECASE)
NAMELESS = re.compile(r"^(unknown|other/proprietary license|)$", re.IGNORECASE)


class Package(TypedDict):
    """What pip-licenses says about a package."""

    Name: str
    Version: str
    License: str


def is_acceptable(licence: str) -> bool:
    """Say whether a licence, or one of those it offers the choice of (`A OR B`), is named and no strong copyleft."""
    choices = re.split(r"\s+OR\s+", licence.strip("() "), flags=re.IGNORECASE)
    return any(not NAMELESS.match(choice.strip()) and not STRONG_COPYLEFT.search(choice) for choice in choices)


def locked_names(lock: str) -> list[str]:
    """Return the names of the packages that a lock file pins."""
    return re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,.-]*\])?==", lock, re.MULTILINE)


def installed(names: list[str]) -> list[Package]:
    """Return what is known of the packages, of those that this environment has."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed", "--packages", *names]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print what was checked; exit with 1 where a licence is not acceptable."""
    packages = installed(locked_names((ROOT / "requirements.lock").read_text()))
    bad = [package for package in packages if not is_acceptable(package["License"])]
    for package in bad:
        print(f"{package['Name']} {package['Version']}: {package['License']!r} can't be a runtime requirement")
    print(f"{len(packages)} runtime requirements checked, {len(bad)} with a licence that can't be passed on")
    sys.exit(1 if bad or not packages else 0)


if __name__ == "__main__":
    main()
