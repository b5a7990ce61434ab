"""Undoing a reorganisation: every row as it was before, with the same ids; what changed hands, back."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.locks import alone
from danvan.organisations.enums import STANDING, EventState, HandOverState
from danvan.organisations.events import ReorganisationUndone
from danvan.organisations.holding import Moved, Passage, all_holders
from danvan.organisations.models import (
    Change,
    HandOver,
    JournalRow,
    NewUnit,
    Passing,
    Reach,
    Reorganisation,
    Unit,
    UnitCode,
    UnitVersion,
)
from danvan.organisations.selectors.days import last_names
from danvan.organisations.selectors.reorganising.order import (
    TRACE,
    Trace,
    order_of_undoing,
    traces,
    what_builds_on,
)
from danvan.organisations.services.reaching import refresh_reach
from danvan.organisations.services.reorganising.applying import REGISTER
from danvan.organisations.services.reorganising.journal import Columns, model_of, revived
from danvan.organisations.services.reorganising.remaining import WORDS, remaining_rows
from danvan.vietnamese.text import canonical

BATCH = 5_000
LONGEST = 600  # characters of a reason


@transaction.atomic
def undo_reorganisation(reorganisation: Reorganisation, *, why: str, actor: Any) -> Reorganisation:
    """Put the register, and what holders moved, back to what it was before; the record of both acts stays.

    Refuses, naming them in the order to undo, while later reorganisations build on it; and while rows made
    since name a unit that it founded.
    """
    alone(REGISTER, wait=True)
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    why = canonical(why).strip()
    _refuse_early(row, reorganisation, why)
    trace = traces([row.pk])[row.pk]
    held = Unit.objects.select_for_update().filter(pk__in=trace.written)
    list(
        held.order_by("pk").values_list("pk")
    )  # by key, as `hold_units`; nobody names them meanwhile: some go
    passage = trace.passage(row)
    names = last_names(trace.written, row.effective_on)
    taken_back = _take_back(row, passage, actor)
    _restore(row)
    _forget(row, trace)
    refresh_reach(set(trace.written))
    faults = [*_clashes(trace, names), *remaining_rows(trace.founded, names)]
    if faults:
        raise RuleError(
            f"Chưa hoàn tác được {row.number}: " + " ".join(fault.message for fault in faults),
            faults=faults,
        )
    Unit.objects.filter(pk__in=trace.founded).delete()
    row.state, row.applied_order, row.handed_over_at = EventState.UNDONE, None, None
    row.undone_by, row.undone_at, row.undone_why = actor, clock.now(), why
    row.changes += 1
    row.save()
    reorganisation.changes = row.changes
    audit.record(
        actor,
        "organisations.undo_reorganisation",
        row,
        taken_back=taken_back,
        unfounded=len(trace.founded),
    )
    events.publish(ReorganisationUndone(reorganisation_id=row.pk, on=row.effective_on))
    return row


def _refuse_early(row: Reorganisation, known: Reorganisation, why: str) -> None:
    if row.state != EventState.APPLIED:
        raise RuleError(
            f"{row.number} đang ở tình trạng “{EventState(row.state).label}” nên không có gì để hoàn"
            " tác. Đồng chí vui lòng kiểm tra lại."
        )
    if row.changes != known.changes:
        raise RuleError(
            f"{row.number} vừa được người khác sửa. Đồng chí vui lòng mở lại rồi làm tiếp."
        )
    if not why or len(why) > LONGEST:
        raise RuleError(
            f"Đồng chí vui lòng nhập lý do hoàn tác, không quá {LONGEST} ký tự.",
            faults=[Fault("Cần lý do hoàn tác.", column="why")],
        )
    later = what_builds_on(row)
    if later:
        named = [Fault(f"{one.number} ({one.title}) được lập trên kết quả của {row.number}.") for one in later]  # fmt: skip
        order = ", ".join(one.number for one in order_of_undoing(row))
        raise RuleError(
            f"Chưa hoàn tác được {row.number} vì {', '.join(one.number for one in later)} dựa trên kết"
            f" quả của bản này. Đồng chí vui lòng hoàn tác theo thứ tự: {order}.",
            faults=named,
        )


def _take_back(row: Reorganisation, passage: Passage, actor: Any) -> int:
    """Let every holder take back what it moved, in the reverse order of moving."""
    by_holder: dict[str, list[HandOver]] = defaultdict(list)
    rows = HandOver.objects.select_for_update().filter(reorganisation=row)
    for one in rows.order_by("pk"):
        by_holder[one.holder].append(one)
    for holder in reversed(all_holders()):
        mine = by_holder.get(holder.key, [])
        moved = [
            Moved(
                row_id=one.row_id,
                giver=one.giver_id,
                taker=one.taker_id or 0,
                title=one.title,
                before=one.before,
                after=one.after,
            )
            for one in reversed(mine)
        ]
        holder.take_back(moved, passage, actor=actor)  # asked too where it moved nothing
    return int(rows.update(state=HandOverState.TAKEN_BACK))


def _restore(row: Reorganisation) -> None:
    """Put every row back. What was changed on it since in other columns stays; in the same ones is refused.

    An application writes each row once.
    """
    tables: dict[str, list[JournalRow]] = defaultdict(list)
    for one in JournalRow.objects.filter(reorganisation=row).exclude(table=TRACE):
        tables[one.table].append(one)
    # Founded units go when nothing names them any more.
    unit = Unit._meta.label_lower
    for table in sorted(tables, key=lambda table: (table == unit, table)):
        _restore_table(model_of(table), tables[table], delete=table != unit)


def _restore_table(model: Any, rows: list[JournalRow], *, delete: bool) -> None:
    written = [one.row_id for one in rows if one.before is None]
    if delete and written:
        model.objects.filter(pk__in=written).delete()
    changed = {one.row_id: one for one in rows if one.before and one.after}
    found = model.objects.select_for_update().in_bulk(list(changed))
    by_columns: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    lost = []
    for key, one in changed.items():
        names = _as_before(found.get(key), model, one.before or {}, one.after or {})
        if names is None:
            lost.append(key)
        else:
            by_columns[names].append(found[key])
    if lost:
        words = WORDS.get(model._meta.model_name, "dòng của sổ")
        raise RuleError(
            f"Có {len(lost)} {words} đã được sửa sau khi áp dụng nên chưa hoàn tác được. Đồng chí vui"
            " lòng đưa các dòng ấy về như khi áp dụng rồi làm lại.",
            faults=[Fault(f"Dòng số {key} ({words}) đã được sửa sau khi áp dụng.") for key in lost],
        )
    for names, mine in by_columns.items():
        model.objects.bulk_update(mine, names, batch_size=BATCH)
    back = [revived(model, one.before) for one in rows if one.after is None and one.before]
    model.objects.bulk_create(back, batch_size=BATCH)


def _as_before(now: Any, model: Any, before: Columns, after: Columns) -> tuple[str, ...] | None:
    """Give a row its former columns; says which. None where it is gone, or has others since."""
    names = tuple(sorted(name for name, value in before.items() if after[name] != value))
    if now is None:
        return None
    was, left = revived(model, before), revived(model, after)
    if any(getattr(now, name) != getattr(left, name) for name in names):
        return None
    for name in names:
        setattr(now, name, getattr(was, name))
    return names


def _forget(row: Reorganisation, trace: Trace) -> None:
    """Let go of the founded units wherever the records of reorganisations, done or given up, still name them."""
    founded = trace.founded
    Reach.objects.filter(Q(top_id__in=founded) | Q(unit_id__in=founded)).delete()
    NewUnit.objects.filter(unit_id__in=founded).update(unit=None)
    HandOver.objects.filter(taker_id__in=founded).update(taker=None)
    HandOver.objects.filter(giver_id__in=founded, state=HandOverState.TAKEN_BACK).delete()
    given_up = (EventState.UNDONE, EventState.DROPPED)
    Reorganisation.objects.filter(state__in=given_up, scope_id__in=founded).update(
        scope_id=row.scope_id
    )
    over = Q(reorganisation__state__in=given_up)
    Passing.objects.filter(
        over, Q(predecessor_id__in=founded) | Q(successor_id__in=founded)
    ).delete()
    Change.objects.filter(over, Q(unit_id__in=founded) | Q(parent_id__in=founded)).delete()
    NewUnit.objects.filter(over, Q(parent_id__in=founded) | Q(place_id__in=founded)).delete()


def _clashes(trace: Trace, names: dict[int, str]) -> list[Fault]:
    """Codes and seats that somebody else has taken meanwhile."""
    codes = UnitCode.objects.filter(unit_id__in=trace.written, valid_to=None).in_bulk()
    mine = {(code.system, code.code): code for code in codes.values()}
    others = UnitCode.objects.filter(code__in={code for _, code in mine}, valid_to=None)
    found = [
        Fault(
            f"Mã {other.code} nay thuộc đơn vị khác. Đồng chí vui lòng đổi mã của đơn vị ấy trước."
        )
        for other in others.exclude(unit_id__in=trace.written)
        if (other.system, other.code) in mine
    ]
    seats = UnitVersion.objects.filter(unit_id__in=trace.ended, kind__in=STANDING, valid_to=None)
    wanted = {(version.place_id, version.kind): version.unit_id for version in seats}
    places = {place for place, _ in wanted}
    now = UnitVersion.objects.filter(place_id__in=places, kind__in=STANDING, valid_to=None)
    for version in now.order_by("pk"):
        unit = wanted.get((version.place_id, version.kind))
        if unit is not None and unit != version.unit_id:
            found.append(Fault(f"{version.name} đã được lập thay {names.get(unit, '')}. Đồng chí vui lòng hoàn tác việc ấy trước."))  # fmt: skip
    return found
