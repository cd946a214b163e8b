"""Compares what the index holds with what the log says it should hold, and mends it through the log."""
