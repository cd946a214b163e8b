"""Dead letters as the API answers them, and operators' decisions as it takes them."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bantin.events import Model
from bantin_ingest.deadletters.letters import DecidedLetter
from bantin_ingest.deadletters.plain import Preview

MOST_NAMED = 1_000

MOST_BYTES = 1_000_000
"""In the body of a decision: room for as many names as it may hold."""

LONGEST_NAME = 500

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
"""Of a letter, a reason or a stage; the bound also keeps out texts with half a character, which nothing is called."""


class ReasonCount(Model):
    """How many letters a stage has with a reason."""

    stage: str
    reason: str
    count: int


class LetterPage(Model):
    """Letters, the latest first. `counts` are of every letter of the state asked for, whatever its stage and reason."""

    total: int
    counts: tuple[ReasonCount, ...]
    letters: tuple[DecidedLetter, ...]
    next_cursor: str | None


class Header(Model):
    """A header of the record; bytes that are no text are escaped. `value` is null where it has none."""

    name: str
    value: str | None


class LetterDetail(DecidedLetter):
    """A letter with its record's own key and headers, the error's stack and the beginning of the content."""

    key: str | None
    headers: tuple[Header, ...]
    stack: str
    preview: Preview


class Note(BaseModel):
    """What an operator says about a decision."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    note: str = Field(default="", max_length=500, description="Why, for those who look at it later.")


class Act(Note):
    """A decision about the letters named, about every open one of a reason or a stage, or about all that are open."""

    action: Literal["retry", "discard"]
    letters: tuple[Name, ...] = Field(default=(), min_length=1, max_length=MOST_NAMED)
    reason: Name | None = None
    stage: Name | None = None
    all: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (bool(self.letters), self.reason is not None or self.stage is not None, self.all)
        if sum(ways) != 1:
            raise ValueError("name `letters`, or a group by `reason` or `stage`, or say `all: true`; one of the three")
        return self


class Acted(Model):
    """What was decided. `unchanged` counts letters named about which the same had been decided before."""

    action: Literal["retry", "discard"]
    decided: int
    unchanged: int
