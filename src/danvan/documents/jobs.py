"""What the worker does for documents, again and again."""

from danvan.documents.services import give_due_reviews
from danvan.foundation import jobs


# Not whole: document by document, each in a transaction of its own. It may be run twice.
@jobs.job(whole=False)
def give_reviews_in_time() -> None:
    """Make commitments of the reviews whose time has come, each once."""
    give_due_reviews()


def register() -> None:
    """Put them on the schedule of this process."""
    jobs.every(hours=1)(give_reviews_in_time)
