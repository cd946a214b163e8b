"""An article pushed as JSON by a content management system, and the one form of it that is kept.

Its canonical form is what the log keeps as the file: JSON in UTF-8, keys sorted, no spaces, only the content fields
that were given. Equal articles have equal bytes and so, without a URL, one `article_id`. Where it came from and
when it was captured travel beside it, so a newer capture of the same article stays the same article.
"""

import json
import re
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bantin.problem import Problem
from bantin_ingest.names import MAX_CHARACTERS, display_name
from bantin_ingest.provenance import FIELDS, Provenance, parse_date_time

CONTENT_FIELDS = ("title", "text", "html", "published_at")

_PLAIN_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class PushedArticle(BaseModel):
    """What `POST /v1/articles` takes: a body as `text` or `html`, the rest optional."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: str | None = None
    text: str | None = None
    html: str | None = None
    source_url: str | None = None
    source: str | None = None
    published_at: str | None = None
    captured_at: str | None = None

    @field_validator("published_at")
    @classmethod
    def _published_at_is_a_time(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            date.fromisoformat(value) if _PLAIN_DATE.fullmatch(value) else parse_date_time(value)
        except ValueError as error:
            raise ValueError("give a date (2026-03-01) or an RFC 3339 date-time (2026-03-01T08:30:00+07:00)") from error
        return value

    @property
    def provenance(self) -> Provenance:
        """Where the article came from; raises a 422 Problem where a field is wrong."""
        return Provenance.parse({name: value for name in FIELDS if (value := getattr(self, name)) is not None})

    @property
    def canonical(self) -> bytes:
        """The bytes that are kept."""
        given = {name: value for name in CONTENT_FIELDS if (value := getattr(self, name)) is not None}
        return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def name(self) -> str:
        """What the receipt calls it: its title, else its kind."""
        words = re.sub(r"[/\\\s]+", " ", self.title or "").strip()
        return display_name(words[:MAX_CHARACTERS] or "article.json")


def parse_push(body: bytes) -> PushedArticle:
    """Return the article in a request's body; raise a 422 Problem that names the field and the remedy."""
    try:
        article = PushedArticle.model_validate_json(body)
    except ValidationError as error:
        said = (f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in error.errors())
        raise Problem(422, "invalid_article", "; ".join(said)[:1_000]) from error
    bodies = [text for text in (article.text, article.html) if text is not None and text.strip()]
    if len(bodies) != 1:
        said = "both are given" if bodies else "neither is"
        raise Problem(422, "invalid_article", f"give the article's body as `text` or as `html`; {said}")
    return article
