"""Reads the citations in one paragraph: a kind of document, its number, and what is said around them.

`Nghị quyết số 04-NQ/TU ngày 19/11/2021 của Ban Thường vụ Tỉnh ủy về “…”` · `Quyết định 991/QĐ-UBND` · `Kết luận 62 của
Bộ Chính trị khóa X` · `các Nghị quyết số 18, 19` · `Nghị quyết Trung ương 4 khóa XI, XII`.
"""

import re
from dataclasses import dataclass, replace

from bantin.events import Document
from bantin_extract.documents.brackets import kind_before_bracket
from bantin_extract.documents.days import Day, day_behind
from bantin_extract.documents.issuers import BRACKETED_TERM, issued_before, issuer_after
from bantin_extract.documents.numbers import NUMBERS, is_bare, official_number, organs
from bantin_extract.documents.titles import title_after
from bantin_extract.text.story import Passage
from bantin_extract.text.tables import toml

_TABLE = toml("documents")
_KINDS = {name.lower(): kind["name"] for kind in _TABLE["kinds"] for name in (kind["name"], *kind.get("also", ()))}
_NUMBERLESS = frozenset(kind["name"] for kind in _TABLE["kinds"] if kind.get("numberless"))
_YEARLY = frozenset(kind["name"] for kind in _TABLE["kinds"] if kind.get("yearly"))
_UNITS = re.compile(rf"(?:{_TABLE['units']['words']})\b")
_ANY_KIND = "|".join(sorted(map(re.escape, _KINDS), key=len, reverse=True))
_LAST_WORDS = frozenset(
    phrase.split()[-1] for phrase in (*_KINDS, *_TABLE["wording"]["between"].split("|"), "ương", "tw", "tư", "t.ư")
)
_KIND_BEFORE = re.compile(
    rf"\b(?P<kind>{_ANY_KIND})(?:\s(?:{_TABLE['wording']['between']}))?[\s(]{{1,2}}(?P<so>số\s?:?\s?)?$", re.IGNORECASE
)
_CENTRAL_BEFORE = re.compile(r"\bnghị quyết\s(?:hội nghị\s)?(?:trung ương|tw|tư|t\.ư)\s?$", re.IGNORECASE)
_TERMS = re.compile(
    r"\s?[,(]?\s?kh(?:óa|oá)\s(?P<term>[IVX]{1,5}|1\d)\b\)?(?:(?:\s?,|\svà|\s?,\svà)\s?\(?(?:kh(?:óa|oá)\s)?(?P<next>[IVX]{1,5}|1\d)\b\)?)?"
)
_LAW_BEFORE = re.compile(
    r"\b(?P<kind>(?:bộ )?luật|pháp lệnh)\s(?P<name>[^.;:()“”\"\d]{3,110}?)\s(?:năm \d{4}\s)?(?:,\s)?số\s?:?\s?$",
    re.IGNORECASE,
)
_LAW = re.compile(r"luật\s|pháp lệnh\s", re.IGNORECASE)
_LISTED = re.compile(r"\s?(?:[,;]|[,;]?\s\(?(?:và|hoặc))\s(?:các\s)?(?:số\s)?")
_NEXT = re.compile(r"\s?(?:[,;]|[,;]?\s(?:và|cùng))\s(?:các\s)?")
_AFTER_ORDINAL = re.compile(
    r"$|\s?[.;)]|\s?,\s\D|\s?,?\s?(?:và\s)?\(?(?:số\s)?\d|\s(?:và|của|về|ngày|khóa|khoá|do|được)\b"
)
_REACH = 46
_MOST = 1_000
"""Citations read in one paragraph: more are in none but such as are made to hurt."""

