"""Proves that documents whose numbers restart are told apart, and that incomplete citations make no others."""

from datetime import date
from typing import Any

from bantin.events import Article, Document, Person
from bantin_api.timelines.citations import counted_roles, distinct_documents
from tests.api.corpus import make_article

LABELS = ("Nghị quyết 04-NQ/TU", "Nghị quyết 04/NQ-TU")


def citing(*documents: dict[str, Any]) -> list[Article]:
    defaults = {"kind": "Nghị quyết", "number": "04-NQ/TU"}
    return [
        make_article(f"a{place}", "Tin", "Tin.", documents=(Document(**{**defaults, **values}),))
        for place, values in enumerate(documents)
    ]


FIRST = {"issuer": "Ban Thường vụ Tỉnh ủy", "date": date(2021, 11, 19)}
SECOND = {"issuer": "Tỉnh ủy", "date": date(2016, 3, 4)}


def test_a_restarted_number_is_another_document() -> None:
    found = distinct_documents(citing(FIRST, FIRST, SECOND), LABELS)
    assert [(cited.issuer, cited.date, cited.articles) for cited in found] == [
        (FIRST["issuer"], FIRST["date"], 2),
        (SECOND["issuer"], SECOND["date"], 1),
    ]


def test_an_incomplete_citation_counts_for_the_only_document_that_it_may_be() -> None:
    (cited,) = distinct_documents(
        citing({}, {"issuer": FIRST["issuer"]}, {**FIRST, "title": "Về dân vận"}, {"number": "04/NQ-TU"}), LABELS
    )
    assert (cited.number, cited.issuer, cited.date, cited.title, cited.articles) == (
        "04-NQ/TU",
        *FIRST.values(),
        "Về dân vận",
        4,
    )


def test_it_stays_by_itself_where_it_may_be_several() -> None:
    found = distinct_documents(citing({}, FIRST, SECOND, {"date": SECOND["date"]}), LABELS)
    assert {(cited.issuer, cited.date): cited.articles for cited in found} == {
        (None, None): 1,
        (FIRST["issuer"], FIRST["date"]): 1,
        (SECOND["issuer"], SECOND["date"]): 2,
    }


def test_other_documents_of_the_articles_do_not_count() -> None:
    assert distinct_documents(citing({"number": "5-NQ/TU"}), LABELS) == ()


def test_roles_are_counted_by_article() -> None:
    people = (Person(name="Lê Na", roles=("Bí thư", "Chủ tịch")), Person(name="Hà Vi", roles=("Phó Bí thư",)))
    articles = [
        make_article("a", "Tin", "Tin.", people=people),
        make_article("b", "Tin", "Tin.", people=(Person(name="Lê Na", roles=("Chủ tịch",)),)),
    ]
    assert [(role.role, role.articles) for role in counted_roles(articles, ("Lê Na",))] == [
        ("Chủ tịch", 2),
        ("Bí thư", 1),
    ]
