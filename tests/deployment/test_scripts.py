"""The project's own scripts: setting up, uv with pip's settings, and which licences may be passed on."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.check_licences import is_acceptable, locked_names
from scripts.uv_like_pip import uv_environment
from tests.deployment.reading import ROOT


def setup(checkout: Path, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the setup script of a checkout where only the commands in `path` exist."""
    environment = {"PATH": str(path), "HOME": str(checkout)}
    command = [checkout / "scripts" / "setup.sh", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout without an environment, at a path with a space in it."""
    root = tmp_path / "my checkout"
    for name in ("scripts/setup.sh", "requirements-setup.lock", "requirements.lock", "requirements-dev.lock"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    for member in ("shared", "services/api"):
        (root / member).mkdir(parents=True)
        (root / member / "pyproject.toml").write_text("")
    return root


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with the commands that every machine has, and no Python."""
    folder = tmp_path / "commands"
    folder.mkdir()
    for name in ("bash", "env", "dirname", "cat", "git", "awk", "grep", "tail", "rm"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def put_command(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{text}\n")
    path.chmod(0o755)


def test_without_a_python_the_setup_says_what_to_install(checkout: Path, commands: Path):
    answer = setup(checkout, commands)
    assert answer.returncode == 1
    assert "no Python 3.11 or newer" in answer.stderr
    assert not (checkout / ".venv").exists()


def test_an_old_python_is_named_in_the_message(checkout: Path, commands: Path):
    put_command(commands / "python3", '[ "$1" = --version ] && echo "Python 3.9.2" && exit; exit 1')
    answer = setup(checkout, commands)
    assert answer.returncode == 1
    assert "python3 is Python 3.9.2" in answer.stderr


def test_what_is_set_up_already_is_left_alone(checkout: Path, commands: Path):
    stamps = stamp_everything(checkout, commands)
    assert setup(checkout, commands).stdout == ""
    assert setup(checkout, commands, "dev").stdout == ""
    assert stamps.read_text()


def test_a_changed_lock_is_set_up_again(checkout: Path, commands: Path):
    stamp_everything(checkout, commands)
    with (checkout / "requirements-dev.lock").open("a") as lock:
        lock.write("# changed\n")
    assert "installing" in setup(checkout, commands, "dev").stdout


def stamp_everything(checkout: Path, commands: Path) -> Path:
    """Let a pretended Python set up the checkout for tests; return the stamp that this leaves."""
    put_command(checkout / ".venv" / "bin" / "python", "exit 0")
    answer = setup(checkout, commands, "dev")
    assert answer.returncode == 0, answer.stderr
    assert "ready" in answer.stdout
    return checkout / ".venv" / ".setup-dev"


def test_a_failed_installation_shows_its_end_and_is_not_taken_for_done(checkout: Path, commands: Path):
    put_command(checkout / ".venv" / "bin" / "python", "echo the index is away; exit 1")
    answer = setup(checkout, commands)
    assert answer.returncode != 0
    assert "the index is away" in answer.stdout + answer.stderr
    assert "setup: failed" in answer.stderr
    assert not (checkout / ".venv" / ".setup-run").exists()


def test_uv_is_given_what_pip_is_configured_with():
    settings = {"index-url": "http://index.test/simple", "find-links": "/a\n/b", "cert": "/ca.crt", "timeout": "90"}
    assert uv_environment(settings, {}) == {
        "UV_DEFAULT_INDEX": "http://index.test/simple",
        "UV_FIND_LINKS": "/a,/b",
        "SSL_CERT_FILE": "/ca.crt",
        "UV_HTTP_TIMEOUT": "90",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_what_is_set_for_uv_itself_comes_first():
    found = uv_environment({"index-url": "http://pip.test"}, {"UV_DEFAULT_INDEX": "http://uv.test"})
    assert found["UV_DEFAULT_INDEX"] == "http://uv.test"


def test_an_empty_setting_of_pip_is_none():
    assert "UV_FIND_LINKS" not in uv_environment({"find-links": ""}, {})


@pytest.mark.parametrize(
    "licence", ["MIT", "Apache-2.0 AND MIT", "MPL 2.0", "LGPL-3.0-or-later", "GPL-2.0 OR MIT", "ISC License (ISCL)"]
)
def test_licences_that_may_be_passed_on(licence: str):
    assert is_acceptable(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "AGPL-3.0",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
        "MIT AND GPL-2.0",
        "UNKNOWN",
        "",
    ],
)
def test_licences_that_can_not_be_passed_on(licence: str):
    assert not is_acceptable(licence)


def test_a_lock_s_packages_are_all_found():
    lock = "one==1.0 \\\n    --hash=sha256:aa\ntwo-more[extra]==2 ; python_version < '3.12' \\\n    --hash=sha256:bb\n"
    assert locked_names(lock) == ["one", "two-more"]


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.sh")), ids=lambda path: path.name)
def test_shell_scripts_can_be_run(script: Path):
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
