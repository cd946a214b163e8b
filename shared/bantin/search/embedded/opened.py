"""One generation of the index, open: read by any number of processes, written by one."""

import secrets
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from bantin.search.embedded import schema as fields
from bantin.search.embedded.library import tantivy
from bantin.search.embedded.matching import Matching
from bantin.search.port import MOST_LOOKALIKES, Lookalike, SearchUnavailableError, StoredArticle, WriteResult

_WRITER_HEAP: Final = 64_000_000
_META: Final = "meta.json"

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index as of one commit: what it answers never changes."""

    searcher: tantivy.Searcher
    matching: Matching
    token: str = field(default_factory=lambda: secrets.token_urlsafe(9))


class OpenedIndex:
    """An open generation. Reading is safe from any thread; callers write one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = tantivy.Index.open(str(folder))
        self._index.config_reader("manual", 0)
        self._matching = Matching(self._index.schema)
        self._refreshing = Lock()
        self._commit: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._writer: tantivy.IndexWriter | None = None

    def snapshot(self) -> Snapshot:
        """Return the index as of the last commit of any process."""
        with self._refreshing:
            commit = self._last_commit()
            if self._snapshot is None or self._commit is None or commit != self._commit:
                self._index.reload()
                self._snapshot = Snapshot(self._index.searcher(), self._matching)
                self._commit = commit
            return self._snapshot

    def get(self, article_ids: Sequence[str]) -> dict[str, StoredArticle]:
        """Return those of the articles that exist."""
        if not article_ids:
            return {}
        searcher = self.snapshot().searcher
        hits = searcher.search(self._matching.by_ids(article_ids), limit=len(article_ids)).hits
        stored = (fields.from_document(searcher.doc(address)) for _, address in hits)
        return {entry.article.article_id: entry for entry in stored}

    def lookalikes(self, fingerprint: Sequence[str]) -> list[Lookalike]:
        """Return the articles that share most bands with a fingerprint."""
        if not fingerprint:
            return []
        searcher = self.snapshot().searcher
        hits = searcher.search(self._matching.counting(fields.BAND, fingerprint), limit=MOST_LOOKALIKES).hits
        found = [(-score, fields.from_document(searcher.doc(address))) for score, address in hits]
        found.sort(key=lambda entry: (entry[0], entry[1].article.article_id))
        return [Lookalike(held.article.article_id, held.cluster_id, held.article.body) for _, held in found]

    def take_writer(self) -> tantivy.IndexWriter:
        """Return the one writer, ours from now on. Raise SearchUnavailableError if another process has it."""
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=_WRITER_HEAP, num_threads=1)
            except ValueError as error:
                if "LockBusy" in str(error):
                    raise SearchUnavailableError(f"another process is writing to {self.folder}") from error
                raise
        return self._writer

    @contextmanager
    def borrowed_writer(self) -> Generator[None]:
        """Hold the one writer, and give it up again if it was not ours before."""
        ours = self._writer is not None
        self.take_writer()
        try:
            yield
        finally:
            if not ours:
                self.close()

    def write(self, articles: Sequence[StoredArticle]) -> list[WriteResult]:
        """Write articles that are not older than what is there, and commit."""
        return self._change(lambda writer: self._add(writer, articles))

    def delete(self, article_ids: Sequence[str]) -> None:
        """Remove articles, and commit."""
        self._change(lambda writer: self._remove(writer, article_ids))

    def _change(self, change: Callable[[tantivy.IndexWriter], Answer]) -> Answer:
        """Change something with the writer; where that fails, give it up, so that the next try takes a new one.

        The error is told by its text alone: its traceback would keep the writer, and with it the lock, until the
        garbage collector runs.
        """
        try:
            return change(self.take_writer())
        except (ValueError, OSError) as error:
            failure = str(error)
        self.close()
        raise SearchUnavailableError(f"the index in {self.folder} could not be written: {failure}")

    def close(self) -> None:
        """Give up the writer, with whatever it has not committed."""
        self._writer = None

    def _last_commit(self) -> tuple[int, int] | None:
        """Return what changes with every commit; the last known where another generation has taken this one's place."""
        try:
            status = (self.folder / _META).stat()
        except FileNotFoundError:
            return self._commit
        return status.st_ino, status.st_mtime_ns

    def _add(self, writer: tantivy.IndexWriter, articles: Sequence[StoredArticle]) -> list[WriteResult]:
        searcher = self.snapshot().searcher
        newest: dict[str, int | None] = {}
        results: list[WriteResult] = []
        for stored in articles:
            article_id, version = stored.article.article_id, fields.article_version(stored.article)
            if article_id not in newest:
                newest[article_id] = self._version(searcher, article_id)
            present = newest[article_id]
            if present is not None and present > version:
                results.append(WriteResult("stale", "a newer capture is there"))
                continue
            try:
                document = fields.to_document(stored)
            except ValueError as error:
                results.append(WriteResult("refused", str(error)))
                continue
            writer.delete_documents_by_term(fields.ID, article_id)
            writer.add_document(document)
            newest[article_id] = version
            results.append(WriteResult("written"))
        if any(result.status == "written" for result in results):
            self._commit_with(writer)
        return results

    def _remove(self, writer: tantivy.IndexWriter, article_ids: Sequence[str]) -> None:
        for article_id in article_ids:
            writer.delete_documents_by_term(fields.ID, article_id)
        self._commit_with(writer)

    def _commit_with(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        self._commit = None

    def _version(self, searcher: tantivy.Searcher, article_id: str) -> int | None:
        hits = searcher.search(self._matching.by_ids([article_id]), limit=1).hits
        versions = searcher.fast_field_values(fields.VERSION, [address for _, address in hits])
        return int(versions[0] or 0) if versions else None
