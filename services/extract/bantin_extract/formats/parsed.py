"""What a document's reader found: its text in reading order, for the renderer of pages to cut into lines."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Parsed:
    """`text` is HTML (a block an element) or plain text (a block a line); `format` names what it came in.

    `title` is what the document's envelope calls it (the subject of a mail), None where it has none.
    """

    text: str
    form: Literal["text", "html"]
    format: str
    title: str | None = None
