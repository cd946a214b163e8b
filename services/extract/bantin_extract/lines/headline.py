"""Chooses the line that is the title: near the prose, near the date, as a heading, as the metadata say."""

import re
from collections.abc import Sequence

from bantin_extract.dates.date_lines import is_mostly_date
from bantin_extract.lines.banners import without_banner
from bantin_extract.lines.captions import looks_like_caption
from bantin_extract.lines.line_kinds import Kind, KindedLine, ends_sentence
from bantin_extract.lines.menus import breadcrumb, is_entry, is_menu, names_page
from bantin_extract.reading.page import Hints
from bantin_extract.signatures.bylines import read_byline
from bantin_extract.text.letters import UPPER, words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_SECTIONS = PhraseTable(listed("bylines", "section_words"))
_REACH = 14
_MAX_TITLE = 300
_HEADLINE_WORDS = 6
_LONG_HEADLINE = 9
_OVER_DATE = 1.5
_CUT_SHORT = 3.0
_LONGEST_WRAPPED = 160
_LEAD = 2.0
_MASTHEAD = 4.0
ABOUT = PhraseTable(listed("bylines", "about_article"))
_BODIES = PhraseTable(listed("organisations", "heads"))
_LONG = 170
_LEAD_LENGTH = 135
"""A line below the date that is longer than most titles, under one that reads like a title, is the lead."""
_MENU = 3.0
_EVENTS = PhraseTable(listed("bylines", "event_starts"))
_TOOLS = 5
_TOP = 3
_LONGEST_NAME = 10
_SURE = 0.0
_FREE_TOOLS = 4
_TOOL = 0.2
_REPEATED = 3.0
_CRUMB = 2.0
_ENTRY = 1.5
NUMBERED = re.compile(r"(?:[IVX]{1,4}|\d{1,2})[.)/] ")
_SENTENCES = re.compile(rf"[.!?]\s[{UPPER}]")
_LEAD_STARTS = tuple(listed("bylines", "lead_starts"))
_NEVER = (Kind.NOISE, Kind.DATE, Kind.END, Kind.FOOTER, Kind.ROW, Kind.ASIDE)
_SILENT = (Kind.NOISE, Kind.IMAGE)


def headline_index(lines: Sequence[KindedLine], run: tuple[int, int] | None, hints: Hints) -> int | None:
    """Return the index of the title's line, None where no line looks like one.

    `run` is the run of prose; without it only a line beside a date of publication can be a title.
    """
    hinted = words(hints.title or "")
    start = run[0] if run else None
    lines = without_banner(lines, start)
    anchor = _anchor(lines, start)
    if anchor is not None:
        beside = [at for at in (_next(lines, anchor, 1), _next(lines, anchor, -1)) if at is not None]
        scored = [
            (score, at)
            for at in beside
            if (score := _beside_score(lines, at, anchor, hinted, verse=run is None)) is not None
        ]
        if scored and max(scored)[0] >= _SURE:
            return max(scored)[1]
    if start is None:
        return None
    near = range(max(0, start - _REACH), min(len(lines), start + 3))
    ranked = [
        (score, -abs(at - start), at)
        for at in near
        if (score := _score(lines, at, start, hinted)) is not None and score > 0
    ]
    return max(ranked)[2] if ranked else None


def _anchor(lines: Sequence[KindedLine], start: int | None) -> int | None:
    """Return the date line that heads the article: the nearest above the prose with nothing but text between."""
    if start is None:
        return next((at for at, line in enumerate(lines) if _is_header(line)), None)
    tools = 0
    for at in range(min(start + 1, len(lines) - 1), -1, -1):
        line = lines[at]
        if _is_header(line):
            return at
        entry = line.kind is Kind.SHORT and is_entry(words(line.line.text))
        if at >= start or (line.kind in (Kind.SHORT, Kind.PROSE, *_SILENT, Kind.VIEWS) and not entry):
            continue
        tools += 1
        if tools > _TOOLS or not (entry or _is_tool(line) or names_page(words(line.line.text))):
            return at - 1 if line.kind is Kind.CHROME and at > 0 and _is_header(lines[at - 1]) else None
    return None


def _is_header(line: KindedLine) -> bool:
    return line.kind is Kind.DATE and bool(line.rest or line.dates[0].timed or line.dates[0].weekday)


def _next(lines: Sequence[KindedLine], at: int, step: int) -> int | None:
    """Return the next line but for what stands between title, date and text: counters, pictures, a few tools."""
    at += step
    tools = 0
    while 0 <= at < len(lines) and (
        lines[at].kind in (*_SILENT, Kind.VIEWS) or (tools < _TOOLS and _is_tool(lines[at]))
    ):
        tools += lines[at].kind in (Kind.CHROME, Kind.SHORT)
        at += step
    return at if 0 <= at < len(lines) else None


