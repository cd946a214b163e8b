"""A run's figures as tables for the terminal."""

from statistics import median

from rich.table import Table

from chaos.run import Outcome


def fault_table(outcome: Outcome) -> Table:
    """Return a row a fault: how often it struck, and how long a new file took right after it."""
    table = Table(title=f"{outcome.shape}, seed {outcome.seed}: faults and recovery", title_justify="left")
    for name in ("fault", "times", "recovery, median s", "worst s"):
        table.add_column(name, justify="left" if name == "fault" else "right")
    for fault, seconds in sorted(outcome.recoveries.items()):
        table.add_row(fault, str(len(seconds)), f"{median(seconds):.1f}", f"{max(seconds):.1f}")
    for fault in outcome.missing:
        table.add_row(fault, "not run", "", "")
    return table


def file_table(outcome: Outcome) -> Table:
    """Return what was accepted and what became of it."""
    verdict, ledger = outcome.verdict, outcome.ledger
    table = Table(title=f"{outcome.shape}: files", title_justify="left", show_header=False)
    refused = ", ".join(f"{count} × {why}" for why, count in sorted(ledger.refused.items())) or "none"
    rows = {
        "accepted": len(ledger.promises),
        **dict(sorted(verdict.statuses.items())),
        "lost": len(ledger.promises) - sum(verdict.statuses.values()) + verdict.statuses["accepted"],
        "poison records → dead letters": verdict.letters,
        "requests refused, sent again": refused,
        "breaches of the promise": len(verdict.breaches),
    }
    for name, value in rows.items():
        table.add_row(name, str(value))
    return table
