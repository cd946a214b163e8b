"""Finds the documents an article cites: kind, number, issuer, date, title; short mentions are joined to full ones.

`Nghị quyết số 04-NQ/TU ngày 19/11/2021 của Ban Thường vụ Tỉnh ủy về “…”` · `Quyết định 991/QĐ-UBND` · `Kết luận 62 của
Bộ Chính trị khóa X`. Identity is kind, number, issuer and date, because the Party's numbers restart every term.
"""

import re
from dataclasses import dataclass
from datetime import date

from bantin.events import Document, Evidence
from bantin_extract.dates import possible_date
from bantin_extract.document_issuers import issued_before, may_be_same
from bantin_extract.document_numbers import official_number
from bantin_extract.letters import LETTER, UPPER
from bantin_extract.organisation_phrases import HEADS, phrase_end
from bantin_extract.story import Passage, Story
from bantin_extract.tables import toml

_KINDS: dict[str, str] = {}
_NUMBERLESS: set[str] = set()
for _entry in toml("documents")["kinds"]:
    for _name in (_entry["name"], *_entry.get("also", ())):
        _KINDS[_name.lower()] = _entry["name"]
    if _entry.get("numberless"):
        _NUMBERLESS.add(_entry["name"])
_UNITS = re.compile(rf"(?:{toml('documents')['units']['words']})\b")

