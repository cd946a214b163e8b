"""Settings of the whole platform: those of every service, and what to load into an empty one."""

from pathlib import Path

from pydantic import Field

from bantin.site.address import SAME_ORIGIN, SiteAddress
from bantin_api.settings import ApiSettings
from bantin_extract.settings import ExtractSettings
from bantin_index.settings import IndexSettings
from bantin_ingest.settings import IngestSettings


class PlatformSettings(IngestSettings, ExtractSettings, IndexSettings, ApiSettings):
    """Every service's settings together: one process reads them all."""

    # One port serves all, so each page's links to the others stay where they are.
    portal_url: SiteAddress = Field(default=SAME_ORIGIN, description="Where people reach the portal.")
    ingest_url: SiteAddress = Field(default=SAME_ORIGIN, description="Where people reach the upload page.")

    seeds: Path | None = Field(
        default=None, description="Folder of pages that an empty platform takes at its first start."
    )
