"""What the search page shows: hits, filters to choose from, the ones chosen, and where to go next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from bantin.search.fields import DEFAULT_FACETS, FILTERS
from bantin.search.moments import DAYS_BY_MONTH
from bantin.search.query import FacetValue, HistogramBucket, Hit, Query, Results
from bantin.site.wording import day, number
from bantin_api.portal.links import Links
from bantin_api.portal.meanings import Meaning, meanings
from bantin_api.portal.texts import Texts
from bantin_api.portal.wording import published, span_of_time

SHOWN_VALUES = 6
HISTOGRAM_HEIGHT = 40
BAR_STEP = 10
FORM_FIELDS = frozenset(("q", "sort", "places", "published_from", "published_to", "cursor", "facet", *FILTERS))
"""Parameters that the form has controls for, or that a changed search starts without."""


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: its title and fragments with the words marked, and what is known of it in a line."""

    href: str
    language: str
    title: Markup
    fragments: Sequence[Markup]
    published: str
    published_at: str
    facts: Sequence[str]
    duplicates: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """One field to filter by: the first values, and those behind "more"."""

    name: str
    label: str
    shown: Sequence[FacetValue]
    folded: Sequence[FacetValue]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is in force, and the address of the search without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram, in the drawing's units, with what it stands for."""

    x: float
    y: float
    height: float
    about: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything that the search template shows of an answer."""

    heading: str
    is_empty: bool
    hits: Sequence[HitView]
    facets: Sequence[FacetView]
    bars: Sequence[Bar]
    bars_width: float
    span: str
    first_day: str
    last_day: str
    next_href: str | None
    first_href: str | None
    better_words: str | None
    meanings: Sequence[Meaning]


def facets_for(query: Query) -> tuple[str, ...]:
    """Return which facets the page needs: the sensible set, and whatever is filtered by."""
    wanted = dict.fromkeys((*DEFAULT_FACETS, *query.filters))
    return tuple(name for name in wanted if not (name == "district" and query.places == "today"))


def search_page(query: Query, results: Results, better: str | None, links: Links, texts: Texts) -> SearchPage:
    """Return what to show of the results; `better` are words that would find more, if any."""
    asked = bool(query.text.strip() or query.filters or query.published_from or query.published_to)
    bars = _bars(results.histogram, texts)
    first_day, last_day = _ends(results.histogram, texts)
    return SearchPage(
        heading=_found(results.total, texts) if asked else texts.latest,
        is_empty=not asked and not results.total,
        hits=[_hit(hit, query, links, texts) for hit in results.hits],
        facets=[_facet(name, query, results, texts) for name in query.facets],
        bars=bars,
        bars_width=bars[-1].x + BAR_STEP if bars else 0,
        span=texts.histogram.format(first_day, last_day),
        first_day=first_day,
        last_day=last_day,
        next_href=links.page(results.next_cursor) if results.next_cursor else None,
        first_href=links.page(None) if query.cursor else None,
        better_words=better,
        meanings=meanings(query, results, links, texts),
    )


def chosen_filters(query: Query, links: Links, texts: Texts) -> list[Chosen]:
    """Return the filters in force, each with the way out of it."""
    days = (("published_from", texts.first_day), ("published_to", texts.last_day))
    given = {"published_from": query.published_from, "published_to": query.published_to}
    return (
        [
            Chosen(texts.fields[name], value, links.without((name, value)))
            for name, values in query.filters.items()
            for value in values
        ]
        + [
            Chosen(label, day(when, texts.language), links.without((name, when.isoformat())))
            for name, label in days
            if (when := given[name])
        ]
        + _unfolded(query, links, texts)
    )


def _unfolded(query: Query, links: Links, texts: Texts) -> list[Chosen]:
    """Return the choice to see near-duplicates one by one, where it was made."""
    return [] if query.collapse else [Chosen("", texts.unfolded, links.without(("collapse", "false")))]


def _found(total: int, texts: Texts) -> str:
    if total < 2:
        return texts.found_one if total else texts.found_none
    return texts.found.format(number(total, texts.language))


def _hit(hit: Hit, query: Query, links: Links, texts: Texts) -> HitView:
    article = hit.article
    province = article.province_today if query.places == "today" else article.province
    # Highlights are HTML already: escaped text with <mark> and nothing else (bantin.search.query).
    marked = [Markup(fragment) for fragment in hit.highlight.body[:2]]  # noqa: S704
    return HitView(
        href=links.article(article.article_id),
        language=article.language,
        title=Markup(hit.highlight.title[0]) if hit.highlight.title else Markup.escape(article.title),  # noqa: S704
        fragments=marked or [Markup.escape(hit.snippet)],
        published=published(article.published_at, texts),
        published_at=article.published_at.isoformat() if article.published_at else "",
        facts=[fact for fact in (province, article.section, article.source, ", ".join(article.authors)) if fact],
        duplicates=hit.duplicates,
    )


def _facet(name: str, query: Query, results: Results, texts: Texts) -> FacetView:
    values = list(results.facets.get(name, ()))
    present = {value.value for value in values}
    absent = [value for value in query.filters.get(name, ()) if value not in present]
    values += [FacetValue(value=value, count=0, selected=True) for value in absent]
    shown = [value for place, value in enumerate(values) if value.selected or place < SHOWN_VALUES]
    folded = [value for place, value in enumerate(values) if not value.selected and place >= SHOWN_VALUES]
    return FacetView(name, texts.fields[name], shown, folded)


def _bars(histogram: Sequence[HistogramBucket], texts: Texts) -> list[Bar]:
    """Return the bars, each at its place in time: spans without an article have no bucket, yet take up room."""
    most = max((bucket.count for bucket in histogram), default=0)
    days = [bucket.date.toordinal() for bucket in histogram]
    step = min((later - earlier for earlier, later in pairwise(days)), default=1)
    bars: list[Bar] = []
    for when, bucket in zip(days, histogram, strict=True):
        height = round(HISTOGRAM_HEIGHT * bucket.count / most, 2) if most else 0
        about = f"{_span(bucket, histogram, texts)}: {number(bucket.count, texts.language)}"
        x = round(BAR_STEP * (when - days[0]) / step, 2)
        bars.append(Bar(x, round(HISTOGRAM_HEIGHT - height, 2), height, about))
    return bars


def _span(bucket: HistogramBucket, histogram: Sequence[HistogramBucket], texts: Texts) -> str:
    """Return a bucket's day, month or year in words: whichever all buckets begin with one of."""
    written, long = bucket.date.isoformat(), (histogram[-1].date - histogram[0].date).days > DAYS_BY_MONTH
    if any(one.date.day != 1 for one in histogram):
        return span_of_time(written, texts)
    by_year = long and all(one.date.month == 1 for one in histogram)
    return span_of_time(written[:4] if by_year else written[:7], texts)


def _ends(histogram: Sequence[HistogramBucket], texts: Texts) -> tuple[str, str]:
    if not histogram:
        return "", ""
    return _span(histogram[0], histogram, texts), _span(histogram[-1], histogram, texts)
