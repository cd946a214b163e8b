"""Other sites by their origins, as a setting lists them."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator

ANY: Final = "*"


def read_origins(text: str) -> tuple[str, ...]:
    """Return the origins that a setting lists, with commas between them. Raise ValueError for what is none."""
    origins = tuple(origin.strip() for origin in text.split(",") if origin.strip())
    for origin in origins:
        if origin != ANY and not _is_origin(origin):
            raise ValueError(
                f"{origin!r} is no origin: give http(s)://HOST[:PORT] as browsers send it, in lower case and without a "
                f"path, several with commas between them, or {ANY} for every site"
            )
    return origins


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return text == f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")


def _checked(text: str) -> str:
    read_origins(text)
    return text


Origins = Annotated[str, AfterValidator(_checked)]
"""`http(s)://HOST[:PORT]`, several with commas between them; `*` for every site; empty for none."""
