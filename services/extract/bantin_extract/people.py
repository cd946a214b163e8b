"""Finds the people an article names, with the offices it gives them.

`Đồng chí X, A, B` · `A X` · `X – A` · `các đồng chí A: X – B; Y – C`, where A, B and C are offices. One person
once; where body and caption word an office differently, the body's wording counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bantin.events import Evidence, Person
from bantin_extract.labels import Label
from bantin_extract.organisation_phrases import phrase_end
from bantin_extract.person_names import SURNAMES, comparable, name_length
from bantin_extract.phrases import PhraseTable
from bantin_extract.story import Passage, Story
from bantin_extract.tables import listed, toml
from bantin_extract.tokens import Tokens

_HONORIFICS = PhraseTable(listed("roles", "honorifics"))
_ROLES = PhraseTable(listed("roles", "heads"))
_SHORT_ROLES = frozenset(listed("roles", "short_heads"))
_BEFORE = frozenset(("nguyên", "quyền"))
_FIRST_WORDS = _HONORIFICS.first_words | _ROLES.first_words | _BEFORE
_BEGINNINGS = _FIRST_WORDS | SURNAMES
"""Words at which an introduction, an office or a person's name may begin."""
_ABBREVIATIONS: dict[str, str] = toml("roles")["abbreviations"]
_UNSURE_AFTER_NAME = frozenset(listed("roles", "unsure_after_name"))
_AFTER_NAME = frozenset((",", "-", "–", ":", "(", "—"))
_BETWEEN_ROLES = frozenset((",", "-", "–", "—"))
_NAMED_AFTER = frozenset(
    ("xã", "phường", "trấn", "đường", "phố", "trường", "thôn", "ấp", "thpt", "thcs", "giải", "cầu")
)
_BEFORE_NAME = frozenset(("", ":", ",", "-", "–", "—"))


@dataclass(frozen=True, slots=True)
class Role:
    """An office as printed, with its words in the text."""

    text: str
    first: int
    past: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named."""

    name: str
    first: int
    past: int
    roles: tuple[Role, ...]


@dataclass(slots=True)
class _Reading:
    """What a reader of one passage keeps in mind."""

    mentions: list[Mention] = field(default_factory=list[Mention])
    pending: list[Role] = field(default_factory=list[Role])
    shared: tuple[Role, ...] = ()
    plural: bool = False
    introduced_at: int = -1
    listed_to: int = -1
    """Past the last name that stood without an office: more names may follow it in a list."""


def find_people(story: Story) -> tuple[tuple[Person, ...], tuple[Evidence, ...]]:
    """Return the people in order of appearance in title and body, then captions, with evidence for names and roles."""
    found: dict[str, tuple[str, list[str]]] = {}
    evidence: list[Evidence] = []
    for passage in story.passages:
        for mention in read_mentions(passage.tokens):
            key = _same_person(comparable(mention.name), found, passage.label)
            known = key in found
            name, roles = found.setdefault(key, (mention.name, []))
            if not known:
                span = passage.tokens.slice(mention.first, mention.past)[1:]
                evidence.append(passage.evidence("people", name, span, "name"))
            evidence.extend(_add_roles(roles, mention.roles, passage))
    return tuple(Person(name=name, roles=tuple(roles)) for name, roles in found.values()), tuple(evidence)


def _same_person(key: str, found: Iterable[str], label: Label) -> str:
    """Return the known person whom a caption names with a slip in the last word ("Trần Văn nam"), else the name."""
    if label is Label.CAPTION:
        return next((known for known in found if known.startswith(f"{key} ")), key)
    return key


def _add_roles(roles: list[str], more: Iterable[Role], passage: Passage) -> Iterator[Evidence]:
    for role in more:
        if passage.label is Label.CAPTION and any(_office(role.text) == _office(known) for known in roles):
            continue
        if _is_known(roles, role.text):
            continue
        roles.append(role.text)
        yield passage.evidence("people.roles", role.text, passage.tokens.slice(role.first, role.past)[1:], "office")


def _office(role: str) -> str:
    """Return the office without whose it is ("Trưởng Ban", "Chủ tịch")."""
    lower = Tokens(role).lower
    return " ".join(lower[: _ROLES.match_length(lower) or 2])


def _is_known(roles: list[str], role: str) -> bool:
    """Return whether the role is one of these, or a shorter wording of one; a longer wording takes its place."""
    words = _spelled_out(role)
    for at, known in enumerate(roles):
        known_words = _spelled_out(known)
        if known_words[: len(words)] == words:
            return True
        if words[: len(known_words)] == known_words:
            roles[at] = role
            return True
    return False


def _spelled_out(role: str) -> tuple[str, ...]:
    return tuple(word for short in Tokens(role).lower for word in _ABBREVIATIONS.get(short, short).split())


def read_mentions(tokens: Tokens) -> list[Mention]:
    """Return the people named in one paragraph with the roles given there."""
    reading = _Reading()
    past = 0
    for at, word in enumerate(tokens.lower):
        if at < past or not (tokens.capital[at] or word in _FIRST_WORDS):
            continue
        if reading.pending or reading.shared or reading.plural:
            _forget(reading, tokens, past, at)
        if word in _BEGINNINGS or reading.introduced_at == at:
            past = _take(reading, tokens, at)
        else:
            reading.pending.clear()
            past = at + 1
    return reading.mentions


def _forget(reading: _Reading, tokens: Tokens, past: int, at: int) -> None:
    """Drop what does not reach beyond a sentence, and offices that no name or further office follows."""
    if past and (reading.shared or reading.plural):
        between = tokens.text[tokens.spans[past - 1][1] : tokens.spans[at][0]]
        if "." in between or "\n" in between:
            reading.shared, reading.plural = (), False
    if reading.pending and (reading.pending[-1].past != at or tokens.gap(at).strip(" ") not in _BEFORE_NAME):
        reading.pending.clear()


def _take(reading: _Reading, tokens: Tokens, at: int) -> int:
    """Read what stands at word `at`; return the index of the next word to read."""
    if length := _honorific(tokens, at):
        reading.plural = reading.plural or tokens.lower[at] == "các" or (at > 0 and tokens.lower[at - 1] == "các")
        reading.introduced_at = at + length
        return at + length
    if role := read_role(tokens, at):
        if ":" in tokens.gap(at):
            reading.pending.clear()
        reading.pending.append(role)
        if reading.introduced_at == at and (reading.plural or ":" in tokens.gap(role.past)):
            reading.introduced_at = role.past
        if ":" in tokens.gap(role.past) and reading.plural:
            reading.shared = tuple(reading.pending)
            reading.pending.clear()
        return role.past
    introduced = reading.introduced_at == at
    length = name_length(tokens, at, introduced=introduced)
    if length and not _names_a_place(tokens, at):
        return _take_name(reading, tokens, at, length)
    reading.pending.clear()
    return at + 1


def _names_a_place(tokens: Tokens, at: int) -> bool:
    """Return whether the words before make a street, a school or a commune of the name ("xã …", "đường …")."""
    return at > 0 and tokens.gap(at) == " " and tokens.lower[at - 1] in _NAMED_AFTER


def _honorific(tokens: Tokens, at: int) -> int:
    length = _HONORIFICS.match_length(tokens.lower, at)
    if length and at + length < len(tokens) and "." not in tokens.gap(at + length).replace("Đ.c", ""):
        return length
    return 0


def _take_name(reading: _Reading, tokens: Tokens, at: int, length: int) -> int:
    past = at + length
    before = (
        tuple(reading.pending)
        if reading.pending and reading.pending[-1].past == at and not tokens.gap(at).strip(" :")
        else ()
    )
    after, end = _roles_after(tokens, past)
    goes_on = reading.listed_to in (at, at - 1) and length >= 3 and _is_list_item(tokens, at)
    introduced = reading.introduced_at == at or goes_on or (reading.plural and _is_list_item(tokens, at))
    reading.pending.clear()
    if not (before or after or introduced or _is_shared(reading, tokens, at)) or _is_quoted(tokens, at):
        return past
    name = tokens.slice(at, past)[0]
    reading.mentions.append(
        Mention(name, at, past, (*(reading.shared if _is_list_item(tokens, at) else ()), *before, *after))
    )
    reading.listed_to = -1 if before or after else end
    return end


def _is_list_item(tokens: Tokens, at: int) -> bool:
    """Return whether a name stands where the next item of a list of people does."""
    return tokens.gap(at).strip(" ") in (",", ";", ":") or (at > 0 and tokens.lower[at - 1] == "và")


def _is_shared(reading: _Reading, tokens: Tokens, at: int) -> bool:
    return bool(reading.shared) and _is_list_item(tokens, at)


def _roles_after(tokens: Tokens, at: int) -> tuple[tuple[Role, ...], int]:
    """Return the roles that follow a name, and where they end. A role right before another name is that person's."""
    roles: list[Role] = []
    seps = _AFTER_NAME
    if role := _role_directly_after(tokens, at):
        roles.append(role)
        at = role.past
        seps = _BETWEEN_ROLES
    while at < len(tokens) and tokens.gap(at).strip(" ") in seps:
        role = read_role(tokens, at)
        if role is None or _belongs_to_next(tokens, role):
            break
        roles.append(role)
        at = role.past
        seps = _BETWEEN_ROLES
    return tuple(roles), at


