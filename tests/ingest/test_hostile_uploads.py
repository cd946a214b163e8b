"""Whatever a sender does, the answer is a 4xx problem or a harmless receipt, never a 500 and never much memory."""

import contextlib
import tracemalloc
from collections.abc import AsyncIterator, Iterable
from tempfile import SpooledTemporaryFile

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.problem import Problem
from bantin.topics import RAW
from bantin_ingest.upload import spool
from bantin_ingest.upload.disposition import part_names
from bantin_ingest.upload.multipart import read_form
from bantin_ingest.upload.spool import Spool
from tests.ingest.conftest import Ingest, Start

BOUNDARY = "----WebKitFormBoundaryx"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
DASHES = b"--" + BOUNDARY.encode()
FILE = b'Content-Disposition: form-data; name="file"; filename="a.txt"'


def part(disposition: bytes, content: bytes = b"a") -> bytes:
    return DASHES + b"\r\n" + disposition + b"\r\n\r\n" + content + b"\r\n"


def closed(*parts: bytes) -> bytes:
    return b"".join(parts) + DASHES + b"--\r\n"


async def post(ingest: Ingest, body: bytes | AsyncIterator[bytes], content_type: str = FORM) -> httpx.Response:
    return await ingest.http.post("/v1/files", content=body, headers={"content-type": content_type})


async def problem(ingest: Ingest, body: bytes | AsyncIterator[bytes], content_type: str = FORM) -> tuple[int, str]:
    answer = await post(ingest, body, content_type)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("urn:bantin:problem:")


async def test_bodies_that_are_no_form(ingest: Ingest) -> None:
    good = closed(part(FILE))
    assert await problem(ingest, good, "multipart/form-data") == (400, "malformed_form")
    assert await problem(ingest, good, "multipart/form-data; boundary=") == (400, "malformed_form")
    assert await problem(ingest, good, "multipart/form-data; boundary=" + "x" * 300) == (400, "malformed_form")
    assert await problem(ingest, good, "multipart/form-data; boundary=other") == (400, "malformed_form")
    assert await problem(ingest, good, "application/json") == (415, "not_a_form")
    assert await problem(ingest, good, "") == (415, "not_a_form")
    assert await problem(ingest, b"") == (400, "malformed_form")
    assert await problem(ingest, part(FILE)) == (400, "malformed_form")
    assert await problem(ingest, good[:-10]) == (400, "malformed_form")
    assert await problem(ingest, closed(part(b"no header"))) == (400, "malformed_form")
    assert await problem(ingest, closed(part(b"X-Other: y"))) == (400, "malformed_form")
    assert await ingest.records(RAW) == []


async def test_forms_without_a_file(ingest: Ingest) -> None:
    field = part(b'Content-Disposition: form-data; name="source"')
    left_empty = part(b'Content-Disposition: form-data; name="file"; filename=""', b"")
    elsewhere = part(b'Content-Disposition: form-data; name="upload"; filename="a.txt"')
    assert await problem(ingest, closed()) == (422, "file_missing")
    assert await problem(ingest, closed(field)) == (422, "file_missing")
    assert await problem(ingest, closed(left_empty)) == (422, "file_missing")
    assert await problem(ingest, closed(part(FILE), elsewhere)) == (422, "unknown_file_field")
    assert await problem(ingest, closed(field, field, part(FILE))) == (422, "repeated_field")
    latin = part(b'Content-Disposition: form-data; name="source"', b"\xe9")
    assert await problem(ingest, closed(latin, part(FILE))) == (422, "invalid_field")


async def test_headers_and_fields_without_an_end(ingest: Ingest) -> None:
    async def flood(beginning: bytes, more: bytes) -> AsyncIterator[bytes]:
        yield DASHES + b"\r\n" + beginning
        for _ in range(10_000):
            yield more

    assert await problem(ingest, flood(b"X: ", b"a" * 1_000)) == (400, "malformed_form")
    assert await problem(ingest, flood(b"", b"X: y\r\n")) == (400, "malformed_form")
    assert await problem(ingest, flood(b"", b"a" * 1_000)) == (400, "malformed_form")
    field = b'Content-Disposition: form-data; name="x"\r\n\r\n'
    assert await problem(ingest, flood(field, b"a" * 1_000)) == (413, "field_too_large")


