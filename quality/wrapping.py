"""Puts known articles into invented portals, unlike the ones they come from."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quality import data_tables
from quality.gold import GoldPage
from quality.pasting import pasted

FOLDER: Final = Path(__file__).parent / "templates"
_WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_MINUTE: Final = "minute"
_DAY: Final = "day"
_MONTHS: Final = (*"Một Hai Ba Tư Năm Sáu Bảy Tám Chín Mười".split(), "Mười Một", "Mười Hai")
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
    "sharepoint": (lambda at: f"{_WEEKDAYS[at.weekday()].lower()}, {at:%d %m %Y %H:%M}", _MINUTE),
    "liferay": (lambda at: f"{at:%H:%M} | {at:%d/%m/%Y}", _MINUTE),
    "dnn": (lambda at: f"Cập nhật ngày {at.day}/{at.month}/{at.year}", _DAY),
    "nukeviet": (lambda at: f"{_WEEKDAYS[at.weekday()]} - {at:%d/%m/%Y %H:%M}", _MINUTE),
    "vnpt_portal": (lambda at: f"{at:%d/%m/%Y %H:%M:%S}", _MINUTE),
    "word_paste": (lambda at: f"Đăng ngày {at:%d-%m-%Y}", _DAY),
    "joomla": (lambda at: f"Được đăng: {at.day} Tháng {at.month} {at.year}", _DAY),
    "wordpress_news": (lambda at: f"{at.day} Tháng {_MONTHS[at.month - 1]}, {at.year}", _DAY),
    "drupal": (lambda at: f"{_WEEKDAYS[at.weekday()]}, {at:%d/%m/%Y} - {at:%H:%M}", _MINUTE),
    "webcenter": (lambda at: f"Ngày cập nhật: {at:%d/%m/%Y %H:%M}", _MINUTE),
    "eportal_blocks": (lambda at: f"{at.day}-{at.month}-{at.year}", _DAY),
    "spa_json_ld": (lambda _: "", _MINUTE),
}
"""How each portal prints a date, and how exact that is; the tables some of them put into the article."""
_TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "sharepoint": data_tables.figures,
    "liferay": data_tables.plan,
    "dnn": data_tables.figures,
    "word_paste": data_tables.figures,
    "joomla": data_tables.quarters,
    "webcenter": data_tables.plan,
}
_UNRENDERED: Final = frozenset(("spa_json_ld",))
"""Portals that only a script fills: there is nothing to copy from the page as saved."""
TEMPLATES: Final = tuple(_STYLES)

_ENVIRONMENT: Final = Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True)


def wrapped(page: GoldPage, template: str) -> GoldPage:
    """Return the page's article in one invented portal, as HTML and as pasted text, with its gold as printed there."""
    style, exactness = _STYLES[template]
    at = datetime.fromisoformat(page.published or "")
    paragraphs = [(kind, " ".join(text.split())) for kind, text in page.article if text.strip()]
    if template in _TABLES:
        paragraphs = _with_table(paragraphs, _TABLES[template]())
    html = _rendered(
        template, _Article(" ".join(page.title.split()), page.section, style(at), at.isoformat(), paragraphs)
    )
    published = {_MINUTE: page.published, _DAY: at.date().isoformat()}.get(exactness)
    text = {} if template in _UNRENDERED else {"text": pasted(html).encode()}
    return replace(
        page,
        source=template,
        forms={**text, "html": html.encode()},
        body="\n".join(text for kind, text in paragraphs if kind in ("body", "table")),
        published=published,
        chrome=chrome_of(template),
        fields={},
        name=f"{page.name} in {template}",
    )


def invented_listings() -> list[GoldPage]:
    """Return the pages of the invented portals that hold no article: home pages, listings, documents, forms, albums."""
    pages: list[GoldPage] = []
    for path in sorted((FOLDER / "listings").glob("*.html")):
        html = path.read_text("utf-8")
        portal = next(name for name in TEMPLATES if path.stem.startswith(name))
        forms = {"text": pasted(html).encode(), "html": html.encode()}
        pages.append(GoldPage(portal, forms, title="", body="", published=None, name=path.stem))
    return pages


def chrome_of(template: str) -> tuple[str, ...]:
    """Return the lines that a portal prints around any article and between its paragraphs, hidden ones too."""
    html = _rendered(template, _Article("", "", "", "", [("body", "")] * 6))
    return tuple(line for line in pasted(html, hidden=True).splitlines() if line.strip())


def _with_table(paragraphs: list[tuple[str, str]], table: str) -> list[tuple[str, str]]:
    """Return the paragraphs with a table in the middle, after one of the body."""
    bodies = [at for at, (kind, _) in enumerate(paragraphs, 1) if kind == "body"]
    middle = bodies[(len(bodies) - 1) // 2]
    return [*paragraphs[:middle], ("table", table), *paragraphs[middle:]]


@dataclass(frozen=True, slots=True)
class _Article:
    title: str
    section: str
    date: str
    iso: str
    paragraphs: list[tuple[str, str]]


def _rendered(template: str, article: _Article) -> str:
    return _ENVIRONMENT.get_template(f"{template}.html").render(**_BANNER, **asdict(article))
