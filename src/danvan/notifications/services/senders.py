"""Letters to people who sent a petition from the portal, or follow a public one together, and left an e-mail address: that there
is news behind their code.

Anybody can type anybody's address. So the first letter only asks whether news may go there; nothing else goes before its
reader said yes, nor after they said no more; and no address gets more than a few of either kind in a day.
"""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import mail, signing
from django.db import transaction
from django.db.models import F, Q, QuerySet

from danvan.foundation import audit, clock
from danvan.foundation.errors import SealingError
from danvan.foundation.locks import alone
from danvan.foundation.pacing import mark_of_day
from danvan.notifications.models import SenderLetter
from danvan.notifications.selectors import mail_goes_out
from danvan.notifications.services.posting import FAILURES, LEASE, NOWHERE, TRIES
from danvan.notifications.services.sender_words import message
from danvan.petitions.selectors.sending import address_of_sender, left_an_address
from danvan.petitions.selectors.together import addresses_told, mail_of_follower
from danvan.petitions.services.together import forget_follower, forget_mail_of_sender

if TYPE_CHECKING:
    from danvan.petitions.models import Petition, TogetherAddress

logger = logging.getLogger(__name__)
SALT = "notifications.sender"
STOP = "notifications.sender.stop"
AGAIN, A_DAY = timedelta(hours=1), timedelta(days=1)
TO_CONFIRM = timedelta(days=30)  # so long the letter that asks may be answered
ENOUGH = "enough letters to this address today"
STOPPED = "no more letters are wanted"


def ask_sender(petition: "Petition") -> bool:
    """Write once to the address that was left, whether news may go there; not where none was left or no mail goes out."""
    if not mail_goes_out() or not left_an_address(petition):
        return False
    return _asking(petition)[1]


def ask_follower(address: "TogetherAddress") -> bool:
    """The same to the address of who follows together."""
    return mail_goes_out() and _asking(address.public.petition, address)[1]


