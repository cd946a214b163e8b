"""A search as a feed: what it says, in RSS 2.0, Atom and JSON Feed."""