async def test_too_many_parts(ingest: Ingest) -> None:
    assert await problem(ingest, closed(*[part(FILE)] * 1_001)) == (413, "too_many_files")
    nameless = part(b'Content-Disposition: form-data; name="file"; filename=""', b"")
    assert await problem(ingest, closed(*[nameless] * 1_100)) == (413, "too_many_files")
    assert await ingest.records(RAW) == []
    answer = await post(ingest, closed(*[part(FILE)] * 1_000))
    assert (answer.status_code, answer.json()["total"], len(answer.json()["files"])) == (202, 1_000, 1_000)
    assert len(await ingest.records(RAW)) == 1_000
    assert await ingest.batch(answer.json()["batch_id"]) == answer.json()


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        (b'filename="../../etc/passwd"', "passwd"),
        (b'filename="..\\..\\windows\\win.ini"', "win.ini"),
        (b'filename="tin\x00.html"', "tin.html"),
        ('filename="tin\u202elmth.exe"'.encode(), "tinlmth.exe"),
        ('filename="Dân vận khéo.html"'.encode(), "Dân vận khéo.html"),
        (b'filename="a%22b%22.txt"', 'a"b".txt'),
        (b'filename="a\\"b\\".txt"', 'a"b".txt'),
        (b"filename*=UTF-8''D%C3%A2n%20v%E1%BA%ADn.html", "Dân vận.html"),
        (b"filename=\"x.html\"; filename*=utf-8'vi'%2Fetc%2Fd%C3%A2n.html", "dân.html"),
        (b"filename*=no-charset''a%FF.txt", "aÿ.txt"),
        (b"filename=\"a; filename*=UTF-8''b.txt\"", "a; filename*=UTF-8''b.txt"),
        (b'filename="a;b=c.txt"', "a;b=c.txt"),
        (b'filename="."', "unnamed"),
        (b'filename=""', "unnamed"),
        (b'x="y"', "unnamed"),
        (b'filename="' + b"a" * 400 + b'.html"', "a" * 250 + ".html"),
    ],
)
async def test_names_lead_nowhere(ingest: Ingest, filename: bytes, name: str) -> None:
    answer = await post(ingest, closed(part(b'Content-Disposition: form-data; name="file"; ' + filename)))
    assert answer.status_code == 202, answer.text
    (receipt,) = answer.json()["files"]
    assert receipt["name"] == name


@given(st.binary(max_size=200))
def test_any_header_is_read_or_ignored(header: bytes) -> None:
    for disposition in (header, b"form-data; name=file; filename*=" + header, b'form-data; name="' + header):
        name, filename = part_names(disposition)
        assert name is None or isinstance(name, str)
        assert filename is None or isinstance(filename, str)


PIECES = st.sampled_from(
    [
        DASHES,
        b"--",
        b"\r\n",
        b"\r",
        b"\n",
        FILE,
        b"Content-Type: text/html",
        b"Content-Disposition:",
        b": ",
        b"\0",
        b"a",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=5), max_size=30), st.integers(1, 40))
def test_any_body_is_a_form_or_a_problem(tmp_path_factory: pytest.TempPathFactory, body: list[bytes], cut: int) -> None:
    whole = b"".join(body)

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), cut):
            yield whole[start : start + cut]

    async def read() -> None:
        with Spool(tmp_path_factory.getbasetemp(), file_limit=10) as kept:
            form = await read_form(FORM, chunks(), kept, max_files=5)
            assert all(part.spooled.size <= len(whole) for part in form.files)

    with contextlib.suppress(Problem):
        anyio.run(read)


@pytest.mark.parametrize("size", [1, 7, 63, 64, 65, 1_000])
async def test_content_arrives_whole_however_it_is_cut(ingest: Ingest, size: int) -> None:
    tricky = b"\r\n--" + BOUNDARY.encode()[:-1] + b"\r\n\r\n--\r\n-" + bytes(range(256)) + b"\r\n"
    body = closed(part(FILE, tricky), part(FILE, b"\r\n" + tricky))

    async def cut() -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    answer = await post(ingest, cut())
    assert answer.status_code == 202, answer.text
    assert [record.value for record in await ingest.records(RAW)] == [tricky, b"\r\n" + tricky]


async def test_large_requests_stay_on_disk(start: Start) -> None:
    async with start(max_upload=2_000_000) as ingest:
        sizes = [1_999_999, 3_000_000, 2_000_000, 1] * 10

        async def stream() -> AsyncIterator[bytes]:
            for size in sizes:
                yield DASHES + b"\r\n" + FILE + b"\r\n\r\n"
                for chunk in _chunks(size):
                    yield chunk
                yield b"\r\n"
            yield DASHES + b"--\r\n"

        tracemalloc.start()
        answer = await post(ingest, stream())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert answer.status_code == 202
        assert answer.json()["counts"]["rejected"] == 10
        assert [file["bytes"] for file in answer.json()["files"]] == sizes
        kept = await ingest.records(RAW)
        assert [len(record.value or b"") for record in kept] == [size for size in sizes if size != 3_000_000]
        assert {bytes(set(record.value or b"")) for record in kept} == {b"a"}
        assert peak < 40_000_000, f"{peak:,} bytes for a request of {sum(sizes):,}"


class FullDisk(SpooledTemporaryFile[bytes]):
    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


async def test_a_full_disk_is_told(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "SpooledTemporaryFile", FullDisk)
    answer = await ingest.http.put("/v1/files/a.bin", content=b"a" * 1_000_000)
    assert (answer.status_code, answer.json()["type"]) == (507, "urn:bantin:problem:no_room")


def _chunks(size: int) -> Iterable[bytes]:
    for start in range(0, size, 60_000):
        yield b"a" * min(60_000, size - start)
