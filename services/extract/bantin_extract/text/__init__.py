"""Words of a paragraph, and the tables they are compared with."""
