"""Pages' scores and their sums, and the tables that are written from them."""

from quality.gold import GoldPage
from quality.measures import Tally
from quality.measuring import Figures, Row, as_numbers
from quality.readers import Reading
from quality.scoring import score, summarise
from quality.tables import sheets

PRINTED = "2020-02-03T08:15:00+07:00"


def page(published: str | None = PRINTED, **changes: object) -> GoldPage:
    plain = {"source": "s", "forms": {}, "title": "Lúa vào  vụ", "body": "một hai", "published": published}
    return GoldPage(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_page_read_right() -> None:
    one = score(page(), Reading("Lúa vào vụ", "một hai", PRINTED))
    assert (one.body, one.title, one.date, one.undated) == (1.0, True, Tally(1, 1, 1), Tally())


def test_a_rejected_page_is_all_wrong() -> None:
    one = score(page(), Reading(rejected=True))
    assert (one.body, one.title, one.date) == (0.0, False, Tally(0, 0, 1))


def test_a_date_must_be_as_exact_as_printed_unless_days_are_compared() -> None:
    day = Reading("", "", PRINTED[:10])
    assert score(page(), day).date == Tally(0, 1, 1)
    assert score(page(), day, by_day=True).date == Tally(1, 1, 1)


def test_a_date_where_none_is_printed_is_made_up() -> None:
    made_up, left_out = score(page(None), Reading(published=PRINTED)), score(page(None), Reading())
    assert (made_up.date, made_up.undated) == (Tally(0, 1, 0), Tally(0, 1, 1))
    assert (left_out.date, left_out.undated) == (Tally(0, 0, 0), Tally(1, 1, 1))


def test_captions_are_scored_where_the_lines_are_annotated() -> None:
    gold = page(article=(("body", "một hai"), ("caption", "Cắt băng")), fields={"page": "a"})
    assert score(gold, Reading("", "một hai")).fields["captions"].missed == ("cắtbăng",)


def figures() -> Figures:
    scores = [score(page(), Reading("Lúa vào vụ", "một hai", PRINTED)), score(page(), Reading(rejected=True))]
    row = Row("somewhere", "bantin", "text", summarise(scores), rejected=0.5)
    return Figures(portals=(row,), ablated=(), held_out=(), invented=(row,), seeds=(), errors=())


def test_means_and_sums() -> None:
    summary = figures().portals[0].summary
    assert (summary.pages, summary.body, summary.title, summary.dates) == (2, 0.5, 0.5, Tally(1, 1, 2))


def test_numbers_are_rounded_and_nothing_measured_is_null() -> None:
    (row,) = as_numbers(figures())["portals"]
    assert row["date_recall"] == row["listings_rejected"] == 0.5
    assert row["leakage"] is None


def test_columns_that_nothing_fills_are_left_out() -> None:
    assert "leakage" not in sheets(figures())[0].columns
