"""What an element of HTML says of the text in it: link, heading, caption, something beside the article, hidden."""

import re
from dataclasses import dataclass

from bantin_extract.text.tables import listed

BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
        ),
        *(
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
        ),
        *("hr", "img", "legend", "li", "main", "marquee", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
"""Elements that begin and end a line."""
BOXES = frozenset(
    (
        *("article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset", "figure", "footer", "form"),
        *("header", "main", "nav", "ol", "section", "table", "td", "th", "tr", "ul"),
    )
)
"""Elements that group lines."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
NAMED_HEADING = 7
"""The level of a title that only its class or id calls so."""
_CHROME_TAGS = frozenset(("nav", "footer", "aside", "marquee", "dialog"))
_CAPTIONED = frozenset(("p", "div", "td", "span", "em"))
_ASIDES = frozenset(("div", "section", "ul", "ol", "dl", "table", "form", "p", "span", "td", "figure"))
_CAPTION_CLASSES = listed("markup", "captions")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_HIDDEN = re.compile(r"\shidden(?==|\s|$)")
_NAMES = re.compile(r'\s(?:class|id)="([^"]{1,200})"')
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APART = re.compile(r"[^a-z0-9]+")


def _named(key: str) -> re.Pattern[str]:
    return re.compile(r" (?:" + "|".join(map(re.escape, listed("markup", key))) + r") ")


_BESIDE = _named("beside")
_AROUND = _named("around")
_TITLES = _named("titles")
_OTHER_TITLES = _named("other_titles")
_UNSEEN = frozenset(listed("markup", "unseen"))


@dataclass(frozen=True, slots=True)
class Scope:
    """What the elements around a text say of it; `role` as in a line."""

    link: bool = False
    heading: int = 0
    role: str = ""
    hidden: bool = False

    def around(self, said: "Scope") -> "Scope":
        """Return what holds inside an element that stands here and says so much."""
        return Scope(
            self.link or said.link, self.heading or said.heading, self.role or said.role, self.hidden or said.hidden
        )


NOTHING = Scope()


def said_by(tag: str, attributes: str) -> Scope:
    """Return what an element says of the text in it."""
    heading = _HEADINGS.get(tag, 0) or (NAMED_HEADING if tag in _ASIDES and _is_title(attributes) else 0)
    said = Scope(tag == "a", heading, _role(tag, attributes), _is_hidden(attributes))
    return NOTHING if said == NOTHING else said


def _role(tag: str, attributes: str) -> str:
    if tag in _CHROME_TAGS:
        return "chrome"
    if tag == "figcaption":
        return "caption"
    if tag in _CAPTIONED and (name := _CLASS.search(attributes)):
        lower = name[1].lower()
        if any(part in lower for part in _CAPTION_CLASSES):
            return "caption"
    return "aside" if tag in _ASIDES and _is_beside(attributes) else ""


def _is_beside(attributes: str) -> bool:
    """Return whether class or id name what stands beside articles, and nothing that may hold one."""
    words = _name_words(attributes)
    return bool(_BESIDE.search(words)) and not _AROUND.search(words)


def _is_title(attributes: str) -> bool:
    """Return whether class or id name a title, and not that of a site or a box."""
    words = _name_words(attributes)
    return bool(_TITLES.search(words)) and not _OTHER_TITLES.search(words)


def _name_words(attributes: str) -> str:
    names = _NAMES.findall(attributes)
    return _APART.sub(" ", _HUMP.sub(" ", f" {' '.join(names)} ").lower()) if names else ""


def _is_hidden(attributes: str) -> bool:
    if "hid" in attributes and _HIDDEN.search(attributes):
        return True
    if (name := _CLASS.search(attributes)) and not _UNSEEN.isdisjoint(classes := name[1].lower().split()):
        return not any(one.endswith(("block", "flex", "inline", "visible")) for one in classes)
    if "display" not in attributes.lower():
        return False
    style = _STYLE.search(attributes)
    return style is not None and "display:none" in style[1].replace(" ", "").lower()
