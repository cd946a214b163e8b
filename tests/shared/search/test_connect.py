"""A URL names its engine; one that names none is an error that says what to write."""

from pathlib import Path

import pytest

from bantin.search.connect import open_engine, tantivy_path


def test_a_path_is_relative_or_absolute_as_in_other_embedded_urls():
    assert tantivy_path("tantivy:///data/index") == Path("data/index")
    assert tantivy_path("tantivy:////var/index") == Path("/var/index")


@pytest.mark.parametrize("url", ["", "tantivy://", "tantivy:///", "tantivy://host/x", "kafka://localhost", "index"])
async def test_a_url_that_names_no_engine_is_refused(url: str):
    with pytest.raises(ValueError, match="tantivy:///PATH"):
        async with open_engine(url):
            pass
