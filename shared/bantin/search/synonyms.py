"""Words and phrases that mean the same: a table of ours, and one that an operator adds to it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import structlog

from bantin.vietnamese.syllables import folded_syllables

logger = structlog.get_logger(__name__)

_BETWEEN: Final = "="
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Folded phrases with those that may stand in their place; `longest` is the most syllables that one has.

    `abbreviations` are the wordings of one syllable.
    """

    others: Mapping[_Phrase, tuple[_Phrase, ...]]
    longest: int
    abbreviations: frozenset[str]

    def of(self, words: Sequence[str]) -> Iterator[tuple[range, tuple[_Phrase, ...]]]:
        """Give the places in folded words that have synonyms, with these: those of a phrase, and of phrases in it.

        So `ủy ban mặt trận tổ quốc` is UBMTTQ, and ủy ban MTTQ as well.
        """
        for place in range(len(words)):
            for size in range(min(self.longest, len(words) - place), 0, -1):
                if others := self.others.get(tuple(words[place : place + size])):
                    yield range(place, place + size), others


def read_synonyms(text: str) -> Synonyms:
    """Read a table: one group a line, its wordings between `=`; `#` begins a comment.

    Raise ValueError for a line with fewer than two wordings, by its number.
    """
    others: dict[_Phrase, list[_Phrase]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        group = [tuple(folded_syllables(wording)) for wording in line.split(_BETWEEN)]
        if len(group) < 2 or not all(group):
            raise ValueError(
                f"line {number} is no group of synonyms: write two or more wordings with {_BETWEEN!r} between"
            )
        for wording in group:
            others[wording] += [other for other in group if other != wording and other not in others[wording]]
    return Synonyms(
        others={key: tuple(found) for key, found in others.items()},
        longest=max(map(len, others), default=0),
        abbreviations=frozenset(wording[0] for wording in others if len(wording) == 1),
    )


def read_synonyms_file(added: Path) -> Synonyms:
    """Return our table with an operator's file added. Raise ValueError, naming file and line, for one that is none."""
    try:
        more = added.read_text("utf-8-sig")
        read_synonyms(more)
    except (OSError, ValueError) as error:
        raise ValueError(f"the synonyms in {added} can't be used: {error}") from error
    return read_synonyms(f"{_platforms_text()}\n{more}")


class _Followed:
    """The table that queries are read by: the platform's, with an operator's file that is read anew when it changes."""

    def __init__(self, added: Path | None = None) -> None:
        self._added = added
        self._state = _state(added) if added else None
        self._table = read_synonyms_file(added) if added else read_synonyms(_platforms_text())

    def table(self) -> Synonyms:
        """Return the table as its file is now; as it was before where the file has become unusable, and say so once."""
        if self._added is not None and (state := _state(self._added)) != self._state:
            self._state = state
            try:
                self._table = read_synonyms_file(self._added)
            except ValueError as error:
                logger.warning("synonyms_not_read", error=str(error), remedy="mend it; the one before is used")
            else:
                logger.info("synonyms_read", file=str(self._added))
        return self._table


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what changes whenever a file does; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _platforms_text() -> str:
    return files("bantin.search").joinpath("data/synonyms.txt").read_text("utf-8")


_in_force = _Followed()


def follow_synonyms(added: Path | None) -> None:
    """Read every query from now on by the platform's table and an operator's file; None: by the platform's alone.

    Raise ValueError, naming file and line, for a file that is none.
    """
    global _in_force  # noqa: PLW0603 - a query means the same to whatever reads it in this process
    _in_force = _Followed(added)


def load_synonyms() -> Synonyms:
    """Return the table that queries are read by."""
    return _in_force.table()
