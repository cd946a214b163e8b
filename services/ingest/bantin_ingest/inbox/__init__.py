"""The drop folder: files put there are taken, and moved to `done` or `failed` once it is known how they ended."""
