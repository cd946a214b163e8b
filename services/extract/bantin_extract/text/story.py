"""What an article says, ready to be read for facts: its paragraphs with their words, title first, captions last."""

from collections.abc import Iterator
from dataclasses import dataclass

from bantin.events import Evidence
from bantin_extract.lines.labels import Label, LabelledPage
from bantin_extract.text.letters import plain_marks
from bantin_extract.text.tokens import Tokens

MAX_STORY = 300_000
"""Characters: some fifty times a long article, so only pages made to hurt are longer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph; `start` turns an offset in its text into one in the page's text."""

    label: Label
    tokens: Tokens
    start: int

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return self.tokens.text

    def evidence(self, field: str, value: str, span: tuple[int, int], method: str) -> Evidence:
        """Return the evidence for a value read from `span` of this passage."""
        return Evidence(field=field, value=value, start=self.start + span[0], end=self.start + span[1], method=method)


@dataclass(frozen=True, slots=True)
class Story:
    """The passages of an article in the order title, body, captions."""

    passages: tuple[Passage, ...]

    @property
    def body(self) -> Iterator[Passage]:
        """The body's passages, in order."""
        return (passage for passage in self.passages if passage.label is Label.BODY)


def read_story(labelled: LabelledPage) -> Story:
    """Return the labelled page's title, body and captions as passages, up to MAX_STORY characters."""
    passages: list[Passage] = []
    left = MAX_STORY
    for part in labelled.story:
        if left <= 0:
            break
        passages.append(Passage(part.label, Tokens(plain_marks(part.text[:left])), part.start))
        left -= len(part.text)
    return Story(tuple(passages))
