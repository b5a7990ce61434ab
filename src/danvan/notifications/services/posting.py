"""Sending the letters that are written. A letter is lost never, and sent twice only where a worker died
between the mail server's answer and our note of it; then both carry one Message-ID, by which mail programs know."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core import mail
from django.db.models import F, Q

from danvan.foundation import clock
from danvan.notifications.models import Letter
from danvan.notifications.selectors import mail_goes_out

logger = logging.getLogger(__name__)

# A worker that holds a letter longer than this is dead.
LEASE = timedelta(minutes=10)
# Tried again after 1, 2, 4 ... minutes, at most every 6 hours: about two days in all.
TRIES = 16
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)
NOWHERE = "no address any more"
# What a mail server or the way to it may answer.
FAILURES = (SMTPException, OSError)


def post_letters(*, limit: int = 200) -> int:
    """Send the letters that are due; returns how many went out. Any number of workers may do it at once."""
    if not mail_goes_out():
        return 0
    waiting = _free(clock.machine()).order_by("pk")
    due = list(waiting.values_list("pk", flat=True)[:limit])
    if not due:
        return 0
    connection = mail.get_connection()
    try:
        return sum(_post(pk, connection) for pk in due)
    finally:
        connection.close()


def _free(now: datetime) -> Any:
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return Letter.objects.filter(unclaimed, sent_at=None, due_at__lte=now, tries__lt=TRIES)


def _post(pk: int, connection: Any) -> bool:
    """Claim one letter, send it, note that it went; False where another worker has it or it failed."""
    now = clock.machine()
    claimed = _free(now).filter(pk=pk)
    if not claimed.update(claimed_until=now + LEASE, tries=F("tries") + 1):
        return False
    letter = Letter.objects.select_related("user").get(pk=pk)
    if not (letter.user.is_active and letter.user.email):
        Letter.objects.filter(pk=pk).update(tries=TRIES, claimed_until=None, failure=NOWHERE)
        return False
    try:
        connection.open()
        _message(letter, connection).send()
    except FAILURES as fault:
        logger.warning("letter %s was not taken: %s", pk, type(fault).__name__)
        _put_off(letter, fault)
        connection.close()  # the next letter opens it anew
        return False
    Letter.objects.filter(pk=pk).update(
        sent_at=clock.machine(), claimed_until=None, failure="", body=""
    )
    return True


def _message(letter: Letter, connection: Any) -> mail.EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    return mail.EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.user.email],
        headers={
            "Message-ID": f"<{letter.key.replace(':', '.')}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )


def _put_off(letter: Letter, fault: Exception) -> None:
    wait = min(_FIRST_WAIT * 2 ** (letter.tries - 1), _LONGEST_WAIT)
    Letter.objects.filter(pk=letter.pk).update(
        due_at=clock.machine() + wait, claimed_until=None, failure=type(fault).__qualname__[:120]
    )
