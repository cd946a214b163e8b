"""Fetch what an engine needs by Maven coordinates, once a machine, into a cache outside the checkout."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from tests.engines.jdk import OLDEST, require_jdk
from tests.engines.missing import engine_missing

FETCH_SECONDS = 1200


def cache_folder() -> Path:
    """Return the folder of everything fetched: `BANTIN_CACHE`, default `~/.cache/bantin`."""
    folder = Path(os.environ.get("BANTIN_CACHE") or "~/.cache/bantin").expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cached(name: str, fill: Callable[[Path], None]) -> Path:
    """Return the cache's folder `name`, filled by `fill` the first time.

    Parallel runs wait for each other; `fill` writes into a folder beside it, so an interrupted run leaves
    nothing that looks whole.
    """
    folder = cache_folder() / name
    with FileLock(folder.with_name(folder.name + ".lock"), timeout=FETCH_SECONDS):
        if not folder.is_dir():
            partial = folder.with_name(folder.name + ".partial")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            fill(partial)
            partial.rename(folder)
    return folder


def run_maven(arguments: list[str], folder: Path) -> None:
    """Run `mvn` in `folder`; skip the test where there is no Maven or JDK (or fail, as told)."""
    home = require_jdk()
    maven = shutil.which("mvn")
    if maven is None:
        engine_missing(f"install a JDK {OLDEST} or newer and Maven to run this")
    command = [maven, "--batch-mode", "--no-transfer-progress", *arguments]
    environment = {**os.environ, "JAVA_HOME": str(home)}
    answer = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=FETCH_SECONDS,
        check=False,
    )
    if answer.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{answer.stdout[-3000:]}\n{answer.stderr[-3000:]}")


def copy_artifact(coordinates: str, folder: Path) -> None:
    """Copy one artifact (`group:artifact:version:packaging`) into `folder`."""
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
    run_maven([goal, f"-Dartifact={coordinates}", f"-DoutputDirectory={folder}"], folder)


def copy_with_dependencies(group: str, artifact: str, version: str, folder: Path) -> None:
    """Copy an artifact and everything it needs at run time into `folder`."""
    project = folder / "pom.xml"
    project.write_text(
        f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bantin</groupId><artifactId>engine</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>
  </dependency></dependencies>
</project>
"""
    )
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
    run_maven([goal, "-DincludeScope=runtime", f"-DoutputDirectory={folder}"], folder)
    project.unlink()
