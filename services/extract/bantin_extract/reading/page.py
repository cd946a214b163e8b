"""A page: its rendered text, cut into lines with their place in it, and what its markup says about itself."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a page; `start` and `end` are code-point offsets into the page's text.

    `link_density` is the share of its characters inside links (0 for plain text); `heading` is 1–6 inside
    <h1>…<h6>, 7 where only a class or id calls it a title, else 0; `role` is what the markup says: "caption",
    "chrome", "aside" (a class that comments, related articles and the like have), "row" (of a table of data, cells
    joined by " | ") or "". `after_image`: a picture stands right before it. `box` is the innermost element around it
    that groups blocks.
    """

    text: str
    start: int
    end: int
    link_density: float = 0.0
    heading: int = 0
    role: str = ""
    after_image: bool = False
    box: int = 0


@dataclass(frozen=True, slots=True)
class Hints:
    """What a page's metadata or a submission says: never more trusted than what is printed, except a submission."""

    title: str | None = None
    published_at: datetime | date | None = None
    author: str | None = None
    source: str | None = None
    submitted_title: str | None = None
    submitted_at: datetime | date | None = None
    body: str | None = None
    """The article's text as JSON-LD has it: for pages that only a script fills."""


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page. Every step of the extraction reads it, none changes it."""

    original_text: str
    lines: tuple[Line, ...]
    hints: Hints = field(default_factory=Hints)
    encoding: str = "utf-8"
    pushed: bool = False
    """Sent by a publisher as an article: it needs no proof of being one."""
    boxes: tuple[int, ...] = ()
    """For each box of a page of HTML the box around it, in document order; box 0 is the page."""
