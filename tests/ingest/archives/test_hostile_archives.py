"""Archives made to fill memory or disk, to lead elsewhere or to break the reader each end as a receipt that says so."""

import bz2
import gzip
import lzma
import stat
import tarfile
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.topics import RAW
from bantin_ingest.archives.kinds import archive_kind, may_be_archive
from bantin_ingest.arrival import Unpacker
from bantin_ingest.handler import IncomingFile
from bantin_ingest.names import MAX_CHARACTERS, member_name
from bantin_ingest.settings import IngestSettings
from tests.ingest.archives.made import encrypted_zip, gzip_bomb, link, tar_of, tarred, warc, zipped
from tests.ingest.conftest import Ingest, Start

Outcome = list[tuple[str, str | None]]


async def outcome(ingest: Ingest, content: bytes) -> Outcome:
    """Return name and reason of each receipt that the archive gets."""
    answer = await ingest.http.put("/v1/files/a.archive", content=content)
    assert answer.status_code == 202, answer.text
    return [(file["name"], (file["reason"] or {}).get("code")) for file in answer.json()["files"]]


BOMBS = {
    "gzip": gzip_bomb(60_000_000),
    "bzip2": bz2.compress(gzip.decompress(gzip_bomb(60_000_000))),
    "xz": lzma.compress(gzip.decompress(gzip_bomb(60_000_000))),
    "zip": zipped({"zeros.txt": bytes(60_000_000)}),
    "zip of many": zipped({f"{number}.txt": bytes(1_000_000) for number in range(60)}),
    "warc of one line": gzip.compress(b"WARC/1.0" + b"a" * 60_000_000),
    "warc of many headers": gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 10_000_000),
    "tar of one name": gzip.compress(
        b"".join((link("x", "", tarfile.GNUTYPE_LONGNAME).tobuf()[:124], b"%011o\0" % 60_000_000))
        + link("x", "", tarfile.GNUTYPE_LONGNAME).tobuf()[136:]
        + bytes(60_000_000)
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
async def test_bombs_take_neither_memory_nor_disk(ingest: Ingest, bomb: str) -> None:
    tracemalloc.start()
    found = await outcome(ingest, BOMBS[bomb])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [code for _, code in found] in (["archive_unsafe"], ["undecodable"]), found
    assert peak < 40_000_000, f"{peak:,} bytes"
    assert await ingest.records(RAW) == []


async def test_a_bomb_within_a_page_of_a_crawl(ingest: Ingest) -> None:
    body = gzip.compress(gzip.compress(bytes(60_000_000)))
    layered = warc(
        ("https://a.vn/1", "text/html", gzip.compress(bytes(60_000_000))), extra={"Content-Encoding": "gzip"}
    )
    assert await outcome(ingest, layered) == [("a.archive", "archive_unsafe")]
    twice = warc(("https://a.vn/1", "text/html", body), extra={"Content-Encoding": "gzip"})
    assert await outcome(ingest, twice) == [("a.vn/1", None)]


async def test_the_limits_count_for_a_request_as_a_whole(start: Start) -> None:
    three = zipped({f"{number}.txt": b"%d" % number for number in range(3)})
    async with start(archive_members=5) as ingest:
        answer = await ingest.http.post("/v1/files", files=[("file", ("a.zip", three)), ("file", ("b.zip", three))])
        receipts = [(file["name"], (file["reason"] or {}).get("code")) for file in answer.json()["files"]]
        assert receipts == [("0.txt", None), ("1.txt", None), ("2.txt", None), ("b.zip", "archive_unsafe")]
    large = zipped({"a.txt": b"a" * 900_000})
    async with start(archive_unpacked=1_000_000) as ingest:
        answer = await ingest.http.post("/v1/files", files=[("file", ("a.zip", large)), ("file", ("b.zip", large))])
        assert [(file["reason"] or {}).get("code") for file in answer.json()["files"]] == [None, "archive_unsafe"]


async def test_ten_thousand_members(ingest: Ingest) -> None:
    names = [f"{number}.txt" for number in range(10_000)]
    found = await outcome(ingest, zipped({name: name.encode() for name in names}))
    assert found == [(name, None) for name in names]
    assert await outcome(ingest, zipped({str(number): b"x" for number in range(10_001)})) == [
        ("a.archive", "archive_unsafe")
    ]


async def test_archives_within_archives_are_refused_alone(ingest: Ingest) -> None:
    page = ("https://a.vn", "text/html", b"a")
    inner = [
        zipped({"a": b"a"}),
        tarred({"a": b"a"}, "gz"),
        tarred({"a": b"a"}),
        warc(page),
    ]
    document = zipped({"[Content_Types].xml": b"<Types/>"})
    members = {**{f"{number}.bin": content for number, content in enumerate(inner)}, "d.docx": document, "t.txt": b"t"}
    for outer in (zipped(members), tarred(members, "xz")):
        found = await outcome(ingest, outer)
        assert [code for _, code in found] == ["archive_unsafe"] * 4 + [None, None]


async def test_links_and_devices_are_refused(ingest: Ingest, tmp_path: Path) -> None:
    device = link("device", "", tarfile.CHRTYPE)
    archive = tar_of(
        link("link", "/etc/passwd"), link("hard", "../../etc/passwd", tarfile.LNKTYPE), device, tarfile.TarInfo("empty")
    )
    assert await outcome(ingest, archive) == [
        ("link", "archive_unsafe"),
        ("hard", "archive_unsafe"),
        ("device", "archive_unsafe"),
        ("empty", "empty"),
    ]
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(info, "/etc/passwd")
    assert await outcome(ingest, target.getvalue()) == [("link", "archive_unsafe")]


async def test_names_are_labels_that_lead_nowhere(ingest: Ingest, tmp_path: Path) -> None:
    names = [
        "../../../etc/cron.d/x",
        "/etc/shadow",
        "C:\\a\\..\\x.ini",
        "a/./b/../c.txt",
        "tin\u202elmth.exe",
        "..",
    ]
    for archive in (zipped(dict.fromkeys(names, b"x")), tarred(dict.fromkeys(names, b"x"))):
        found = [name for name, _ in await outcome(ingest, archive)]
        assert found == ["etc/cron.d/x", "etc/shadow", "C:/a/x.ini", "a/b/c.txt", "tinlmth.exe", "unnamed"]
    assert names_below(tmp_path).isdisjoint({"x", "shadow", "x.ini", "c.txt"})


def names_below(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


@given(st.text(max_size=400))
def test_any_name_becomes_a_label(name: str) -> None:
    label = member_name(name)
    assert 0 < len(label) <= MAX_CHARACTERS
    assert not label.startswith("/")
    assert ".." not in label.split("/")
    assert member_name(label) == label


async def test_members_that_are_too_large_are_refused_alone(start: Start) -> None:
    async with start(max_upload=100_000) as ingest:
        for archive in (zipped({"a": b"a" * 100_001, "b": b"b"}), tarred({"a": b"a" * 100_001, "b": b"b"}, "gz")):
            assert await outcome(ingest, archive) == [("a", "too_large"), ("b", None)]


async def test_encrypted_archives(ingest: Ingest) -> None:
    assert await outcome(ingest, encrypted_zip("a", "b")) == [("a.archive", "encrypted")]
    some = await outcome(ingest, encrypted_zip("a", plain={"b": b"open"}))
    assert some == [("a", "encrypted"), ("b", None)]


async def test_an_archive_without_files(ingest: Ingest) -> None:
    folder = tarfile.TarInfo("folder")
    folder.type = tarfile.DIRTYPE
    for archive in (zipped({}), zipped({"folder/": b""}), tar_of(folder), warc()):
        assert await outcome(ingest, archive) == [("a.archive", "empty")]


async def test_of_truncated_archives_the_members_before_the_end_are_taken(ingest: Ingest) -> None:
    members = {f"{number}.txt": b"%d" % number + bytes(range(256)) * 40 for number in range(5)}
    pages = tuple((f"https://a.vn/{number}", "text/html", b"<p>x</p>" * 99) for number in range(3))
    for whole, names in (
        (tarred(members), ["0.txt", "1.txt", "2.txt"]),
        (warc(*pages), ["a.vn/0"]),
    ):
        found = await outcome(ingest, whole[: len(whole) * 6 // 10])
        assert found == [*((name, None) for name in names), ("a.archive", "undecodable")]
    for packing in ("gz", "xz"):
        whole = tarred(members, packing)
        found = await outcome(ingest, whole[: len(whole) * 6 // 10])
        assert found[-1] == ("a.archive", "undecodable")
        assert [code for _, code in found[:-1]] == [None] * (len(found) - 1)


async def test_what_is_taken_of_a_broken_archive_is_whole_and_so_are_its_neighbours(ingest: Ingest) -> None:
    members = {f"{number}.txt": b"%d" % number * 9_000 for number in range(4)}
    broken = tarred(members)[:25_000]
    files = [("file", ("a.tar", broken)), ("file", ("b.tar", tarred(members))), ("file", ("c.txt", b"c"))]
    batch = (await ingest.http.post("/v1/files", files=files)).json()
    receipts = [(file["name"], (file["reason"] or {}).get("code")) for file in batch["files"]]
    assert receipts == [
        *((f"{number}.txt", None) for number in range(2)),
        ("a.tar", "undecodable"),
        *((f"{number}.txt", None) for number in range(4)),
        ("c.txt", None),
    ]
    said = batch["files"][2]["reason"]["detail"]
    assert said.startswith(
        "What comes behind its first 2 files, which were taken, can't be read. The archive is broken"
    )
    contents = [record.value for record in await ingest.records(RAW)]
    assert contents == [b"0" * 9_000, b"1" * 9_000, *members.values(), b"c"]


async def test_sizes_that_lie(ingest: Ingest) -> None:
    raw = bytearray(zipped({"a.txt": b"a" * 1_000, "b.txt": b"b"}, zipfile.ZIP_STORED))
    for at in (raw.index(b"PK\x03\x04") + 22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = (900).to_bytes(4, "little")
    assert await outcome(ingest, bytes(raw)) == [("a.txt", "undecodable"), ("b.txt", None)]
    huge = tarfile.TarInfo("a.txt")
    huge.size = 2**50
    assert await outcome(ingest, huge.tobuf(tarfile.GNU_FORMAT) + bytes(20_000)) == [("a.archive", "undecodable")]


@pytest.mark.parametrize("lie", [b"999999999999", b"400", b"3", b"-5", b"many", b"", b"\xb2", b"1_0", b"+9"])
@pytest.mark.parametrize("packed", [False, True])
async def test_a_record_whose_length_lies_costs_what_comes_behind_it(ingest: Ingest, lie: bytes, packed: bool) -> None:
    pages = [(f"https://a.vn/{number}", "text/html", b"<p>%d</p>" % number * 40) for number in range(3)]
    records = [warc(page) for page in pages]
    at = records[1].index(b"WARC-Type: response")
    start = records[1].index(b"Content-Length: ", at) + len(b"Content-Length: ")
    records[1] = records[1][:start] + lie + records[1][records[1].index(b"\r\n", start) :]
    crawl = b"".join(gzip.compress(record) if packed else record for record in records)
    found = await outcome(ingest, crawl)
    assert found == [("a.vn/0", None), ("a.archive", "undecodable")]
    assert await outcome(ingest, records[1]) == [("a.archive", "undecodable")]


async def test_a_record_that_ends_with_its_own_headers_is_no_end(ingest: Ingest) -> None:
    crawl = warc(("https://a.vn/0", "text/html", b"<p>0</p>"), ("https://a.vn/1", "text/html", b"<p>1</p>"))
    cut = crawl[: crawl.rindex(b"HTTP/1.1 200 OK")]
    assert await outcome(ingest, cut) == [("a.vn/0", None), ("a.archive", "undecodable")]


async def test_sizes_in_a_tar_that_lie_cost_what_comes_behind_them(ingest: Ingest) -> None:
    def header(size: bytes) -> bytes:
        raw = bytearray(tarfile.TarInfo("b.txt").tobuf(tarfile.GNU_FORMAT))
        raw[124:136], raw[148:156] = size, b" " * 8
        raw[148:156] = b"%06o\0 " % sum(raw)
        return bytes(raw)

    first = tarred({"a.txt": b"a"})[:1024]
    for size, behind in ((b"\xff" * 12, bytes(10_000)), (b"%011o\0" % 3, b"b" * 2_000 + bytes(10_000))):
        lying = header(size) + behind
        assert await outcome(ingest, first + lying) == [("a.txt", None), ("a.archive", "undecodable")]
    assert await outcome(ingest, header(b"\xff" * 12) + bytes(1_024)) == [("a.archive", "undecodable")]


async def test_a_file_with_holes_is_refused(ingest: Ingest) -> None:
    info = tarfile.TarInfo("holes.txt")
    info.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": str(2**50), "GNU.sparse.name": "holes.txt"}
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info, BytesIO(b""))
    assert [code for _, code in await outcome(ingest, target.getvalue())] == ["archive_unsafe"]


SEEDS = [
    zipped({"a": b"a" * 50, "b": b"b"}),
    tarred({"a": b"a" * 50}),
    tarred({"a": b"a"}, "gz"),
    tarred({"a": b"a"}, "xz"),
]
SEEDS.append(warc(("https://a.vn/1", "text/html", b"<p>x</p>"), packed=True))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=12))
def test_any_damage_ends_in_receipts(
    tmp_path_factory: pytest.TempPathFactory, seed: bytes, damage: list[tuple[int, int]]
) -> None:
    broken = bytearray(seed)
    for at, value in damage:
        broken[at % len(broken)] = value
    settings_here = IngestSettings(data=tmp_path_factory.getbasetemp(), max_upload=10_000, archive_unpacked=100_000)

    async def run() -> None:
        unpacker = Unpacker(settings_here)
        file = IncomingFile("a", "application/zip", len(broken), "0" * 64)
        with unpacker.spool() as spool:
            members = await unpacker.members(file, bytes(broken), spool)
            for member in members or ():
                if member.file.refusal is None:
                    assert len(await member.content()) == member.file.size

    anyio.run(run)


@given(st.binary(max_size=600))
def test_any_file_is_an_archive_or_not(content: bytes) -> None:
    if may_be_archive(content[:512]):
        archive_kind(BytesIO(content))
