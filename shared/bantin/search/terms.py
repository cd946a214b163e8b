"""The unit of a query: one syllable as it was typed."""

from typing import NamedTuple


class Term(NamedTuple):
    """One syllable to look for; `keys` are what was typed where it was read from a keyboard's keys."""

    exact: str
    folded: str
    keys: str = ""

    @property
    def accented(self) -> bool:
        """Whether it was typed with accents, so that they mean something."""
        return self.exact != self.folded
