"""Addresses of the upload page, of a batch's page, and of the portal's pages that they lead to."""

from dataclasses import dataclass
from urllib.parse import quote

from bantin.site.address import SiteAddress, link
from bantin.site.language import Language, with_language

UPLOAD_PATH = "/ingest"


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses in the language of the page at `path`. `portal` is where the portal is, if known."""

    path: str
    language: Language
    portal: SiteAddress

    def same_in(self, language: Language) -> str:
        """Return the address of the page that is shown, in a language."""
        return with_language(self.path, (), language)

    def home(self) -> str:
        """Return where the name of the site leads: the portal, or without one the upload page."""
        return self.search() or self.upload()

    def upload(self) -> str:
        """Return the address of the upload page, to which its form sends the files, too."""
        return with_language(UPLOAD_PATH, (), self.language)

    def batch(self, batch_id: str) -> str:
        """Return the address of a batch's page."""
        return with_language(f"{UPLOAD_PATH}/{quote(batch_id, safe='')}", (), self.language)

    def events(self, batch_id: str) -> str:
        """Return the address at which a batch's page hears of changes."""
        return with_language(f"{UPLOAD_PATH}/{quote(batch_id, safe='')}/events", (), self.language)

    def search(self) -> str | None:
        """Return the address of the portal's search."""
        return link(self.portal, with_language("/", (), self.language))

    def article(self, article_id: str) -> str | None:
        """Return the address of an article on the portal."""
        return link(self.portal, with_language(f"/bai/{quote(article_id, safe='')}", (), self.language))
