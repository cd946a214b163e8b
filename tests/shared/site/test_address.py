"""Proves that links across services lead where the settings say, and nowhere else."""

import pytest
from pydantic import TypeAdapter, ValidationError

from bantin.site.address import SiteAddress, link

ADDRESS = TypeAdapter[str](SiteAddress)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("", None),
        ("/", "/bai/1"),
        ("https://tin.example", "https://tin.example/bai/1"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/bai/1"),
    ],
)
def test_a_page_is_below_its_service(address: str, page: str | None) -> None:
    assert link(ADDRESS.validate_python(address), "/bai/1") == page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "tin.example", "//tin.example", "https://", "https://a/?b"])
def test_what_is_no_address_is_refused_with_the_remedy(address: str) -> None:
    with pytest.raises(ValidationError, match="give http"):
        ADDRESS.validate_python(address)
