"""What goes between the stage and the processes that read its pages: messages with their length before them."""

from typing import BinaryIO

from pydantic import TypeAdapter

from bantin.events import ArticleEnriched, ArticleRejected

Extracted = ArticleEnriched | ArticleRejected

ANSWER = TypeAdapter[Extracted](Extracted)
"""What a process answers for each page, as JSON, as soon as it has read it."""

READY = b"ready"
"""What a process says first, when it can read pages."""

LENGTH_BYTES = 8


def read_message(stream: BinaryIO) -> bytes | None:
    """Return the next message, None at the end of the stream."""
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    size = int.from_bytes(length, "big")
    message = stream.read(size)
    return message if len(message) == size else None


def write_message(stream: BinaryIO, message: bytes) -> None:
    """Write a message and see it off."""
    stream.write(len(message).to_bytes(LENGTH_BYTES, "big"))
    stream.write(message)
    stream.flush()
