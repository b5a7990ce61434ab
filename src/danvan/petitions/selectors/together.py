"""Who has the same matter follows a public one by a code of their own: counted, never known."""

from django.db.models import QuerySet

from danvan.commitments.selectors import codes_from, source_of_code
from danvan.foundation import clock
from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors.publishing import PublicMatter, public_matters, published_petitions

TOGETHER = "petitions.together"  # the source of these codes; its id is that of the public words


def public_row(number: str) -> PublicPetition | None:
    """What stands in public under this number."""
    return published_petitions().filter(number=number).first()


def followers(row_id: int) -> int:
    """How many follow a public matter by a code that still opens something. One query."""
    open_ones = codes_from(TOGETHER, row_id).filter(withdrawn_on=None, ends_on__gte=clock.today())
    return open_ones.count()


def is_together(code: str) -> bool:
    """Whether a code is of somebody who follows another's matter."""
    source = source_of_code(code)
    return source is not None and source[0] == TOGETHER


def matter_together(code: str) -> PublicMatter | None:
    """What whoever follows by this code reads; None where it is public no longer, or the code is another's."""
    source = source_of_code(code)
    if source is None or source[0] != TOGETHER:
        return None
    found: QuerySet[PublicPetition] = published_petitions().filter(pk=source[1])
    return next(iter(public_matters(found)), None)
