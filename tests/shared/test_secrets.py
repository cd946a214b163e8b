"""Secrets come from variables or files, and no word about what is wrong with them repeats them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.eventlog.kafka.address import KafkaAddress
from bantin.search.elastic.address import parse_address
from bantin.secrets import masked, read_secret
from bantin.settings import Settings
from bantin.starting import read_settings

NAME = "BANTIN_LOG_PASSWORD"
HARD = "p@ss:w/ord?#%ö "


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOG_PASSWORD", "SEARCH_PASSWORD", "SEARCH_API_KEY", "LOG_URL", "SEARCH_URL"):
        monkeypatch.delenv(f"BANTIN_{name}", raising=False)
        monkeypatch.delenv(f"BANTIN_{name}_FILE", raising=False)


def test_a_secret_is_in_the_variable_or_in_the_file_that_it_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert read_secret(NAME) is None
    monkeypatch.setenv(NAME, "from the variable")
    assert read_secret(NAME) == "from the variable"
    (tmp_path / "secret").write_text(f"{HARD}\r\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    with pytest.raises(ValueError, match="both BANTIN_LOG_PASSWORD and BANTIN_LOG_PASSWORD_FILE are set"):
        read_secret(NAME)
    monkeypatch.delenv(NAME)
    assert read_secret(NAME) == HARD


@pytest.mark.parametrize(
    ("content", "told"), [(None, "No such file"), (b"\n", "is empty"), (b"s3cret\xff", "not UTF-8")]
)
def test_a_file_that_holds_no_secret_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv(f"{NAME}_FILE", str(path))
    with pytest.raises(ValueError, match=f"{NAME}_FILE: .*{told}") as raised:
        read_secret(NAME)
    assert "s3cret" not in str(raised.value)


def test_settings_complete_both_addresses_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(HARD)
    for name in ("LOG_PASSWORD", "SEARCH_PASSWORD"):
        monkeypatch.setenv(f"BANTIN_{name}_FILE", str(tmp_path / "secret"))
    settings = Settings(log_url="kafka://bantin@k:9092,l:9092?tls=0", search_url="https://bantin@es:9200/tin")
    assert parse_address(settings.search_url).basic_auth == ("bantin", HARD)
    kafka = KafkaAddress.parse(settings.log_url)
    assert (kafka.servers, kafka.security.password) == (("k:9092", "l:9092"), HARD)  # pyright: ignore
    assert HARD not in repr(settings)
    assert "p%40ss" not in repr(settings)


def test_an_api_key_is_its_own_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_SEARCH_API_KEY", "abc==")
    assert parse_address(Settings(search_url="https://es:9200/tin").search_url).api_key == "abc=="
    with pytest.raises(SystemExit, match="names a user, too"):
        monkeypatch.setenv("BANTIN_SEARCH_URL", "https://u:s3cret@es:9200")
        read_settings(Settings)


def test_a_whole_address_may_be_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("kafka://u:s3cret@k:9092\n")
    monkeypatch.setenv("BANTIN_LOG_URL_FILE", str(tmp_path / "url"))
    assert Settings().log_url == "kafka://u:s3cret@k:9092"


@pytest.mark.parametrize("url", ["kafka://k:9092", "kafka://u:s3cret@k:9092", ""])
def test_a_password_for_nobody_or_twice_stops_the_start_and_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("BANTIN_LOG_URL", url)
    monkeypatch.setenv(NAME, "an0ther")
    with pytest.raises(SystemExit) as raised:
        read_settings(Settings)
    assert NAME in str(raised.value)
    assert not any(secret in str(raised.value) for secret in ("s3cret", "an0ther"))


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_PORT", "s3cret")
    with pytest.raises(SystemExit, match="BANTIN_PORT: Input should be a valid integer") as raised:
        read_settings(Settings)
    assert "s3cret" not in str(raised.value)


@given(st.text(st.characters(exclude_characters="@", exclude_categories=("Cs",)), min_size=1))
def test_a_masked_address_shows_no_credentials(secret: str) -> None:
    assert masked(f"kafka://u:{secret}@k:9092/x") == "kafka://***@k:9092/x"


def test_an_address_without_credentials_is_shown_as_it_is() -> None:
    assert masked("http://127.0.0.1:9200/tin") == "http://127.0.0.1:9200/tin"
    assert masked("u:s3cret@k:9092") == "***@k:9092"


def test_a_file_of_certificates_goes_with_the_key_to_an_https_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BANTIN_SEARCH_API_KEY", HARD)
    monkeypatch.setenv("BANTIN_SEARCH_CA_FILE", str(tmp_path / "our ca.crt"))
    address = parse_address(Settings(search_url="https://es:9200/tin").search_url)
    assert (address.api_key, address.name, address.ca_file) == (HARD, "tin", tmp_path / "our ca.crt")
    monkeypatch.delenv("BANTIN_SEARCH_API_KEY")
    assert "?" not in Settings(search_url="http://es:9200").search_url
    monkeypatch.setenv("BANTIN_SEARCH_CA_FILE", "")
    assert Settings(search_url="https://es:9200").search_url == "https://es:9200"
