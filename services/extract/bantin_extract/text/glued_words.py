"""Parts two known words that a page's text ran together ("Ủy viênThường vụ", "Chủ tịchUBND", "đồng chíLê")."""

from itertools import pairwise

from bantin_extract.text.letters import GLUED, old_tones
from bantin_extract.text.tables import listed, toml

_LONGEST = 40
_PHRASES = (
    *listed("roles", "heads"),
    *listed("roles", "qualifiers"),
    *listed("roles", "honorifics"),
    *listed("organisations", "heads"),
)
_LEFT = frozenset(word for phrase in _PHRASES for word in phrase.lower().split())
_RIGHT = frozenset(
    (
        *(phrase.lower().split()[0] for phrase in _PHRASES),
        *(word.lower() for entry in toml("surnames")["kinh"].split() for word in entry.split("_")[:1]),
    )
)


def unglued(word: str) -> tuple[str, ...]:
    """Return the words that one is made of: itself where it is not two or more known words run together."""
    if len(word) > _LONGEST or not GLUED.search(word):
        return (word,)
    pieces = GLUED.sub(r" \g<0>", word).split(" ")
    known = [old_tones(piece.lower()) for piece in pieces]
    if all(left in _LEFT and right in _RIGHT for left, right in pairwise(known)):
        return tuple(pieces)
    return (word,)
