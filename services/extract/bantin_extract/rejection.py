"""Why a file can't become an article, as an exception that ends its extraction."""

from bantin.events import Reason


class RejectedError(Exception):
    """The file holds no article that can be taken; `reason` goes into its receipt."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = Reason(code=code, detail=detail)
