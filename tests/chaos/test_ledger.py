"""The ledger knows which capture of an article must stand in the end."""

from datetime import UTC, datetime

from chaos.drops import Drop
from chaos.ledger import Ledger


def capture(mark: str, day: int) -> Drop:
    return Drop(
        f"{mark}.txt", mark.encode(), "article", mark, "http://portal.example/1", datetime(2026, 1, day, tzinfo=UTC)
    )


def accepted(*drops: Drop) -> Ledger:
    ledger = Ledger()
    for number, drop in enumerate(drops):
        receipt = {"receipt_id": f"r{number}", "article_id": "a" if drop.source_url else f"a{number}"}
        ledger.accept({"batch_id": f"b{number}", "files": [receipt]}, [drop])
    return ledger


def test_the_newest_capture_wins_in_whatever_order_they_were_accepted() -> None:
    assert accepted(capture("old", 1), capture("new", 9), capture("middle", 5)).winners() == {"a": "new"}


def test_rubbish_is_no_article() -> None:
    assert accepted(Drop("rubbish.txt", b" ", "rubbish")).winners() == {}
