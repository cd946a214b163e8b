"""Finds campaigns: quoted names of movements, and names that follow `phong trào thi đua` or `cuộc vận động`."""

import re

from bantin.events import Evidence
from bantin_extract.person_names import comparable
from bantin_extract.story import Passage, Story
from bantin_extract.tables import listed

_OPENERS = r"(?:phong trào(?: thi đua)?(?: yêu nước)?|cuộc vận động|phong trào hành động)"
_QUOTE = r"[“\"](?P<{0}>[^“”\"]{{3,200}})[”\"]"
_QUOTED = re.compile(rf"{_OPENERS}\s?:?\s{{0,2}}{_QUOTE.format('first')}", re.IGNORECASE)
_LINKS = r",|;|và|,? gắn với(?: việc)?(?: đẩy mạnh)?(?: học tập)?|(?:cuộc vận động|phong trào)(?: thi đua)?"
_LINK = re.compile(rf"(?:\s?(?:{_LINKS})\s?){{1,3}}{_QUOTE.format('next')}", re.IGNORECASE)
_VERBS = "|".join(listed("bylines", "campaign_verbs"))
_PLAIN = re.compile(
    rf"(?:phong trào thi đua|cuộc vận động)\s(?P<name>(?:{_VERBS})\s[^.;:“”\"()\n]{{4,120}})", re.IGNORECASE
)
_STOP = re.compile(rf"\s(?:{'|'.join(listed('bylines', 'campaign_ends'))})\b", re.IGNORECASE)
_MIN_WORDS = 2


def find_campaigns(story: Story) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """Return the campaigns in order of first mention, each once, however it is capitalised."""
    found: dict[str, tuple[str, Evidence]] = {}
    for passage in story.passages:
        for name, start in _named(passage):
            key = comparable(name)
            if key not in found:
                span = (start, start + len(name))
                found[key] = (name, passage.evidence("campaigns", name, span, "campaign"))
    return tuple(name for name, _ in found.values()), tuple(evidence for _, evidence in found.values())


def _named(passage: Passage) -> list[tuple[str, int]]:
    text = passage.text
    lower = text.lower()
    if "phong trào" not in lower and "cuộc vận động" not in lower:
        return []
    named: list[tuple[str, int]] = []
    for match in _QUOTED.finditer(text):
        named.append(_trimmed(match["first"], match.start("first")))
        at = match.end()
        while link := _LINK.match(text, at):
            named.append(_trimmed(link["next"], link.start("next")))
            at = link.end()
    for match in _PLAIN.finditer(text):
        name = _plain_name(match["name"])
        if len(name.split()) >= _MIN_WORDS:
            named.append((name, match.start("name")))
    return sorted(named, key=lambda pair: pair[1])


def _trimmed(name: str, start: int) -> tuple[str, int]:
    stripped = name.strip(" .,;:")
    return stripped, start + name.find(stripped)


def _plain_name(name: str) -> str:
    """Return the name without the words that go on after it; a comma stays inside where a short part follows it."""
    stop = _STOP.search(name)
    name = name[: stop.start()] if stop else name
    head, *parts = name.split(", ")
    for part in parts:
        if len(part.split()) > 5 or stop:
            break
        head += ", " + part
    return head.strip(" ,")
