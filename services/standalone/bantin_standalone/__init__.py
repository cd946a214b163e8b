"""The whole platform in one process, and the `bantin` command; the only importer of the services."""
