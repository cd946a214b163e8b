"""Changes an input a little, as damage and malice do: bits, numbers, pieces cut out, repeated, or of others."""

import random
from collections.abc import Callable, Sequence

PIECES = (
    *(
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xe2\x80\xae",
        b"\xe2\x80\x8b",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ),
    *(
        b"<",
        b">",
        b"&#",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///x'>]>&a;",
        b"<script>",
    ),
    *(
        b'"',
        b"'",
        b"\\",
        b"\\ud800",
        b"[",
        b"{",
        b"(",
        b"-",
        b"*",
        b"%",
        b"%00",
        b"../",
        b"9" * 400,
        b"-1",
        b"1e999",
        b"NaN",
    ),
    *(
        b"--b\r\n",
        b"--b--\r\n",
        b"\r\n\r\n",
        b"\n",
        b"Content-Disposition: form-data; name=file; filename*=",
        b"AND",
        b"OR",
    ),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"%PDF-1.7",
        b"{\\rtf1",
        b"\xd0\xcf\x11\xe0",
        b"WARC/1.0\r\n",
        b"ustar",
    ),
    *(
        b"0001-01-01",
        b"9999-12-31T23:59:59-14:00",
        b"\xc4\x90\xe1\xbb\x93ng ch\xc3\xad ",
        b"Ngh\xe1\xbb\x8b quy\xe1\xba\xbft s\xe1\xbb\x91 ",
    ),
)
LARGEST = 20_000


def mutated(raw: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the input after one to eight changes."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        chance.choice(_CHANGES)(changed, others, chance)
    return bytes(changed[:LARGEST])


def _place(raw: bytearray, chance: random.Random) -> int:
    return chance.randint(0, len(raw))


def _set(raw: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    if raw:
        raw[chance.randrange(len(raw))] = chance.randrange(256)


def _insert(raw: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = _place(raw, chance)
    raw[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 300))


def _cut(raw: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = _place(raw, chance)
    del raw[at : at + chance.choice((1, 4, 50, len(raw)))]


def _repeat(raw: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = _place(raw, chance)
    raw[at:at] = raw[at : at + chance.randint(1, 60)] * chance.choice((1, 2, 200))


def _graft(raw: bytearray, others: Sequence[bytes], chance: random.Random) -> None:
    if others:
        other = chance.choice(others)
        at = _place(raw, chance)
        raw[at:] = other[chance.randint(0, len(other)) :]


_CHANGES: Sequence[Callable[[bytearray, Sequence[bytes], random.Random], None]] = (_set, _insert, _cut, _repeat, _graft)
