"""Which documents are cited."""
