"""The upload page: files sent with a browser, and what becomes of each; it needs no JavaScript."""
