"""Secrets from the environment or from files, kept out of everything that is printed.

A secret is no setting: settings are flags (which every list of processes shows), and are printed and described.
"""

import os
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit

HIDDEN = "***"


def read_secret(name: str) -> str | None:
    """Return what the variable NAME holds, or the file that NAME_FILE names (without the line's end); None for neither.

    Raise ValueError, which names the variable and never the secret, where both are set or the file can't be read.
    """
    given, path = os.environ.get(name) or None, os.environ.get(f"{name}_FILE")
    if not path:
        return given
    if given is not None:
        raise ValueError(f"both {name} and {name}_FILE are set; unset one")
    try:
        secret = Path(path).read_text("utf-8").rstrip("\r\n")
    except OSError as error:
        raise ValueError(f"{name}_FILE: {path} can't be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{name}_FILE: {path} is not UTF-8 text") from None
    if not secret.strip():
        raise ValueError(f"{name}_FILE: {path} is empty")
    return secret


def with_password(url: str, name: str) -> str:
    """Return the URL with the password that the secret `name` holds, for the user that the URL names.

    Raise ValueError, without a secret, where there is a password and no user, or one in the URL already.
    """
    if (password := read_secret(name)) is None:
        return url
    user = _credentials(url)
    if not user:
        raise ValueError(f"{name} is set, but the URL that it is for names no user: give SCHEME://USER@HOST…")
    if ":" in user:
        raise ValueError(f"{name} is set, and the URL that it is for holds a password, too: take that one out")
    return _with_credentials(url, f"{user}:{quote(password, safe='')}")


def with_api_key(url: str, name: str) -> str:
    """Return the URL with the API key that the secret `name` holds, as the password of nobody.

    Raise ValueError, without a secret, where the URL names a user.
    """
    if (key := read_secret(name)) is None:
        return url
    if _credentials(url):
        raise ValueError(f"{name} is set, and the URL that it is for names a user, too: take one of them out")
    return _with_credentials(url, f":{quote(key, safe='')}")


def masked(url: str) -> str:
    """Return a URL fit to be shown. All before the last `@` is hidden: a password may hold what should be escaped."""
    before, at, place = url.rpartition("@")
    scheme, mark, _ = before.partition("://")
    return f"{scheme if mark else ''}{mark}{HIDDEN}@{place}" if at else url


def split_address(url: str, otherwise: str) -> SplitResult:
    """Return the parts of a URL; raise a ValueError that says `otherwise`, and shows none of it, where it has none."""
    try:
        return urlsplit(url)
    except ValueError:  # whose message may quote the password
        raise ValueError(otherwise) from None


def _credentials(url: str) -> str:
    """Return what stands before the last `@` of the host."""
    authority = url.partition("://")[2].partition("/")[0]
    return authority.rpartition("@")[0]


def _with_credentials(url: str, credentials: str) -> str:
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{credentials}@{authority.rpartition('@')[2]}{slash}{path}"
