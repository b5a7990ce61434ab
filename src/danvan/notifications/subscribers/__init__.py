"""What happens in the modules below, told to the people it concerns. Each subscriber may run twice: it tells once."""

from danvan.notifications.subscribers import following, ledger, passing, registers, reports, targets

__all__ = ["following", "ledger", "passing", "registers", "reports", "targets"]
