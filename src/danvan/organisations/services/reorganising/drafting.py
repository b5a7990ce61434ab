"""Preparing a reorganisation: the draft and its rows, until it is applied or dropped."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.acting import refuse
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_number
from danvan.organisations.enums import EventKind, EventState, Kind, Measure, Sort
from danvan.organisations.known import KNOWN_FROM
from danvan.organisations.models import Change, NewUnit, Passing, Reorganisation, Unit
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

# By what the shares of a draft may be worked out.
MEASURES = (
    Measure.POPULATION,
    Measure.HOUSEHOLDS,
    Measure.AREA,
    Measure.EQUAL,
    Measure.GIVEN,
)
LENGTHS = {"title": 300, "decision": 200, "name": 200, "type_word": 40, "code": 20}
LATEST_YEARS = 30  # a day further off is a slip of the keyboard


def lock_draft(reorganisation: Reorganisation) -> Reorganisation:
    """The draft under lock. Refuses where it is none any more, or somebody changed it since it was read."""
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if row.state != EventState.DRAFT:
        raise RuleError(
            f"{row.number} không còn là dự thảo ({EventState(row.state).label.lower()}) nên không sửa"
            " được. Đồng chí vui lòng lập dự thảo mới từ bản này."
        )
    if row.changes != reorganisation.changes:
        raise RuleError(
            f"{row.number} vừa được người khác sửa. Đồng chí vui lòng mở lại dự thảo rồi làm tiếp."
        )
    return row


def note_change(row: Reorganisation, reorganisation: Reorganisation) -> None:
    """Count one act on a draft, and let the caller's copy know of it."""
    row.changes += 1
    row.save(update_fields=["changes"])
    reorganisation.changes = row.changes


def _texts(**texts: str) -> list[Fault]:
    """What is too long."""
    labels = {
        "title": "Tên", "decision": "Văn bản quyết định", "name": "Tên đơn vị",
        "type_word": "Loại hình", "code": "Mã",
    }  # fmt: skip
    return [
        Fault(
            f"{labels[key]} dài quá {LENGTHS[key]} ký tự. Đồng chí vui lòng viết gọn lại.",
            column=key,
        )
        for key, text in texts.items()
        if len(text) > LENGTHS[key]
    ]


def _heading(
    title: str, decision: str, effective_on: date, measure: str, scope_id: int
) -> list[Fault]:
    faults = _texts(title=title, decision=decision)
    if not title:
        faults.append(Fault("Đồng chí vui lòng nhập tên của lần sắp xếp.", column="title"))
    if not decision:
        faults.append(Fault("Đồng chí vui lòng nhập văn bản quyết định.", column="decision"))
    if measure not in MEASURES:
        faults.append(Fault("Đồng chí vui lòng chọn cách quy đổi.", column="measure"))
    if effective_on < KNOWN_FROM or effective_on.year > clock.today().year + LATEST_YEARS:
        faults.append(
            Fault(
                f"Ngày có hiệu lực phải từ {format_date(KNOWN_FROM)} và không quá {LATEST_YEARS} năm"
                " tới. Đồng chí vui lòng kiểm tra lại.",
                column="effective_on",
            )
        )
    if not Unit.objects.filter(pk=scope_id, sort=Sort.PLACE).exists():
        faults.append(Fault("Đồng chí vui lòng chọn địa bàn của lần sắp xếp.", column="scope"))
    return faults


@transaction.atomic
def draft_reorganisation(
    kind: str,
    *,
    title: str,
    scope_id: int,
    effective_on: date,
    decision: str,
    actor: Any,
    measure: str = Measure.POPULATION,
    source: tuple[str, int] | None = None,
) -> Reorganisation:
    """Begin a draft, numbered SX-{year}-{NNN}. `source` is the document as (kind, id)."""
    title, decision = canonical(title).strip(), canonical(decision).strip()
    faults = _heading(title, decision, effective_on, measure, scope_id)
    if kind not in EventKind.values:
        faults.append(Fault("Đồng chí vui lòng chọn loại sắp xếp.", column="kind"))
    refuse(faults)
    year = clock.today().year
    number = next_number(f"organisations.reorganisation.{year}")
    source_kind, source_id = source or ("", None)
    row = Reorganisation.objects.create(
        number=f"SX-{year}-{number:03}",
        kind=kind,
        title=title,
        scope_id=scope_id,
        effective_on=effective_on,
        decision=decision,
        source_kind=source_kind,
        source_id=source_id,
        measure=measure,
        made_by=actor,
        made_at=clock.now(),
    )
    audit.record(actor, "organisations.draft_reorganisation", row, kind=kind, scope=scope_id)
    return row


