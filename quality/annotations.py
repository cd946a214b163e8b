"""Annotations: what people read on a page, kept apart from the page's text. The guideline is in docs/extraction.md."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from bantin.events import Article
from bantin.vietnamese.syllables import exact_syllables

FOLDER = Path(__file__).parent / "annotations"
FIELDS = (
    "people", "people with roles", "roles", "organisations", "documents", "documents, issuer, date", "campaigns",
    "event dates", "province", "districts", "authors", "source",
)  # fmt: skip
_OR = " | "
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Values:
    """The comparable values of one field: what a page holds, each with its spellings, and what may be given or not."""

    gold: tuple[frozenset[str], ...] = ()
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was read on one page: lines of captions and by-lines (counted from 0 in the page's text), and values."""

    page: str
    captions: frozenset[int]
    bylines: frozenset[int]
    fields: Mapping[str, Any]


def read_annotations(folder: Path = FOLDER) -> dict[str, Annotation]:
    """Return the annotations by page."""
    pages = [page for path in sorted(folder.glob("*.json")) for page in json.loads(path.read_text("utf-8"))]
    return {
        page["page"]: Annotation(page["page"], frozenset(page["captions"]), frozenset(page["bylines"]), page)
        for page in pages
    }


def comparable(text: str) -> str:
    """Return a name as it is compared: without case, spaces, punctuation and differences of spelling."""
    return "".join(exact_syllables(text)).replace("đăk", "đắk")


def gold_values(fields: Mapping[str, Any]) -> dict[str, Values]:
    """Return the values of each field as annotated or judged; a field that is not there is not measured."""
    allowed: Mapping[str, Sequence[str]] = fields.get("allowed", {})
    values: dict[str, Values] = {}
    if "people" in fields:
        names = frozenset(map(comparable, allowed.get("names", ())))
        persons = [(comparable(one["name"]), [spellings(role) for role in one["roles"]]) for one in fields["people"]]
        values["people"] = Values(tuple(frozenset((name,)) for name, _ in persons), names)
        values["people with roles"] = Values(tuple(_whole(name, roles) for name, roles in persons), names)
        values["roles"] = Values(
            tuple(frozenset(f"{name}: {one}" for one in role) for name, roles in persons for role in roles)
        )
    if "documents" in fields:
        plain = tuple(_documents(one, complete=False) for one in fields["documents"])
        complete = tuple(_documents(one, complete=True) for one in fields["documents"])
        values["documents"] = Values(plain, frozenset(map(comparable, allowed.get("documents", ()))))
        values["documents, issuer, date"] = Values(complete, values["documents"].allowed)
    for field in ("organisations", "campaigns", "event_dates", "districts", "authors", "province", "source"):
        if field in fields:
            values[field.replace("_", " ")] = _plain(fields[field], allowed.get(field, ()))
    return values


def found_values(article: Article | None, fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the values of each field as extracted, comparable with the gold ones of the same page."""
    if article is None:
        return {field: [] for field in FIELDS}
    allowed = fields.get("allowed", {})
    waived = {comparable(role) for role in allowed.get("roles", ())}
    nobody = {comparable(name) for name in allowed.get("names", ())}
    names = [(comparable(one.name), [comparable(role) for role in one.roles]) for one in article.people]
    people = [(name, [role for role in roles if role not in waived]) for name, roles in names]
    known = {comparable(one) for one in allowed.get("documents", ())}
    documents = [one for one in article.documents if comparable(f"{one.kind} {one.number}") not in known]
    numbers = [_number(one.kind, one.number or "") for one in documents]
    return {
        "people": [name for name, _ in people],
        "people with roles": [_person(name, roles) for name, roles in people if name not in nobody],
        "roles": [f"{name}: {role}" for name, roles in people if name not in nobody for role in roles],
        "organisations": [comparable(one) for one in article.organisations],
        "documents": numbers,
        "documents, issuer, date": [
            f"{number}, {_issued(one.issuer, one.date)}" for number, one in zip(numbers, documents, strict=True)
        ],
        "campaigns": [comparable(one) for one in article.campaigns],
        "event dates": [comparable(str(day)) for day in article.event_dates],
        "province": [comparable(article.province)] if article.province else [],
        "districts": [comparable(one) for one in article.districts],
        "authors": [comparable(one) for one in article.authors],
        "source": [comparable(article.source)] if article.source else [],
    }


def spellings(text: str) -> frozenset[str]:
    """Return the accepted spellings of an annotated value, which are written with ` | ` between them."""
    return frozenset(comparable(one) for one in text.split(_OR))


def _plain(value: Any, allowed: Sequence[str]) -> Values:
    listed: Sequence[str] = [value] if isinstance(value, str) else value or ()
    needed = tuple(spellings(one) for one in listed if _NONE not in one.split(_OR))
    optional = [one for text in listed if _NONE in text.split(_OR) for one in spellings(text)]
    return Values(needed, frozenset(map(comparable, allowed)) | frozenset(optional))


def _whole(name: str, roles: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset(_person(name, chosen) for chosen in product(*roles))


def _person(name: str, roles: Sequence[str]) -> str:
    return f"{name}: {', '.join(sorted(roles))}"


def _documents(one: Mapping[str, Any], *, complete: bool) -> frozenset[str]:
    numbers = [_number(kind, number) for kind in one["kind"].split(_OR) for number in one["number"].split(_OR)]
    if not complete:
        return frozenset(numbers)
    issuers = (one["issuer"] or _NONE).split(_OR)
    issued = [_issued(None if issuer == _NONE else issuer, one["date"]) for issuer in issuers]
    return frozenset(f"{number}, {one}" for number in numbers for one in issued)


def _number(kind: str, number: str) -> str:
    return f"{comparable(kind)} {''.join(number.split()).lower()}"


def _issued(issuer: str | None, day: object) -> str:
    return f"{comparable(issuer or '') or 'nobody'}, {day or 'no day'}"
