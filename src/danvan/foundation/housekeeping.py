"""Recurring jobs of the foundation itself."""

from danvan.foundation import audit, jobs


@jobs.job
def seal_every_entry() -> None:
    """Look for unsealed entries over the whole log, for those of very slow transactions."""
    audit.seal(whole=True)


@jobs.job
def clear_finished_jobs() -> None:
    """Remove the rows of jobs that succeeded more than 30 days ago."""
    jobs.clear_finished()


def register() -> None:
    """Put them on the schedule of this process."""
    jobs.every(hours=1)(seal_every_entry)
    jobs.every(days=1)(clear_finished_jobs)
