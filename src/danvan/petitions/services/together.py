"""Follow a public matter together with whoever sent it: no account, no name, a code of one's own."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from danvan.commitments.selectors.following import standing_slips
from danvan.commitments.services import Asking, Slip, erase_codes
from danvan.commitments.services.opening import open_own_code, standing_own_code
from danvan.foundation import audit, clock, events
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sealing import destroy, new_key, seal
from danvan.petitions.events import FollowedTogether
from danvan.petitions.models import Petition, Petitioner, PublicPetition, TogetherAddress
from danvan.petitions.selectors.sending import signed_at_the_portal
from danvan.petitions.selectors.together import EMAIL, TOGETHER, public_row
from danvan.petitions.services.identities import MAIL_SHAPE, PURPOSE
from danvan.vietnamese.text import written

if TYPE_CHECKING:
    from collections.abc import Iterable

GONE = "Ý kiến này không còn công khai nên không theo dõi cùng được. Bà con vui lòng gửi ý kiến của mình, cũng không cần tên."
NO_MAIL = "Địa chỉ thư điện tử chưa đúng dạng ten@noi.vn. Bà con vui lòng xem lại, hoặc để trống."
LONGEST = 120


def follow_together(number: str, *, seed: str, email: str = "") -> Slip:
    """A code behind which stand the public words of a matter, its answer and what was promised of it, as they are then.

    `seed` is the chance of the form: sent twice, it is the same code. Nothing is kept of who follows but the address, sealed,
    where one was left for news.
    """
    row = public_row(number)
    if row is None:
        raise RuleError(GONE)
    email = written(email).strip()
    if email and (len(email) > LONGEST or not MAIL_SHAPE.fullmatch(email)):
        refuse([Fault(NO_MAIL, column="email")])
    seed = f"{row.pk} {seed}"
    if again := standing_own_code(seed):
        return again
    try:
        return _open(row, seed, email)
    except IntegrityError:  # the same form came twice at one moment
        again = standing_own_code(seed)
        if again is None:
            raise
        return again


@transaction.atomic
def forget_follower(address: TogetherAddress) -> None:
    """Whoever follows wants no news by mail: the address and its key are gone, the code goes on. Said again, it stays."""
    row = TogetherAddress.objects.select_for_update(of=("self",)).get(pk=address.pk)
    if row.key is not None:
        _forget([row])
        audit.record(None, "petitions.forget_follower", row.public.petition)


@transaction.atomic
def forget_mail_of_sender(petition: Petition) -> None:
    """Whoever sent it wants no news by mail: the address is gone where it was left with this paper alone."""
    rows = Petitioner.objects.select_for_update(of=("self",), no_key=True)
    signed = signed_at_the_portal(petition).values("petitioner")
    for one in rows.filter(pk__in=signed).exclude(email=b""):
        if not one.signatures.exclude(paper=petition.paper_id).exists():
            one.email = b""
            one.save(update_fields=["email"])
            audit.record(None, "petitions.forget_mail", petition)


@transaction.atomic
def forget_ended_followers() -> int:
    """Erase the addresses of those whose codes open nothing any more; how many."""
    rows = TogetherAddress.objects.select_for_update(of=("self",)).exclude(key=None)
    over = list(rows.exclude(slip__in=standing_slips(TOGETHER)).order_by("pk"))
    _forget(over)
    return len(over)


def erase_followers(row: PublicPetition) -> None:
    """Take out who follows a matter that leaves the register whole: codes, addresses, keys. For that act, in its transaction."""
    erase_codes(TOGETHER, row.pk)
    _forget(row.together_addresses.select_for_update(of=("self",)))


def _forget(rows: "Iterable[TogetherAddress]") -> None:
    for one in rows:
        key, one.key, one.email = one.key, None, b""
        one.save(update_fields=["key", "email"])
        if key is not None:
            destroy(key)


@transaction.atomic
def _open(row: PublicPetition, seed: str, email: str) -> Slip:
    slip = open_own_code(Asking("", clock.today(), "", TOGETHER, row.pk), seed=seed)
    audit.record(None, "petitions.follow_together", row.petition)
    if email:
        key = new_key(PURPOSE)
        made = TogetherAddress.objects.create(
            public=row, slip=slip.number, key=key, email=seal(key, email, name=EMAIL)
        )
        events.publish(FollowedTogether(address_id=made.pk))
    return slip
