"""Which article a file is: the hash of the URL it was submitted with, else of its bytes.

Two spellings of one address are one article. Normalised are the differences that RFC 3986 (section 6.2) calls
equivalent, and a few that no news portal tells apart: http and https, the order of query parameters, parameters
that only track the reader. A trailing slash, `www.` and upper case in the path may matter and are kept.
"""

import hashlib
import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

ID_CHARACTERS = 32
"""16 bytes in hex: two of a thousand million articles share an id with a probability of about 10^-21."""

MAX_URL_CHARACTERS = 2_048

_TRACKING = re.compile(
    r"utm_\w*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|zarsrc", re.IGNORECASE
)
_PATH_SAFE = "/!$&'()*+,;=:@~"
_QUERY_SAFE = "!$'()*+,;:@/?~"
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


class InvalidUrlError(ValueError):
    """The text is not a web address; the message says what is wrong with it."""


def article_id_of_url(url: str) -> str:
    """Return the id of the article at a web address; raise InvalidUrlError where it is none."""
    return article_id_of_bytes(normalise_url(url).encode())


def article_id_of_bytes(content: bytes) -> str:
    """Return the id of an article that has no address."""
    return article_id_of_sha256(hashlib.sha256(content).hexdigest())


def article_id_of_sha256(digest: str) -> str:
    """Return the id of an article without an address, from the hex SHA-256 of its bytes."""
    return digest[:ID_CHARACTERS]


def normalise_url(url: str) -> str:
    """Return the one spelling of a web address by which its article is known; raise InvalidUrlError."""
    parts = checked_url(url)
    host = _host(parts.hostname or "")
    port = parts.port
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = _without_dots(_recode(parts.path, _PATH_SAFE)) or "/"
    query = _query(parts.query)
    return f"https://{host}{path}" + (f"?{query}" if query else "")


def checked_url(url: str) -> SplitResult:
    """Return the parts of a web address that can be one; raise InvalidUrlError saying what is wrong."""
    if len(url) > MAX_URL_CHARACTERS:
        raise InvalidUrlError(f"longer than {MAX_URL_CHARACTERS} characters")
    if _UNPRINTABLE.search(url) or not _encodable(url):
        raise InvalidUrlError("holds spaces or control characters; percent-encode them")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidUrlError(str(error)) from error
    if parts.scheme.lower() not in ("http", "https"):
        raise InvalidUrlError("must begin with http:// or https://")
    if not parts.hostname or port == 0:
        raise InvalidUrlError("names no host")
    if parts.username is not None or parts.password is not None:
        raise InvalidUrlError("holds a user name or password; leave them out")
    _host(parts.hostname)
    return parts


def _encodable(url: str) -> bool:
    try:
        url.encode()
    except UnicodeEncodeError:
        return False
    return True


def _host(host: str) -> str:
    if ":" in host:
        return f"[{host.lower()}]"
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise InvalidUrlError(f"host {host!r} is no host name") from error
    if not re.fullmatch(r"[a-z0-9._-]+", name):
        raise InvalidUrlError(f"host {host!r} is no host name")
    return name


def _recode(text: str, safe: str) -> str:
    """Return `text` with each percent-escape that is needed, in upper case, and none that is not.

    An escaped delimiter is data and an unescaped one is structure, so those stay as they were.
    """
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(_escape(piece) if index % 2 else quote(piece, safe=safe) for index, piece in enumerate(pieces))


def _escape(escape: str) -> str:
    byte = unquote_to_bytes(escape)
    return byte.decode() if re.fullmatch(rb"[A-Za-z0-9._~-]", byte) else escape.upper()


def _without_dots(path: str) -> str:
    """Return the path without `.` and `..` segments (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept) if segments else ""


def _query(query: str) -> str:
    parameters = [_recode(parameter, _QUERY_SAFE + "=") for parameter in query.split("&") if parameter]
    kept = [parameter for parameter in parameters if not _TRACKING.fullmatch(parameter.partition("=")[0])]
    return "&".join(sorted(kept, key=lambda parameter: parameter.partition("=")[0]))
