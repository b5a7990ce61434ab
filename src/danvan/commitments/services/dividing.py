"""A commitment divided by its lead into parts for the units below it. A part is a commitment like any other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import UNDONE, SourceKind, StepKind
from danvan.commitments.models import Commitment, CommitmentPart
from danvan.commitments.selectors.ties import units_for_parts
from danvan.commitments.services import rows
from danvan.commitments.services.assigning import assign_commitments
from danvan.commitments.services.assignments import Assignment, units_of
from danvan.commitments.services.clocks import hold_ledger
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities, last_names
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

PERFORM = "commitments.perform"


@transaction.atomic
def divide_commitment(
    commitment: Commitment,
    assignments: Sequence[Assignment],
    *,
    actor: "User | None",
    seen: int | None = None,
) -> list[Commitment]:
    """The lead gives parts of it to units below: all or none, every fault at once (`row` counts from 1).

    The lead assigns and so checks them. A part is due by the day of the whole, and is told in its source.
    """
    hold_ledger({commitment.lead_id, *(pk for one in assignments for pk in units_of(one))})
    commitment = rows.locked(commitment, seen=seen)
    if commitment.state not in UNDONE:
        raise RuleError(
            "Chỉ chia được việc chưa báo xong. Đồng chí vui lòng xem lại trang của việc."
        )
    if faults := _faults(commitment, assignments):
        sentences = " ".join(dict.fromkeys(one.message for one in faults))
        raise RuleError(f"Chưa chia được việc. {sentences}", faults=faults)
    found = assign_commitments(
        assignments,
        assigner=identities([commitment.lead_id])[commitment.lead_id],
        actor=actor,
        source=Source(
            kind=SourceKind.PARENT,
            id=commitment.pk,
            sentence=commitment.title,
            symbol=commitment.number,
        ),
        action=PERFORM,
    )
    CommitmentPart.objects.bulk_create(
        CommitmentPart(parent=commitment, child=one) for one in found
    )
    rows.save(commitment)
    numbers = ", ".join(one.number for one in found)
    rows.told(
        commitment, StepKind.DIVIDED, "commitments.divide", actor, rows.cut(f"Chia cho: {numbers}.")
    )
    return found


@transaction.atomic
def tie_part(
    parent: Commitment, child: Commitment, *, actor: "User | None", seen: int | None = None
) -> CommitmentPart:
    """Make a commitment that was given already a part of another; never one of what it is itself a part of.

    `seen` is of the child.
    """
    parent, child = _both(parent, child, seen)
    if CommitmentPart.objects.filter(child=child).exists():
        raise RuleError(f"Việc {child.number} đã là một phần của việc khác.")
    if child.pk in _whole(parent.pk):
        raise RuleError(
            f"Việc {parent.number} là một phần của việc {child.number} hoặc chính là việc đó, nên không ghi "
            "ngược lại được. Đồng chí vui lòng chọn việc khác."
        )
    part = CommitmentPart.objects.create(parent=parent, child=child)
    _told(parent, child, f"Ghi việc {child.number} là một phần của việc này.", actor)
    return part


@transaction.atomic
def untie_part(child: Commitment, *, actor: "User | None", seen: int | None = None) -> None:
    """Take a commitment out of the one it was tied to; what its lead divided stays divided."""
    parent = Commitment.objects.filter(parts__child=child).first()
    if parent is None:
        raise RuleError(
            "Việc này chưa là một phần của việc nào. Đồng chí vui lòng ghi số của việc chung."
        )
    parent, child = _both(parent, child, seen)
    if child.source_kind == SourceKind.PARENT:
        raise RuleError(
            f"Việc này do đơn vị chủ trì việc {parent.number} chia ra nên không tách được. Đồng chí vui lòng rút "
            "việc này nếu không còn cần."
        )
    CommitmentPart.objects.filter(parent=parent, child=child).delete()
    _told(parent, child, f"Việc {child.number} không còn là một phần của việc này.", actor)


def _both(parent: Commitment, child: Commitment, seen: int | None) -> tuple[Commitment, Commitment]:
    """Both rows under lock, in the order of every act."""
    found = {one.pk: one for one in rows.locked_many([parent, child])}
    return found[parent.pk], rows.locked(found[child.pk], seen=seen)


def _told(parent: Commitment, child: Commitment, words: str, actor: "User | None") -> None:
    rows.save(parent)
    if child.pk != parent.pk:
        rows.save(child)
    rows.told(parent, StepKind.DIVIDED, "commitments.divide", actor, words, child_id=child.pk)


def _whole(pk: int) -> set[int]:
    """The commitment and everything that it is a part of."""
    found: set[int] = set()
    at: int | None = pk
    while at is not None and at not in found:
        found.add(at)
        above = CommitmentPart.objects.filter(child_id=at).values_list("parent_id", flat=True)
        at = above.first()
    return found


def _faults(commitment: Commitment, assignments: Sequence[Assignment]) -> list[Fault]:
    day = clock.today()
    below = units_for_parts(commitment, on=day)
    names = last_names([one.lead_id for one in assignments], day)
    faults = []
    for row, one in enumerate(assignments, start=1):
        if one.lead_id == commitment.lead_id:
            words = f"{names[one.lead_id]} đã chủ trì việc chung nên không nhận thêm việc con."
            faults.append(Fault(words, row, "lead"))
        elif one.lead_id in names and one.lead_id not in below:
            words = (
                f"{names[one.lead_id]} không ở dưới đơn vị chủ trì nên không chia việc cho được."
            )
            faults.append(Fault(words, row, "lead"))
        if commitment.due_on is not None and (one.due_on is None or one.due_on > commitment.due_on):
            words = f"Việc con phải có hạn, không sau hạn của việc chung {format_date(commitment.due_on)}."
            faults.append(Fault(words, row, "due_on"))
    return faults
