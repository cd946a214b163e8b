"""Finds the documents an article cites: kind, number, issuer, date, title; short mentions are joined to full ones.

Identity is kind, number, issuer and date, because the Party's numbers restart every term.
"""

from bantin.events import Document, Evidence
from bantin_extract.document_citations import read_citations
from bantin_extract.document_issuers import may_be_same, may_issue
from bantin_extract.document_numbers import is_bare, may_be_one, organs
from bantin_extract.story import Story


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


def _is_same(known: Document, other: Document) -> bool:
    """Return whether two mentions are of one document: one kind and number, and nothing else that differs."""
    if known.kind != other.kind or known.number is None or other.number is None:
        return False
    if not may_be_one(known.number, other.number) or (known.date and other.date and known.date != other.date):
        return False
    if not is_bare(known.number) and not is_bare(other.number):
        return True
    if _is_plenum(known) != _is_plenum(other):
        return False
    said = may_issue(known.issuer, organs(other.number)) and may_issue(other.issuer, organs(known.number))
    return said and may_be_same(known.issuer, other.issuer)


def _is_plenum(document: Document) -> bool:
    """Return whether the number is that of a plenum of the Central Committee and not the document's own."""
    return (document.issuer or "").startswith("Trung ương") and is_bare(document.number or "")


def _merge(known: Document, other: Document) -> Document:
    """Return one document with what either mention says; the fuller number and the longer wording of an issuer win."""
    fuller = is_bare(known.number or "") and (not is_bare(other.number or "") or "/" in (other.number or ""))
    issuer = known.issuer or other.issuer
    if known.issuer and other.issuer and other.issuer.lower().startswith(known.issuer.lower()):
        issuer = other.issuer
    update = {"number": other.number if fuller else known.number, "issuer": issuer}
    return known.model_copy(update=update | {"date": known.date or other.date, "title": known.title or other.title})
