"""Settings of the whole platform: those of every service, and what to load into an empty one."""

from pathlib import Path

from pydantic import Field

from bantin_api.settings import ApiSettings
from bantin_extract.settings import ExtractSettings
from bantin_index.settings import IndexSettings
from bantin_ingest.settings import IngestSettings


class PlatformSettings(IngestSettings, ExtractSettings, IndexSettings, ApiSettings):
    """Every service's settings together: one process reads them all."""

    seeds: Path | None = Field(
        default=None, description="Folder of pages that an empty platform takes at its first start."
    )
