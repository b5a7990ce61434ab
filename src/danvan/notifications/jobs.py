"""What the worker does for notifications, again and again."""

from danvan.foundation import jobs
from danvan.notifications import services


@jobs.job
def remind() -> None:
    """Tell of what falls due and of what is overdue, each once."""
    services.remind_due()
    services.remind_idle()


# Not whole: a mail server is waited for outside of any transaction. Both may be run twice.
@jobs.job(whole=False)
def digest() -> None:
    """Write the digests of the day."""
    services.send_digests()


@jobs.job(whole=False)
def post() -> None:
    """Send what is to be sent at once, and what is due again."""
    services.send_mail_due()
    services.post_to_senders()


def register(*, mail: bool) -> None:
    """Put them on the schedule of this process; those of e-mail only where there is a mail server."""
    jobs.every(hours=1)(remind)
    if mail:
        jobs.every(minutes=10)(digest)
        jobs.every(minutes=1)(post)
