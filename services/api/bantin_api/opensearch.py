"""The OpenSearch 1.1 description by which a browser or reader adds this search to its own."""

from xml.sax.saxutils import quoteattr

OPENSEARCH_TYPE = "application/opensearchdescription+xml"


def opensearch_description(base_url: str) -> str:
    """Return the description of a platform that is served at `base_url` (with its trailing slash)."""
    page = quoteattr(f"{base_url}?q={{searchTerms}}")
    answers = quoteattr(f"{base_url}v1/search?q={{searchTerms}}")
    itself = quoteattr(f"{base_url}opensearch.xml")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>Bản Tin</ShortName>
  <Description>Tìm tin trên các cổng thông tin của các tỉnh</Description>
  <Language>vi</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
  <Url type="text/html" template={page}/>
  <Url type="application/json" template={answers}/>
  <Url type={quoteattr(OPENSEARCH_TYPE)} rel="self" template={itself}/>
</OpenSearchDescription>
"""
