"""Finds when an article was published, and says where that was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bantin.events import Evidence, PublishedFrom
from bantin_extract.dates.days import PrintedDate, find_dates, is_future
from bantin_extract.lines.labels import Label, LabelledPage, Paragraph
from bantin_extract.lines.line_kinds import Kind
from bantin_extract.text.letters import words

_NEAR = 3
_TOOLS = 12
"""Lines of tools (print, send, size of letters) between a title and its date, at most."""
_OTHER_ARTICLES = (Kind.END, Kind.LISTED, Kind.FOOTER, Kind.SHORT, Kind.PROSE)
_MAX_BYLINE = 140


@dataclass(frozen=True, slots=True)
class Published:
    """When, how it was found, and the evidence; all empty where the page prints no date."""

    at: datetime | date | None = None
    found: PublishedFrom | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def day(self) -> date | None:
        """The date without its time."""
        return self.at.date() if isinstance(self.at, datetime) else self.at


def find_published(labelled: LabelledPage, captured_at: datetime) -> Published:
    """Return the date of publication: printed beside the title, in the by-line, in the metadata, or submitted.

    Dates after `captured_at`, today's date in a banner and dates of other articles never count.
    """
    hints = labelled.page.hints
    if labelled.page.pushed and (submitted := _unprinted(hints.submitted_at, "submitted", captured_at)):
        return submitted
    return (
        _printed(_header(labelled), "header", captured_at)
        or _printed(_byline(labelled), "byline", captured_at)
        or _unprinted(hints.published_at, "meta", captured_at)
        or _printed(_lone_weekday(labelled), "page", captured_at)
        or _unprinted(hints.submitted_at, "submitted", captured_at)
        or Published()
    )


def _unprinted(value: datetime | date | None, found: PublishedFrom, captured_at: datetime) -> Published | None:
    if value is None or is_future(value, captured_at):
        return None
    evidence = Evidence(field="published_at", value=value.isoformat(), method=found)
    return Published(value, found, (evidence,))


def _printed(
    candidates: Iterator[tuple[Paragraph, PrintedDate]], found: PublishedFrom, captured_at: datetime
) -> Published | None:
    for paragraph, printed in candidates:
        if is_future(printed.value, captured_at):
            continue
        start = paragraph.start + printed.start
        evidence = Evidence(
            field="published_at",
            value=printed.value.isoformat(),
            start=start,
            end=paragraph.start + printed.end,
            method=found,
        )
        return Published(printed.value, found, (evidence,))
    return None


def _header(labelled: LabelledPage) -> Iterator[tuple[Paragraph, PrintedDate]]:
    for paragraph in beside_title(labelled):
        dates = paragraph.lines[0].dates
        for printed in sorted(dates, key=lambda item: not item.timed):
            if not _is_lone_weekday(paragraph, printed):
                yield paragraph, printed


def _lone_weekday(labelled: LabelledPage) -> Iterator[tuple[Paragraph, PrintedDate]]:
    for paragraph in beside_title(labelled):
        for printed in paragraph.lines[0].dates:
            if _is_lone_weekday(paragraph, printed):
                yield paragraph, printed


def _is_lone_weekday(paragraph: Paragraph, printed: PrintedDate) -> bool:
    """Return whether the line is a weekday with its date and nothing else: it may be the day of saving."""
    rest = paragraph.text[: printed.start] + paragraph.text[printed.end :]
    return printed.weekday and not printed.timed and not words(rest)


def beside_title(labelled: LabelledPage) -> Iterator[Paragraph]:
    """Yield the date lines near the title, the nearest first, those after it before those above it."""
    parts = [part for part in labelled.paragraphs if part.text.strip(" .")]
    title = next((at for at, part in enumerate(parts) if part.label is Label.TITLE), None)
    if title is None:
        title = next((at for at, part in enumerate(parts) if part.label is Label.BODY), None)
    if title is None:
        return
    near = [
        (abs(at - title), at < title, at)
        for at, part in enumerate(parts[: title + _TOOLS + 1])
        if part.label is Label.DATE and _is_near(parts, title, at) and not _body_between(parts, title, at)
    ]
    for _, _, at in sorted(near):
        yield parts[at]


def _is_near(parts: list[Paragraph], title: int, at: int) -> bool:
    """Return whether a date stands a few lines from the title, not counting the tools between title and article."""
    if at < title:
        return title - at <= _NEAR
    return sum(part.label is not Label.CHROME for part in parts[title + 1 : at + 1]) <= _NEAR


def _body_between(parts: list[Paragraph], title: int, at: int) -> bool:
    return any(part.label is Label.BODY for part in parts[title + 1 : at])


def _byline(labelled: LabelledPage) -> Iterator[tuple[Paragraph, PrintedDate]]:
    """Yield the dates signed under the article; a heading or an entry of the list below it ends the search."""
    seen_body = False
    after_body = 0
    for part in labelled.paragraphs:
        if part.label is Label.BODY:
            seen_body, after_body = True, 0
        elif seen_body:
            after_body += 1
            if after_body > _NEAR or (part.label is Label.CHROME and part.lines[0].kind in _OTHER_ARTICLES):
                seen_body = False
            elif part.label in (Label.BYLINE, Label.DATE) and len(part.text) <= _MAX_BYLINE and not part.lines[0].rest:
                for printed in find_dates(part.text):
                    if not _is_lone_weekday(part, printed):
                        yield part, printed
