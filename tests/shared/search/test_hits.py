"""A hit is an article with its words marked, of bounded size."""

from bantin.search.highlight import READ
from bantin.search.hits import LONGEST, make_hit
from bantin.search.words import parse_words
from tests.contracts.search.corpus import stored


def test_ordinary_articles_are_whole() -> None:
    article = stored("a", "Dân vận", "Công tác dân vận. " * 100).article
    hit = make_hit(article, parse_words("dân vận"), 1.5, 2)
    assert (hit.article, hit.score, hit.duplicates) == (article, 1.5, 2)
    assert hit.highlight.title == ("<mark>Dân vận</mark>",)


def test_of_texts_without_end_a_hit_holds_the_beginning() -> None:
    article = stored("a", "Dân vận", "Công tác dân vận. " * (LONGEST // 10)).article
    hit = make_hit(article, parse_words("công tác"), None)
    assert hit.article.body == article.body[:READ]
    assert not hit.article.original_text
    assert hit.article.title == article.title
    assert "<mark>Công tác</mark>" in hit.highlight.body[0]