def _role_directly_after(tokens: Tokens, at: int) -> Role | None:
    """Return an office written small right after a name ("đồng chí X nguyên chánh án …")."""
    if at >= len(tokens) or tokens.gap(at) != " " or tokens.capital[at]:
        return None
    role = read_role(tokens, at)
    if role is None or role.past - at < 2 or _belongs_to_next(tokens, role):
        return None
    return None if tokens.lower[at] in _UNSURE_AFTER_NAME or role.text.lower() in _UNSURE_AFTER_NAME else role


def _belongs_to_next(tokens: Tokens, role: Role) -> bool:
    return role.past < len(tokens) and tokens.gap(role.past) == " " and name_length(tokens, role.past) > 0


def read_role(tokens: Tokens, at: int) -> Role | None:
    """Return the office that begins at word `at`, with the organisation it is held in; None where none begins."""
    head_at = at + (tokens.lower[at] in _BEFORE)
    if head_at >= len(tokens):
        return None
    length = _ROLES.match_length(tokens.lower, head_at)
    if not length or (tokens.lower[head_at] in _SHORT_ROLES and not tokens.words[head_at].isupper()):
        return None
    if length == 1 and tokens.lower[head_at] == "tp":
        return None
    past = head_at + length
    if past < len(tokens) and tokens.gap(past).strip(" ") in ("", "."):
        past = (
            phrase_end(tokens, past) if tokens.gap(past).strip(" ") == "" or len(tokens.words[past - 1]) <= 3 else past
        )
    while past > head_at + length and tokens.lower[past - 1] in ("đồng", "chí"):
        past -= 1
    return Role(tokens.slice(at, past)[0], at, past)


def _is_quoted(tokens: Tokens, at: int) -> bool:
    """Return whether word `at` stands inside quotation marks: a name in a movement's name is nobody's."""
    before = tokens.text[max(0, tokens.spans[at][0] - 200) : tokens.spans[at][0]]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
