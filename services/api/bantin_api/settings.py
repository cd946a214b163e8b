"""The API service's settings: those that every service has, and where the page for uploads is."""

from pydantic import Field

from bantin.settings import Settings
from bantin.site.address import SiteAddress


class ApiSettings(Settings):
    """Where to listen, where the search engine is, and where the portal's link to the upload page leads."""

    ingest_url: SiteAddress = Field(
        default="",
        description="Where people reach ingest, for links to its upload page: `http(s)://HOST[:PORT]`, "
        "or `/` for this service's own address. Empty: not known, no links.",
    )
