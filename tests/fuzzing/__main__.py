"""Looks for inputs that end in an error of ours: `python -m tests.fuzzing [--seconds 60] [TARGET…]`.

Where atheris is installed it chooses inputs by the code that they reach, else they are changed at random. Each target
has a process of its own. What was found is kept in the corpus, where the tests try it from then on.
"""

import argparse
import importlib
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.fuzzing.corpus import CORPUS, keep, kept
from tests.fuzzing.mutation import mutated

SLOW_SECONDS = 10.0
"""An input that takes longer is a finding, too."""

OURS = ["bantin", "bantin_api", "bantin_extract", "bantin_ingest"]
"""Packages in which atheris watches what is reached; in all of them and their libraries it takes minutes to begin."""

Targets = Mapping[str, Callable[[bytes], None]]


def main() -> int:
    """Try the targets one after the other; return how many failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="what to try; default: all")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=0, help="of what is chosen at random")
    parser.add_argument("--alone", action="store_true", help="try one target in this process")
    given = parser.parse_args()
    if given.alone:
        return _try(given.targets[0], given.seconds, given.seed)
    known = _targets()
    if unknown := set(given.targets) - set(known):
        parser.error(f"no target {', '.join(sorted(unknown))}; choose of {', '.join(known)}")
    limits = ["--seconds", str(given.seconds), "--seed", str(given.seed), "--alone"]
    command = [sys.executable, "-m", "tests.fuzzing", *limits]
    failed = [name for name in given.targets or known if subprocess.run([*command, name], check=False).returncode]
    print(f"failed: {', '.join(failed)}" if failed else "nothing was found")
    return len(failed)


def _targets() -> Targets:
    return importlib.import_module("tests.fuzzing.targets").TARGETS


def _try(name: str, seconds: float, seed: int) -> int:
    print(f"{name}: {seconds:g} s, {len(kept(name))} inputs to begin from", flush=True)
    if importlib.util.find_spec("atheris"):
        _by_coverage(name, seconds, seed)
    return _at_random(name, seconds, random.Random(seed))


def _at_random(name: str, seconds: float, chance: random.Random) -> int:
    inputs = [path.read_bytes() for path in kept(name)]
    target = _targets()[name]
    end, tried, found = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        raw = mutated(chance.choice(inputs), inputs, chance)
        found += not _ends_well(name, target, raw)
        tried += 1
    print(f"  {tried:,} inputs, {found} findings", flush=True)
    return found > 0


def _ends_well(name: str, target: Callable[[bytes], None], raw: bytes) -> bool:
    began = time.monotonic()
    try:
        target(raw)
    except Exception:  # noqa: BLE001 - every one of them is a finding
        print(f"  {keep(name, raw)}\n{traceback.format_exc(limit=-4)}", flush=True)
        return False
    if (took := time.monotonic() - began) > SLOW_SECONDS:
        print(f"  {keep(name, raw)} took {took:.0f} s", flush=True)
        return False
    return True


def _by_coverage(name: str, seconds: float, seed: int) -> None:
    """Let atheris try the target; it ends this process. What it finds lies beside the corpus's other inputs."""
    import atheris  # noqa: PLC0415 - wanted where it is installed, needed nowhere

    with atheris.instrument_imports(include=OURS):
        target = _targets()[name]
    folder: Path = CORPUS / name
    limits = [f"-max_total_time={seconds:.0f}", f"-timeout={SLOW_SECONDS:.0f}", "-max_len=20000", f"-seed={seed or 1}"]
    with tempfile.TemporaryDirectory() as reached:  # inputs that reach something new; only findings are kept
        folders = [f"-artifact_prefix={folder}/found-", reached, str(folder)]
        atheris.Setup([sys.argv[0], *limits, *folders], target)
        atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
