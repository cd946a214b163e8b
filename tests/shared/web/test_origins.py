"""Proves that a setting's origins are read as browsers send them, and that what is none is named."""

import pytest

from bantin.settings import Settings
from bantin.web.origins import read_origins


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        (" , ", ()),
        ("https://a.example", ("https://a.example",)),
        ("https://a.example, http://b.example:8080", ("https://a.example", "http://b.example:8080")),
        ("http://[::1]:3000", ("http://[::1]:3000",)),
        ("*", ("*",)),
    ],
)
def test_origins_are_listed_with_commas(text: str, origins: tuple[str, ...]) -> None:
    assert read_origins(text) == origins


@pytest.mark.parametrize(
    "text",
    [
        "a.example",
        "https://a.example/",
        "https://a.example/x",
        "ftp://a.example",
        "https://",
        "null",
        "https://u@a.example",
        "HTTPS://A.example",
        "https://*.example https://b",
        "https://a:x",
        "https://a.example?x",
    ],
)
def test_what_is_no_origin_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no origin"):
        read_origins(text)


def test_the_setting_is_checked_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_CORS_ORIGINS", "https://a.example/page")
    with pytest.raises(ValueError, match="cors_origins"):
        Settings()
