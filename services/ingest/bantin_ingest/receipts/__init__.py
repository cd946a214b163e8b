"""Receipts: what became of each file, folded from the log and kept at hand."""
