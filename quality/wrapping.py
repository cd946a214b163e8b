"""Puts known articles into invented portals, unlike the ones they come from."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quality.gold import GoldPage
from quality.pasting import pasted

FOLDER: Final = Path(__file__).parent / "templates"
_WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_MINUTE: Final = "minute"
_DAY: Final = "day"
_BANNER: Final = {"today": "Thứ Năm, ngày 01/01/2026", "today_short": "01/01/2026"}

_STYLES: Final[Mapping[str, tuple[Callable[[datetime], str], str]]] = {
    "old_tables": (lambda at: f"Cập nhật lúc: {at:%H:%M} - {at:%d/%m/%Y}", _MINUTE),
    "news_cards": (lambda at: f"{_WEEKDAYS[at.weekday()]}, {at.day}/{at.month}/{at.year} | {at:%H:%M}", _MINUTE),
    "date_first": (lambda at: f"{_WEEKDAYS[at.weekday()]}, {at:%d/%m/%Y}, {at:%H:%M} [GMT+7]", _MINUTE),
    "department": (lambda at: f"({at:%d/%m/%Y})", _DAY),
    "radio_station": (lambda at: f"[ Cập nhật vào ngày ({at:%d/%m/%Y}) ]", _DAY),
    "party_committee": (lambda at: f"Ngày đăng: {at:%d-%m-%Y} {at:%H:%M}", _MINUTE),
    "undated": (lambda _: "", ""),
    "mobile": (lambda at: f"Ngày {at.day} tháng {at.month} năm {at.year}", _DAY),
}
TEMPLATES: Final = tuple(_STYLES)

_ENVIRONMENT: Final = Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True)


def wrapped(page: GoldPage, template: str) -> GoldPage:
    """Return the page's article in one invented portal, as HTML and as pasted text, with its gold as printed there."""
    style, exactness = _STYLES[template]
    at = datetime.fromisoformat(page.published or "")
    paragraphs = [(kind, " ".join(text.split())) for kind, text in page.article if text.strip()]
    html = _rendered(template, _Article(" ".join(page.title.split()), page.section, style(at), paragraphs))
    published = {_MINUTE: page.published, _DAY: at.date().isoformat()}.get(exactness)
    return replace(
        page,
        source=template,
        forms={"text": pasted(html).encode(), "html": html.encode()},
        published=published,
        chrome=chrome_of(template),
        fields={},
        name=f"{page.name} in {template}",
    )


def chrome_of(template: str) -> tuple[str, ...]:
    """Return the lines that a portal prints around any article."""
    html = _rendered(template, _Article("", "", "", []))
    return tuple(line for line in pasted(html).splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class _Article:
    title: str
    section: str
    date: str
    paragraphs: list[tuple[str, str]]


def _rendered(template: str, article: _Article) -> str:
    return _ENVIRONMENT.get_template(f"{template}.html").render(**_BANNER, **asdict(article))
