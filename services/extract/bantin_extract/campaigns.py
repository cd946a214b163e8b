"""Finds campaigns: quoted names of movements, and names that follow `phong trào (thi đua)` or `cuộc vận động`."""

import re
from collections.abc import Iterator

from bantin.events import Evidence
from bantin_extract.people.names import comparable
from bantin_extract.text.letters import UPPER
from bantin_extract.text.story import Passage, Story
from bantin_extract.text.tables import listed

_MOVEMENTS = ("phong trào", "cuộc vận động")
_NOT_THE_NAME = "chủ|khẩu|phương|tinh|danh|mô|chương|tiêu|nội|lời|câu|với|về|có|đạt|cho|từ|do|và|là|được"
_QUALIFIED = rf"(?:phong trào|cuộc vận động)(?:\s(?!(?:{_NOT_THE_NAME})\s)[^\W\d_]{{1,8}}){{0,4}}"
_QUOTE = r"[“\"](?P<{0}>[^“”\"]{{3,200}})[”\"]"
_QUOTED = re.compile(rf"{_QUALIFIED}\s?:?\s{{0,2}}{_QUOTE.format('first')}", re.IGNORECASE)
_SAID_INSIDE = re.compile(
    r"[“\"](?:phong trào|cuộc vận động)(?: thi đua)?\s(?P<first>[^“”\"]{3,200})[”\"]", re.IGNORECASE
)
_NATIONAL = re.compile(
    r"(?:mô hình|điển hình|gương|phát động|hưởng ứng|thực hiện|thi đua)\s?:?\s{0,2}[“\"]"
    rf"(?P<first>{'|'.join(map(re.escape, listed('bylines', 'national_campaigns')))})[”\"]",
    re.IGNORECASE,
)
_LINKS = r",|;|và|,? gắn với(?: việc)?(?: đẩy mạnh)?(?: học tập)?|(?:cuộc vận động|phong trào)(?: thi đua)?"
_LINK = re.compile(rf"(?:\s?(?:{_LINKS})\s?){{1,3}}{_QUOTE.format('next')}", re.IGNORECASE)
_VERBS = "|".join(listed("bylines", "campaign_verbs"))
_NAME = r"[^.;:“”\"()\n]{4,160}"
_PLAIN = re.compile(
    rf"(?i:phong trào thi đua|cuộc vận động)\s(?P<name>(?:(?i:{_VERBS})\s|(?=[{UPPER}])){_NAME})"
    rf"|(?i:phong trào)\s(?P<titled>(?=[{UPPER}]){_NAME})"
)
_ENDS = "|".join(listed("bylines", "campaign_ends"))
_STOP = re.compile(rf"(?<!\d)(?<!làm)\s(?P<end>{_ENDS})\b", re.IGNORECASE)
_PREDICATES = frozenset(listed("bylines", "campaign_predicates"))
_MIN_WORDS, _MIN_TITLED = 2, 4
_MAX_PART = 6
"""Words of a part behind a comma that still belongs to a name."""


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
    named: list[tuple[str, int]] = []
    if any(movement in lower for movement in _MOVEMENTS):
        named.extend(_quoted(text, _SAID_INSIDE))
        named.extend(_quoted(text, _QUOTED))
        named.extend(_plain(text))
    if "“" in text or '"' in text:
        named.extend(_quoted(text, _NATIONAL))
    return sorted(named, key=lambda pair: pair[1])


def _quoted(text: str, opening: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Yield the quoted names that an opening introduces, and those joined to them."""
    for match in opening.finditer(text):
        yield _trimmed(match["first"], match.start("first"))
        at = match.end()
        while link := _LINK.match(text, at):
            yield _trimmed(link["next"], link.start("next"))
            at = link.end()


def _plain(text: str) -> Iterator[tuple[str, int]]:
    for match in _PLAIN.finditer(text):
        group = "name" if match["name"] else "titled"
        name = _plain_name(match[group])
        if len(name.split()) >= (_MIN_WORDS if group == "name" else _MIN_TITLED):
            yield name, match.start(group)


def _trimmed(name: str, start: int) -> tuple[str, int]:
    stripped = name.strip(" .,;:")
    return stripped, start + name.find(stripped)


def _plain_name(name: str) -> str:
    """Return the name without the words that go on after it; a short part behind a comma belongs to it."""
    stop = _STOP.search(name)
    head, *parts = (name[: stop.start()] if stop else name).split(", ")
    if parts and stop and stop["end"].lower() in _PREDICATES:
        parts.pop()
    for part in parts:
        if len(part.split()) > _MAX_PART or part[:1].isupper():
            break
        head += ", " + part
    return head.strip(" ,")
