"""The XML inside office documents, read as a stream by expat: no document types (so no entities), bounded depth."""

from collections.abc import Callable
from xml.parsers.expat import ExpatError, ParserCreate

from bantin_extract.rejection import RejectedError

MAX_DEPTH = 256
"""Deeper than any document that an office program wrote; readers that recurse must not run out of stack."""

_CHUNK = 256 * 1024

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def read_xml(content: bytes, start: Start | None = None, end: End | None = None, text: Text | None = None) -> None:
    """Call `start`, `end` and `text` for each element and piece of text; names are `NAMESPACE LOCAL`.

    Raise RejectedError (`undecodable`) for what is broken, declares a document type or nests deeper than MAX_DEPTH.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def refuse(*_: object) -> None:
        raise RejectedError("undecodable", "The document's XML declares a document type, which no office program does.")

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RejectedError("undecodable", f"The document's XML nests more than {MAX_DEPTH} elements deep.")
        if start:
            start(name, attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text
    try:
        for at in range(0, len(content), _CHUNK):
            parser.Parse(content[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except ExpatError as error:
        raise RejectedError("undecodable", f"The document's XML is broken ({error}).") from error
