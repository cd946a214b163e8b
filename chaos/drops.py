"""What is dropped: new articles, the same again, newer and older captures of them, and files that hold no article."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

FIRST_CAPTURE = datetime(2026, 1, 5, 8, tzinfo=UTC)
CAPTURE_SPAN = timedelta(days=90)

Kind = Literal["article", "rubbish"]

_PAGE = """Trang chủ
Giới thiệu
Liên hệ
Hội nghị {mark} về công tác dân vận ở cơ sở

Thứ Hai, 01/03/2021, 08:15

Sáng ngày 01/3, Ủy ban nhân dân huyện tổ chức hội nghị {mark} về công tác dân vận, với sự tham dự của đại diện \
lãnh đạo các phòng, ban và các xã, thị trấn trên địa bàn.

Nội dung {mark} được các đại biểu thảo luận kỹ lưỡng, có {mark} ý kiến tham luận của các đơn vị, địa phương.

Kết luận hội nghị, lãnh đạo huyện đề nghị các địa phương tiếp tục triển khai đồng bộ các giải pháp.

Số lượt xem: 12
Quay lại
"""
_RUBBISH: Sequence[bytes] = (b" \n\t\n", b"\x7fELF\x02\x01\x01" + bytes(range(256)), b"%PDF-1.7\nbroken beyond repair")


@dataclass(frozen=True, slots=True)
class Drop:
    """One file as it is sent. `mark` is a word that its article alone holds, in title and body."""

    name: str
    content: bytes
    kind: Kind
    mark: str = ""
    source_url: str | None = None
    captured_at: datetime | None = None

    @property
    def provenance(self) -> Mapping[str, str]:
        """The form fields that go with the file."""
        fields: dict[str, str] = {}
        if self.source_url:
            fields["source_url"] = self.source_url
        if self.captured_at:
            fields["captured_at"] = self.captured_at.isoformat()
        return fields


class Drops:
    """An endless supply of requests, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"drops {seed}")  # noqa: S311 - repeatable, not secret
        self._seed = seed
        self._count = 0
        self._captures: list[Drop] = []
        self._loose: list[Drop] = []

    def request(self) -> list[Drop]:
        """Return the files of the next request: one capture of a page, or several files without an address."""
        if self._chance.random() < 0.5:
            return [self._capture()]
        return [self._file() for _ in range(self._chance.randint(1, 12))]

    def _capture(self) -> Drop:
        """Return a capture of a page: of a new one, of one captured before, or the very same again."""
        fate = self._chance.random() if self._captures else 0.0
        if fate > 0.8:
            return self._chance.choice(self._captures)
        url = f"http://portal.example/{self._seed}/{self._count}"
        if fate > 0.4 and (again := self._chance.choice(self._captures).source_url):
            url = again
        at = FIRST_CAPTURE + self._chance.random() * CAPTURE_SPAN
        mark = self._mark()
        drop = Drop(f"{mark}.txt", _PAGE.format(mark=mark).encode(), "article", mark, url, at)
        self._captures.append(drop)
        return drop

    def _file(self) -> Drop:
        fate = self._chance.random()
        if fate < 0.1:
            return Drop("rubbish.txt", self._chance.choice(_RUBBISH), "rubbish")
        if fate < 0.25 and self._loose:
            return self._chance.choice(self._loose)
        return self.article()

    def article(self) -> Drop:
        """Return a new article without an address."""
        mark = self._mark()
        drop = Drop(f"{mark}.txt", _PAGE.format(mark=mark).encode(), "article", mark)
        self._loose.append(drop)
        return drop

    def _mark(self) -> str:
        self._count += 1
        return f"zz{self._seed}x{self._count}"
