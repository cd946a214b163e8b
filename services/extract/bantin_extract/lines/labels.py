"""The label of each paragraph of a page, and the page cut into such paragraphs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bantin_extract.lines.line_kinds import KindedLine
from bantin_extract.reading.page import Page


class Label(StrEnum):
    """What a paragraph is to the article."""

    TITLE = "title"
    SECTION = "section"
    DATE = "date"
    VIEWS = "views"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    CHROME = "chrome"


class Paragraph(NamedTuple):
    """Consecutive lines of one label; `text` is the page's text from `start` to `end`, line ends as spaces.

    So an offset into `text` plus `start` is an offset into the page's text.
    """

    label: Label
    text: str
    start: int
    end: int
    lines: tuple[KindedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with its paragraphs in order."""

    page: Page
    paragraphs: tuple[Paragraph, ...]

    def of(self, *labels: Label) -> tuple[Paragraph, ...]:
        """Return the paragraphs with one of the labels, in order."""
        return tuple([paragraph for paragraph in self.paragraphs if paragraph.label in labels])

    @property
    def story(self) -> tuple[Paragraph, ...]:
        """What the article says: title, body, then captions (their wording counts least)."""
        return self.of(Label.TITLE) + self.of(Label.BODY) + self.of(Label.CAPTION)


def paragraph(page: Page, label: Label, lines: tuple[KindedLine, ...]) -> Paragraph:
    """Return the paragraph that the lines make."""
    start, end = lines[0].line.start, lines[-1].line.end
    return Paragraph(label, page.original_text[start:end].replace("\n", " "), start, end, lines)
