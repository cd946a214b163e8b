"""Tells pages with an article from home pages, listings, login forms and empty templates."""

import re
from collections.abc import Sequence

from bantin_extract.dates.days import find_dates
from bantin_extract.lines.article_box import depth_of
from bantin_extract.lines.excerpts import is_cut_off, is_listing
from bantin_extract.lines.labels import Label, LabelledPage, Paragraph
from bantin_extract.lines.line_kinds import Kind, ends_sentence
from bantin_extract.rejection import RejectedError
from bantin_extract.text.letters import UPPER, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_DOCUMENT_ROW = re.compile(
    r"(?:\d{1,4}[\s.)]{1,3})?\d{1,6}/[^\s/]{2,30}(?:/[^\s/]{2,30})?\s{1,3}(?:ngày\s)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
)
"""A row of a list of documents: number and day, then the subject."""

_ENOUGH_PROSE = 700
_SENTENCE_END = re.compile(rf"[.!?][\"”’')\]]{{0,2}}(?=\s[\"“‘(-]{{0,2}}[{UPPER}0-9]|$)")
_FEW_SENTENCES = 2
_LONG_SENTENCE = 150
_FIELDS = PhraseTable(listed("chrome", "form_fields"))
_FORM = 3
_MESSAGES = listed("chrome", "messages")
_LONGEST_MESSAGE = 500
_LITTLE_AROUND = 0.5
"""What stands around a text that was copied alone, as a share of it: hardly more than a menu's remains."""
_SOME_PROSE = 120
_MANY_ENTRIES = 6
_LONG_ABSTRACT = 1_400
_LINK = 0.7
_FEW_ALIKE = 2
_FEW_REPEATED = 3
_LONGEST_WORD = 10_000
"""A paragraph longer than this without a blank is no prose, whatever it is: a key, a picture in letters."""
_HEADLINE = 4
"""Words from which a line can be a headline; the cells of a table are shorter."""


def require_article(labelled: LabelledPage) -> None:
    """Raise RejectedError (`no_article`) for a page without an article of its own."""
    body = labelled.of(Label.BODY)
    if labelled.page.pushed:
        if not body:
            raise RejectedError("no_article", "The pushed article has no text.")
        return
    body = [part for part in body if not _is_word(part.text)]
    if sum(bool(_DOCUMENT_ROW.match(part.text)) for part in body) * 2 > max(_MANY_ENTRIES, len(body)):
        raise RejectedError("no_article", "The page holds no article: a list of documents.")
    if sum(part.text.endswith("?") for part in body) * 3 > max(_MANY_ENTRIES, len(body)) and not _says_anything(body):
        raise RejectedError("no_article", "The page holds no article: a list of questions.")
    prose = sum(len(part.text) for part in body if part.lines[0].kind is Kind.PROSE and not part.text.endswith("?"))
    sentences = sum(ends_sentence(part.text) and not part.text.endswith("?") for part in body)
    if prose < _ENOUGH_PROSE and all(is_cut_off(part.text) for part in body if part.lines[0].kind is Kind.PROSE):
        prose = 0
    if (
        (prose < _LONG_ABSTRACT and _is_entry(labelled))
        or _is_register(body)
        or is_listing(labelled)
        or (0 < prose < _ENOUGH_PROSE and _repeats_headlines(body))
        or _is_message(body)
    ):
        raise _nothing()
    titled = bool(labelled.of(Label.TITLE))
    dated = _is_dated(labelled)
    entries = _entries(labelled)
    if prose >= _ENOUGH_PROSE and (titled or dated or entries < _MANY_ENTRIES or prose >= 4 * _ENOUGH_PROSE):
        return
    single = entries < _MANY_ENTRIES or _is_headed(labelled)
    if titled and dated and (prose >= _SOME_PROSE or len(body) >= 3 or sentences >= 2 or (prose and single)):
        return
    if titled and single and ((prose >= _SOME_PROSE and sentences >= 1) or (prose and sentences >= _FEW_SENTENCES)):
        return
    if single and _stands_alone(labelled, body):
        return
    raise _nothing()


