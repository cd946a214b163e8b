"""Stands for the program that reads pages, with parsers that do what a page's content tells them to."""

import os
import time
from pathlib import Path
from typing import NoReturn

from bantin.events import ArticleReceived, ArticleRejected, Reason
from bantin_extract.processes import reader
from bantin_extract.rejection import rejected


def obey(event: ArticleReceived) -> ArticleRejected:
    """Crash, hang, be slow, eat memory or processor time, write a file, or answer for another page, as it says."""
    order = event.content
    if b"crash" in order:
        os._exit(9)
    if b"hang" in order:
        sleep_for_ever()
    if b"slow" in order:
        time.sleep(1)
    if b"burn" in order:
        while True:
            pass
    if b"eat" in order:
        eaten = bytearray(2**40)
        return rejected(event, Reason(code="eaten", detail=f"{len(eaten)}"))
    if b"lie" in order:
        event = event.model_copy(update={"article_id": "another"})
    return rejected(event, Reason(code="seen", detail=tell(order)))


def tell(order: bytes) -> str:
    """Return what the process can see or do of what it should not."""
    if b"environment" in order:
        return Path("/proc/self/environ").read_bytes().decode(errors="replace")
    if b"write" in order:
        try:
            Path(order.partition(b" ")[2].decode()).write_bytes(b"x")
        except OSError as error:
            return f"refused: {error.strerror}"
        return "written"
    return ""


def sleep_for_ever() -> NoReturn:
    while True:
        time.sleep(1)


if __name__ == "__main__":
    reader.extract = obey
    reader.main()
