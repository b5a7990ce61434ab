"""What a change of the calendar does to open clocks: each is counted again, and why it moved is written down."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.law.holding import ClockMoved, holder_of, look_again
from danvan.law.models import CalendarVersion, ClockMove, LegalParameter
from danvan.law.selectors.clocks import Foreseen, named, reached, recounted
from danvan.law.selectors.marking import WARNING_KEYS
from danvan.law.selectors.reads import calendar_on
from danvan.law.services.clocks import keep_result
from danvan.vietnamese.dates import format_date

LISTED = 20


def recount_clocks(
    days: Sequence[date], version: CalendarVersion, reason: str, *, passed_agreed: bool, actor: Any
) -> list[Foreseen]:
    """Count the clocks again that a change of these days can reach; inside the transaction of the change.

    RuleError with the list where a deadline that is over already would move and nobody agreed.
    """
    first, last = min(days), max(days)
    list(reached(first, last).select_for_update(no_key=True).values_list("pk", flat=True))
    changed = list(recounted(calendar_on(), first, last))
    moved = [one for one in named(changed) if one.old_due_on != one.new_due_on]
    refuse_unless_agreed(moved, agreed=passed_agreed)
    for held, result in changed:
        keep_result(held, result, version)
    write_moves(moved, reason, version=version, parameter=None, actor=actor)
    look_again(on=clock.today())  # also a clock that did not move warns on another day now
    return moved


def tell_rules_changed(keys: Collection[str], *, on: date) -> None:
    """From a day on clocks may warn on other days, where a parameter of warning is among these."""
    if WARNING_KEYS.intersection(keys):
        look_again(on=max(on, clock.today()))


def refuse_unless_agreed(moved: Sequence[Foreseen], *, agreed: bool) -> None:
    """Deadlines that are over already move only where somebody agreed, seeing the list."""
    passed = [one for one in moved if one.passed]
    if not passed or agreed:
        return
    faults = [
        Fault(f"{one.title}: {format_date(one.old_due_on)} → {format_date(one.new_due_on)}")
        for one in passed[:LISTED]
    ]
    raise RuleError(
        f"Thay đổi này làm chuyển {len(passed)} hạn đã qua. Đồng chí vui lòng xem danh sách và xác nhận"
        " nếu vẫn muốn chuyển.",
        faults=faults,
    )


def write_moves(
    moved: Sequence[Foreseen], reason: str, *, version: CalendarVersion | None,
    parameter: LegalParameter | None, actor: Any,
) -> None:  # fmt: skip
    """A line for each clock that moved, an entry of the log, and a word to the modules that hold them."""
    if not moved:
        return
    today, now = clock.today(), clock.now()
    ClockMove.objects.bulk_create(
        ClockMove(
            clock=one.held,
            on=today,
            at=now,
            old_due_on=one.old_due_on,
            new_due_on=one.new_due_on,
            calendar=version,
            parameter=parameter,
            reason=reason[:400],
            passed=one.passed,
        )
        for one in moved
    )
    audit.record(
        actor,
        "law.recount_clocks",
        moved[0].held,
        ids=[one.held.pk for one in moved],
        passed=sum(one.passed for one in moved),
    )
    by_kind: dict[str, list[ClockMoved]] = defaultdict(list)
    for one in moved:
        by_kind[one.held.subject_kind].append(
            ClockMoved(
                clock_id=one.held.pk,
                subject_id=one.held.subject_id,
                name=one.held.name,
                old_due_on=one.old_due_on,
                new_due_on=one.new_due_on,
                original_due_on=one.result["original_due_on"],
                reason=reason,
            )
        )
    for kind, moves in by_kind.items():
        if holder := holder_of(kind):
            holder.moved(moves, actor=actor)
