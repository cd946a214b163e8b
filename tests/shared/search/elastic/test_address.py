"""The search URL says where Elasticsearch is and who we are; its secrets never show."""

from pathlib import Path

import pytest

from bantin.search.elastic.address import parse_address
from bantin.search.elastic.client import connect_client


def test_host_port_and_default_index():
    address = parse_address("http://elasticsearch:9200")
    assert (address.host, address.name) == ("http://elasticsearch:9200", "articles")
    assert address.basic_auth is None
    assert address.api_key is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://es/", "http://es:9200"),
        ("https://es", "https://es:443"),
        ("http://[::1]:9201/", "http://[::1]:9201"),
    ],
)
def test_host(url: str, host: str):
    assert parse_address(url).host == host


def test_index_in_the_path():
    assert parse_address("http://es:9200/tin-tuc").name == "tin-tuc"


def test_user_and_password_are_decoded():
    assert parse_address("https://ban%40tin:p%2Fw%3A@es:9200").basic_auth == ("ban@tin", "p/w:")


def test_an_empty_user_makes_an_api_key():
    address = parse_address("https://:a2V5OnNlY3JldA%3D%3D@es:9200")
    assert address.api_key == "a2V5OnNlY3JldA=="
    assert address.basic_auth is None


@pytest.mark.parametrize(
    "url",
    [
        "http://u:hush@es/a/b",
        "http://u:hush@es/Hoa",
        "http://u:hush@/x",
        "ftp://u:hush@es",
        "http://u:hush@es/x?y=1",
        "http://u:hush",
        "ftp://u:hush@es:21",
        "http://u:12/hush@es:9200",
        "http://u:12?hush@es:9200",
        "http://u:12#hush@es:9200",
        "http://u:hush#@es:9200",
        "http://u:hush[@es:9200",
        "http://u:hush\u2100@es:9200",
    ],
)
def test_errors_name_no_secret(url: str):
    with pytest.raises(ValueError, match=r"URL|index|address") as error:
        parse_address(url)
    assert "hush" not in str(error.value)


def test_an_address_shows_no_secret():
    assert "hush" not in repr(parse_address("http://u:hush@es:9200"))


def test_a_file_of_certificates_goes_with_an_https_address():
    address = parse_address("https://:key@es:9200/articles?ca=/certs/ca%20one.crt")
    assert (address.ca_file, address.host, address.name) == (Path("/certs/ca one.crt"), "https://es:9200", "articles")
    assert parse_address("https://es").ca_file is None


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://:s3cret@es?ca=/ca.crt", "ca is for https"),
        ("https://:s3cret@es?verify=false", "takes ca and nothing else"),
        ("https://:s3cret@es?ca=/a&ca=/b", "takes ca and nothing else"),
    ],
)
def test_what_else_stands_behind_the_address_is_an_error_without_the_key(url: str, told: str):
    with pytest.raises(ValueError, match=told) as error:
        parse_address(url)
    assert "s3cret" not in str(error.value)


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path):
    (tmp_path / "empty.crt").touch()
    for name in ("absent.crt", "empty.crt"):
        with pytest.raises(ValueError, match=name):
            connect_client(parse_address(f"https://es?ca={tmp_path / name}"))
