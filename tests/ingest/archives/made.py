"""Makes small archives for tests, good and hostile ones."""

import gzip
import io
import struct
import tarfile
import uuid
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return target.getvalue()


def named(raw: bytes, content: bytes, unicode_path: bytes | None = None) -> bytes:
    """Return an archive of one member that is called by bytes, without the flag that says they are UTF-8."""
    stand_in = "x" * len(raw)
    info = zipfile.ZipInfo(stand_in)
    if unicode_path is not None:
        field = struct.pack("<BI", 1, zlib.crc32(raw)) + unicode_path
        info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, content)
    return target.getvalue().replace(stand_in.encode(), raw)


def tarred(files: Mapping[str, bytes], packing: str = "") -> bytes:
    target = BytesIO()
    with tarfile.open(fileobj=target, mode=f"w:{packing}") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    return target.getvalue()


def tar_of(*infos: tarfile.TarInfo) -> bytes:
    """Return an archive of headers whose members have no content."""
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for info in infos:
            archive.addfile(info)
    return target.getvalue()


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def warc(*pages: tuple[str, str, bytes], packed: bool = False, extra: Mapping[str, str] | None = None) -> bytes:
    """Return a WARC file of responses (address, media type, body), each followed by its request."""
    records = [_record("warcinfo", "", b"software: test\r\n")]
    for address, media_type, body in pages:
        headers = {"Content-Type": media_type, **(extra or {})}
        records.append(_record("response", address, _http("HTTP/1.1 200 OK", headers) + body))
        records.append(_record("request", address, _http("GET / HTTP/1.1", {"Host": "a.vn"})))
    return b"".join(gzip.compress(record) if packed else record for record in records)


def _record(kind: str, address: str, block: bytes) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Date": "2024-05-06T07:08:09Z",
        **({"WARC-Target-URI": address} if address else {}),
        "Content-Type": "application/http" if address else "application/warc-fields",
        "Content-Length": str(len(block)),
    }
    return _http("WARC/1.0", headers) + block + b"\r\n\r\n"


def _http(first: str, headers: Mapping[str, str]) -> bytes:
    return "\r\n".join((first, *(f"{name}: {value}" for name, value in headers.items()), "", "")).encode()


def gzip_bomb(size: int) -> bytes:
    """Return a gzipped archive with one member of zeros."""
    info = tarfile.TarInfo("zeros.txt")
    info.size = size
    target = BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as packed:
        packed.write(info.tobuf())
        for _ in range(size // 1_000_000):
            packed.write(bytes(1_000_000))
        packed.write(bytes(10_240))
    return target.getvalue()


def encrypted_zip(*names: str, plain: Mapping[str, bytes] | None = None) -> bytes:
    """Return an archive whose members `names` say that they are encrypted."""
    raw = bytearray(zipped({**dict.fromkeys(names, b"secret"), **(plain or {})}, zipfile.ZIP_STORED))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        starts = {info.filename: info.header_offset for info in archive.infolist()}
        central = archive.start_dir
    for name, start in starts.items():
        if name in names:
            raw[start + 6] |= 1
        central = raw.index(b"PK\x01\x02", central)
        if name in names:
            raw[central + 8] |= 1
        central += 4
    return bytes(raw)
