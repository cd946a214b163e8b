"""The index service's settings: those that every service has, and what follows from them."""

from bantin.settings import Settings


class IndexSettings(Settings):
    """Where the log and the search engine are."""

    @property
    def search_system(self) -> str:
        """The engine's name in spans (`db.system.name`)."""
        return "elasticsearch" if self.search_url.startswith("http") else "tantivy"
