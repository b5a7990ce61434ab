"""Follow a public matter together with whoever sent it: no account, no name, a code of one's own."""

from django.db import IntegrityError, transaction

from danvan.commitments.services import Asking, Slip
from danvan.commitments.services.opening import open_own_code, standing_own_code
from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors.together import TOGETHER, public_row

GONE = "Ý kiến này không còn công khai nên không theo dõi cùng được. Bà con vui lòng gửi ý kiến của mình, cũng không cần tên."


def follow_together(number: str, *, seed: str) -> Slip:
    """A code behind which stand the public words of a matter, its answer and what was promised of it, as they are then.

    `seed` is the chance of the form: sent twice, it is the same code. Nothing is kept of who follows.
    """
    row = public_row(number)
    if row is None:
        raise RuleError(GONE)
    seed = f"{row.pk} {seed}"
    if again := standing_own_code(seed):
        return again
    try:
        return _open(row, seed)
    except IntegrityError:  # the same form came twice at one moment
        again = standing_own_code(seed)
        if again is None:
            raise
        return again


@transaction.atomic
def _open(row: PublicPetition, seed: str) -> Slip:
    slip = open_own_code(Asking("", clock.today(), "", TOGETHER, row.pk), seed=seed)
    audit.record(None, "petitions.follow_together", row.petition)
    return slip
