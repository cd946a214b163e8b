"""Settings of the extract service."""

import os

from pydantic import Field

from bantin.settings import Settings


class ExtractSettings(Settings):
    """How many pages are read at once, and how long one may take."""

    extract_workers: int = Field(default=os.cpu_count() or 1, ge=1, description="Processes that read pages.")
    extract_seconds: float = Field(
        default=30.0, gt=0, description="Longest time for one page; then its process is ended."
    )
