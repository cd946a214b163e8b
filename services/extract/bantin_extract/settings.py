"""Settings of the extract service."""

import os

from pydantic import Field

from bantin.settings import Settings


class ExtractSettings(Settings):
    """How many pages are read at once, and what one may take of the machine."""

    extract_workers: int = Field(default=os.cpu_count() or 1, ge=1, description="Processes that read pages.")
    extract_seconds: float = Field(
        default=30.0, gt=0, description="Longest time for one page; then its process is ended."
    )
    extract_memory: int = Field(
        default=1024,
        ge=256,
        description="Most memory of one process that reads pages, in MiB of address space; a page that needs more is "
        "rejected.",
    )