_SIGN = rf"[{UPPER}](?:(?!ngày|của|về|và|ban)[{LETTER}]){{0,11}}\d{{0,3}}"
_NUMBER = (
    rf"(?P<number>\d(?<=\s\d)\d{{0,4}}(?:\s?[-–/]\s?(?:19|20)\d\d)?\s?[-–/]\s?{_SIGN}(?:\s?[-–/.&]\s?{_SIGN}){{0,3}}"
    rf"|\d(?<=\s\d)\d{{0,3}}[a-z]?(?![\d{LETTER}/]|[.,:-]\d))"
)
_NUMBERS = re.compile(_NUMBER)
_ANY_KIND = "|".join(sorted(map(re.escape, _KINDS), key=len, reverse=True))
_KIND_BEFORE = re.compile(
    rf"\b(?P<kind>{_ANY_KIND})\s(?P<so>số\s?:?\s?)?$",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(
    r"\b(?P<kind>(?:bộ )?luật|pháp lệnh)\s(?P<name>[^.;:()“”\"\d]{3,110}?)\s(?:năm \d{4}\s)?(?:,\s)?số\s?:?\s?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s?(?:[,;]|[,;]?\svà)\s(?:số\s)?")
_REACH = 34
_LAW_REACH = 140
_DATED = re.compile(
    r"[\s,(]{0,3}(?:ban hành\s|ký\s|ra\s)?ngày\s(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})"
    r"|(?P<wd>\d{1,2})\stháng\s(?P<wm>\d{1,2})(?:,?\snăm\s(?P<wy>\d{4})))\)?",
)
_OF = re.compile(r"[\s,]{1,2}của\s")
_ABOUT = re.compile(r"[\s,]{1,2}(?:về(?:\sviệc)?|v/v)\s")
_QUOTED = re.compile(r"[“\"]([^“”\"]{3,400})[”\"]")
_UNQUOTED = re.compile(r"[^.;(“”\"\n]{8,200}")
_BARE = re.compile(r"\d{1,4}[a-z]?")


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document, with its place in its paragraph. `full`: the number has letters."""

    document: Document
    start: int
    end: int
    full: bool
    number_end: int = 0


def find_documents(story: Story) -> tuple[tuple[Document, ...], tuple[Evidence, ...]]:
    """Return the documents in order of first mention, each once, with the evidence of that mention."""
    merged: list[tuple[Document, Evidence]] = []
    for passage in story.passages:
        for citation in read_citations(passage):
            at = next((at for at, (known, _) in enumerate(merged) if _is_same(known, citation.document)), None)
            if at is None:
                label = f"{citation.document.kind} {citation.document.number}"
                span = (citation.start, citation.end)
                merged.append((citation.document, passage.evidence("documents", label, span, "citation")))
            else:
                merged[at] = (_merge(merged[at][0], citation.document), merged[at][1])
    return tuple(document for document, _ in merged), tuple(evidence for _, evidence in merged)


def read_citations(passage: Passage) -> list[Citation]:
    """Return the citations in one paragraph, in order."""
    citations: list[Citation] = []
    for match in _NUMBERS.finditer(passage.text):
        from_here = max(0, match.start() - _REACH)
        number = official_number(match["number"])
        bare = bool(_BARE.fullmatch(number))
        before = _KIND_BEFORE.search(passage.text[from_here : match.start()])
        if before is not None:
            kind, start = _KINDS[before["kind"].lower()], from_here + before.start()
            if bare and not _is_ordinal(passage.text, match, before, kind):
                continue
            details, end = _details(passage, match.end())
            details = issued_before(passage, start) | details
        elif citations and not bare and _LISTED.fullmatch(passage.text, citations[-1].number_end, match.start()):
            kind, start = citations[-1].document.kind, match.start()
            details, end = _details(passage, match.end())
        elif not bare and (law := _law_before(passage, match.start())):
            kind, start = _KINDS[law["kind"].lower()], match.start() - len(law[0])
            details, end = _details(passage, match.end())
            details = {"title": " ".join(law["name"].split())} | details
        else:
            continue
        document = Document.model_validate({"kind": kind, "number": number, **details})
        citations.append(Citation(document, start, end, not bare, match.end()))
    return citations


def _law_before(passage: Passage, at: int) -> re.Match[str] | None:
    """Return the law whose name stands between its kind and its number ("Luật Đất đai số 31/2024/QH15")."""
    before = passage.text[max(0, at - _LAW_REACH) : at]
    return _LAW_BEFORE.search(before) if before.endswith(("số ", "số", "số: ")) else None


def _is_ordinal(text: str, number: re.Match[str], before: re.Match[str], kind: str) -> bool:
    """Return whether a bare number names the document and does not count something or give a year."""
    if before["so"]:
        return kind in _NUMBERLESS and before["kind"][0].isupper()
    if kind not in _NUMBERLESS or not before["kind"][0].isupper():
        return False
    if len(number["number"]) == 4 and number["number"][:2] in ("19", "20"):
        return False
    return not _UNITS.match(text[number.end() : number.end() + 24].lstrip(" ").lower())


def _details(passage: Passage, at: int) -> tuple[dict[str, object], int]:
    """Return date, issuer and title as they follow a number, in any order, and where they end."""
    text = passage.text
    details: dict[str, object] = {}
    for _ in range(3):
        if "date" not in details and (dated := _DATED.match(text, at)):
            details["date"], at = _date(dated), dated.end()
        elif "issuer" not in details and (end := _issuer_end(passage, at)):
            start = _issuer_start(passage, at)
            details["issuer"], at = text[start:end], end
        elif about := _ABOUT.match(text, at):
            title, at = _title(text, about.end())
            return details | ({"title": title} if title else {}), at
        else:
            break
    return details, at


def _date(match: re.Match[str]) -> date | None:
    day, month, year = (match["d"] or match["wd"], match["m"] or match["wm"], match["y"] or match["wy"])
    return possible_date(int(year), int(month), int(day))


def _issuer_start(passage: Passage, at: int) -> int:
    of = _OF.match(passage.text, at)
    return of.end() if of else at + 1


def _issuer_end(passage: Passage, at: int) -> int | None:
    """Return where the issuer ends that begins at `at`, after "của" or directly; None where none does."""
    start = _issuer_start(passage, at)
    if at >= len(passage.text) or (start == at + 1 and passage.text[at] != " "):
        return None
    tokens = passage.tokens
    first = tokens.index_at(start)
    if first >= len(tokens) or tokens.spans[first][0] != start or not tokens.capital[first]:
        return None
    if not HEADS.match_length(tokens.lower, first):
        return None
    past = phrase_end(tokens, first)
    return tokens.spans[past - 1][1] if past > first else None


def _title(text: str, at: int) -> tuple[str | None, int]:
    if quoted := _QUOTED.match(text, at):
        return quoted[1].strip(), quoted.end()
    plain = _UNQUOTED.match(text, at)
    if plain is None:
        return None, at
    after = text[plain.end() : plain.end() + 1]
    whole = plain[0].split(", ")[0].strip(" ,")
    complete = after in (".", ";", "(", "") and ", " not in plain[0] and len(plain[0]) < 200
    return (whole, plain.end()) if complete else (None, at)


def _is_same(known: Document, other: Document) -> bool:
    if known.kind != other.kind or known.number is None or other.number is None:
        return False
    bare = _BARE.fullmatch(known.number) or _BARE.fullmatch(other.number)
    if bare and not may_be_same(known.issuer, other.issuer):
        return False
    same = _ordinal(known.number) == _ordinal(other.number) if bare else known.number.upper() == other.number.upper()
    return bool(same) and not (known.date and other.date and known.date != other.date)


def _ordinal(number: str) -> str:
    digits = re.match(r"\d+", number)
    return (digits[0].lstrip("0") if digits else number) or "0"


def _merge(known: Document, other: Document) -> Document:
    """Return one document with what either mention says; the fuller number and the longer wording of an issuer win."""
    number = (
        other.number
        if _BARE.fullmatch(known.number or "") and not _BARE.fullmatch(other.number or "")
        else known.number
    )
    issuer = known.issuer or other.issuer
    if known.issuer and other.issuer and other.issuer.lower().startswith(known.issuer.lower()):
        issuer = other.issuer
    merged = known.model_copy(update={"number": number, "issuer": issuer})
    return merged.model_copy(update={"date": known.date or other.date, "title": known.title or other.title})
