"""The portal: search and reading for people, as plain pages that need no JavaScript."""
