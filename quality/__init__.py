"""Measures how well articles are read from pages, against what people read on them, and beside trafilatura."""
