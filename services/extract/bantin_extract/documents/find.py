"""Finds the documents an article cites: kind, number, issuer, date, title; short mentions are joined to full ones.

Identity is kind, number, issuer and date, because the Party's numbers restart every term.
"""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from bantin.events import Document, Evidence
from bantin_extract.documents.citations import read_citations
from bantin_extract.documents.issuers import may_be_same, may_issue, same_level
from bantin_extract.documents.numbers import is_bare, may_be_one, ordinal, organs
from bantin_extract.text.story import Story

_MOST = 2_000
"""Citations read in one article: more are in none but such as are made to hurt."""


@dataclass(slots=True)
class _Known:
    """A document found so far, with the evidence of the first mention that gives its number as fully."""

    document: Document
    evidence: Evidence


def find_documents(story: Story, published: date | None = None) -> tuple[tuple[Document, ...], tuple[Evidence, ...]]:
    """Return the documents in order of first mention, each once, with the evidence of the first in its full number.

    `published` gives the year of a day of issue that is printed without one.
    """
    found: list[_Known] = []
    by_number: dict[tuple[str, str, bool], list[_Known]] = {}
    mentions = ((passage, citation) for passage in story.passages for citation in read_citations(passage))
    for passage, citation in islice(mentions, _MOST):
        cited = citation.document
        if citation.day:
            cited = cited.model_copy(update={"date": citation.day.dated(cited.number or "", published)})
        same = _is_named_again if citation.shared else _is_same
        alike = by_number.setdefault((cited.kind, ordinal(cited.number or ""), citation.plenum), [])
        known = next((known for known in alike if same(known.document, cited)), None)
        span = (citation.start, citation.end)
        evidence = passage.evidence("documents", f"{cited.kind} {cited.number}", span, "citation")
        if known is not None:
            merged = _merge(known.document, cited)
            known.evidence = known.evidence if merged.number == known.document.number else evidence
            known.document = merged
            continue
        found.append(_Known(cited, evidence))
        alike.append(found[-1])
    return tuple(known.document for known in found), tuple(known.evidence for known in found)


def _is_same(known: Document, other: Document) -> bool:
    """Return whether two mentions are of one document: one kind and number, and nothing else that differs."""
    if known.kind != other.kind or known.number is None or other.number is None:
        return False
    if not may_be_one(known.number, other.number) or (known.date and other.date and known.date != other.date):
        return False
    if not is_bare(known.number) and not is_bare(other.number):
        return True
    said = may_issue(known.issuer, organs(other.number)) and may_issue(other.issuer, organs(known.number))
    return said and may_be_same(known.issuer, other.issuer)


def _is_named_again(known: Document, other: Document) -> bool:
    """Return whether a mention in a list is of a known document, though the issuer said of the list is another's."""
    unsaid = other.model_copy(update={"issuer": None})
    return _is_same(known, other) or (_is_same(known, unsaid) and same_level(known.issuer, other.issuer))


def _merge(known: Document, other: Document) -> Document:
    """Return one document with what either mention says; the fuller number and the longer wording of an issuer win."""
    fuller = is_bare(known.number or "") and (not is_bare(other.number or "") or "/" in (other.number or ""))
    issuer = known.issuer or other.issuer
    if known.issuer and other.issuer and other.issuer.lower().startswith(known.issuer.lower()):
        issuer = other.issuer
    update = {"number": other.number if fuller else known.number, "issuer": issuer}
    return known.model_copy(update=update | {"date": known.date or other.date, "title": known.title or other.title})
