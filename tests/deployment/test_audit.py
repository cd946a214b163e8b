"""What ships is looked up and listed, and silence of the advisory database is not taken for a good word."""

import json
from pathlib import Path

from scripts.audit import judge, write_bill

GOOD = {"name": "alpha", "version": "1.0", "vulns": []}
BAD = {"name": "beta", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "gamma", "skip_reason": "not found"}


def test_a_known_vulnerability_fails_and_names_the_version_that_mends_it() -> None:
    verdict = judge([GOOD, BAD])
    assert (verdict.vulnerable, verdict.unknown) == (True, False)
    assert verdict.lines[0] == "beta 2.0: PYSEC-1, mended in 2.1"


def test_a_package_without_an_answer_is_not_called_clean() -> None:
    verdict = judge([GOOD, UNKNOWN])
    assert (verdict.vulnerable, verdict.unknown) == (False, True)
    assert verdict.lines == ["1 of 2 packages looked up, 0 known vulnerabilities", "no answer for 1: gamma"]
    assert judge([]).unknown
    assert judge([BAD, UNKNOWN]).vulnerable


def test_clean_is_clean() -> None:
    assert judge([GOOD])[1:] == (False, False)


def test_the_bill_names_every_package_with_the_hashes_of_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"alpha==1.0 \\\n    --hash=sha256:{'a' * 64}\nbeta==2.0 \\\n    --hash=sha256:{'b' * 64}\n")
    assert write_bill(lock, tmp_path / "dist" / "sbom.json") == 2
    bill = json.loads((tmp_path / "dist" / "sbom.json").read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert {part["purl"] for part in bill["components"]} == {"pkg:pypi/alpha@1.0", "pkg:pypi/beta@2.0"}
    assert "b" * 64 in json.dumps(bill)
