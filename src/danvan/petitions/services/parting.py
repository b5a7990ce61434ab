"""A petition leaves its cluster: it asks for something else, or is not of its unit or kind any more."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.petitions.enums import StepKind
from danvan.petitions.models import Petition
from danvan.petitions.services import rows

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def part_from_cluster(
    petition: Petition, *, why: str, actor: "User | None", seen: int | None = None
) -> Petition:
    """Take a petition out of its cluster: it asks for something else and is answered alone."""
    petition = rows.locked(petition, seen=seen)
    cluster = petition.cluster
    if cluster is None:
        raise RuleError(f"Đơn {petition.number} không thuộc nhóm nào nên không phải tách.")
    why, faults = rows.words_of(
        why, column="why", missing="Đồng chí vui lòng ghi vì sao tách khỏi nhóm.", most=500
    )
    if not petition.open or petition.answered_on is not None:
        words = f"Đơn {petition.number} đã trả lời hoặc đã đóng nên không tách khỏi nhóm được nữa."
        faults.append(Fault(words))
    rows.refuse(faults)
    leave_cluster(petition, why, on=clock.today(), actor=actor)
    rows.save(petition)
    audit.record(actor, "petitions.part_from_cluster", petition, cluster_id=cluster.pk)
    return petition


def leave_cluster(petition: Petition, why: str, *, on: date, actor: "User | None") -> None:
    """It is no member any more, with a line that says why; the cluster does not wait for it. Nothing where it is in none."""
    cluster = petition.cluster
    if cluster is None:
        return
    petition.cluster = None
    petition.save(update_fields=["cluster"])
    words = f"Khỏi {cluster.number}. Lý do: {why}"
    rows.step(petition, StepKind.PARTED, on=on, actor=actor, words=words)
    rows.end_cluster(cluster.pk)
