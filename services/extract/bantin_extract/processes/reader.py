"""The program of a process that reads pages: takes groups of them on its standard input, answers each on its output.

It is started with no secrets in its environment and limits itself before it reads anything that came from outside.
What it answers is JSON, which its parent checks: whoever takes this process over can't run code in that one.
"""

import argparse
import io
import pickle
import sys
from typing import BinaryIO, cast

from bantin.events import ArticleReceived, Reason
from bantin_extract.handler import extract
from bantin_extract.processes.exchange import ANSWER, READY, Extracted, read_message, write_message
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
    write_message(answers, READY)
    while (request := read_message(requests)) is not None:
        # What the parent sends is its own; what came from outside is only bytes within.
        events = cast("tuple[ArticleReceived, ...]", pickle.loads(request))  # noqa: S301
        del request
        for event in events:
            allow_processor_time(given.seconds)
            write_message(answers, ANSWER.dump_json(outcome_of(event, given.memory)))


def outcome_of(event: ArticleReceived, memory: int) -> Extracted:
    """Return what becomes of a page; one that `memory` MiB are not enough for is rejected."""
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
