"""Ingest: files and articles come in, are made durable on the log, and their receipts are answered for."""
