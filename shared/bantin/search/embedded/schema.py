"""The tantivy schema, and an article as a document of it.

Syllables are cut and compared here and indexed as they are, between blanks; what is shown is stored as one record.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from bantin.events import Article, Model, PublishedAt
from bantin.search.clauses import TextField
from bantin.search.embedded.library import tantivy
from bantin.search.fields import FIELDS
from bantin.search.moments import local_day, microseconds
from bantin.search.port import StoredArticle
from bantin.search.suggestions import LONGEST_VALUE
from bantin.search.suggestions import TITLE as TITLE_VALUE
from bantin.search.texts import searchable_texts
from bantin.search.understanding.entities import entity_tokens
from bantin.vietnamese.compounds import compound_words, folded_compound_words
from bantin.vietnamese.syllables import exact_syllables, folded_syllables, joined_pairs

SCHEMA_VERSION: Final = 6
"""Goes up with every change to fields or to how text is cut: an index of another version must be rebuilt."""

ID: Final = "article_id"
VERSION: Final = "version"
RECORD: Final = "record"
CLUSTER: Final = "cluster_id"
CLUSTER_NUMBER: Final = "cluster_number"
BAND: Final = "band"

_WITH_POSITIONS: Final = (TextField.WORDS, TextField.WORDS_FOLDED, TextField.TITLE_FOLDED, TextField.LEAD_FOLDED)
_WITHOUT_POSITIONS: Final = tuple(field for field in TextField if field not in _WITH_POSITIONS)

DAY: Final = "published_day"
MONTH: Final = "published_month"
YEAR: Final = "published_year"

NEWEST_KEY: Final = "newest_key"
OLDEST_KEY: Final = "oldest_key"
NEWEST_RANK: Final = "newest_rank"
OLDEST_RANK: Final = "oldest_rank"
ID_PREFIX: Final = "id_prefix"
_KEYS: Final = (NEWEST_KEY, OLDEST_KEY)
_NUMBERS: Final = (VERSION, DAY, MONTH, YEAR, NEWEST_RANK, OLDEST_RANK, ID_PREFIX, CLUSTER_NUMBER)

UNDATED: Final = 2**63 - 1
"""The rank of articles without a date: after all others, whichever way they are sorted."""

_PREFIX_BYTES: Final = 7


class _Record(Model):
    """A stored article, as its document keeps it."""

    writers: tuple[str, ...]
    cluster_id: str
    fingerprint: tuple[str, ...] = ()
    article: Article


def build_schema() -> tantivy.Schema:
    """Return the schema of an index of `SCHEMA_VERSION`."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(RECORD, stored=True)
    for name in _WITH_POSITIONS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in _WITHOUT_POSITIONS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in (*(field.name for field in FIELDS), CLUSTER, TITLE_VALUE, *_KEYS):
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_text_field(BAND, tokenizer_name="raw", index_option="basic")
    for name in _NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def to_document(stored: StoredArticle) -> tantivy.Document:
    """Return an article as a document."""
    article = stored.article
    document = tantivy.Document()
    document.add_text(ID, article.article_id)
    document.add_integer(VERSION, article_version(article))
    document.add_bytes(RECORD, _to_record(stored))
    document.add_text(CLUSTER, stored.cluster_id)
    document.add_integer(CLUSTER_NUMBER, cluster_number(stored.cluster_id))
    for band in stored.fingerprint:
        document.add_text(BAND, band)
    for name, text in _texts(article):
        document.add_text(name, text)
    for field in FIELDS:
        for value in dict.fromkeys(field.values(article)):
            document.add_text(field.name, value)
    if len(article.title) <= LONGEST_VALUE:
        document.add_text(TITLE_VALUE, article.title)
    _add_order(document, article)
    return document


def from_document(document: tantivy.Document) -> StoredArticle:
    """Return the article that a document was made from."""
    record = _Record.model_validate_json(bytes(document[RECORD][0]))
    return StoredArticle(record.article, record.writers, record.cluster_id, record.fingerprint)


def article_version(article: Article) -> int:
    """Return the version by which captures of one article replace each other."""
    return microseconds(article.captured_at)


def cluster_number(cluster_id: str) -> int:
    """Return a number for a cluster, which can be read by column: 63 bits of its id's digest."""
    return int.from_bytes(hashlib.blake2b(cluster_id.encode(), digest_size=8).digest()) >> 1


def id_prefix(article_id: str) -> int:
    """Return a number for the beginning of an id that sorts as the id does."""
    return int.from_bytes(article_id.encode()[:_PREFIX_BYTES].ljust(_PREFIX_BYTES, b"\0"))


def sort_key(rank: int, article_id: str) -> str:
    """Return text that sorts by rank, and among equals by id."""
    return f"{rank + 2**63:020d}{article_id}"


def _to_record(stored: StoredArticle) -> bytes:
    record = _Record(
        writers=stored.writers, cluster_id=stored.cluster_id, fingerprint=stored.fingerprint, article=stored.article
    )
    return record.model_dump_json().encode()


def _texts(article: Article) -> Iterator[tuple[str, str]]:
    """Give each indexed text: values of one field are apart, so that no phrase crosses them."""
    texts = searchable_texts(article)
    for text in texts.every:
        exact, bare = exact_syllables(text), folded_syllables(text)
        yield from _cut(exact, TextField.WORDS, TextField.PAIRS)
        yield from _cut(bare, TextField.WORDS_FOLDED, TextField.PAIRS_FOLDED)
        yield TextField.COMPOUNDS, " ".join(compound_words(exact))
        yield TextField.COMPOUNDS_FOLDED, " ".join(folded_compound_words(bare))
    yield TextField.ENTITIES, " ".join(entity_tokens(article))
    yield TextField.TITLE, " ".join(exact_syllables(texts.title))
    yield from _cut(folded_syllables(texts.title), TextField.TITLE_FOLDED, TextField.TITLE_PAIRS_FOLDED)
    yield TextField.LEAD_FOLDED, " ".join(folded_syllables(texts.lead))


def _cut(syllables: Iterable[str], words: str, pairs: str) -> Iterator[tuple[str, str]]:
    cut = list(syllables)
    yield words, " ".join(cut)
    yield pairs, " ".join(joined_pairs(cut))


def _add_order(document: tantivy.Document, article: Article) -> None:
    newest, oldest = _ranks(article.published_at)
    document.add_integer(NEWEST_RANK, newest)
    document.add_integer(OLDEST_RANK, oldest)
    document.add_integer(ID_PREFIX, id_prefix(article.article_id))
    document.add_text(NEWEST_KEY, sort_key(newest, article.article_id))
    document.add_text(OLDEST_KEY, sort_key(oldest, article.article_id))
    if article.published_at is not None:
        day = local_day(article.published_at)
        document.add_integer(DAY, day.toordinal())
        document.add_integer(MONTH, day.year * 12 + day.month - 1)
        document.add_integer(YEAR, day.year)


def _ranks(published_at: PublishedAt | None) -> tuple[int, int]:
    if published_at is None:
        return UNDATED, UNDATED
    moment = microseconds(published_at)
    return -moment, moment
