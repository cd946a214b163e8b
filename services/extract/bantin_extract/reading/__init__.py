"""How a file becomes a page: its encoding, its markup, its metadata."""