def letter_of_token(token: str) -> SenderLetter | None:
    """The letter that asked, by what stands in its address; None for what was made up, is too old or gone."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=TO_CONFIRM)
    except signing.BadSignature:
        return None
    return SenderLetter.objects.filter(pk=pk, asks=True, sent_at__isnull=False).first()


def letter_to_stop(token: str) -> SenderLetter | None:
    """Any letter that went out, by what stands in it for whoever wants no more, however old it is; None for what was made up or
    is gone.
    """
    try:
        pk = signing.loads(token, salt=STOP)
    except signing.BadSignature:
        return None
    known = SenderLetter.objects.select_related("petition", "follower")
    return known.filter(pk=pk).first()


def confirm_address(letter: SenderLetter) -> None:
    """Whoever got the letter that asked says that news may go there; said again it stays, and so does that no more shall come."""
    unsaid = SenderLetter.objects.filter(pk=letter.pk, asks=True, confirmed_at=None)
    unsaid.filter(stopped_at=None).update(confirmed_at=clock.now())


@transaction.atomic
def stop_letters(petition: "Petition", *, follower: "TogetherAddress | None" = None) -> None:
    """No letter of this matter goes to that address from now on: what waits is thrown away, the address forgotten. Said again,
    it stays.
    """
    asked, _ = _asking(petition, follower)
    stopped = SenderLetter.objects.filter(pk=asked.pk, stopped_at=None)
    if not stopped.update(stopped_at=clock.now()):
        return
    waiting = _mine(petition, follower).filter(sent_at=None)
    waiting.filter(asks=False).delete()
    waiting.update(tries=TRIES, failure=STOPPED)
    if follower is None:
        forget_mail_of_sender(petition)
    else:
        forget_follower(follower)
    audit.record(None, "notifications.stop_letters", petition)


def write_to_sender(petition: "Petition", *, key: str, words: str) -> bool:
    """Write that there is news of a petition, once for each `key`; not where no address was left or no mail goes out. Where the
    address was not confirmed, it is asked for that, and nothing else is written.
    """
    if not mail_goes_out() or not left_an_address(petition):
        return False
    if not _wanted(_mine(petition)).exists():
        ask_sender(petition)
        return False
    letter = {"petition": petition, "words": words, "due_at": clock.machine()}
    _, made = SenderLetter.objects.get_or_create(key=key, defaults=letter)
    return made


def write_to_followers(petition: "Petition", *, key: str, words: str) -> int:
    """Write that there is news of a public matter to who follows it together and confirmed an address, once for each `key`; how
    many were told. A fixed number of queries.
    """
    told = addresses_told(petition) if mail_goes_out() else []
    confirmed = _wanted(SenderLetter.objects.filter(follower__in=told))
    known = set(confirmed.values_list("follower_id", flat=True)) if told else set()
    now = clock.machine()
    letters = [
        SenderLetter(
            petition=petition, follower=one, key=f"f{one.pk}:{key}", words=words, due_at=now
        )
        for one in told
        if one.pk in known
    ]
    SenderLetter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


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


def _mine(
    petition: "Petition", follower: "TogetherAddress | None" = None
) -> QuerySet[SenderLetter]:
    return SenderLetter.objects.filter(petition=petition, follower=follower)


def _wanted(letters: QuerySet[SenderLetter]) -> QuerySet[SenderLetter]:
    """Of these the ones that asked and were answered that news may come, as it still may."""
    return letters.filter(asks=True, confirmed_at__isnull=False, stopped_at=None)


def _asking(
    petition: "Petition", follower: "TogetherAddress | None" = None
) -> tuple[SenderLetter, bool]:
    """The letter that asks whether news may come, and whether it was written now."""
    key = f"{petition.pk}:asks" if follower is None else f"f{follower.pk}:asks"
    letter = {"petition": petition, "follower": follower, "asks": True, "due_at": clock.machine()}
    return SenderLetter.objects.get_or_create(key=key, defaults=letter)


def _free(now: datetime) -> Any:
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return SenderLetter.objects.filter(unclaimed, sent_at=None, due_at__lte=now, tries__lt=TRIES)


def _post(pk: int, connection: Any) -> bool:
    """Claim one letter, open its address, send it; False where another worker has it or it failed."""
    now = clock.machine()
    if not _free(now).filter(pk=pk).update(claimed_until=now + LEASE, tries=F("tries") + 1):
        return False
    letter = SenderLetter.objects.select_related("petition", "follower__key").get(pk=pk)
    row = SenderLetter.objects.filter(pk=pk)
    try:
        address = _address_of(letter)
    except SealingError:
        address = ""
    if not address:
        row.update(tries=TRIES, claimed_until=None, failure=NOWHERE)
        return False
    if not _place_taken(letter, mark_of_day(f"mail {address.casefold()}", now)):
        _leave(letter, now)
        return False
    try:
        connection.open()
        stop = signing.dumps(pk, salt=STOP)
        ask = signing.dumps(pk, salt=SALT) if letter.asks else ""
        message(letter, address, connection, stop=stop, ask=ask).send()
    except FAILURES as fault:
        logger.warning("letter to a sender %s was not taken: %s", pk, type(fault).__name__)
        failure = type(fault).__qualname__[:120]
        row.update(due_at=now + AGAIN, claimed_until=None, failure=failure, mark="")
        connection.close()  # the next letter opens it anew
        return False
    row.update(sent_at=clock.machine(), claimed_until=None, failure="")
    return True


def _address_of(letter: SenderLetter) -> str:
    """Where it goes; empty where nothing is to go there any more."""
    asked = _mine(letter.petition, letter.follower).filter(asks=True)
    if asked.filter(stopped_at__isnull=False).exists():
        return ""
    if letter.follower is not None:
        return mail_of_follower(letter.follower)
    return address_of_sender(letter.petition)


@transaction.atomic
def _place_taken(letter: SenderLetter, mark: str) -> bool:
    """Take one of the day's letters to this address; False where none is left. One worker at a time counts those of one mark,
    and what is being sent counts like what went.
    """
    alone(int(mark[:15], 16), wait=True)
    others = SenderLetter.objects.filter(mark=mark, asks=letter.asks).exclude(pk=letter.pk)
    if others.count() >= settings.DANVAN_SENDER_MAILS:
        return False
    return bool(SenderLetter.objects.filter(pk=letter.pk).update(mark=mark))


def _leave(letter: SenderLetter, now: datetime) -> None:
    """Enough went there today: news waits for tomorrow, a letter that asks is given up."""
    row = SenderLetter.objects.filter(pk=letter.pk)
    if letter.asks:
        row.update(tries=TRIES, claimed_until=None, failure=ENOUGH)
    else:
        row.update(due_at=now + A_DAY, tries=F("tries") - 1, claimed_until=None, failure=ENOUGH)
