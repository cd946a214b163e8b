"""Labels a page's lines: title, section, date, body, caption, by-line, readers, chrome."""

from collections.abc import Mapping, Sequence, Set

from bantin_extract.lines.article_box import settled
from bantin_extract.lines.boxes import without_boxes
from bantin_extract.lines.captions import heads_gallery, looks_like_caption, pictured
from bantin_extract.lines.cells import with_cells
from bantin_extract.lines.headline import ABOUT, NUMBERED, headline_index
from bantin_extract.lines.labels import Label, LabelledPage, Paragraph, paragraph
from bantin_extract.lines.line_kinds import Kind, KindedLine, ends_sentence, kind_lines
from bantin_extract.lines.menus import is_tool
from bantin_extract.lines.region import line_weight, prose_run
from bantin_extract.reading.page import Page
from bantin_extract.signatures.bylines import read_byline
from bantin_extract.text.letters import LOWER, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_SECTIONS = PhraseTable(listed("bylines", "section_words"))
_STOPS = (Kind.END, Kind.FOOTER, Kind.LISTED, Kind.CHROME, Kind.VIEWS, Kind.ASIDE)
_FIXED = {
    Kind.NOISE: Label.CHROME, Kind.CHROME: Label.CHROME, Kind.END: Label.CHROME, Kind.FOOTER: Label.CHROME,
    Kind.LISTED: Label.CHROME, Kind.IMAGE: Label.CHROME, Kind.DATE: Label.DATE, Kind.VIEWS: Label.VIEWS,
    Kind.ASIDE: Label.CHROME,
}  # fmt: skip
_SIGNING = ("tin", "bài")
"""How a by-line begins that stands under a picture; a bare name there is the caption of a portrait."""
_WHOLE_ARTICLE = 40.0
_MAX_WRAPPED = 200
_ABOVE = 3
_SOME_WORDS = 4
_PARAGRAPH = 100
_CLOSED = 0.7
"""The share of paragraphs of such a length that end in a full stop where somebody minded them."""


def label(page: Page) -> LabelledPage:
    """Return the page's paragraphs, each with its label."""
    kinded = kind_lines(page.lines)
    lines = without_boxes(with_cells(kinded)) if _is_plain(page) else settled(page, kinded)
    run = prose_run(lines)
    title = headline_index(lines, run, page.hints)
    start, end = _bounds(lines, run, title, pushed=page.pushed)
    before = _outside(page, lines[:start], title)
    inside = _inside(page, lines[start:end], whole=run is None or page.pushed)
    after = _outside(page, lines[end:], None)
    return LabelledPage(page, (*before, *inside, *after))


def _bounds(
    lines: Sequence[KindedLine], run: tuple[int, int] | None, title: int | None, *, pushed: bool
) -> tuple[int, int]:
    """Return first and past-the-last line of what may be body, captions and by-line."""
    if pushed:
        return (0 if title is None or run is None or title > 3 else title + 1), len(lines)
    if run is None:
        if title is None:
            return len(lines), len(lines)
        start = last = title + 1
    else:
        start = run[0] if title is None else title + 1
        last = _cut_at_end_heading(lines, max(start, run[0]), run[1])
    while last < len(lines) and lines[last].kind not in _STOPS:
        last += 1
    return start, max(start, last)


def _cut_at_end_heading(lines: Sequence[KindedLine], start: int, end: int) -> int:
    """Return where a heading of a list ends the article, unless more of it stands below than above: a box between."""
    weight = 0.0
    left = sum(line_weight(line) for line in lines[start:end] if line.kind is Kind.PROSE)
    for at in range(start, end):
        if lines[at].kind is Kind.END and weight >= _WHOLE_ARTICLE and left < weight:
            return at
        weight += line_weight(lines[at])
        left -= line_weight(lines[at]) if lines[at].kind is Kind.PROSE else 0.0
    return end


