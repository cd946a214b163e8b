"""The error that a request can't be answered, as every HTTP API of ours says it (RFC 9457)."""

from collections.abc import Mapping
from typing import Any


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """A request that can't be answered: `code` is stable and ends the problem's `type`, `detail` names the remedy.

    Keyword arguments are extension members.
    """

    def __init__(
        self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
        self.more = more
