"""Prove that each service installs and imports alone: with its own locked dependencies and with no other service.

For each service a throw-away environment gets what its image gets: `services/NAME/requirements.lock`, then the
wheels of `shared` and of the service itself. Usage: `.venv/bin/python scripts/check_isolation.py [SERVICE…]`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from uv_like_pip import uv_command

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("ingest", "extract", "index", "api", "standalone")
EVERY_SERVICE = "standalone"
"""The one that is made of all the others."""

PROBE = """
import importlib, importlib.util, pkgutil, sys
package, *foreign = sys.argv[1:]
present = [name for name in foreign if importlib.util.find_spec(name)]
if present:
    sys.exit(f"{package}'s environment also holds {present}")
def modules(name):
    yield name
    for found in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        yield found.name
own = list(modules(package))
if f"{package}.app" not in own and f"{package}.cli" not in own:
    sys.exit(f"{package} has neither app nor cli")
for name in own:
    importlib.import_module(name)
without = []
for name in modules("bantin"):
    try:
        importlib.import_module(name)
    except ImportError as error:
        if "bantin[" not in str(error):
            raise
        without.append(name)
print(f"{len(own)} modules import; shared modules that need an extra it lacks: {', '.join(without) or 'none'}")
"""


class BrokenError(Exception):
    """A service does not work alone."""


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Run a command in a folder and return what it printed; raise BrokenError if it fails."""
    alone = {name: value for name, value in environment.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    answer = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        words = " ".join(str(word) for word in command if word != PROBE)
        raise BrokenError(f"{words}: exit code {answer.returncode}\n{answer.stdout}{answer.stderr}")
    return answer.stdout.strip()


def uv(*arguments: str | Path) -> None:
    """Run uv as this machine is configured for pip."""
    command, environment = uv_command(arguments)
    run(command, ROOT, environment)


def build_wheels(folder: Path) -> dict[str, Path]:
    """Build every distribution's wheel into `folder`; return them by the distribution's folder name."""
    sources = {"shared": ROOT / "shared", **{name: ROOT / "services" / name for name in SERVICES}}
    wheels: dict[str, Path] = {}
    for name, source in sources.items():
        target = folder / name
        with_our_hatchling = ("--no-build-isolation", "--python", sys.executable)
        uv("build", "--wheel", *with_our_hatchling, "--out-dir", target, source)
        (wheels[name],) = target.glob("*.whl")
    return wheels


def install(service: str, wheels: dict[str, Path], environment: Path) -> Path:
    """Make the service's environment; return its bin folder."""
    uv("venv", "--quiet", "--python", sys.executable, environment)
    python = environment / "bin" / "python"
    lock = ROOT / "services" / service / "requirements.lock"
    uv("pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock)
    ours = wheels.values() if service == EVERY_SERVICE else (wheels["shared"], wheels[service])
    uv("pip", "install", "--quiet", "--python", python, "--no-deps", *ours)
    uv("pip", "check", "--quiet", "--python", python)
    return environment / "bin"


def check(service: str, wheels: dict[str, Path], folder: Path) -> str:
    """Return what was found of a service that works alone; raise BrokenError for one that does not."""
    bin_folder = install(service, wheels, folder / service)
    foreign = [f"bantin_{other}" for other in SERVICES if service not in (other, EVERY_SERVICE)]
    found = run([bin_folder / "python", "-I", "-c", PROBE, f"bantin_{service}", *foreign], folder)
    command = "bantin" if service == EVERY_SERVICE else f"bantin-{service}"
    run([bin_folder / command, "--help"], folder)
    return f"{found}; {command} --help answers"


def main() -> None:
    """Check the services named, or all; exit with 1 where one does not work alone."""
    names = sys.argv[1:] or SERVICES
    if unknown := sorted(set(names) - set(SERVICES)):
        sys.exit(f"no such service: {', '.join(unknown)}; there are {', '.join(SERVICES)}")
    broken = 0
    with tempfile.TemporaryDirectory(prefix="bantin-isolation-") as folder:
        wheels = build_wheels(Path(folder) / "wheels")
        for name in names:
            try:
                print(f"{name}: {check(name, wheels, Path(folder))}", flush=True)
            except BrokenError as error:
                broken += 1
                print(f"{name}: {error}", file=sys.stderr, flush=True)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
