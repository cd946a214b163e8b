"""The compose file gives each container the settings that its code reads, and as few rights as it needs."""

import re
import shutil
import subprocess
from pathlib import PurePosixPath

import pytest

from bantin.search.connect import open_engine
from tests.deployment.reading import ROOT, SERVICES, compose, dockerfile, environment, ours, pyproject, settings_class

OTEL_VARIABLES = {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"}
OUR_CONTAINERS = (*SERVICES, "prepare")
CONTAINERS = sorted(compose()["services"])


def test_the_containers_of_ours_are_the_four_services_and_the_step_that_prepares():
    assert set(ours()) == set(OUR_CONTAINERS)


@pytest.mark.parametrize("name", OUR_CONTAINERS)
def test_every_variable_is_read_by_the_code_and_valid(name: str, monkeypatch: pytest.MonkeyPatch):
    settings = settings_class(name)
    for variable in environment(name):
        if variable.startswith("BANTIN_"):
            assert variable.removeprefix("BANTIN_").lower() in settings.model_fields, variable
        elif variable.startswith("OTEL_"):
            assert variable in OTEL_VARIABLES
    for variable, value in environment(name).items():
        monkeypatch.setenv(variable, value)
    settings()


@pytest.mark.parametrize("name", OUR_CONTAINERS)
def test_the_command_is_one_that_the_image_installs(name: str):
    service = ours()[name]
    installed = [
        pyproject(member)["project"]["scripts"]
        for member in ("shared", f"services/{service['build']['args']['SERVICE']}")
    ]
    assert len(service["command"]) == 1
    assert service["command"][0] in {command for scripts in installed for command in scripts}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_built_from_its_own_folder_and_runs_its_own_command(name: str):
    assert ours()[name]["build"]["args"] == {"SERVICE": name}
    assert ours()[name]["command"] == [f"bantin-{name}"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_reached_at_the_port_it_listens_on(name: str):
    port = environment(name)["BANTIN_PORT"]
    service = ours()[name]
    reached = [published.rpartition(":")[2] for published in service.get("ports", [])] + service.get("expose", [])
    assert reached == [port]


def test_no_two_services_share_a_port():
    ports = [environment(name)["BANTIN_PORT"] for name in SERVICES]
    assert len(set(ports)) == len(ports)


@pytest.mark.parametrize("name", CONTAINERS)
def test_published_ports_are_bound_to_this_machine_only(name: str):
    assert all(port.startswith("127.0.0.1:") for port in compose()["services"][name].get("ports", []))


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_image_is_pinned_to_a_full_version(name: str):
    assert re.fullmatch(r"[a-z0-9/-]+:v?\d+\.\d+\.\d+", compose()["services"][name]["image"])


def test_our_images_carry_our_version():
    version = pyproject("shared")["project"]["version"]
    assert {service["image"].rpartition(":")[2] for service in ours().values()} == {version}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_is_limited(name: str):
    limits = compose()["services"][name]["deploy"]["resources"]["limits"]
    assert set(limits) == {"cpus", "memory", "pids"}


@pytest.mark.parametrize("name", OUR_CONTAINERS)
def test_our_containers_run_with_as_few_rights_as_they_need(name: str):
    service = ours()[name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert all(mount.startswith("/tmp:") and "size=" in mount for mount in service["tmpfs"])


@pytest.mark.parametrize("name", SERVICES)
def test_services_come_back_after_a_crash_and_begin_when_all_is_prepared(name: str):
    service = ours()[name]
    assert service["restart"] == "unless-stopped"
    assert service["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("name", OUR_CONTAINERS)
def test_whoever_needs_an_engine_waits_until_it_is_healthy(name: str):
    urls = "".join(value for variable, value in environment(name).items() if variable.endswith("_URL"))
    for engine in ("redpanda", "elasticsearch"):
        waits = ours()[name]["depends_on"].get(engine, {}).get("condition") == "service_healthy"
        assert waits == (f"//{engine}:" in urls)
        assert "test" in compose()["services"][engine]["healthcheck"]


def test_the_log_answers_at_the_address_that_the_services_are_given():
    arguments = dict(word[2:].split("=", 1) for word in compose()["services"]["redpanda"]["command"] if "=" in word)
    advertised = arguments["advertise-kafka-addr"].split(",")
    given = {environment(name)["BANTIN_LOG_URL"] for name in ("ingest", "extract", "index", "prepare")}
    assert {
        address.replace("internal", "kafka", 1) for address in advertised if address.startswith("internal:")
    } == given
    assert compose()["services"]["redpanda"]["ports"][0] in {
        f"{address.removeprefix('local://')}:19092" for address in advertised
    }


async def test_the_search_url_names_an_engine_that_the_code_knows():
    urls = {environment(name)["BANTIN_SEARCH_URL"] for name in ("index", "api", "prepare")}
    assert len(urls) == 1
    async with open_engine(urls.pop()):
        pass


def mounted_at(name: str, folder: str) -> list[tuple[str, str]]:
    """Return the source and the mode of what a container has mounted at a folder."""
    mounts = [mount.split(":") for mount in ours()[name].get("volumes", [])]
    return [(source, mode[0] if mode else "rw") for source, target, *mode in mounts if target == folder]


def test_every_container_finds_the_keys_that_the_step_that_prepares_has_written():
    files = {environment(name)["BANTIN_KEYS"] for name in OUR_CONTAINERS}
    assert len(files) == 1
    folder = str(PurePosixPath(files.pop()).parent)
    for name in SERVICES:
        ((source, mode),) = mounted_at(name, folder)
        assert mode == "ro"
        assert mounted_at("prepare", folder) == [(source, "rw")]
        assert ours()[name]["user"] == ours()["prepare"]["user"]
    assert source in compose()["volumes"]
    # A new volume takes its owner from the image's folder: only then may the step write to it.
    made = re.findall(r"install --directory --owner bantin --group bantin (.*)", dockerfile())
    assert folder in made[0].split()


def test_every_volume_is_mounted_and_declared():
    named = {mount.split(":")[0] for service in compose()["services"].values() for mount in service.get("volumes", [])}
    assert named == set(compose()["volumes"])


def test_a_broker_in_development_mode_would_lose_what_it_acknowledged():
    assert not any("dev-container" in word for word in compose()["services"]["redpanda"]["command"])


def test_traces_go_to_the_collector():
    for name in SERVICES:
        assert environment(name)["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://jaeger:4318"
    assert "jaeger" in compose()["services"]


def test_docker_accepts_the_file():
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("install docker with its compose plugin to let it check docker-compose.yml")
    answer = subprocess.run(
        [docker, "compose", "config", "--quiet"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
