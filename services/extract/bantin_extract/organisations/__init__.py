"""Which organisations are named, in one form."""
