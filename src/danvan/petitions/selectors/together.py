"""Who has the same matter follows a public one by a code of their own: counted, never known."""

from django.db.models import QuerySet

from danvan.commitments.selectors import codes_from, source_of_code
from danvan.foundation import clock
from danvan.foundation.sealing import unseal
from danvan.petitions.models import Petition, PublicPetition, TogetherAddress
from danvan.petitions.selectors.publishing import PublicMatter, public_matters, published_petitions

EMAIL = "together.email"  # what the address of who follows is sealed as
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


def own_address(code: str) -> TogetherAddress | None:
    """What whoever follows by this code left for news; None where nothing was, or the code is another's."""
    source = source_of_code(code)
    if source is None or source[0] != TOGETHER:
        return None
    return TogetherAddress.objects.filter(slip=source[2]).select_related("public__petition").first()


def addresses_told(petition: Petition) -> list[TogetherAddress]:
    """Who follows a matter that is public, by a code that still opens something, and left an address. Two queries."""
    row = published_petitions().filter(petition=petition).first()
    if row is None:
        return []
    open_ones = codes_from(TOGETHER, row.pk).filter(withdrawn_on=None, ends_on__gte=clock.today())
    told = TogetherAddress.objects.filter(slip__in=open_ones.values("slip"))
    return list(told.exclude(key=None))


def address_told(address_id: int) -> TogetherAddress | None:
    """An address with its matter; None where it is gone."""
    found = TogetherAddress.objects.filter(pk=address_id).select_related("public__petition")
    return found.first()


def mail_of_follower(address: TogetherAddress) -> str:
    """The address opened for the letter that is being sent; empty where it is there no more."""
    return unseal(address.key, address.email, name=EMAIL) if address.key is not None else ""
