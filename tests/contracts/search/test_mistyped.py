"""Single words typed as keys are read as meant where no article holds them: the same on every engine."""

import pytest

from bantin.search.port import SearchEngine
from tests.contracts.search.corpus import ask, fill, found, stored


@pytest.fixture
async def filled(engine: SearchEngine) -> SearchEngine:
    await fill(
        engine,
        [
            stored("economy", "Kinh tế", "Kinh tế của tỉnh phát triển tốt."),
            stored("water", "Nước sạch", "Nước sạch cho người dân phường An."),
            stored("street", "Đường hoa", "Ủy ban họp về đường hoa và việc trồng rừng."),
            stored("tea", "Trà", "Té ngã khi hái trà."),
            stored("english", "Test box", "The class has fees, see the bus and gas of the US."),
        ],
    )
    return engine


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("kinh tees", {"economy"}),
        ("toots", {"economy"}),
        ("nuowcs", {"water"}),
        ("nuowcs sach", {"water"}),
        ("nguowif dan", {"water"}),
        ("phuowngf an", {"water"}),
        ("duowngf hoa", {"street"}),
        ("u3y ban", {"street"}),
        ("U3y ban", {"street"}),
        ("đường hoa, rungf", {"street"}),
        ("noong", set[str]()),
        ("test", {"english"}),
        ("class", {"english"}),
        ("fees", {"english"}),
        ("bus gas", {"english"}),
        ("us", {"english"}),
    ],
)
async def test_a_word_of_keys_is_read_unless_articles_hold_it(filled: SearchEngine, text: str, ids: set[str]):
    assert await found(filled, text) == ids


async def test_keys_are_read_with_their_accents(filled: SearchEngine):
    assert [hit.article.article_id for hit in (await ask(filled, "tes")).hits] == ["tea", "economy"]