def _is_tool(line: KindedLine) -> bool:
    text = line.line.text
    if line.kind is Kind.SHORT and ABOUT.starts(text):
        return True
    if line.kind is not Kind.CHROME or line.line.heading or breadcrumb(text) or is_menu(text):
        return False
    return not names_page(words(text))


def _beside_score(
    lines: Sequence[KindedLine], at: int, anchor: int, hinted: tuple[str, ...], *, verse: bool = False
) -> float | None:
    """Return how well a line right beside the header's date serves as title: below a section, above a bare date.

    `verse`: the page has no prose, so that a line below the date is as likely the text's first.
    """
    line = lines[at]
    text = line.line.text
    found = words(text)
    below = at > anchor
    if line.kind in _NEVER or (line.kind is Kind.LISTED and not line.line.heading):
        return None
    if line.kind is Kind.CHROME and not names_page(found) and not line.line.heading:
        return None
    goes_on = _goes_on(text) and (below or not _is_stopped_title(lines, at))
    if len(text) > _MAX_TITLE or goes_on or is_mostly_date(text):
        return None
    if not below and (lines[anchor].rest or (len(found) < 4 and not names_page(found))):
        return None
    if (read_byline(text) is not None or ABOUT.starts(text)) and not line.line.heading:
        return None
    score = 3.0 + 5.0 * _names_page(found, hinted) + 3.0 * bool(line.line.heading) + (-0.5 if verse else 0.5) * below
    score += _OVER_DATE * (not below and _outweighs_below(lines, line, found, _next(lines, anchor, 1)))
    score -= 1.0 * (line.kind is Kind.PROSE and len(text) > 200) + 2.0 * looks_like_caption(text)
    score += max(0.0, _in_breadcrumb(lines, at)) - _LEAD * (line.kind is Kind.PROSE and ends_sentence(text))
    score -= _MASTHEAD * (at <= _TOP and _is_masthead(found) and _over_menu(lines, at))
    score -= _CUT_SHORT * (text.startswith("(") or bool(NUMBERED.match(text)) or _is_cut_short(lines, at))
    return score - 1.5 * (line.kind is Kind.CHROME)


def _goes_on(text: str) -> bool:
    """Return whether a line ends as a sentence or a clause does, and no title."""
    return text.endswith((".", ";", ",", ":")) and not text.endswith("...")


def _is_stopped_title(lines: Sequence[KindedLine], at: int) -> bool:
    """Return whether a line over its date is a title with a full stop: one sentence, and no headline above it."""
    text = lines[at].line.text
    if not text.endswith(".") or len(text) > _LONG or _SENTENCES.search(text):
        return False
    over = _next(lines, at, -1)
    return over is None or not _reads_like_headline(lines[over], words(lines[over].line.text))


def _score(lines: Sequence[KindedLine], at: int, start: int, hinted: tuple[str, ...]) -> float | None:
    """Return how well a line serves as title of the prose that starts at `start`, None if it can't be one."""
    line = lines[at]
    text = line.line.text
    if len(text) > _MAX_TITLE and not line.line.heading:
        return None
    found = words(text)
    named = _names_page(found, hinted)
    page_name = line.kind is Kind.CHROME and names_page(found)
    likely = line.kind is Kind.SHORT or (line.kind is Kind.PROSE and len(text) <= _MAX_TITLE) or page_name
    if not (likely or named or line.line.heading) or line.kind in _NEVER or is_mostly_date(text):
        return None
    if text.endswith((".", ";", ",", ":")) and not text.endswith(("...", "…")) and not named:
        return None
    if (looks_like_caption(text) or ABOUT.starts(text) or _speaks(text)) and not (named or line.line.heading):
        return None
    score = 2.0 + 5.0 * named + (4.0 if line.line.heading == 1 else 2.5 * bool(line.line.heading))
    score += 3.0 if _beside_date(lines, at) else 0.0
    score -= _LEAD * (len(text) > _LONG or text.lower().startswith(_LEAD_STARTS)) + 1.0 * (len(text) > _LEAD_LENGTH)
    score += _OVER_DATE * (_over_date(lines, at) and _outweighs_below(lines, line, found, _after_date(lines, at)))
    score -= _CUT_SHORT * (text.startswith("(") or _is_cut_short(lines, at))
    score -= (
        3.0 if (text[0].isdigit() and line.kind is Kind.PROSE) or text[0] in "-+*•" or NUMBERED.match(text) else 0.0
    )
    score += _in_breadcrumb(lines, at) - _ENTRY * (is_entry(found) and not page_name)
    score += 1.0 if len(found) >= 6 else -0.5 if len(found) >= 4 else -2.0
    if _SECTIONS.match_length(found) and len(found) <= 5:
        score -= 1.5
    if text.isupper() and not named and _BODIES.match_length(found) and not _EVENTS.match_length(found):
        score -= _MASTHEAD
    return score - _distance(lines, at, start)


