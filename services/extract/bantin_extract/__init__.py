"""Extract: turns a saved page into a clean article with evidence for each of its values."""
