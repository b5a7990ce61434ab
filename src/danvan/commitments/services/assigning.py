"""Give work to units, remind them of it, take back what was given by mistake."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import LEAD_ACTS, Party, State, StepKind
from danvan.commitments.events import CommitmentsAssigned
from danvan.commitments.models import Commitment, CommitmentStep, CommitmentSupport
from danvan.commitments.selectors import key_of
from danvan.commitments.selectors.clocks import KIND
from danvan.commitments.services import rows
from danvan.commitments.services.assignments import (
    NOT_LATE,
    Assignment,
    Late,
    units_in,
    weigh,
)
from danvan.commitments.services.clocks import (
    DAY,
    FIELDS,
    end,
    hold_calendar,
    hold_ledger,
    next_warning,
)
from danvan.commitments.services.heading import set_heads
from danvan.commitments.services.terms import Promise
from danvan.foundation import audit, clock, events, search
from danvan.foundation.errors import RuleError
from danvan.foundation.numbering import next_numbers
from danvan.indicators.services import Source
from danvan.law.selectors import marks_at_start
from danvan.law.services import Starting, start_clocks
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit


@transaction.atomic
def assign_commitments(
    assignments: Sequence[Assignment],
    *,
    assigner: "Unit",
    actor: "User | None",
    assigned_on: date | None = None,
    source: Source | None = None,
    action: str = "commitments.assign",
    old: bool = True,
    late: Late = NOT_LATE,
    post_id: int | None = None,
) -> list[Commitment]:
    """Give work in one act: all of it or nothing, with every fault at once (`row` counts from 1).

    `assigned_on` is today unless said. `action` is what `actor` must be allowed at the assigner: whoever writes
    down what a head concluded gives it by that act. Without `old` a day that has gone by already is refused: whoever
    types asks first; the timeline says that it had gone by. A day before that of assigning needs `late` to say why; one
    before the paper it was taken from is refused. `post_id` is the post that supervises it from the first. Queries do
    not grow with the number of assignments.
    """
    day, source = assigned_on or clock.today(), source or Source()
    hold_ledger(units_in(assignments, assigner) if assignments else ())
    weighed = weigh(assignments, assigner, actor, day, action, old=old, late=late, post_id=post_id)
    if faults := weighed.faults:
        number = f"{format_number(len(faults))} lỗi: " if len(faults) > 1 else ""
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa giao được việc. {number}{sentences}", faults=faults)
    found = _written(weighed.assignments, weighed.promises, assigner, actor, day, source, late)
    start_clocks(KIND, _startings(found, weighed.promises, day), actor=actor)
    audit.record(
        actor,
        "commitments.assign",
        found[0],
        ids=[one.pk for one in found],
        unit_id=assigner.pk,
        source_kind=source.kind,
        source_id=source.id,
    )
    events.publish(CommitmentsAssigned(commitment_ids=tuple(one.pk for one in found)))
    return found if post_id is None else set_heads(found, post_id=post_id, actor=actor)


@transaction.atomic
def withdraw_commitments(
    source_kind: str, source_id: int, ids: Collection[int], *, actor: "User | None"
) -> list[Commitment]:
    """Take back what one source gave, because its acceptance was undone; only while its lead did nothing with it."""
    given = Commitment.objects.filter(source_kind=source_kind, source_id=source_id, pk__in=ids)
    hold_calendar()
    found = [one for one in rows.locked_many(given) if one.state != State.WITHDRAWN]
    acted = CommitmentStep.objects.filter(commitment__in=found, kind__in=LEAD_ACTS)
    of_leads = set(acted.values_list("commitment_id", flat=True))
    touched = [one for one in found if one.state != State.ASSIGNED or one.pk in of_leads]
    if touched:
        numbers = ", ".join(one.number for one in touched[:5])
        raise RuleError(
            f"Đơn vị đã bắt đầu làm hoặc đã trao đổi về việc {numbers} nên không rút lại được nữa. "
            "Đồng chí vui lòng theo dõi việc này trong mục Việc phải làm."
        )
    for one in found:
        _withdraw(one, "Bỏ nhận nhiệm vụ ở văn bản nguồn", actor)
    return found


@transaction.atomic
def withdraw_commitment(
    commitment: Commitment, *, words: str, actor: "User | None", seen: int | None = None
) -> Commitment:
    """Take back work that was given by mistake, before its lead begins; the number stays, with the reason."""
    hold_calendar()
    commitment = rows.locked(commitment, seen=seen)
    words = rows.text_of(words, missing="Đồng chí vui lòng ghi lý do rút việc này.")
    _withdraw(commitment, words, actor)
    return commitment


def _startings(
    found: Sequence[Commitment], promises: Sequence[Promise], day: date
) -> list[Starting]:
    pairs = zip(found, promises, strict=True)
    made = (promise.starting(row.pk, day, row.lead_id) for row, promise in pairs)
    return [one for one in made if one is not None]


def _withdraw(commitment: Commitment, words: str, actor: "User | None") -> None:
    refusal = "Chỉ rút được việc mới giao, khi đơn vị chưa nhận."
    if commitment.disputed_on is not None:
        raise RuleError(
            f"Người hỏi trả lời “chưa xong” và theo dõi tiếp việc {commitment.number} nên không rút được. Đồng chí "
            "vui lòng thay bằng việc khác, kèm lý do công khai."
        )
    rows.move(commitment, State.WITHDRAWN, by=Party.ASSIGNER, refusal=refusal)
    end([commitment], on=clock.today(), actor=actor)
    rows.save(commitment, "state", *FIELDS)
    rows.told(commitment, StepKind.WITHDRAWN, "commitments.withdraw", actor, words)


def _told_old(commitment: Commitment, late: Late) -> str:
    why = late.why
    if commitment.due_on is None or commitment.due_on >= clock.today():
        if not why:
            return ""
        return rows.cut(f"Ghi vào sổ ngày {format_date(clock.today())}. Lý do nay mới ghi: {why}")
    told = f"Việc cũ ghi vào sổ ngày {format_date(clock.today())}, khi hạn {format_date(commitment.due_on)} đã qua."
    return rows.cut(f"{told} Lý do: {why}" if why else told)


def _written(
    assignments: Sequence[Assignment],
    promises: Sequence[Promise],
    assigner: "Unit",
    actor: "User | None",
    day: date,
    source: Source,
    late: Late,
) -> list[Commitment]:
    numbers = next_numbers(f"commitments.{day.year}", len(assignments))
    warned = _first_warnings(promises, day)
    # Typed long after it was given, its lead is silent only from now on.
    heard_on = clock.today() if late.why and day < clock.today() else None
    found = Commitment.objects.bulk_create(
        Commitment(
            number=f"CK-{day.year}-{number:04}",
            title=canonical(one.title).strip(),
            product=canonical(one.product).strip(),
            proof=canonical(one.proof).strip(),
            lead_id=one.lead_id,
            assigner_id=assigner.pk,
            assigned_on=day,
            first_due_on=one.due_on,
            due_on=one.due_on,
            assigned_by=actor,
            **source.columns(),
            source_key=key_of(source.symbol),
            topic_id=one.topic_id,
            warn_on=warn_on,
            heard_on=heard_on,
        )
        for number, one, warn_on in zip(numbers, assignments, warned, strict=True)
    )
    pairs = list(zip(found, assignments, strict=True))
    CommitmentSupport.objects.bulk_create(
        CommitmentSupport(commitment=row, unit_id=unit_id)
        for row, one in pairs
        for unit_id in one.support_ids
    )
    now = clock.now()
    CommitmentStep.objects.bulk_create(
        CommitmentStep(
            commitment=row,
            kind=StepKind.ASSIGNED,
            on=day,
            at=now,
            by=actor,
            words=_told_old(row, late),
        )
        for row in found
    )
    search.index_many((row, words_of(row)) for row in found)
    return found


def _first_warnings(promises: Sequence[Promise], day: date) -> list[date | None]:
    """When the clock of each first warns, from today on: what is given for a day long ago is not warned of anew."""
    starts = [one.start(day) for one in promises]
    known = [one for one in starts if one is not None]
    marks = iter(marks_at_start(known, on=clock.today()) if known else [])
    yesterday = clock.today() - DAY
    return [next_warning(next(marks), after=yesterday) if one else None for one in starts]


def words_of(commitment: Commitment) -> str:
    """The words a commitment is found by."""
    parts = (
        commitment.number,
        commitment.title,
        commitment.product,
        commitment.source_symbol,
        commitment.source_sentence,
    )
    return "\n".join(part for part in parts if part)
