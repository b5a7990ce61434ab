"""What happens in the modules below, told to the people it concerns. Each subscriber may run twice: it tells once."""

from danvan.notifications.subscribers import (
    clocks,
    following,
    heads,
    ledger,
    passing,
    programmes,
    questions,
    registers,
    reports,
    targets,
)

__all__ = [
    "clocks",
    "following",
    "heads",
    "ledger",
    "passing",
    "programmes",
    "questions",
    "registers",
    "reports",
    "targets",
]
