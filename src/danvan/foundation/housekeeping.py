"""Recurring jobs of the foundation itself."""

from danvan.foundation import audit, files, jobs, pacing, sealed_files, sealing


@jobs.job
def seal_every_entry() -> None:
    """Look for unsealed entries over the whole log, for those of very slow transactions."""
    audit.seal(whole=True)


@jobs.job
def clear_leftovers() -> None:
    """Remove the rows of jobs that succeeded more than 30 days ago, half-written files, and sealed ones without a row."""
    jobs.clear_finished()
    files.clear_parts()
    sealed_files.clear_parts()
    sealed_files.clear_unnamed()


@jobs.job
def forget_networks() -> None:
    """Forget the marks of networks that sent something more than an hour ago, also where nobody sends any more."""
    pacing.forget_old_marks()


@jobs.job(whole=False)
def empty_the_log() -> None:
    """Empty SQLite's write-ahead log: what was taken out while somebody read stands in it until then."""
    sealing.write_log_back()


def register() -> None:
    """Put them on the schedule of this process."""
    jobs.every(hours=1)(seal_every_entry)
    jobs.every(hours=1)(forget_networks)
    jobs.every(hours=1)(empty_the_log)
    jobs.every(days=1)(clear_leftovers)
