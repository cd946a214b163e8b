"""Tells which commune an article means by "the commune": the only one of its kind that it names."""

from dataclasses import dataclass, field

from bantin_extract.organisations.phrases import unknown_place
from bantin_extract.text.story import Passage, Story

_LAST_WORDS = frozenset(("xã", "phường", "trấn"))
_NO_COMMUNE = frozenset(("thị xã", "tác xã", "tấn xã"))
"""A town, a cooperative and a news agency end with the word for a commune."""
_SEVERAL = frozenset(("các", "những", "hai", "ba", "bốn", "năm", "nhiều"))


@dataclass(slots=True)
class Communes:
    """The communes that a story names, read when one is first asked for."""

    story: Story
    _named: dict[str, set[str]] | None = field(default=None)

    def only(self, kind: str) -> str | None:
        """Return the name of the only "xã", "phường" or "thị trấn" named; None where there is none or are several."""
        if self._named is None:
            self._named = {}
            for passage in self.story.passages:
                _read(passage, self._named)
        named = self._named.get(kind, ())
        return next(iter(named)) if len(named) == 1 else None


def _read(passage: Passage, named: dict[str, set[str]]) -> None:
    """Add the communes of a passage; a list of several adds more than one name, whatever it holds."""
    tokens = passage.tokens
    for at in tokens.where(_LAST_WORDS):
        word, before = tokens.lower[at], tokens.lower[at - 1] if at else ""
        kind = "thị trấn" if word == "trấn" else word
        if f"{before} {word}" in _NO_COMMUNE or (word == "trấn" and before != "thị"):
            continue
        if at + 1 >= len(tokens) or tokens.gap(at + 1) not in (" ", ": "):
            continue
        if tokens.capital[at + 1] or (word == "phường" and tokens.words[at + 1].isdigit()):
            first = at + 1 - (word == "trấn")
            ahead = tokens.lower[first - 2] if first > 1 else ""
            several = ahead in _SEVERAL or ahead.isdigit()
            past = at + 1 + unknown_place(tokens, at + 1)
            names = named.setdefault(kind, set())
            names.add(" ".join(tokens.words[at + 1 : past]))
            if several:
                names.add("")
