"""The index service: enriched articles into the search engine, each decided on and told about once."""