def _speaks(text: str) -> bool:
    """Return whether a text is longer than titles and a sentence ends within it."""
    return len(text) > _LEAD_LENGTH and bool(_SENTENCES.search(text))


def _is_masthead(found: tuple[str, ...]) -> bool:
    """Return whether words are hardly more than the name of the body whose site this is."""
    return len(found) <= _LONGEST_NAME and bool(_BODIES.match_length(found)) and not _EVENTS.match_length(found)


def _over_menu(lines: Sequence[KindedLine], at: int) -> bool:
    """Return whether more than a date, a lead and a tool follow a line: so much stands below mastheads, not titles."""
    return sum(line.kind in (Kind.CHROME, Kind.SHORT, Kind.LISTED) for line in lines[at + 1 : at + 1 + _TOOLS]) > 1


def _reads_like_headline(line: KindedLine, found: tuple[str, ...]) -> bool:
    """Return whether a line is as long as headlines are and sections are not."""
    crumbs = any(mark in line.line.text for mark in ">»›|")
    headline = line.kind in (Kind.SHORT, Kind.PROSE) and len(found) >= _HEADLINE_WORDS
    return headline and not crumbs and not is_entry(found)


def _outweighs_below(lines: Sequence[KindedLine], line: KindedLine, found: tuple[str, ...], other: int | None) -> bool:
    """Return whether a line over the date is the title rather than the line under it, which may be one as well."""
    if not _reads_like_headline(line, found):
        return False
    if other is None:
        return True
    below = lines[other]
    text = below.line.text
    size = len(words(text)) if len(text) <= _LONG else _LONG
    rival = (
        _reads_like_headline(below, words(text[:_LONG]))
        and len(text) <= _LEAD_LENGTH
        and not ends_sentence(text)
        and not text.lower().startswith(_LEAD_STARTS)
        and not _is_cut_short(lines, other)
    )
    return not rival or len(found) >= max(_LONG_HEADLINE, size + 2)


def _after_date(lines: Sequence[KindedLine], at: int) -> int | None:
    dated = _next(lines, at, 1)
    return None if dated is None else _next(lines, dated, 1)


def _over_date(lines: Sequence[KindedLine], at: int) -> bool:
    below = _next(lines, at, 1)
    return below is not None and lines[below].kind is Kind.DATE and not lines[below].rest


def _is_cut_short(lines: Sequence[KindedLine], at: int) -> bool:
    """Return whether the next line goes on with this one's sentence.

    A long one may be a paragraph that lost its first letter, unless another line that reads like a title stands above.
    """
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.kind is Kind.DATE or not below.line.text[:1].islower():
        return False
    above = _next(lines, at, -1)
    if above is not None and lines[above].kind is Kind.DATE:
        above = _next(lines, above, -1)
    headed = above is not None and _reads_like_headline(lines[above], words(lines[above].line.text))
    return headed or len(below.line.text) <= _LONGEST_WRAPPED


def _names_page(found: tuple[str, ...], hinted: tuple[str, ...]) -> bool:
    """Return whether the line is the title in the metadata, which may go on with the site's name."""
    return len(found) >= 3 and hinted[: len(found)] == found and not _is_masthead(found)


def _beside_date(lines: Sequence[KindedLine], at: int) -> bool:
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(lines) and lines[other].kind in _SILENT:
            other += step
        if 0 <= other < len(lines) and lines[other].kind is Kind.DATE:
            return True
    return False


def _in_breadcrumb(lines: Sequence[KindedLine], at: int) -> float:
    """Return what a breadcrumb just above says of a line: the page's name ends it, sections stand before that."""
    found = words(lines[at].line.text)
    for line in lines[max(0, at - _REACH) : at]:
        crumbs = [words(crumb) for crumb in breadcrumb(line.line.text)] if line.kind is Kind.CHROME else []
        if found in crumbs:
            return (
                _REPEATED if found == crumbs[-1] and (len(found) >= _HEADLINE_WORDS or names_page(found)) else -_CRUMB
            )
    return 0.0


def _distance(lines: Sequence[KindedLine], at: int, start: int) -> float:
    if at > start:
        return 1.5 * (at - start) + sum(ends_sentence(line.line.text) for line in lines[start:at]) * 3.0
    cost = {Kind.SHORT: 0.7, Kind.PROSE: 1.5, Kind.LISTED: 3.0, Kind.END: 2.0, Kind.FOOTER: 3.0}
    between = lines[at + 1 : start]
    chrome = [line for line in between if line.kind is Kind.CHROME]
    menus = sum(bool(breadcrumb(line.line.text)) or is_menu(line.line.text) for line in chrome[:_REACH])
    tools = max(_TOOL * len(chrome), len(chrome) - _FREE_TOOLS)
    return sum(cost.get(line.kind, 0.0) for line in between) + tools + _MENU * menus
