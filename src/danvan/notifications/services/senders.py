"""Letters to people who sent a petition from the portal and left an e-mail address: that there is news behind their code."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import mail
from django.db.models import F, Q

from danvan.foundation import clock
from danvan.foundation.errors import SealingError
from danvan.notifications.models import SenderLetter
from danvan.notifications.selectors import mail_goes_out
from danvan.notifications.services.posting import FAILURES, LEASE, NOWHERE, TRIES
from danvan.petitions.selectors.sending import address_of_sender, left_an_address

if TYPE_CHECKING:
    from danvan.petitions.models import Petition

logger = logging.getLogger(__name__)
SUBJECT = "Ý kiến của bà con có tin mới"
AGAIN = timedelta(hours=1)


def write_to_sender(petition: "Petition", *, key: str, words: str) -> bool:
    """Write that there is news of a petition, once for each `key`; not where no address was left or no mail goes out."""
    if not mail_goes_out() or not left_an_address(petition):
        return False
    letter = {"petition": petition, "words": words, "due_at": clock.machine()}
    _, made = SenderLetter.objects.get_or_create(key=key, defaults=letter)
    return made


def post_to_senders(*, limit: int = 200) -> int:
    """Send the letters that are due; how many went out. Any number of workers may do it at once."""
    due = list(_free(clock.machine()).order_by("pk").values_list("pk", flat=True)[:limit])
    if not due or not mail_goes_out():
        return 0
    connection = mail.get_connection()
    try:
        return sum(_post(pk, connection) for pk in due)
    finally:
        connection.close()


def _free(now: datetime) -> Any:
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return SenderLetter.objects.filter(unclaimed, sent_at=None, due_at__lte=now, tries__lt=TRIES)


def _post(pk: int, connection: Any) -> bool:
    """Claim one letter, open its address, send it; False where another worker has it or it failed."""
    now = clock.machine()
    if not _free(now).filter(pk=pk).update(claimed_until=now + LEASE, tries=F("tries") + 1):
        return False
    letter = SenderLetter.objects.select_related("petition").get(pk=pk)
    row = SenderLetter.objects.filter(pk=pk)
    try:
        address = address_of_sender(letter.petition)
    except SealingError:
        address = ""
    if not address:
        row.update(tries=TRIES, claimed_until=None, failure=NOWHERE)
        return False
    try:
        connection.open()
        _message(letter, address, connection).send()
    except FAILURES as fault:
        logger.warning("letter to a sender %s was not taken: %s", pk, type(fault).__name__)
        row.update(due_at=now + AGAIN, claimed_until=None, failure=type(fault).__qualname__[:120])
        connection.close()  # the next letter opens it anew
        return False
    row.update(sent_at=clock.machine(), claimed_until=None, failure="")
    return True


def _message(letter: SenderLetter, address: str, connection: Any) -> mail.EmailMessage:
    site = settings.DANVAN_PORTAL_SITE or settings.DANVAN_MAIL_SITE
    body = (
        f"Kính gửi bà con,\n\n{letter.words}\n\nMời bà con mở {site}/theo-doi/ rồi gõ mã trên phiếu để xem và nói đồng ý "
        "hay chưa. Thư này không ghi nội dung, để người khác mở hộp thư cũng không biết.\n\nCổng Nhân dân\n"
    )
    return mail.EmailMessage(
        subject=SUBJECT,
        body=body,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