_LAW_REACH = 140
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document, with its place in its paragraph; `number_end`: where its number ends.

    `issued_before`: the issuer stands before it, so it may be said of the next one, too. `plenum`: the number is
    that of a plenum of the Central Committee and not the document's own. `shared`: the issuer is said of a whole list.
    `day`: its day where no year is printed.
    """

    document: Document
    start: int
    end: int
    number_end: int
    issued_before: bool = False
    plenum: bool = False
    shared: bool = False
    day: Day | None = None


def read_citations(passage: Passage) -> list[Citation]:
    """Return the citations in one paragraph, in order."""
    citations: list[Citation] = []
    for match in NUMBERS.finditer(passage.text):
        if len(citations) >= _MOST:
            break
        found = _in_brackets(passage, match) or _cited(passage, match) or _listed(passage, match, citations)
        for citation in found:
            _share_issuer(passage.text, citations, citation)
    return citations


def _cited(passage: Passage, match: re.Match[str]) -> list[Citation]:
    """Return what is cited with its kind before the number; several where one number has several terms."""
    from_here = max(0, match.start() - _REACH)
    words = passage.text[from_here : match.start()]
    lead = words.rstrip(" :(").lower()
    numbered = lead.endswith("số")
    last = (lead[:-2].rstrip(" :(") if numbered else lead).rpartition(" ")[2].lstrip('(“"')
    if last not in _LAST_WORDS and not numbered:
        return []
    bare = is_bare(match[0])
    if last in _LAST_WORDS and (before := _KIND_BEFORE.search(words)):
        kind, start = _KINDS[before["kind"].lower()], from_here + before.start()
        if bare and not _is_ordinal(passage.text, match, before, kind):
            return []
        return [_citation(passage, match, kind, start)]
    if bare and (central := _CENTRAL_BEFORE.search(words)):
        return _of_central_committee(passage, match, from_here + central.start())
    if numbered and (law := _law_before(passage, match.start())):
        cited = _citation(passage, match, _KINDS[law["kind"].lower()], match.start() - len(law[0]))
        named = cited.document.model_copy(update={"title": cited.document.title or " ".join(law["name"].split())})
        return [replace(cited, document=named)]
    return []


def _in_brackets(passage: Passage, match: re.Match[str]) -> list[Citation]:
    """Return what is cited with its number in brackets, away from its kind; what stands between is said of it."""
    apart = kind_before_bracket(passage.text, match.start(), match[0])
    if apart is None:
        return []
    said, _ = _details(passage, apart.end)
    if apart.named and not said:
        said["title"] = apart.named
    return [_citation(passage, match, _KINDS[apart.kind], apart.start, said=said)]


def _listed(passage: Passage, match: re.Match[str], citations: list[Citation]) -> list[Citation]:
    """Return the citation of a further number of the kind cited before ("… số 18-NQ/TW và 19-NQ/TW", "… 18, 19")."""
    if not citations:
        return []
    last = citations[-1]
    if not any(_LISTED.fullmatch(passage.text, past, match.start()) for past in (last.number_end, last.end)):
        return []
    if is_bare(match[0]) and not (
        is_bare(last.document.number or "")
        and _LISTED.fullmatch(passage.text, last.number_end, match.start())
        and _AFTER_ORDINAL.match(passage.text, match.end())
    ):
        return []
    return [_citation(passage, match, last.document.kind, match.start())]


def _citation(
    passage: Passage, match: re.Match[str], kind: str, start: int, *, said: dict[str, object] | None = None
) -> Citation:
    """Return the citation of a number whose kind, or the number itself in a list, stands at `start`.

    `said`: what is said of the document before its number, where the two stand apart.
    """
    details, end = _details(passage, match.end())
    details = (said or {}) | details
    before = issued_before(passage, start) if start < match.start() else {}
    number = official_number(match[0], provincial="tỉnh" in str(details.get("issuer", "")).lower())
    told = before | details
    day = told.pop("day", None)
    dated = day.dated(number, None) if isinstance(day, Day) else None
    document = Document.model_validate({"kind": kind, "number": number, "date": dated, **told})
    unyeared = day if isinstance(day, Day) and dated is None and day.year is None else None
    first = "issuer" in before and "issuer" not in details
    return Citation(document, start, end, match.end(), first, day=unyeared)


def _of_central_committee(passage: Passage, match: re.Match[str], start: int) -> list[Citation]:
    """Return the resolutions of a plenum of the Central Committee, one for each term named."""
    terms = _TERMS.match(passage.text, match.end())
    named = [f"Trung ương khóa {term}" for term in terms.groups() if term] if terms else ["Trung ương"]
    end = terms.end() if terms else match.end()
    about = title_after(passage.text, end) if len(named) == 1 else None
    ordinal = match[0].lstrip("0") or match[0]
    return [
        Citation(
            Document(kind="Nghị quyết", number=ordinal, issuer=issuer, date=None, title=about[0] if about else None),
            start, end, end, plenum=True,
        )
        for issuer in named
    ]  # fmt: skip


def _share_issuer(text: str, citations: list[Citation], citation: Citation) -> None:
    """Append a citation; an issuer named once, before or after several documents of a list, is said of each."""
    joined = _joined(text, citations[-1], citation) if citations else False
    if joined and citation.document.issuer is None and citations[-1].issued_before:
        shared = citation.document.model_copy(update={"issuer": citations[-1].document.issuer})
        citation = replace(citation, document=shared, issued_before=True, shared=True)
    citations.append(citation)
    if citation.document.issuer is None or citation.issued_before:
        return
    for at in range(len(citations) - 2, -1, -1):
        earlier = citations[at]
        if earlier.document.issuer is not None or not _joined(text, earlier, citations[at + 1]):
            return
        shared = earlier.document.model_copy(update={"issuer": citation.document.issuer})
        citations[at] = replace(earlier, document=shared, shared=True)


def _joined(text: str, one: Citation, other: Citation) -> bool:
    """Return whether two citations stand in one list: a number after the other, or the kind again with one organ's.

    Of different kinds ("Kết luận 62 và Quyết định 99 của …") each has its own issuer.
    """
    if one.document.kind != other.document.kind and not (organs(one.document.number or "") and one.issued_before):
        return False
    between = _LISTED if text[other.start].isdigit() else _NEXT
    if not any(between.fullmatch(text, past, other.start) for past in (one.number_end, one.end)):
        return False
    numbers = one.document.number or "", other.document.number or ""
    ordinals = all(map(is_bare, numbers)) and text[one.number_end : other.start].strip() == "và"
    return between is _LISTED or bool(organs(numbers[0]) & organs(numbers[1])) or ordinals


def _law_before(passage: Passage, at: int) -> re.Match[str] | None:
    """Return the law whose name stands between its kind and its number ("Luật Đất đai số 31/2024/QH15")."""
    before = passage.text[max(0, at - _LAW_REACH) : at]
    return _LAW_BEFORE.search(before) if _LAW.search(before) else None


def _is_ordinal(text: str, number: re.Match[str], before: re.Match[str], kind: str) -> bool:
    """Return whether a bare number names the document and does not count something or give a year."""
    digits, _, year = number[0].partition("/")
    if before["so"]:
        return True
    if kind not in _NUMBERLESS or not before["kind"][0].isupper():
        return False
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return False
    if year and kind not in _YEARLY and int(re.sub(r"\D", "", digits)) <= _MONTHS:
        return False
    return not _UNITS.match(text[number.end() : number.end() + 24].lstrip(" ").lower())


def _details(passage: Passage, at: int) -> tuple[dict[str, object], int]:
    """Return date, issuer and title as they follow a number, in any order, and where they end."""
    text = passage.text
    details: dict[str, object] = {}
    term = BRACKETED_TERM.match(text, at)
    at = term.end() if term else at
    for _ in range(3):
        if "day" not in details and (said := day_behind(text, at)):
            details["day"], at = said
        elif "issuer" not in details and (issuer := issuer_after(passage, at)):
            details["issuer"], at = f"{issuer[0]} {term['term']}" if term else issuer[0], issuer[1]
        elif title := title_after(text, at):
            return details | {"title": title[0]}, title[1]
        else:
            break
    return details, at
