"""Readers of documents that are neither plain text nor a bare HTML page: each gives HTML or text to be rendered."""
