"""`bantin keys` shows a key once and never again; `bantin push` and `bantin search` use one without showing it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bantin.access.command import add_key, read_expiry
from bantin.access.keys import PRESENTED, KeysError
from bantin.access.keys_file import read_keys
from tests.pipeline.pages import page
from tests.pipeline.processes import Process, free_port

COMMANDS = Path(sys.executable).parent


def bantin(*words: str, program: str = "bantin", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMANDS / program, *words],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_key_is_printed_alone_and_once(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = bantin("keys", "create", "--name", "Cổng tỉnh", "--scope", "ingest", "--scope", "search",
                  "--expires", "2099-01-01", BANTIN_KEYS=str(path))  # fmt: skip
    assert made.returncode == 0, made.stderr
    presented = made.stdout.strip()
    shaped = PRESENTED.fullmatch(presented)
    assert shaped
    (kept,) = read_keys(path)
    assert (kept.id, kept.name, kept.scopes) == (shaped[1], "Cổng tỉnh", ("ingest", "search"))

    listed = bantin("list", "--file", str(path), program="bantin-keys")
    assert [line.split()[:3] for line in listed.stdout.splitlines()][1:] == [[kept.id, "usable", "ingest,search"]]
    assert "2099-01-01T00:00:00+07:00" in listed.stdout
    for text in (made.stderr, listed.stdout, path.read_text()):
        assert presented.rpartition("_")[2] not in text
        assert kept.sha256 not in listed.stdout


def test_a_revoked_key_stays_in_the_list_as_revoked(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    first, second = (add_key(path, name, ["search"]).stored.id for name in ("one", "other"))
    assert bantin("keys", "revoke", first, BANTIN_KEYS=str(path)).returncode == 0
    at = read_keys(path)[0].revoked
    # In an image without the whole platform the command stands by itself; a second time changes nothing.
    assert bantin("revoke", first, "--file", str(path), program="bantin-keys").returncode == 0
    states = {key.id: key.revoked for key in read_keys(path)}
    assert states == {first: at, second: None}
    assert at is not None
    acts = [json.loads(line) for line in (tmp_path / "audit.log").read_text().splitlines()]
    assert [(act["act"], act["outcome"]) for act in acts if act["target"] == first] == [
        *(("keys.create", outcome) for outcome in ("began", "done")),
        *(("keys.revoke", outcome) for outcome in ("began", "done") * 2),
    ]
    assert {act["actor"] for act in acts} == {"local"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list"], "Name it with --file PATH or BANTIN_KEYS=PATH"),
        (["list", "--file", "missing.json"], "missing.json does not exist; make it with `bantin keys create`"),
        (["revoke", "0a1b2c3d", "--file", "missing.json"], "missing.json does not exist"),
        (["create", "--name", "x", "--scope", "search", "--expires", "soon", "--file", "new.json"], "2027-01-01"),
        (["create", "--name", "x", "--scope", "search", "--expires", "2020-01-01", "--file", "new.json"], "expired"),
        (["create", "--name", "x", "--scope", "everything", "--file", "new.json"], "ingest"),
    ],
)
def test_what_can_not_be_done_is_told_with_the_remedy(tmp_path: Path, words: list[str], told: str) -> None:
    words = [str(tmp_path / word) if word.endswith(".json") else word for word in words]
    ended = bantin(*words, program="bantin-keys", BANTIN_KEYS="")
    assert ended.returncode != 0
    assert told in " ".join((ended.stdout + ended.stderr).split())
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "new.json").exists()


def test_a_day_begins_in_vietnam_and_a_moment_needs_its_zone() -> None:
    assert read_expiry("") is None
    day = read_expiry("2027-01-01")
    assert day is not None
    assert day.isoformat() == "2027-01-01T00:00:00+07:00"
    assert day == read_expiry("2026-12-31T17:00:00Z")
    for text in ("2027-01-01T12:00", "2027-13-01", "01/01/2027"):
        with pytest.raises(KeysError, match="2027-01-01T12:00"):
            read_expiry(text)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys.json"


@pytest.fixture(scope="module")
def platform(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A platform that everybody can reach, behind keys, which takes a page at its first start."""
    folder = tmp_path_factory.mktemp("platform")
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "mot.txt").write_text(page("zzseeded", 1))
    add_key(keys, "so that it starts", ["ops"])
    environment = {"BANTIN_HOST": "0.0.0.0", "BANTIN_KEYS": str(keys), "BANTIN_SEEDS": str(seeds)}
    process = Process(("bantin", "up"), environment, folder / "data")
    process.start()
    yield process
    process.kill()


