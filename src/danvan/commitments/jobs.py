"""What the worker does for the ledger, again and again."""

from danvan.commitments.services.tallying import count_again
from danvan.foundation import jobs


# Not whole: some leads in a transaction of their own. It may be run twice.
@jobs.job(whole=False)
def count_commitments() -> None:
    """Bring the kept counts of the statistics up to date."""
    count_again()


def register() -> None:
    """Put it on the schedule of this process."""
    jobs.every(minutes=1)(count_commitments)
