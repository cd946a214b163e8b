"""Addresses of the portal's pages, each keeping what the reader has chosen so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from bantin.site.address import link
from bantin.site.language import Language, with_language

Pairs = tuple[tuple[str, str], ...]

NEW_SEARCH = frozenset(("cursor",))
"""What must not be carried into a changed search."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses from the parameters of the page that is shown. `ingest` is where files are uploaded, if known."""

    pairs: Pairs
    language: Language
    ingest: str = ""

    def same_in(self, language: Language) -> str:
        """Return the query string of the page that is shown, in a language."""
        return with_language("", self.pairs, language) or "?"

    def home(self) -> str:
        """Return the address of the search without any choice."""
        return self._search(())

    def only(self, name: str, value: str) -> str:
        """Return the address of a search that filters by one value and nothing else."""
        return self._search(((name, value),))

    def with_words(self, words: str) -> str:
        """Return the address of this search for other words."""
        dropped = NEW_SEARCH | {"q"}
        return self._search((("q", words), *(pair for pair in self.pairs if pair[0] not in dropped)))

    def narrowed(self, *added: tuple[str, str], instead: frozenset[str] = frozenset()) -> str:
        """Return the address of this search with more parameters, those named in `instead` given up for them."""
        kept = (pair for pair in self.pairs if pair not in added and pair[0] not in NEW_SEARCH | instead)
        return self._search((*kept, *added))

    def without(self, *dropped: tuple[str, str]) -> str:
        """Return the address of this search without some of its parameters."""
        return self._search(pair for pair in self.pairs if pair not in dropped and pair[0] not in NEW_SEARCH)

    def page(self, cursor: str | None) -> str:
        """Return the address of another page of this search, the first one where there is no cursor."""
        kept = tuple(pair for pair in self.pairs if pair[0] not in NEW_SEARCH)
        return self._search((*kept, ("cursor", cursor)) if cursor else kept)

    def unfolded(self) -> str:
        """Return the address of this search with near-duplicates as hits of their own."""
        kept = (pair for pair in self.pairs if pair[0] not in NEW_SEARCH and pair[0] != "collapse")
        return self._search((*kept, ("collapse", "false")))

    def article(self, article_id: str) -> str:
        """Return the address of an article's page."""
        return with_language(f"/bai/{quote(article_id, safe='')}", (), self.language)

    def upload(self) -> str | None:
        """Return the address of the page for uploads, None where nobody knows it."""
        return link(self.ingest, with_language("/ingest", (), self.language))

    def _search(self, pairs: Iterable[tuple[str, str]]) -> str:
        return with_language("/", pairs, self.language)
