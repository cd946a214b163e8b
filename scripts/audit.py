"""Look up known vulnerabilities of everything that ships, and write its bill of materials to dist/sbom.cdx.json.

Usage: `.venv/bin/python scripts/audit.py`; exit status 1 for a vulnerability. Where the advisory database does not
answer, that is said, and nothing is claimed: set BANTIN_REQUIRE_AUDIT=1 to make that a failure, too.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "requirements.lock"
BILL = ROOT / "dist" / "sbom.cdx.json"
ADVISORY_SECONDS = 90

Dependency = Mapping[str, Any]
"""What pip-audit says of one package: `name`, and `vulns` or the `skip_reason` for which nothing is known."""


class Verdict(NamedTuple):
    """What is to be said, and whether it is bad, unknown or good."""

    lines: list[str]
    vulnerable: bool
    unknown: bool


def judge(dependencies: Sequence[Dependency]) -> Verdict:
    """Tell vulnerabilities from packages for which the database gave no answer: those are not clean, only unknown."""
    unknown = [package["name"] for package in dependencies if "skip_reason" in package]
    found = [_told(package, vulnerability) for package in dependencies for vulnerability in package.get("vulns", ())]
    known = len(dependencies) - len(unknown)
    lines = [*found, f"{known} of {len(dependencies)} packages looked up, {len(found)} known vulnerabilities"]
    if unknown:
        lines.append(f"no answer for {len(unknown)}: {', '.join(unknown[:8])}{'…' if len(unknown) > 8 else ''}")
    return Verdict(lines, vulnerable=bool(found), unknown=bool(unknown) or not dependencies)


def _told(package: Dependency, vulnerability: Mapping[str, Any]) -> str:
    mended = ", ".join(vulnerability["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {vulnerability['id']}, mended in {mended}"


def look_up(lock: Path) -> list[Dependency]:
    """Return what the advisory database says of each package in a lock file; nothing where it does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--no-deps", "--disable-pip"]
        command += ["--progress-spinner", "off", "--timeout", "10", "-f", "json", "-o", str(answer)]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=ADVISORY_SECONDS)
        except subprocess.TimeoutExpired:
            return []
        return json.loads(answer.read_text())["dependencies"] if answer.exists() else []


def write_bill(lock: Path, path: Path) -> int:
    """Write the CycloneDX bill of materials of a lock file, with the hashes in it; return how many packages it has."""
    path.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(lock), "--output-reproducible"]
    command += ["--no-validate", "--of", "JSON", "-o", str(path)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return len(json.loads(path.read_text())["components"])


def main() -> None:
    """Print what was found; exit with 1 for a vulnerability."""
    print(f"{write_bill(SHIPPED, BILL)} packages in {BILL.relative_to(ROOT)}")
    verdict = judge(look_up(SHIPPED))
    print("\n".join(verdict.lines))
    if verdict.unknown:
        print("audit: the advisory database did not answer for all of it; look again where it can be reached")
    sys.exit(verdict.vulnerable or (verdict.unknown and bool(os.environ.get("BANTIN_REQUIRE_AUDIT"))))


if __name__ == "__main__":
    main()
