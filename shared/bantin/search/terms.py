"""The unit of a query: one syllable as it was typed."""

from typing import NamedTuple


class Term(NamedTuple):
    """One syllable to look for."""

    exact: str
    folded: str

    @property
    def accented(self) -> bool:
        """Whether it was typed with accents, so that they mean something."""
        return self.exact != self.folded