def test_a_platform_behind_keys_loads_its_seeds_and_is_pushed_to_and_searched(
    platform: Process, keys: Path, tmp_path: Path
) -> None:
    sender, reader = (add_key(keys, name, [name]).presented for name in ("ingest", "search"))
    (tmp_path / "hai.txt").write_text(page("zzpushed", 2))
    pushed = bantin("push", str(tmp_path / "hai.txt"), "--to", platform.url, BANTIN_KEY=sender)
    assert pushed.returncode == 0, pushed.stdout + pushed.stderr
    for word in ("zzseeded", "zzpushed"):
        found = bantin("search", word, "--at", platform.url, "--key", reader)
        assert found.stdout.startswith("1 articles"), found.stdout + found.stderr
    for shown in (pushed, found):
        assert reader not in shown.stdout + shown.stderr
        assert sender not in shown.stdout + shown.stderr
    output = platform.output()
    assert reader not in output
    assert sender not in output


def test_a_wrong_key_and_a_wrong_scope_are_told(platform: Process, keys: Path, tmp_path: Path) -> None:
    reader = add_key(keys, "reader", ["search"]).presented
    (tmp_path / "ba.txt").write_text(page("zzrefused", 3))
    refused = bantin("push", str(tmp_path / "ba.txt"), "--to", platform.url, BANTIN_KEY=reader)
    assert refused.returncode == 1
    assert "403: This key lacks the scope 'ingest'" in refused.stderr
    unknown = bantin("search", "x", "--at", platform.url, BANTIN_KEY=reader[:-4] + "0000")
    assert (unknown.returncode, "401: This key is not known here" in unknown.stderr) == (1, True)
    assert "401: A key is needed" in bantin("search", "x", "--at", platform.url, BANTIN_KEY="").stderr


def test_pages_are_for_browsers_with_a_key_and_their_files_for_everybody(platform: Process, keys: Path) -> None:
    reader = add_key(keys, "a person", ["search"]).presented
    page_headers = {"Accept": "text/html"}
    assert httpx.get(f"{platform.url}/", headers=page_headers).headers["www-authenticate"].startswith("Basic ")
    shown = httpx.get(f"{platform.url}/", headers=page_headers, auth=("ai-do", reader))
    assert shown.status_code == 200
    styles = [piece.partition('"')[0] for piece in shown.text.split('href="')[1:] if ".css" in piece.partition('"')[0]]
    assert styles
    for address in (*styles, "/opensearch.xml"):
        assert httpx.get(f"{platform.url}{address}").status_code == 200


@pytest.mark.parametrize("key", ["not-a-key", "bantin_0a1b2c3d_" + "f" * 64 + "\nX-Other: 1", "khóa"])
def test_what_is_no_key_is_not_sent_and_not_shown(key: str) -> None:
    ended = bantin("search", "x", "--at", f"http://127.0.0.1:{free_port()}", BANTIN_KEY=key)
    assert ended.returncode == 1
    assert "this is no key" in ended.stderr
    assert key not in ended.stderr
    assert "f" * 64 not in ended.stderr


def test_a_key_in_the_address_is_not_shown_where_nothing_answers() -> None:
    ended = bantin("search", "x", "--at", f"http://ai-do:s3cret@127.0.0.1:{free_port()}", BANTIN_KEY="")
    assert ended.returncode == 1
    assert "no answer from http://127.0.0.1:" in ended.stderr
    assert "s3cret" not in ended.stderr
