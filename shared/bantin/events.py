"""Events that cross the log, and the article they carry: frozen models, one for each kind of record.

Readers ignore fields they do not know, so a producer may add fields within a major version; a breaking
change needs a new topic (`…v2`). Golden JSON schemas and example records lie in `shared/schemas/`.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1

PublishedAt = AwareDatetime | date
"""A date-time with its offset, or a plain date where the page prints no time."""

PublishedFrom = Literal["header", "byline", "meta", "submitted", "page"]
Status = Literal["accepted", "indexed", "duplicate", "rejected", "dead_lettered"]
Stage = Literal["received", "extracted", "indexed", "duplicate", "rejected", "dead_lettered", "retried", "discarded"]


class Model(BaseModel):
    """A frozen value that ignores fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Reason(Model):
    """Why a file ended as it did: a stable code for programs, a sentence for people."""

    code: str
    detail: str


class Person(Model):
    """Somebody the article names, with the roles it gives them, as printed, each once."""

    name: str
    roles: tuple[str, ...] = ()


class Document(Model):
    """A resolution, plan, decision … that the article cites. `date` is its day of issue."""

    kind: str
    number: str | None = None
    issuer: str | None = None
    date: Annotated[date | None, Field(default=None)]
    title: str | None = None


class Figure(Model):
    """A number that the article states: 1.200 households are 1200.0, "hộ" and "hộ nghèo"."""

    value: float
    unit: str
    counts: str | None = None


class Evidence(Model):
    """Where a value was read: code-point offsets into `original_text`; null for <meta> or a submission."""

    field: str
    value: str
    start: int | None = None
    end: int | None = None
    method: str


class Article(Model):
    """A clean article, as search stores it and `GET /v1/articles/{id}` returns it."""

    article_id: str
    version: str
    title: str
    body: str
    captions: tuple[str, ...] = ()
    section: str | None = None
    published_at: PublishedAt | None = None
    published_at_from: PublishedFrom | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    source_url: str | None = None
    views: int | None = None
    province: str | None = None
    province_today: str | None = None
    districts: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    campaigns: tuple[str, ...] = ()
    event_dates: tuple[date, ...] = ()
    figures: tuple[Figure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    original_text: str
    language: str = "vi"
    captured_at: AwareDatetime
    indexed_at: AwareDatetime | None = None
    content_type: str
    bytes: int
    trace_id: str | None = None
    schema_version: int = SCHEMA_VERSION


class Event(Model):
    """One fact that happened to one file; the base of every record on the log."""

    type: ClassVar[str]
    """CloudEvents `type`, reverse-DNS with the major version."""

    schema_version: int = SCHEMA_VERSION
    receipt_id: str
    batch_id: str
    article_id: str

    @property
    def subject(self) -> str:
        """What the fact is about, as CloudEvents' `subject` says it."""
        return self.article_id


class ArticleReceived(Event):
    """A file was accepted. `content` travels as the record's raw value, everything else in its headers."""

    type: ClassVar[str] = "vn.bantin.article.received.v1"

    file_name: str
    content_type: str
    sha256: str
    source_url: str | None = None
    source_name: str | None = None
    captured_at: AwareDatetime
    received_at: AwareDatetime
    content: bytes


class ArticleEnriched(Event):
    """An article was found in a file.

    `fingerprint` finds near-duplicates (`bantin.fingerprint`); records from before it was made have none.
    """

    type: ClassVar[str] = "vn.bantin.article.enriched.v1"

    extracted_at: AwareDatetime
    article: Article
    fingerprint: tuple[str, ...] = ()


class ArticleRejected(Event):
    """A file holds no article that could be taken; `reason` says why."""

    type: ClassVar[str] = "vn.bantin.article.rejected.v1"

    reason: Reason
    rejected_at: AwareDatetime


class ArticleIndexed(Event):
    """The index has decided about an article: a search finds it now, or it had it already."""

    type: ClassVar[str] = "vn.bantin.article.indexed.v1"

    outcome: Literal["indexed", "duplicate"]
    reason: Reason | None = None
    version: str
    extracted_at: AwareDatetime
    indexed_at: AwareDatetime


class AcceptedFile(Model):
    """What is known of a file the moment it is accepted; it never changes afterwards."""

    name: str
    bytes: int
    sha256: str
    trace_id: str | None = None
    position: int
    batch_total: int


class ReceiptRecorded(Event):
    """One stage of one file was reached. A receipt is the fold of its records, in any order.

    The record's key is `receipt_id/stage`, so compaction keeps one record a stage. A file may die more than once: the
    stages `dead_lettered`, `retried` and `discarded` name the dead letter, and their key is `receipt_id/stage/letter`.
    """

    type: ClassVar[str] = "vn.bantin.receipt.recorded.v1"

    stage: Stage
    status: Status
    at: AwareDatetime
    reason: Reason | None = None
    file: AcceptedFile | None = None
    letter: str | None = None


class DeadLetterAction(Event):
    """An operator has decided about a dead letter: its record is retried, or given up.

    The ids are those of the letter's file, empty where the letter tells none. The record's key is `letter`.
    """

    type: ClassVar[str] = "vn.bantin.dlq.action.v1"

    letter: str
    action: Literal["retry", "discard"]
    by: str
    at: AwareDatetime
    note: str = ""

    @property
    def subject(self) -> str:
        """The letter."""
        return self.letter
