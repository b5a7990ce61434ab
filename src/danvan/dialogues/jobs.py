"""What the worker does for dialogues, again and again."""

from danvan.dialogues.services.names import wipe_old_names
from danvan.foundation import jobs


# Not whole: each dialogue is a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def wipe_dialogue_names() -> None:
    """Wipe names that nobody needs any more."""
    wipe_old_names()


def register() -> None:
    """Put it on the schedule of this process."""
    jobs.every(hours=1)(wipe_dialogue_names)
