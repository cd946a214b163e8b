"""Recognises listings by their blocks: a title, a day, an excerpt, a way to the rest, and so again."""

from dataclasses import dataclass

from bantin_extract.lines.labels import LabelledPage
from bantin_extract.lines.line_kinds import Kind, KindedLine, ends_sentence
from bantin_extract.text.letters import words
from bantin_extract.text.phrases import PhraseTable
from bantin_extract.text.tables import listed

_MORE = PhraseTable(listed("chrome", "more_links"))
_MORE_ENDINGS = tuple(link for link in listed("chrome", "more_links") if " " in link)
_CUT_OFF = ("...", "…", "[…]", "[...]", "(...)")
_MAX_EXCERPT = 600
_MIN_TITLE = 3
_MAX_TITLE = 200
_UNSPOKEN = 150
"""A line of this length is no title, even where it does not end as a sentence does."""
_FEWEST = 3
_LONGEST_LINK = 40
_MOST = 0.7
_HALF = 0.45


@dataclass(slots=True)
class _Block:
    """A paragraph: whether a title stands above it, a mark of an excerpt in or beside it, a link to the rest below."""

    titled: bool
    marked: bool
    short: bool
    linked: bool = False


def is_cut_off(text: str) -> bool:
    """Return whether a paragraph ends as excerpts do."""
    return text.endswith(_CUT_OFF) or text[-40:].lower().rstrip(" .…»>→)]").endswith(_MORE_ENDINGS)


def is_listing(labelled: LabelledPage) -> bool:
    """Return whether most paragraphs, up to a heading that ends articles, are excerpts alone under titles.

    Marks of an excerpt: a day beside it, a link to the rest, a sentence that is cut off, a title that is a link.
    """
    if sum(line.kind is Kind.PROSE for part in labelled.paragraphs for line in part.lines) < _FEWEST:
        return False
    blocks = _blocks(labelled)
    alone = 0
    for at, block in enumerate(blocks):
        last = at + 1 == len(blocks)
        alone += block.titled and block.marked and block.short and (last or blocks[at + 1].titled)
    linked = sum(block.linked for block in blocks)
    return any(found >= _FEWEST and found >= share * len(blocks) for found, share in ((alone, _MOST), (linked, _HALF)))


def _blocks(labelled: LabelledPage) -> list[_Block]:
    blocks: list[_Block] = []
    titled = marked = False
    for line in (line for part in labelled.paragraphs for line in part.lines):
        text = line.line.text
        leads_on = _leads_on(line)
        if line.kind is Kind.PROSE and (ends_sentence(text) or len(text) >= _UNSPOKEN):
            blocks.append(_Block(titled, marked or is_cut_off(text), len(text) <= _MAX_EXCERPT))
            titled = marked = False
        elif line.kind is Kind.END and blocks and not leads_on and not (titled and marked):
            break  # not where the next title and its day stand already: then it counts that title's comments
        else:
            marks = leads_on or line.kind in (Kind.DATE, Kind.LISTED)
            if marks and blocks:
                blocks[-1].marked = True
                blocks[-1].linked |= leads_on and not titled
            marked = marked or marks
            titled = titled or (not leads_on and _is_title(line))
    return blocks


def _leads_on(line: KindedLine) -> bool:
    if line.kind not in (Kind.CHROME, Kind.END, Kind.SHORT, Kind.ASIDE) or len(line.line.text) > _LONGEST_LINK:
        return False
    found = words(line.line.text)
    return 0 < len(found) == _MORE.match_length(found)


def _is_title(line: KindedLine) -> bool:
    """Return whether a line may be the title over an excerpt."""
    if line.kind not in (Kind.SHORT, Kind.LISTED, Kind.PROSE) or len(line.line.text) > _MAX_TITLE:
        return False
    return line.line.text.count(" ") + 1 >= _MIN_TITLE
