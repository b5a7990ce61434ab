"""What the worker does for reports once a day."""

from danvan.foundation import jobs
from danvan.reporting.services.tidying import empty_old_drops


# Not whole: each drop is emptied in a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def clear_old_sheets() -> None:
    """Remove the packages of workbooks that were read long ago."""
    while empty_old_drops():
        pass


def register() -> None:
    """Put it on the schedule of this process."""
    jobs.every(days=1)(clear_old_sheets)
