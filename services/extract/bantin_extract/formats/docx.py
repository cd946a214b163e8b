"""DOCX to HTML with mammoth: paragraphs, headings, lists, tables; pictures are left out."""

from io import BytesIO
from typing import Any, cast

from bantin_extract.formats.markup import read_xml
from bantin_extract.formats.package import Package
from bantin_extract.formats.parsed import Parsed
from bantin_extract.rejection import RejectedError

_BODY = "word/document.xml"
_STYLES = "p[style-name='Title'] => h1:fresh"


def read_docx(content: bytes) -> Parsed:
    """Return the document's HTML; raise RejectedError where it is broken, encrypted or unsafe."""
    import mammoth  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] - only where a document needs it

    package = Package(content, "DOCX document")
    if _BODY not in package.names:
        raise RejectedError("undecodable", "The DOCX document has no text part.")
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            read_xml(package.read(name))
    try:
        converted: Any = cast(Any, mammoth).convert_to_html(
            BytesIO(content),
            style_map=_STYLES,
            convert_image=cast(Any, mammoth).images.img_element(_without_picture),
            external_file_access=False,
        )
    except RecursionError:
        raise
    except Exception as error:  # the library names no errors of its own: a broken document shows as any
        raise RejectedError("undecodable", f"The DOCX document is broken ({type(error).__name__}).") from error
    return Parsed(str(converted.value), "html", "docx")


def _without_picture(_: object) -> dict[str, str]:
    return {}
