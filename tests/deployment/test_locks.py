"""The locks hold every requirement that the pyproject files name, by hash, and no address."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.deployment.reading import ROOT, SERVICES, pyproject

MEMBERS = ("shared", *(f"services/{name}" for name in (*SERVICES, "standalone")))
SERVICE_LOCKS = tuple(f"services/{name}/requirements.lock" for name in (*SERVICES, "standalone"))
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-setup.lock", *SERVICE_LOCKS)


def pins(lock: str) -> dict[str, Version]:
    """Return the version that a lock pins of each package."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


def requirements(member: str) -> list[Requirement]:
    """Return what a member needs, its extras included."""
    project = pyproject(member)["project"]
    optional = project.get("optional-dependencies", {}).values()
    return [Requirement(text) for group in (project["dependencies"], *optional) for text in group]


def unmet(wanted: list[Requirement], pinned: dict[str, Version]) -> list[str]:
    """Return the requirements that no pin meets; our own distributions come from the checkout."""
    others = [requirement for requirement in wanted if not requirement.name.startswith("bantin")]
    return [
        str(requirement)
        for requirement in others
        if (version := pinned.get(canonicalize_name(requirement.name))) is None or version not in requirement.specifier
    ]


@pytest.mark.parametrize("member", MEMBERS)
def test_every_requirement_of_a_member_is_locked(member: str):
    assert unmet(requirements(member), pins("requirements.lock")) == [], "run `make lock`"


@pytest.mark.parametrize("name", [*SERVICES, "standalone"])
def test_a_service_s_own_lock_holds_its_requirements_at_the_same_versions(name: str):
    own, all_pins = pins(f"services/{name}/requirements.lock"), pins("requirements.lock")
    assert unmet(service_requirements(name), own) == [], "run `make lock`"
    assert own.items() <= all_pins.items()


def service_requirements(name: str) -> list[Requirement]:
    """Return what a service needs: its own requirements, and those of `shared` with the extras it asks for."""
    wanted = requirements(f"services/{name}")
    shared = pyproject("shared")["project"]
    (bantin,) = (requirement for requirement in wanted if requirement.name == "bantin")
    extras = [text for extra in bantin.extras for text in shared["optional-dependencies"][extra]]
    return wanted + [Requirement(text) for text in (*shared["dependencies"], *extras)]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_that_does_not_use_the_embedded_engine_does_not_carry_it(name: str):
    assert "tantivy" not in pins(f"services/{name}/requirements.lock")


def test_the_tools_are_locked_at_the_versions_that_run():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()
    groups = pyproject(".")["dependency-groups"]
    tools = [Requirement(text) for group in groups.values() for text in group if isinstance(text, str)]
    assert unmet(tools, pins("requirements-dev.lock")) == [], "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_everything_by_hash_and_names_no_address(lock: str):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:)", text, re.MULTILINE)
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all(re.match(r"[\w.-]+(\[[\w,.-]+\])?==", entry) and "--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("member", (".", *MEMBERS))
def test_every_member_says_its_licence_and_the_oldest_python(member: str):
    project = pyproject(member)["project"]
    assert project["license"] == "MIT"
    assert project["requires-python"] == ">=3.11"
    assert "MIT License" in Path(ROOT / "LICENSE").read_text()
