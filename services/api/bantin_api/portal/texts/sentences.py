"""Which sentences the portal has."""

from collections.abc import Mapping
from dataclasses import dataclass

from bantin.site.language import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The portal's sentences in one language; `{}` takes a number or a name."""

    language: Language
    skip: str
    words: str
    words_hint: str
    search: str
    suggestions: str
    did_you_mean: str
    understood: str
    only: str
    place_today: str
    place_with: str
    year: str
    quarter: str
    filters: str
    apply: str
    clear: str
    remove: str
    more: str
    period: str
    first_day: str
    last_day: str
    sort: str
    relevance: str
    newest: str
    oldest: str
    places: str
    places_published: str
    places_today: str
    found: str
    found_one: str
    found_none: str
    none_hint: str
    latest: str
    empty: str
    empty_hint: str
    histogram: str
    next_page: str
    first_page: str
    results: str
    duplicates: str
    unfolded: str
    undated: str
    back: str
    original_page: str
    as_data: str
    by: str
    views: str
    people: str
    organisations: str
    documents: str
    campaigns: str
    event_dates: str
    captions: str
    issued_by: str
    evidence: str
    evidence_hint: str
    value: str
    passage: str
    method: str
    not_in_text: str
    page_text: str
    not_found: str
    not_found_hint: str
    failed: str
    kinds: Mapping[str, str]
    fields: Mapping[str, str]
    problems: Mapping[str, str]