def _is_word(text: str) -> bool:
    return len(text) > _LONGEST_WORD and not any(map(str.isspace, text))


def _repeats_headlines(body: Sequence[Paragraph]) -> bool:
    """Return whether headlines come again and again: a home page lists one article in many boxes.

    To be asked of pages with some prose: the lines of a directory repeat as well.
    """
    entries = [part.text for part in body if len(words(part.text)) >= _HEADLINE and not ends_sentence(part.text)]
    return len(entries) - len(set(entries)) >= _FEW_REPEATED


def _is_message(body: Sequence[Paragraph]) -> bool:
    """Return whether a short text is what a site tells visitors: to log in, that a page is gone or not there yet."""
    text = " ".join(part.text for part in body).lower()
    return len(text) <= _LONGEST_MESSAGE and any(message in text for message in _MESSAGES)


def _stands_alone(labelled: LabelledPage, body: Sequence[Paragraph]) -> bool:
    """Return whether the page is hardly more than a text of two sentences or of one under a title."""
    said = " ".join(part.text + " …" * is_cut_off(part.text) for part in body if not part.text.endswith("?"))
    around = [part.text for part in labelled.of(Label.CHROME)]
    if sum(map(len, around)) > _LITTLE_AROUND * len(said):
        return False
    if sum(_FIELDS.covered(found) == len(found) for found in map(words, around)) >= _FORM:
        return False
    sentences = len(_SENTENCE_END.findall(said)) + bool(labelled.of(Label.TITLE))
    return sentences >= _FEW_SENTENCES or (sentences == 1 and len(said) >= _LONG_SENTENCE)


def _nothing() -> RejectedError:
    return RejectedError(
        "no_article", "The page holds no article: a listing, a home page, a form or an empty template."
    )


def _is_register(body: Sequence[Paragraph]) -> bool:
    """Return whether the text is nothing but a table with a date in most rows, as lists of documents are."""
    rows = [part for part in body if part.lines[0].kind is Kind.ROW]
    return 0 < len(rows) == len(body) and 2 * sum(bool(find_dates(row.text)) for row in rows) > len(rows)


def _is_entry(labelled: LabelledPage) -> bool:
    """Return whether the title is one of several headings alike that lead to other pages."""
    title = next((part.lines[0].line for part in labelled.of(Label.TITLE)), None)
    if title is None or not title.heading or title.link_density < _LINK:
        return False
    lines = labelled.page.lines
    depth = depth_of(title, labelled.page)
    alike = (line for line in lines if line.heading == title.heading and line.link_density >= _LINK)
    return sum(depth_of(line, labelled.page) == depth for line in alike) > _FEW_ALIKE


def _says_anything(body: Sequence[Paragraph]) -> bool:
    return any(ends_sentence(part.text) and not part.text.endswith("?") for part in body)


def _entries(labelled: LabelledPage) -> int:
    """Return how many entries of lists stand on the page, but for those after the heading that ends its article."""
    count = 0
    seen_body = False
    for part in labelled.paragraphs:
        kind = part.lines[0].kind
        if seen_body and kind is Kind.END:
            break
        seen_body = seen_body or (part.label is Label.BODY and kind is Kind.PROSE)
        count += kind is Kind.LISTED
    return count


def _is_headed(labelled: LabelledPage) -> bool:
    """Return whether the title is a heading of the page itself and no link to another page."""
    return any(
        0 < part.lines[0].line.heading <= 2 and part.lines[0].line.link_density < 0.5
        for part in labelled.of(Label.TITLE)
    )


def _is_dated(labelled: LabelledPage) -> bool:
    """Return whether a date line stands within three paragraphs of the title."""
    parts = [part for part in labelled.paragraphs if part.text.strip(" .")]
    title = next((at for at, part in enumerate(parts) if part.label is Label.TITLE), None)
    return title is not None and any(part.label is Label.DATE for part in parts[max(0, title - 3) : title + 4])
