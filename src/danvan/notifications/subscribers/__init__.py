"""What happens in the modules below, told to the people it concerns. Each subscriber may run twice: it tells once."""

from danvan.notifications.subscribers import (
    accounts,
    clocks,
    following,
    heads,
    ledger,
    passing,
    petitions,
    programmes,
    questions,
    registers,
    reports,
    senders,
    targets,
)

__all__ = [
    "accounts",
    "clocks",
    "following",
    "heads",
    "ledger",
    "passing",
    "petitions",
    "programmes",
    "questions",
    "registers",
    "reports",
    "senders",
    "targets",
]
