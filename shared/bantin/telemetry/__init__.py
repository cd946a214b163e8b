"""Traces, logs and metrics: how the platform tells what it is doing."""
