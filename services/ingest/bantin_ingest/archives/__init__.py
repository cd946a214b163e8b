"""Archives that come in: unpacked within limits, so that each member is a file with a receipt of its own."""