@transaction.atomic
def edit_reorganisation(
    reorganisation: Reorganisation,
    *,
    actor: Any,
    title: str,
    effective_on: date,
    decision: str,
    measure: str,
    scope_id: int | None = None,
) -> Reorganisation:
    """Change the heading of a draft: its name, day, decision, measure, scope."""
    row = lock_draft(reorganisation)
    title, decision = canonical(title).strip(), canonical(decision).strip()
    scope = scope_id or row.scope_id
    refuse(_heading(title, decision, effective_on, measure, scope))
    row.title, row.decision, row.measure = title, decision, measure
    row.effective_on, row.scope_id = effective_on, scope
    row.save(update_fields=["title", "decision", "measure", "effective_on", "scope"])
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row)
    return row


def _new_unit(row: Reorganisation, found: NewUnit, **values: Any) -> None:
    """Put the columns of a new unit, or refuse with everything that is wrong."""
    for key, value in values.items():
        setattr(found, key, canonical(value).strip() if isinstance(value, str) else value)
    found.type_word = found.type_word.lower()
    faults = _texts(name=found.name, type_word=found.type_word, code=found.code)
    organisation = bool(found.kind)
    if not found.name and not organisation:
        faults.append(Fault("Đồng chí vui lòng nhập tên của đơn vị mới.", column="name"))
    above = (found.place_id, found.place_new_id) if organisation else (found.parent_id, found.parent_new_id)  # fmt: skip
    if None not in above:
        faults.append(Fault("Một đơn vị chỉ có một cấp trên trong một cây. Đồng chí vui lòng chọn một.", column="parent"))  # fmt: skip
    if above == (None, None):
        what = "nơi đặt tổ chức" if organisation else "cấp trên của đơn vị mới"
        faults.append(Fault(f"Đồng chí vui lòng chọn {what}.", column="parent"))
    new = [pk for pk in (found.parent_new_id, found.place_new_id) if pk]
    if new and row.new_units.filter(pk__in=new).exclude(pk=found.pk).count() != len(new):
        faults.append(Fault("Cấp trên mới không có trong dự thảo này. Đồng chí vui lòng chọn lại.", column="parent"))  # fmt: skip
    refuse(faults)


@transaction.atomic
def add_new_unit(
    reorganisation: Reorganisation,
    *,
    actor: Any,
    name: str,
    level: str,
    type_word: str = "",
    kind: str = "",
    parent_id: int | None = None,
    parent_new_id: int | None = None,
    place_id: int | None = None,
    place_new_id: int | None = None,
    code: str = "",
    area_km2: Decimal | None = None,
) -> NewUnit:
    """Add a unit that the draft founds: a place under `parent`, or an organisation of a kind in `place`."""
    row = lock_draft(reorganisation)
    found = NewUnit(reorganisation=row)
    _new_unit(
        row, found, name=name, level=level, type_word=type_word, kind=kind, parent_id=parent_id,
        parent_new_id=parent_new_id, place_id=place_id, place_new_id=place_new_id, code=code,
        area_km2=area_km2,
    )  # fmt: skip
    found.save()
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, new_unit=found.pk)
    return found


@transaction.atomic
def edit_new_unit(
    reorganisation: Reorganisation, new_unit_id: int, *, actor: Any, **values: Any
) -> NewUnit:
    """Change what a unit to be founded will be; `values` as in `add_new_unit`."""
    row = lock_draft(reorganisation)
    found = row.new_units.get(pk=new_unit_id)
    _new_unit(row, found, **values)
    found.save()
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, new_unit=found.pk)
    return found


@transaction.atomic
def remove_new_unit(reorganisation: Reorganisation, new_unit_id: int, *, actor: Any) -> None:
    """Take a unit to be founded out of the draft, with what passes to it and what stands under it."""
    row = lock_draft(reorganisation)
    row.new_units.filter(pk=new_unit_id).delete()
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, new_unit=new_unit_id)


@transaction.atomic
def set_passing(
    reorganisation: Reorganisation,
    predecessor_id: int,
    successor_id: int | None = None,
    *,
    actor: Any,
    new_unit_id: int | None = None,
    weight: int | None = None,
    heir: bool = False,
) -> Passing:
    """Let one unit pass something to another, or to a new unit of the draft; again: change the share.

    `weight` in parts per million; None is worked out. `heir` makes it the one that takes over open matters.
    """
    row = lock_draft(reorganisation)
    if (successor_id is None) == (new_unit_id is None):
        refuse([Fault("Đồng chí vui lòng chọn một đơn vị nhận.", column="successor")])
    if weight is not None and not 0 <= weight <= 1_000_000:
        refuse([Fault("Tỷ trọng phải từ 0 đến 1. Đồng chí vui lòng nhập lại, ví dụ 0,413.", column="weight")])  # fmt: skip
    if new_unit_id is not None and not row.new_units.filter(pk=new_unit_id).exists():
        refuse([Fault("Đơn vị mới không có trong dự thảo này. Đồng chí vui lòng chọn lại.", column="successor")])  # fmt: skip
    if heir:
        row.passings.filter(predecessor=predecessor_id).update(heir=False)
    passing, _ = Passing.objects.update_or_create(
        reorganisation=row,
        predecessor_id=predecessor_id,
        successor_id=successor_id,
        successor_new_id=new_unit_id,
        defaults={"weight": weight, "heir": heir},
    )
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, passing=passing.pk)
    return passing


