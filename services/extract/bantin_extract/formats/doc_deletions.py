"""Where a legacy Word document holds text that was deleted, but kept to show the change. No I/O.

Source: [MS-DOC], PlcBteChpx, ChpxFkp, Sprm and the character property sprmCFRMarkDel.
"""

import struct
from collections.abc import Generator

Range = tuple[int, int]
"""First byte, and the one after the last, in the document's stream."""

_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
_DELETED = 0x0800
_SIZES = (1, 1, 2, 4, 2, 2, None, 3)
"""Bytes of a property's operand by the three highest bits of its code; None: it says so itself."""


def deleted_ranges(stream: bytes, table: bytes) -> list[Range]:
    """Return the ranges of deleted text, in order, none touching another; `table` is the document's PlcBteChpx.

    What is damaged has no deletions.
    """
    count = max(0, len(table) - 4) // 8
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    merged: list[Range] = []
    for start, end in sorted(one for number in dict.fromkeys(numbers) for one in _of_page(stream, number)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def kept(start: int, end: int, deleted: list[Range]) -> Generator[Range]:
    """Give what is left of a range of the stream without the deletions."""
    for first, after in deleted:
        if after <= start:
            continue
        if first >= end:
            break
        if first > start:
            yield start, first
        start = after
    if start < end:
        yield start, end


def _of_page(stream: bytes, number: int) -> Generator[Range]:
    at = (number & _PAGE_NUMBER) * _PAGE
    page = stream[at : at + _PAGE]
    runs = page[-1] if len(page) == _PAGE else 0
    if 5 * runs + 4 >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{runs + 1}I", page) if runs else ()
    for run in range(runs):
        properties = 2 * page[4 * (runs + 1) + run]
        if properties and bounds[run] < bounds[run + 1] and _is_deletion(page[properties + 1 :][: page[properties]]):
            yield bounds[run], bounds[run + 1]


def _is_deletion(properties: bytes) -> bool:
    at = 0
    while at + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        if code == _DELETED:
            return properties[at + 2] == 1
        size = _SIZES[code >> 13]
        at += 2 + (1 + properties[at + 2] if size is None else size)
    return False
