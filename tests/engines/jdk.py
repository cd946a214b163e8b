"""Find a JDK: JAVA_HOME, then the PATH, then the folders where systems keep their JDKs."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.engines.missing import engine_missing

OLDEST = 21
"""Major version that every engine is content with."""

JDK_FOLDERS = (
    "/usr/lib/jvm",
    "/usr/java",
    "/Library/Java/JavaVirtualMachines",
    "~/.sdkman/candidates/java",
    "~/.jdks",
)


@cache
def find_jdk() -> Path | None:
    """Return the home of the first JDK of version 21 or newer; None where there is none."""
    return next((home for home in _homes() if _major_version(home / "bin" / "java") >= OLDEST), None)


def require_jdk() -> Path:
    """Return the home of a JDK of version 21 or newer; where there is none, skip or fail, as told."""
    if (home := find_jdk()) is None:
        engine_missing(f"install a JDK {OLDEST} or newer and Maven to run this")
    return home


def _homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    if java := shutil.which("java"):
        yield Path(java).resolve().parent.parent
    for folder in JDK_FOLDERS:
        for home in sorted(Path(folder).expanduser().glob("*"), reverse=True):
            yield home / "Contents" / "Home" if (home / "Contents" / "Home").is_dir() else home


def _major_version(java: Path) -> int:
    if not java.is_file():
        return 0
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    found = re.search(r'version "(\d+)', answer.stderr)
    return int(found[1]) if found else 0
