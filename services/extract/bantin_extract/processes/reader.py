"""The program of a process that reads pages: takes groups of them on its standard input, answers on its output.

It is started with no secrets in its environment and limits itself before it reads anything that came from outside.
What it answers is JSON, which its parent checks: whoever takes this process over can't run code in that one.
"""

import argparse
import io
import pickle
import sys
from collections.abc import Sequence
from typing import BinaryIO, cast

from bantin.events import ArticleReceived, Reason
from bantin_extract.handler import extract
from bantin_extract.processes.exchange import ANSWER, Extracted, read_message, write_message
from bantin_extract.processes.limits import allow_processor_time, limit_resources
from bantin_extract.rejection import rejected


def main() -> None:
    """Answer group after group, until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=int, required=True, help="MiB of address space")
    parser.add_argument("--seconds", type=float, required=True, help="processor time for one page")
    given = parser.parse_args()
    requests, answers = sys.stdin.buffer, _claimed_output()
    limit_resources(given.memory)
    while (request := read_message(requests)) is not None:
        # What the parent sends is its own; what came from outside is only bytes within.
        events = cast("tuple[ArticleReceived, ...]", pickle.loads(request))  # noqa: S301
        del request
        allow_processor_time(given.seconds * len(events))
        write_message(answers, answer(events, given.memory))


def answer(events: Sequence[ArticleReceived], memory: int) -> bytes:
    """Return the JSON of one outcome for each event; a page that `memory` MiB are not enough for is rejected."""
    return ANSWER.dump_json([_read(event, memory) for event in events])


def _read(event: ArticleReceived, memory: int) -> Extracted:
    try:
        return extract(event)
    except MemoryError:
        detail = f"Reading the file takes more than {memory:,} MiB of memory."
        return rejected(event, Reason(code="too_large", detail=detail))


def _claimed_output() -> BinaryIO:
    """Return the standard output for answers; whatever else is printed goes nowhere."""
    answers = sys.stdout.buffer
    sys.stdout = io.StringIO()
    return answers


if __name__ == "__main__":
    main()
