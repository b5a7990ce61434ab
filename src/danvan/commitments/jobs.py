"""What the worker does for the ledger, again and again."""

from danvan.commitments.services.heading import pass_heads
from danvan.commitments.services.series.turns import open_turns
from danvan.commitments.services.tallying import count_again
from danvan.commitments.services.warning import begin_missing_clocks, warn_due
from danvan.foundation import jobs


# Not whole: some leads in a transaction of their own. It may be run twice.
@jobs.job(whole=False)
def count_commitments() -> None:
    """Bring the kept counts of the statistics up to date."""
    count_again()


# Not whole: many rows in turns, each turn a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def watch_clocks() -> None:
    """Make the turns that have come, begin the clocks that are missing, tell of the marks that have come: each once."""
    open_turns()
    begin_missing_clocks()
    warn_due()


@jobs.job(whole=False)
def tell_new_heads() -> None:
    """Tell whoever came to hold a supervising post what they supervise now."""
    pass_heads()


def register() -> None:
    """Put them on the schedule of this process."""
    jobs.every(minutes=1)(count_commitments)
    jobs.every(hours=1)(watch_clocks)
    jobs.every(hours=1)(tell_new_heads)
