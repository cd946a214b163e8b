"""Finds the documents an article cites: kind, number, issuer, date, title; short mentions are joined to full ones.

Identity is kind, number, issuer and date, because the Party's numbers restart every term.
"""

from bantin.events import Document, Evidence
from bantin_extract.document_citations import read_citations
from bantin_extract.document_issuers import may_be_same, may_issue, same_level
from bantin_extract.document_numbers import is_bare, may_be_one, organs
from bantin_extract.story import Story


def find_documents(story: Story) -> tuple[tuple[Document, ...], tuple[Evidence, ...]]:
    """Return the documents in order of first mention, each once, with the evidence of that mention."""
    merged: list[tuple[Document, Evidence, bool]] = []
    for passage in story.passages:
        for citation in read_citations(passage):
            cited, plenum = citation.document, citation.plenum
            same = _is_named_again if citation.shared else _is_same
            at = next((at for at, known in enumerate(merged) if known[2] == plenum and same(known[0], cited)), None)
            if at is None:
                span = (citation.start, citation.end)
                evidence = passage.evidence("documents", f"{cited.kind} {cited.number}", span, "citation")
                merged.append((cited, evidence, plenum))
            else:
                merged[at] = (_merge(merged[at][0], cited), *merged[at][1:])
    return tuple(document for document, *_ in merged), tuple(evidence for _, evidence, _ in merged)


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
