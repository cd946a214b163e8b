"""A Kafka log's URL is read whole, and its password stays out of sight."""

import pytest
from faststream.security import SASLPlaintext, SASLScram512

from bantin.eventlog.kafka.address import BROKER_DEFAULT, KafkaAddress


def test_several_brokers() -> None:
    address = KafkaAddress.parse("kafka://one:9092,two,three:19092?replication_factor=3")
    assert address.servers == ("one:9092", "two:9092", "three:19092")
    assert address.replication_factor == 3
    assert address.security is None


def test_the_brokers_choose_how_often_they_copy() -> None:
    assert KafkaAddress.parse("kafka://one:9092").replication_factor == BROKER_DEFAULT


def test_credentials_go_encrypted_unless_told_otherwise() -> None:
    security = KafkaAddress.parse("kafka://ti%40n:b%2Fm@one:9092").security
    assert isinstance(security, SASLScram512)
    assert (security.username, security.password, security.use_ssl) == ("ti@n", "b/m", True)
    plain = KafkaAddress.parse("kafka://u:p@one:9092?tls=0&mechanism=PLAIN").security
    assert isinstance(plain, SASLPlaintext)
    assert not plain.use_ssl


@pytest.mark.parametrize(
    "rest",
    [
        "?replication_factor=0",
        "?replication_factor=many",
        "?colour=red",
        "?tls=yes",
        "?mechanism=NONE",
        "/topic",
        "?ca=/x&tls=0",
        "?cert=/x&tls=0",
        "?key=/x",
        "?ca=/nowhere.pem",
        "?cert=/nowhere.pem",
    ],
)
def test_what_is_wrong_is_named_without_the_password(rest: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        KafkaAddress.parse(f"kafka://user:secret@one:9092{rest}")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("sign", ["#", "?", "/", "[", "\u2100", "#1@", "?tls=", "?1@x&", "?replication_factor="])
@pytest.mark.parametrize("before", ["h4rd-to-guess", "1234", "p@one", ""])
def test_a_password_that_is_not_escaped_is_not_shown(before: str, sign: str) -> None:
    with pytest.raises(ValueError, match=r"password") as caught:
        KafkaAddress.parse(f"kafka://user:{before}{sign}s3cret-too@one.example:1")
    assert not [part for part in ("h4rd", "1234", "p@one", "s3cret", "one.example") if part in str(caught.value)]


@pytest.mark.parametrize("port", ["h4rd", "0", "65536", "9092x", "-1", ""])
def test_what_is_no_port_is_refused_and_not_shown(port: str) -> None:
    with pytest.raises(ValueError, match="HOST") as caught:
        KafkaAddress.parse(f"kafka://one:{port}")
    assert "h4rd" not in str(caught.value)


def test_addresses_in_figures_need_brackets_for_their_port() -> None:
    assert KafkaAddress.parse("kafka://[2001:db8::1],[::1]:19092").servers == ("[2001:db8::1]:9092", "[::1]:19092")


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(KafkaAddress.parse("kafka://user:secret@one:9092"))