@transaction.atomic
def remove_passing(reorganisation: Reorganisation, passing_id: int, *, actor: Any) -> None:
    """Take one passing out of the draft."""
    row = lock_draft(reorganisation)
    row.passings.filter(pk=passing_id).delete()
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, passing=passing_id)


@transaction.atomic
def set_change(
    reorganisation: Reorganisation,
    unit_id: int,
    *,
    actor: Any,
    name: str = "",
    type_word: str = "",
    level: str = "",
    parent_id: int | None = None,
    parent_new_id: int | None = None,
    code: str = "",
    area_km2: Decimal | None = None,
) -> Change:
    """Say what a unit that goes on becomes; what is left out stays as it was. Again: say it anew."""
    row = lock_draft(reorganisation)
    name, code, type_word = (canonical(text).strip() for text in (name, code, type_word.lower()))
    faults = _texts(name=name, type_word=type_word, code=code)
    if parent_id is not None and parent_new_id is not None:
        faults.append(Fault("Một đơn vị chỉ có một cấp trên trong một cây. Đồng chí vui lòng chọn một.", column="parent"))  # fmt: skip
    if parent_new_id is not None and not row.new_units.filter(pk=parent_new_id).exists():
        faults.append(Fault("Cấp trên mới không có trong dự thảo này. Đồng chí vui lòng chọn lại.", column="parent"))  # fmt: skip
    refuse(faults)
    change, _ = Change.objects.update_or_create(
        reorganisation=row,
        unit_id=unit_id,
        defaults={
            "name": name, "type_word": type_word, "level": level, "parent_id": parent_id,
            "parent_new_id": parent_new_id, "code": code, "area_km2": area_km2,
        },
    )  # fmt: skip
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, unit=unit_id)
    return change


@transaction.atomic
def remove_change(reorganisation: Reorganisation, change_id: int, *, actor: Any) -> None:
    """Take one change out of the draft."""
    row = lock_draft(reorganisation)
    row.unit_changes.filter(pk=change_id).delete()
    note_change(row, reorganisation)
    audit.record(actor, "organisations.edit_reorganisation", row, change=change_id)


@transaction.atomic
def drop_reorganisation(reorganisation: Reorganisation, *, actor: Any) -> Reorganisation:
    """Give a draft up. It stays on record; a new one may be made from it."""
    row = lock_draft(reorganisation)
    row.state = EventState.DROPPED
    row.save(update_fields=["state"])
    note_change(row, reorganisation)
    audit.record(actor, "organisations.drop_reorganisation", row)
    return row


@transaction.atomic
def redraft(reorganisation: Reorganisation, *, actor: Any) -> Reorganisation:
    """A fresh draft with the rows of one that was undone or dropped."""
    old = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if old.state not in (EventState.UNDONE, EventState.DROPPED):
        raise RuleError(
            f"{old.number} đang ở tình trạng “{EventState(old.state).label}” nên không lập lại. Đồng chí"
            " vui lòng hoàn tác hoặc bỏ bản này trước."
        )
    source = (old.source_kind, old.source_id) if old.source_id else None
    row = draft_reorganisation(
        old.kind, title=old.title, scope_id=old.scope_id, effective_on=old.effective_on,
        decision=old.decision, measure=old.measure, actor=actor, source=source,
    )  # fmt: skip
    _copy_rows(old, row)
    return row


def _copy_rows(old: Reorganisation, row: Reorganisation) -> None:
    """The rows of one draft for another; new units that stand under new ones keep doing so."""
    made: dict[int, NewUnit] = {}
    for one in old.new_units.order_by("pk"):
        key = one.pk
        one.pk, one.reorganisation, one.unit = None, row, None
        one.save(force_insert=True)
        made[key] = one
    for one in made.values():
        one.parent_new = made.get(one.parent_new_id or 0)
        one.place_new = made.get(one.place_new_id or 0)
    NewUnit.objects.bulk_update(made.values(), ["parent_new", "place_new"])
    passings = list(old.passings.all())
    changes = list(old.unit_changes.all())
    for passing in passings:
        passing.pk, passing.reorganisation = None, row
        passing.successor_new = made.get(passing.successor_new_id or 0)
    for change in changes:
        change.pk, change.reorganisation = None, row
        change.parent_new = made.get(change.parent_new_id or 0)
    Passing.objects.bulk_create(passings)
    Change.objects.bulk_create(changes)


__all__ = [
    "MEASURES", "Kind", "add_new_unit", "draft_reorganisation", "drop_reorganisation", "edit_new_unit",
    "edit_reorganisation", "lock_draft", "redraft", "remove_change", "remove_new_unit",
    "remove_passing", "set_change", "set_passing",
]  # fmt: skip
