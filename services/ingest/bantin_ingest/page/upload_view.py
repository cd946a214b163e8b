"""What the upload page shows: the limits of a request, and what was wrong with the last one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bantin.problem import Problem
from bantin.site.language import Language
from bantin.site.wording import number, size
from bantin_ingest.page.texts import Texts
from bantin_ingest.settings import IngestSettings

FORESEEN = ("too_large", "too_many_files", "offline", "refused", "")
"""What can be told in the browser, before or without an answer."""


@dataclass(frozen=True, slots=True)
class UploadView:
    """The limits in words and in numbers. `detail` is a problem's own sentence, where no other is known for it."""

    limits: str
    max_file_bytes: int
    max_request_bytes: int
    max_files: int
    foreseen: Mapping[str, str]
    problem: str
    detail: str


def upload_view(settings: IngestSettings, language: Language, texts: Texts, problem: Problem | None) -> UploadView:
    """Return what to show, after a request that had a problem or at first."""
    file_size, files = size(settings.max_upload, language), number(settings.max_files, language)
    blanks = {"too_large": (file_size, size(settings.max_request, language)), "too_many_files": (files,)}

    def told(code: str) -> str:
        return texts.problems.get(code, texts.problems[""]).format(*blanks.get(code, ()))

    return UploadView(
        limits=texts.limits.format(file_size, files),
        max_file_bytes=settings.max_upload,
        max_request_bytes=settings.max_request,
        max_files=settings.max_files,
        foreseen={code: told(code) for code in FORESEEN},
        problem=told(problem.code) if problem else "",
        detail=problem.detail if problem and problem.code not in texts.problems else "",
    )
