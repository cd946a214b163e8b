"""The tantivy library, or an error that says how to install it."""

try:
    import tantivy
except ImportError as error:
    raise ImportError('the embedded search engine needs tantivy: pip install "bantin[tantivy]"') from error

__all__ = ["tantivy"]
