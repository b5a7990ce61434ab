"""Letters to people who sent a petition from the portal and left an e-mail address: that there is news behind their code.

Anybody can type anybody's address. So the first letter only asks whether news may go there; nothing else goes before its
reader said yes, and no address gets more than a few of either kind in a day.
"""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import mail, signing
from django.db.models import F, Q

from danvan.foundation import clock
from danvan.foundation.errors import SealingError
from danvan.foundation.pacing import mark_of_day
from danvan.notifications.addresses import confirm_page
from danvan.notifications.models import SenderLetter
from danvan.notifications.selectors import mail_goes_out
from danvan.notifications.services.posting import FAILURES, LEASE, NOWHERE, TRIES
from danvan.petitions.selectors.sending import address_of_sender, left_an_address

if TYPE_CHECKING:
    from danvan.petitions.models import Petition

logger = logging.getLogger(__name__)
SUBJECT = "Ý kiến của bà con có tin mới"
ASKED = "Xác nhận địa chỉ nhận tin từ Cổng Nhân dân"
SALT = "notifications.sender"
AGAIN, A_DAY = timedelta(hours=1), timedelta(days=1)
TO_CONFIRM = timedelta(days=30)  # so long the letter that asks may be answered
ENOUGH = "enough letters to this address today"


def ask_sender(petition: "Petition") -> bool:
    """Write once to the address that was left, whether news may go there; not where none was left or no mail goes out."""
    if not mail_goes_out() or not left_an_address(petition):
        return False
    letter = {"petition": petition, "asks": True, "due_at": clock.machine()}
    _, made = SenderLetter.objects.get_or_create(key=f"{petition.pk}:asks", defaults=letter)
    return made


def letter_of_token(token: str) -> SenderLetter | None:
    """The letter that asked, by what stands in its address; None for what was made up, is too old or gone."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=TO_CONFIRM)
    except signing.BadSignature:
        return None
    return SenderLetter.objects.filter(pk=pk, asks=True, sent_at__isnull=False).first()


def confirm_address(letter: SenderLetter) -> None:
    """Whoever got the letter that asked says that news may go there; said again it stays."""
    unsaid = SenderLetter.objects.filter(pk=letter.pk, asks=True, confirmed_at=None)
    unsaid.update(confirmed_at=clock.now())


def write_to_sender(petition: "Petition", *, key: str, words: str) -> bool:
    """Write that there is news of a petition, once for each `key`; not where no address was left or no mail goes out. Where the
    address was not confirmed, it is asked for that, and nothing else is written.
    """
    if not mail_goes_out() or not left_an_address(petition):
        return False
    mine = SenderLetter.objects.filter(petition=petition)
    if not mine.filter(confirmed_at__isnull=False).exists():
        ask_sender(petition)
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
    mark = mark_of_day(f"mail {address.casefold()}", now)
    gone = SenderLetter.objects.filter(mark=mark, asks=letter.asks, sent_at__isnull=False)
    if gone.count() >= settings.DANVAN_SENDER_MAILS:
        _leave(letter, now)
        return False
    try:
        connection.open()
        _message(letter, address, connection).send()
    except FAILURES as fault:
        logger.warning("letter to a sender %s was not taken: %s", pk, type(fault).__name__)
        row.update(due_at=now + AGAIN, claimed_until=None, failure=type(fault).__qualname__[:120])
        connection.close()  # the next letter opens it anew
        return False
    row.update(sent_at=clock.machine(), claimed_until=None, failure="", mark=mark)
    return True


def _leave(letter: SenderLetter, now: datetime) -> None:
    """Enough went there today: news waits for tomorrow, a letter that asks is given up."""
    row = SenderLetter.objects.filter(pk=letter.pk)
    if letter.asks:
        row.update(tries=TRIES, claimed_until=None, failure=ENOUGH)
    else:
        row.update(due_at=now + A_DAY, tries=F("tries") - 1, claimed_until=None, failure=ENOUGH)


def _message(letter: SenderLetter, address: str, connection: Any) -> mail.EmailMessage:
    site = settings.DANVAN_PORTAL_SITE or settings.DANVAN_MAIL_SITE
    body = (
        _asking(letter, site)
        if letter.asks
        else (
            f"Kính gửi bà con,\n\n{letter.words}\n\nMời bà con mở {site}/theo-doi/ rồi gõ mã trên phiếu để xem và nói đồng ý "
            "hay chưa. Thư này không ghi nội dung, để người khác mở hộp thư cũng không biết.\n\nCổng Nhân dân\n"
        )
    )
    return mail.EmailMessage(
        subject=ASKED if letter.asks else SUBJECT,
        body=body,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def _asking(letter: SenderLetter, site: str) -> str:
    address = f"{site}{confirm_page(signing.dumps(letter.pk, salt=SALT))}"
    return (
        "Kính gửi bà con,\n\nCó người gửi ý kiến ở Cổng Nhân dân và để lại địa chỉ thư này để nhận tin. Nếu đúng là bà con, mời bà "
        f"con mở {address} rồi bấm “Nhận tin”.\n\nNếu không phải, bà con không cần làm gì: sẽ không có thư báo tin nào gửi đến "
        "đây.\n\nCổng Nhân dân\n"
    )
