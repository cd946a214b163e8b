"""What the words were found to name, as the search page shows it: each with the search for nothing but that."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bantin.search.fields import document_label
from bantin.search.query import Query, Results
from bantin.search.understanding.documents import reference_tokens
from bantin.search.understanding.people import person_token
from bantin.search.understanding.recognised import Recognised
from bantin.vietnamese.provinces import provinces
from bantin_api.portal.links import Links
from bantin_api.portal.texts import Texts
from bantin_api.portal.wording import span_of_time

_PLACES = frozenset(("places", "province", "district"))
_DAYS = frozenset(("published_from", "published_to"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A name, and the address of the search that it narrows; None where no article shown has it."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something that words of the query name: what kind of thing, and the choices that it offers."""

    kind: str
    choices: Sequence[Choice]


def meanings(query: Query, results: Results, links: Links, texts: Texts) -> list[Meaning]:
    """Return what the words name, without what is filtered by already."""
    held = dict(_names(results))
    chosen = {value for values in query.filters.values() for value in values}
    found: dict[str, Meaning] = {}
    for entity in results.understood:
        if entity.kind == "place":
            meaning = Meaning(texts.kinds["place"], _place(entity.label, links, texts))
        elif entity.kind == "day":
            meaning = Meaning(texts.period, [_day(entity.label, links, texts)])
        else:
            meaning = Meaning(texts.kinds[entity.kind], [_named(entity, held, links)])
        if chosen.isdisjoint((entity.label, meaning.choices[0].label)):
            found.setdefault(meaning.choices[0].label, meaning)
    return list(found.values())


def _names(results: Results) -> Iterator[tuple[str, str]]:
    """Give the tokens of what the hits name, each with its name as facets have it; the first hits come last."""
    for hit in reversed(results.hits):
        for person in hit.article.people:
            yield person_token(person.name), person.name
        for document in hit.article.documents:
            for token in reference_tokens(document):
                yield token, document_label(document)


def _named(entity: Recognised, held: dict[str, str], links: Links) -> Choice:
    name = next((held[token] for token in entity.tokens if token in held), None)
    return Choice(name or entity.label, links.narrowed((entity.kind, name)) if name else None)


def _place(name: str, links: Links, texts: Texts) -> list[Choice]:
    """Return the province as it was, and the one that its land is in today."""
    then = {province.name: province.today for province in provinces()}
    today = then.get(name, name)
    others = [old for old, new in then.items() if new == today and old != today]
    choices = [Choice(name, links.narrowed(("province", name), instead=_PLACES))]
    if others:
        label = texts.place_with.format(today, ", ".join(others)) if today == name else texts.place_today.format(today)
        choices.append(Choice(label, links.narrowed(("places", "today"), ("province", today), instead=_PLACES)))
    return choices


def _day(written: str, links: Links, texts: Texts) -> Choice:
    first, last = _ends(written)
    days = (("published_from", first.isoformat()), ("published_to", last.isoformat()))
    return Choice(span_of_time(written, texts), links.narrowed(*days, instead=_DAYS))


def _ends(written: str) -> tuple[date, date]:
    """Return the first and the last day of a day, month, quarter or year."""
    year, _, rest = written.partition("-")
    if rest.count("-"):
        return date.fromisoformat(written), date.fromisoformat(written)
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    first, last = (3 * int(rest[1:]) - 2, 3 * int(rest[1:])) if rest.startswith("Q") else (int(rest), int(rest))
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])
