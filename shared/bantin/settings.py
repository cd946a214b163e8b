"""Settings that every service shares, from the environment (prefix `BANTIN_`)."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote

from pydantic import Field, field_validator, model_validator

from bantin.access.settings import AccessSettings
from bantin.secrets import read_secret, with_api_key, with_password
from bantin.web.origins import Origins

LogFormat = Literal["auto", "json", "console"]


class Settings(AccessSettings):
    """Where to listen, where to keep things, which log and which search engine to use, who may ask."""

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    data: Path = Field(default=Path("data"), description="Folder of everything that is kept.")
    log_url: str = Field(
        default="",
        repr=False,
        description="`sqlite:///PATH` or `kafka://[USER@]HOST:PORT[,HOST:PORT…]`; empty: log.db in BANTIN_DATA. The "
        "password is in BANTIN_LOG_PASSWORD, or in the file that BANTIN_LOG_PASSWORD_FILE names.",
    )
    search_url: str = Field(
        default="",
        repr=False,
        description="`tantivy:///PATH` or `http(s)://[USER@]HOST:PORT[/INDEX]`; empty: index in BANTIN_DATA. The "
        "password is in BANTIN_SEARCH_PASSWORD, or an API key in BANTIN_SEARCH_API_KEY, or in files (…_FILE).",
    )
    search_ca_file: Path | None = Field(
        default=None,
        description="File of the certificates by which an https search engine is known, where it has one of its own.",
    )
    keys: Path | None = Field(
        default=None,
        description="File of the keys that requests need (`bantin keys create`). Empty: none, on this machine only.",
    )
    keys_used: Path | None = Field(
        default=None, description="File that keeps when each key was last used. Empty: beside the keys file."
    )
    max_upload: int = Field(default=10 * 1024 * 1024, gt=0, description="Largest file, in bytes.")
    head_timeout: float = Field(
        default=20.0, gt=0, description="Seconds for the head of a request; a connection that takes longer is closed."
    )
    body_timeout: float = Field(
        default=60.0, gt=0, description="Seconds that a sender may pause within a request before it is given up."
    )
    body_rate: float = Field(
        default=250.0,
        gt=0,
        description="Bytes a second that a sender must reach on average; a slower one is given up as if it paused.",
    )
    breaker_share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="A stage stops itself when more than this share of its last 100 records died; 1: never.",
    )
    cors_origins: Origins = Field(
        default="",
        description="Other sites whose pages may read the API: `http(s)://HOST[:PORT]`, several with commas between; "
        "`*`: every site. Empty: none.",
    )
    log_level: str = Field(default="INFO", description="Least severe level that is logged.")

    log_format: LogFormat = Field(
        default="auto", description="`json`, `console` for people, or `auto`: console on a terminal."
    )

    @field_validator("keys", "keys_used", "search_ca_file", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("keys", "keys_used", "search_ca_file")
    @classmethod
    def _absolute_file(cls, value: Path | None) -> Path | None:
        return value and value.absolute()

    @model_validator(mode="after")
    def _completed(self) -> Self:
        data = self.data.absolute()
        log_url = self.log_url or read_secret("BANTIN_LOG_URL") or f"sqlite:///{data / 'log.db'}"
        search_url = self.search_url or read_secret("BANTIN_SEARCH_URL") or f"tantivy:///{data / 'index'}"
        if self.search_ca_file and search_url.startswith("https:"):
            search_url = f"{search_url}?ca={quote(str(self.search_ca_file))}"
        complete = {
            "data": data,
            "log_url": with_password(log_url, "BANTIN_LOG_PASSWORD"),
            "search_url": with_api_key(with_password(search_url, "BANTIN_SEARCH_PASSWORD"), "BANTIN_SEARCH_API_KEY"),
        }
        for name, value in complete.items():
            object.__setattr__(self, name, value)
        return self
