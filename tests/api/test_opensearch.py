"""Proves that the description is well-formed and names our addresses, whatever the request's host was called."""

from xml.etree import ElementTree

import pytest

from bantin_api.opensearch import opensearch_description

SPACE = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize("base", ["http://tin.example/", "http://x\"/><script>'&/"])
def test_the_description_leads_to_the_portal_and_the_api(base: str) -> None:
    root = ElementTree.fromstring(opensearch_description(base))
    templates = [url.attrib["template"] for url in root.findall("o:Url", SPACE)]
    assert templates == [f"{base}?q={{searchTerms}}", f"{base}v1/search?q={{searchTerms}}", f"{base}opensearch.xml"]
    name = root.find("o:ShortName", SPACE)
    assert name is not None
    assert len(name.text or "") <= 16
