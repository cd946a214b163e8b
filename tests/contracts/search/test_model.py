"""On random corpora, every engine agrees with a few lines of Python that count naively."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from bantin.search.port import SearchEngine, StoredArticle
from bantin.search.query import Query
from tests.contracts.search.corpus import all_pages, ask, fill, stored

BARE = {
    "dân": "dan",
    "dan": "dan",
    "đan": "dan",
    "vận": "van",
    "van": "van",
    "văn": "van",
    "khéo": "kheo",
    "tỉnh": "tinh",
}
SYLLABLES = list(BARE)
PROVINCES = ["Bắc Kạn", "Bạc Liêu", "Cà Mau", None]
SECTIONS = ["Thời sự", "Kinh tế", None]
FIRST = date(2024, 1, 1)


def made_up(chance: random.Random, number: int) -> StoredArticle:
    return stored(
        f"a{number:03}",
        " ".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))),
        " ".join(chance.choices(SYLLABLES, k=chance.randint(0, 6))),
        province=chance.choice(PROVINCES),
        section=chance.choice(SECTIONS),
        published_at=chance.choice([None, FIRST + timedelta(days=chance.randint(0, 40))]),
    )


def made_up_query(chance: random.Random) -> tuple[Query, list[str], list[list[str]], list[str]]:
    """Return a query with the words, phrases and exclusions it was made of."""
    words = chance.choices(SYLLABLES, k=chance.randint(0, 3))
    phrases = [chance.choices(SYLLABLES, k=chance.randint(1, 2)) for _ in range(chance.choice([0, 0, 1]))]
    excluded = chance.choices(SYLLABLES, k=chance.choice([0, 0, 1]))
    text = " ".join([*words, *(f'"{" ".join(phrase)}"' for phrase in phrases), *(f"-{word}" for word in excluded)])
    filters: dict[str, tuple[str, ...]] = {}
    for name, values in (("province", PROVINCES[:-1]), ("section", SECTIONS[:-1])):
        if chance.random() < 0.4:
            filters[name] = tuple(str(value) for value in chance.sample(values, k=chance.randint(1, 2)))
    first = FIRST + timedelta(days=chance.randint(0, 30)) if chance.random() < 0.3 else None
    last = FIRST + timedelta(days=chance.randint(10, 45)) if chance.random() < 0.3 else None
    asked: dict[str, Any] = {"sort": chance.choice(["newest", "oldest"]), "facet_size": chance.choice([1, 20])}
    query = Query(text=text, filters=filters, published_from=first, published_to=last, size=100, **asked)
    return query, words, phrases, excluded


def holds(texts: list[list[str]], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(text[place : place + size] == phrase for text in texts for place in range(len(text)))


def matches(
    entry: StoredArticle, made: tuple[Query, list[str], list[list[str]], list[str]], ignoring: str = ""
) -> bool:
    query, words, phrases, excluded = made
    article = entry.article
    others = [value.lower() for value in (article.province, article.section) if value]
    texts = [text.split() for text in (article.title, article.body, *others)]
    exact = {word for text in texts for word in text}
    bare = {BARE.get(word, word) for word in exact}
    facts = {"province": article.province, "section": article.section}
    day = article.published_at
    assert day is None or isinstance(day, date)
    return (
        all(BARE[word] in bare for word in words)
        and all(holds(texts, phrase) for phrase in phrases)
        and not any(word in (bare if BARE[word] == word else exact) for word in excluded)
        and all(facts[name] in values for name, values in query.filters.items() if name != ignoring)
        and (query.published_from is None or (day is not None and day >= query.published_from))
        and (query.published_to is None or (day is not None and day <= query.published_to))
    )


def ordered(entries: list[StoredArticle], sort: str | None) -> list[str]:
    def place(entry: StoredArticle) -> tuple[bool, int, str]:
        day = entry.article.published_at
        number = day.toordinal() if day else 0
        return (day is None, -number if sort == "newest" else number, entry.article.article_id)

    return [entry.article.article_id for entry in sorted(entries, key=place)]


@pytest.mark.parametrize("seed", range(3))
async def test_every_answer_is_what_counting_gives(engine: SearchEngine, seed: int):
    chance = random.Random(seed)
    corpus = [made_up(chance, number) for number in range(60)]
    await fill(engine, corpus)
    for _ in range(40):
        made = made_up_query(chance)
        query = made[0]
        expected = [entry for entry in corpus if matches(entry, made)]
        results = await engine.search(query)
        assert [hit.article.article_id for hit in results.hits] == ordered(expected, query.sort), query
        assert results.total == len(expected)
        assert await all_pages(engine, query.model_copy(update={"size": 7})) == ordered(expected, query.sort)
        dated = Counter(entry.article.published_at for entry in expected if entry.article.published_at)
        assert {bucket.date: bucket.count for bucket in results.histogram} == dated
        for name in ("province", "section"):
            free = Counter(getattr(entry.article, name) for entry in corpus if matches(entry, made, ignoring=name))
            free.pop(None, None)
            chosen = query.filters.get(name, ())
            in_order = sorted(free.items(), key=lambda item: (-item[1], item[0]))
            shown = in_order[: query.facet_size]
            shown += [(value, free.get(value, 0)) for value in chosen if value not in dict(shown)]
            shown.sort(key=lambda item: (-item[1], item[0]))
            facet = [(value.value, value.count, value.selected) for value in results.facets[name]]
            assert facet == [(value, count, value in chosen) for value, count in shown], query


async def test_relevance_finds_what_sorting_finds(engine: SearchEngine):
    chance = random.Random(7)
    await fill(engine, [made_up(chance, number) for number in range(60)])
    for _ in range(20):
        query = made_up_query(chance)[0]
        by_date = {hit.article.article_id for hit in (await engine.search(query)).hits}
        relevant = await ask(engine, query.text, **query.model_dump(exclude={"text", "sort"}))
        assert {hit.article.article_id for hit in relevant.hits} == by_date
