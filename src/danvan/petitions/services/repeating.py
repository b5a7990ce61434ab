"""The same matter of the same sender that comes in again: counted and kept on file with the first, no clock runs for it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, events
from danvan.foundation.errors import Fault
from danvan.petitions.enums import Closing, StepKind
from danvan.petitions.events import PetitionClosed
from danvan.petitions.models import Petition
from danvan.petitions.selectors.duplicates import same_sender
from danvan.petitions.services import rows

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def file_repeated(
    petition: Petition, *, original: Petition, on: date, actor: "User | None", seen: int | None = None
) -> Petition:  # fmt: skip
    """Keep a petition on file as the repetition of an older one of the same sender (LD07): all its clocks end at once."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "file")
    original = Petition.objects.get(pk=original.dup_of_id or original.pk)
    faults = rows.before_faults(petition, on)
    if original.pk == petition.pk:
        faults.append(
            Fault(
                "Đơn không trùng với chính nó, đồng chí vui lòng chọn đơn khác.", column="original"
            )
        )
    elif petition.kind != original.kind:
        faults.append(
            Fault(
                f"Đơn {original.number} thuộc loại khác nên không phải đơn trùng, đồng chí vui lòng phân loại lại trước.",
                column="original",
            )
        )
    elif petition.paper_id == original.paper_id:
        faults.append(
            Fault("Hai nội dung của cùng một đơn thì không trùng nhau.", column="original")
        )
    elif not same_sender(original, petition.paper):
        faults.append(
            Fault(
                f"Đơn {original.number} của người gửi khác. Nhiều người gửi cùng nội dung thì đồng chí vui lòng gộp nhóm, "
                "để mỗi người có hạn và trả lời riêng.",
                column="original",
            )
        )
    rows.refuse(faults)
    rows.move(petition, "file")
    petition.closing, petition.dup_of = Closing.LD07, original
    rows.close(petition, on, actor=actor)
    words = f"{Closing.LD07.label}: {original.number}"
    rows.step(petition, StepKind.FILED, on=on, actor=actor, words=words)
    rows.save(petition, "state", "closing", "closed_on", "dup_of")
    audit.record(actor, "petitions.file_repeated", petition, original_id=original.pk)
    events.publish(PetitionClosed(petition_id=petition.pk))
    return petition
