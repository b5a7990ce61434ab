"""What the worker does for petitions, again and again."""

from danvan.foundation import jobs
from danvan.petitions.services.subjects import erase_old_petitioners


# Not whole: each person is a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def erase_petitioners() -> None:
    """Erase who petitioned longer ago than their data is kept."""
    erase_old_petitioners()


def register() -> None:
    """Put it on the schedule of this process."""
    jobs.every(hours=24)(erase_petitioners)
