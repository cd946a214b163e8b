"""A run's figures as tables."""

from statistics import median

from chaos.run import Outcome
from quality.sheets import Sheet


def sheets(outcome: Outcome) -> tuple[Sheet, Sheet]:
    """Return what became of the files, and how long a new file took right after each fault."""
    return _files(outcome), _faults(outcome)


def _files(outcome: Outcome) -> Sheet:
    verdict, ledger = outcome.verdict, outcome.ledger
    refused = ", ".join(f"{count} × {why}" for why, count in sorted(ledger.refused.items())) or "none"
    struck = sum(map(len, outcome.recoveries.values()))
    lost = len(ledger.promises) - verdict.statuses.total() + verdict.statuses["accepted"]
    cells = (
        ("faults injected", f"{struck} of {len(outcome.recoveries)} kinds"),
        ("files accepted (202)", f"{len(ledger.promises):,}"),
        *((status, f"{count:,}") for status, count in sorted(verdict.statuses.items())),
        ("lost", f"{lost:,}"),
        ("doubled", f"{verdict.doubled:,}"),
        ("poison records, each a dead letter", f"{verdict.letters:,}"),
        ("requests refused, and sent again", refused),
        ("breaches: a file that ended otherwise or twice, an index unlike its rebuild", f"{len(verdict.breaches):,}"),
    )
    return Sheet(f"{outcome.shape}, seed {outcome.seed}: files", ("", "count"), cells)


def _faults(outcome: Outcome) -> Sheet:
    struck = (
        (fault, str(len(seconds)), f"{median(seconds):.1f}", f"{max(seconds):.1f}")
        for fault, seconds in sorted(outcome.recoveries.items())
    )
    missing = ((fault, "not run", "", "") for fault in outcome.missing)
    heading = f"{outcome.shape}, seed {outcome.seed}: seconds from the fault's end to a new file's"
    return Sheet(heading, ("fault", "times", "median", "worst"), (*struck, *missing))