def _outside(page: Page, lines: Sequence[KindedLine], title: int | None) -> list[Paragraph]:
    """Label lines before or after the article: title, section above it, dates, readers; the rest is chrome."""
    labels = [_FIXED.get(line.kind, Label.CHROME) for line in lines]
    if title is not None and title < len(labels):
        labels[title] = Label.TITLE
        first = title - _is_wrapped(lines, title)
        above = next((at for at in range(first - 1, -1, -1) if not _between(lines[at])), None)
        if above is not None and _is_section(lines, above):
            labels[above] = Label.SECTION
    parts = [paragraph(page, label, (line,)) for label, line in zip(labels, lines, strict=True)]
    if title is not None and title < len(labels) and _is_wrapped(lines, title):
        parts[title - 1 : title + 1] = [paragraph(page, Label.TITLE, tuple(lines[title - 1 : title + 1]))]
    return parts


def _is_wrapped(lines: Sequence[KindedLine], title: int) -> bool:
    """Return whether the title begins a line higher: it goes on with a small letter below some words."""
    if not title or lines[title].line.text[0] not in LOWER:
        return False
    above = lines[title - 1]
    apart = above.line.end + 1 != lines[title].line.start or above.kind not in (Kind.SHORT, Kind.PROSE)
    return not apart and len(words(above.line.text)) >= _SOME_WORDS and not ends_sentence(above.line.text)


def _between(line: KindedLine) -> bool:
    """Return whether a line may stand between section and title: nothing readable, or a date without a section."""
    return line.kind is Kind.NOISE or (line.kind is Kind.DATE and not line.rest)


def _is_section(lines: Sequence[KindedLine], at: int) -> bool:
    """Return whether a line above the title is a section: worded like one and no entry of a menu."""
    line = lines[at]
    text = line.line.text
    if any(mark in text for mark in (">", "»", "›")) and len(text) < 120:
        return True
    if line.kind not in (Kind.SHORT, Kind.CHROME, Kind.LISTED) or len(words(text)) > 7:
        return False
    before = lines[at - 1] if at else None
    dated = at + 1 < len(lines) and lines[at + 1].kind is Kind.DATE
    apart = before is None or abs(before.line.link_density - line.line.link_density) > 0.5
    if dated and apart and before is not None:
        return True
    menu = sum(other.kind in (Kind.CHROME, Kind.LISTED, Kind.SHORT) for other in lines[max(0, at - 3) : at])
    return _SECTIONS.starts(text) and (menu == 0 or dated)


def _inside(page: Page, lines: Sequence[KindedLine], *, whole: bool) -> list[Paragraph]:
    groups = _joined(lines)
    labels: list[Label] = []
    after_image = False
    for group in groups:
        fixed = Label.BODY if group[0].kind is Kind.ROW else _FIXED.get(group[0].kind)
        if fixed is None:
            text = paragraph(page, Label.BODY, group).text
            after_image = after_image or group[0].line.after_image
            marked = any(line.line.role == "caption" for line in group)
            signed = read_byline(text) is not None and (not after_image or text.lower().startswith(_SIGNING))
            caption = marked or (not signed and looks_like_caption(text, after_image=after_image))
            labels.append(Label.CAPTION if caption else Label.BODY)
            after_image = False
        else:
            labels.append(fixed)
            after_image = group[0].kind is Kind.IMAGE or (after_image and group[0].kind is Kind.NOISE)
    if _is_plain(page):
        _set_off(page, groups, labels)
    _sign(page, groups, labels)
    _drop_leading(groups, labels)
    if not whole:
        _drop_trailing(groups, labels)
    return [paragraph(page, label, group) for label, group in zip(labels, groups, strict=True)]


def _is_plain(page: Page) -> bool:
    """Return whether the page came without markup, which would show where pictures and headings stand."""
    return not any(line.after_image or line.heading or line.role or line.link_density for line in page.lines)


