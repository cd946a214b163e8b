"""What can be set about ingest, from the environment (prefix `BANTIN_`)."""

from pathlib import Path

from pydantic import Field, field_validator

from bantin.settings import Settings
from bantin.site.address import SiteAddress


class IngestSettings(Settings):
    """The drop folder, the limits of what one request may bring, and where articles can be read."""

    inbox: Path | None = Field(
        default=None,
        description="Drop folder: files put here are taken, then moved to its `done` or `failed`. Empty: none.",
    )
    inbox_settle: float = Field(
        default=1.0, gt=0, description="Seconds for which a dropped file must not change before it is taken."
    )
    inbox_rescan: float = Field(
        default=5.0, gt=0, description="Seconds between looks into the drop folder where nothing announces changes."
    )
    max_files: int = Field(default=1_000, gt=0, description="Most files in one request.")
    max_request: int = Field(
        default=1024 * 1024 * 1024, gt=0, description="Largest request as a whole, all its files together, in bytes."
    )
    archive_members: int = Field(default=10_000, gt=0, description="Most files in the archives of one request.")
    archive_unpacked: int = Field(
        default=1024 * 1024 * 1024, gt=0, description="Most bytes that the archives of one request may unpack to."
    )
    archive_ratio: int = Field(
        default=200,
        gt=0,
        description="Most bytes that an archive may unpack to for each of its own, beyond the first 16 MiB.",
    )
    most_waiting: int = Field(
        default=100_000,
        ge=0,
        description="Most files that wait to be extracted or indexed before more are refused (429); 0: any number.",
    )
    disk_reserve: int = Field(
        default=256 * 1024 * 1024,
        ge=0,
        description="Bytes of BANTIN_DATA's disk that are kept free: below, more are refused (429); 0: none.",
    )
    portal_url: SiteAddress = Field(
        default="",
        description="Where people reach the portal, for links to it and to articles: `http(s)://HOST[:PORT]`, "
        "or `/` for this service's own address. Empty: not known, no links.",
    )

    @field_validator("inbox", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("inbox")
    @classmethod
    def _resolved(cls, value: Path | None) -> Path | None:
        return value and value.resolve()
