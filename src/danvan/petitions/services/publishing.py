"""What becomes public of proposals and feedback: asked by whoever sent them, looked through by a person, taken down for a reason."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import RuleError
from danvan.petitions.enums import ANSWERED_KINDS
from danvan.petitions.models import Petition, PublicPetition
from danvan.petitions.services import rows

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def ask_to_publish(petition: Petition, *, on: date, actor: "User | None") -> PublicPetition:
    """Note that whoever sent it wishes everybody to read it: an officer has to look through its words by the day that the
    house set. Asked again it stays as it is.
    """
    petition = rows.locked(petition)
    if petition.kind not in ANSWERED_KINDS:
        raise RuleError(
            "Chỉ kiến nghị, phản ánh được công khai; khiếu nại, tố cáo thì không. Đồng chí vui lòng xem lại loại đơn."
        )
    found = PublicPetition.objects.filter(petition=petition).first()
    if found is not None:
        return found
    rows.refuse(rows.day_faults(on, column="on", since=petition.received_on, what="ngày nhận"))
    made = PublicPetition.objects.create(petition=petition, asked_on=on, due_on=_by(on))
    audit.record(actor, "petitions.ask_to_publish", petition)
    return made


def _by(on: date) -> date:
    """The day by which what was asked on `on` has to be looked through."""
    return on + timedelta(days=settings.DANVAN_PUBLISH_DAYS)
