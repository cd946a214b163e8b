"""The API service's settings: those that every service has, where uploads go, and how queries are read."""

from pathlib import Path

from pydantic import Field, field_validator

from bantin.settings import Settings
from bantin.site.address import SiteAddress


class ApiSettings(Settings):
    """Where to listen, where the search engine is, where uploads go, and which words mean the same."""

    ingest_url: SiteAddress = Field(
        default="",
        description="Where people reach ingest, for links to its upload page: `http(s)://HOST[:PORT]`, "
        "or `/` for this service's own address. Empty: not known, no links.",
    )
    synonyms: Path | None = Field(
        default=None,
        description="File of words that mean the same, added to the platform's own: a group a line, ` = ` between its "
        "wordings. It is read anew when it changes; nothing is indexed again.",
    )

    @field_validator("synonyms", mode="before")
    @classmethod
    def _no_synonyms(cls, value: object) -> object:
        return None if value == "" else value