def _set_off(page: Page, groups: Sequence[tuple[KindedLine, ...]], labels: list[Label]) -> None:
    """Label the captions among lines without a full stop, where the paragraphs have theirs."""
    texts = {at: paragraph(page, Label.BODY, groups[at]).text for at, one in enumerate(labels) if one is Label.BODY}
    closed = {at for at, text in texts.items() if ends_sentence(text)}
    first = next(iter(texts), 0)
    _set_off_gallery(groups, texts, closed, labels)
    texts = {at: text for at, text in texts.items() if labels[at] is Label.BODY and not heads_gallery(text)}
    shown = [at for at, text in texts.items() if at not in closed and pictured(text, first=at == first) > 2]
    long = [at in closed for at in texts.keys() - shown if len(texts[at]) >= _PARAGRAPH]
    if sum(long) < max(1, _CLOSED * len(long)):
        return
    for at in shown:
        above = next((texts[other] for other in range(at - 1, -1, -1) if other in texts), "")
        if not above.endswith((":", ";", ",")):
            labels[at] = Label.CAPTION


def _set_off_gallery(
    groups: Sequence[tuple[KindedLine, ...]], texts: Mapping[int, str], closed: Set[int], labels: list[Label]
) -> None:
    """Label what stands under the heading of a series of pictures, up to the next sentence."""
    under = False
    for at, text in texts.items():
        under = heads_gallery(text) or (under and at not in closed and groups[at][0].kind is Kind.SHORT)
        if under and not heads_gallery(text) and read_byline(text) is None:
            labels[at] = Label.CAPTION


def _joined(lines: Sequence[KindedLine]) -> list[tuple[KindedLine, ...]]:
    """Join lines that were broken inside a sentence: the first ends in a comma or the next begins small."""
    groups: list[list[KindedLine]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last and _continues(last, line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [tuple(group) for group in groups]


def _continues(first: KindedLine, second: KindedLine) -> bool:
    if first.kind not in (Kind.SHORT, Kind.PROSE) or second.kind not in (Kind.SHORT, Kind.PROSE):
        return False
    if second.line.after_image or second.line.start != first.line.end + 1 or len(first.line.text) > _MAX_WRAPPED:
        return False
    if first.line.heading != second.line.heading or ends_sentence(first.line.text):
        return False
    return first.line.text.endswith(",") or second.line.text[0] in LOWER


def _sign(page: Page, groups: Sequence[tuple[KindedLine, ...]], labels: list[Label]) -> None:
    """Label by-lines and source lines: the last lines of an article, whatever dates or captions stand among them."""
    seen = 0
    for at in range(len(groups) - 1, -1, -1):
        if labels[at] is Label.BODY:
            text = paragraph(page, Label.BODY, groups[at]).text
            if groups[at][0].kind is not Kind.ROW and read_byline(text) is not None:
                labels[at] = Label.BYLINE
                seen += 1
            elif groups[at][0].kind is Kind.PROSE or seen:
                break
    _sign_above(page, groups, labels)


def _sign_above(page: Page, groups: Sequence[tuple[KindedLine, ...]], labels: list[Label]) -> None:
    """Label a by-line between title and first paragraph."""
    for at, group in enumerate(groups[:_ABOVE]):
        if labels[at] is not Label.BODY:
            continue
        byline = read_byline(paragraph(page, Label.BODY, group).text)
        if byline is None or not byline.authors:
            return
        labels[at] = Label.BYLINE


def _drop_leading(groups: Sequence[tuple[KindedLine, ...]], labels: list[Label]) -> None:
    """Make tools and what is said about the article, between its title and its first paragraph, chrome."""
    for at, group in enumerate(groups):
        text = group[0].line.text
        if labels[at] is Label.BODY:
            if group[0].kind is not Kind.SHORT or NUMBERED.match(text) or not (is_tool(text) or ABOUT.starts(text)):
                return
            labels[at] = Label.CHROME


def _drop_trailing(groups: Sequence[tuple[KindedLine, ...]], labels: list[Label]) -> None:
    """Make short lines after the last sentence chrome: entries of a list without a heading, leftovers of forms."""
    for at in range(len(groups) - 1, -1, -1):
        if labels[at] is not Label.BODY:
            if labels[at] is Label.BYLINE:
                return
            continue
        text = groups[at][-1].line.text
        if (
            groups[at][0].kind in (Kind.PROSE, Kind.ROW)
            or ends_sentence(text)
            or heads_gallery(text)
            or text[:1] in "-+*•"
            or text[:1].isdigit()
        ):
            return
        labels[at] = Label.CHROME
