"""The search port on Elasticsearch 9: `engine.py` is the adapter, everything around it is pure or one call deep.

Analyzers (`analysis.py`) and the mapping (`mapping.py`) are code, made from the tables of `bantin.vietnamese` and from
the field table; requests (`query.py`, `facets.py`, `writes.py`) are pure functions with golden files.
"""

try:
    import elasticsearch as _client  # noqa: F401  # pyright: ignore[reportUnusedImport]
except ImportError as error:
    raise ImportError('Elasticsearch needs its client: pip install "bantin[elasticsearch]"') from error
