"""The API service's settings: those that every service has."""

from bantin.settings import Settings


class ApiSettings(Settings):
    """Where to listen, and where the search engine is."""
