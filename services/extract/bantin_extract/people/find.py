"""Finds the people an article names, with the offices it gives them.

One person once, in the fullest form of the name; where body and caption word an office differently, the body's
wording counts.
"""

from dataclasses import dataclass, field

from bantin.events import Evidence, Person
from bantin_extract.lines.labels import Label
from bantin_extract.people.mentions import Mention, read_mentions
from bantin_extract.people.names import comparable, is_part_of
from bantin_extract.people.offices import Role, is_wording_of, office, spelled_out
from bantin_extract.text.story import Passage, Story

_MOST_COMPARED = 500
"""People up to which names are compared with all others: a page that names more is a list, with full names."""


@dataclass(slots=True)
class _Found:
    """A person found so far: the evidence of the name and of each office, whose values they are."""

    name: Evidence
    roles: list[Evidence] = field(default_factory=list[Evidence])


def find_people(story: Story) -> tuple[tuple[Person, ...], tuple[Evidence, ...]]:
    """Return the people in order of appearance in title and body, then captions, with evidence for names and roles."""
    found: dict[str, _Found] = {}
    for passage in story.passages:
        for mention in read_mentions(passage.tokens):
            _add_roles(_join(found, mention, passage).roles, mention.roles, passage)
    people = tuple(
        Person(name=person.name.value, roles=tuple(role.value for role in person.roles)) for person in found.values()
    )
    return people, tuple(evidence for person in found.values() for evidence in (person.name, *person.roles))


def _join(found: dict[str, _Found], mention: Mention, passage: Passage) -> _Found:
    """Return the person a mention names: one known by the same name or a part of it, or a new one."""
    key = comparable(mention.name)
    known = key if key in found else _known_as(found, key, mention, passage.label)
    person = found.get(known)
    if person is None:
        person = found[key] = _Found(_named(passage, mention))
    elif len(key) > len(known) or (person.name.value.isupper() and not mention.name.isupper()):
        person.name = _named(passage, mention)
        _rename(found, known, key)
    return person


def _rename(found: dict[str, _Found], known: str, key: str) -> None:
    """Give a person a fuller key without changing the order of people."""
    if key != known:
        people = [(key if name == known else name, person) for name, person in found.items()]
        found.clear()
        found.update(people)


def _known_as(found: dict[str, _Found], key: str, mention: Mention, label: Label) -> str:
    """Return the key of the only known person whose name holds this one or is held by it; "" where there is none.

    A caption may name somebody with a slip in the last word ("Trần Văn nam").
    """
    if len(found) > _MOST_COMPARED:
        return ""
    if label is Label.CAPTION and (cut := next((known for known in found if known.startswith(f"{key} ")), "")):
        return cut
    if not mention.introduced and not mention.roles:
        return ""
    same = [known for known in found if is_part_of(key, known) or is_part_of(known, key)]
    return same[0] if len(same) == 1 else ""


def _named(passage: Passage, mention: Mention) -> Evidence:
    span = passage.tokens.slice(mention.first, mention.past)[1:]
    return passage.evidence("people", mention.name, span, "name")


def _add_roles(roles: list[Evidence], more: tuple[Role, ...], passage: Passage) -> None:
    """Add offices that are not known yet; a longer wording takes the place of a shorter one."""
    for role in more:
        if passage.label is Label.CAPTION and any(office(role.text) == office(known.value) for known in roles):
            continue
        span = passage.tokens.slice(role.first, role.past)[1:]
        evidence = passage.evidence("people.roles", role.text, span, "office")
        words = spelled_out(role.text)
        for at, known in enumerate(roles):
            known_words = spelled_out(known.value)
            if is_wording_of(words, known_words):
                break
            if is_wording_of(known_words, words):
                roles[at] = evidence
                break
        else:
            roles.append(evidence)
