"""Who is in charge of what: a field of work, or a place under the organisation that assigned it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.enums import Follows
from danvan.organisations.models import Assignment, Officer, Reach, Unit, UnitVersion
from danvan.organisations.selectors.days import in_force
from danvan.organisations.services.officers import rules
from danvan.vietnamese.dates import format_date

NOT_DONE = "Chưa ghi được phân công"


@transaction.atomic
def assign_field(
    unit: Unit,
    officer: Officer,
    field: str,
    *,
    decision: str,
    on: date,
    actor: Any,
    until: date | None = None,
) -> Assignment:
    """Put an officer in charge of a field of work of an organisation from a day."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    field = rules.written(field)
    faults = _faults(unit, decision, on, until) + rules.length_faults(field, 200, "field")
    if not field:
        faults.append(Fault("Đồng chí vui lòng ghi lĩnh vực.", column="field"))
    faults += _twice(unit, officer, Q(field=field) & ~Q(field=""), on, until)
    rules.refuse_if(faults, NOT_DONE)
    return _write(unit, officer, actor, decision, on, until, field=field)


@transaction.atomic
def assign_place(
    unit: Unit,
    officer: Officer,
    place: Unit,
    *,
    decision: str,
    on: date,
    actor: Any,
    until: date | None = None,
) -> Assignment:
    """Put an officer in charge of a place, a village e.g., at or under the organisation's own place."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    faults = _faults(unit, decision, on, until) + _place_faults(unit, place, on)
    faults += _twice(unit, officer, Q(place=place), on, until)
    rules.refuse_if(faults, NOT_DONE)
    return _write(unit, officer, actor, decision, on, until, place=place)


@transaction.atomic
def end_assignment(assignment: Assignment, *, on: date, actor: Any) -> Assignment:
    """End an assignment from a day on."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    faults = []
    if on <= assignment.valid_from:
        faults.append(
            Fault(
                f"Phân công có từ ngày {format_date(assignment.valid_from)}. Đồng chí vui lòng chọn ngày sau"
                " đó.",
                column="on",
            )
        )
    elif assignment.valid_to and on > assignment.valid_to:
        faults.append(
            Fault(
                f"Phân công đã kết thúc ngày {format_date(assignment.valid_to)}. Đồng chí vui lòng chọn ngày"
                " không sau ngày đó.",
                column="on",
            )
        )
    rules.refuse_if(faults, "Chưa kết thúc được phân công")
    assignment.valid_to = on
    assignment.save(update_fields=["valid_to"])
    audit.record(
        actor, "organisations.end_assignment", Unit(pk=assignment.unit_id), assignment=assignment.pk
    )
    return assignment


def _faults(unit: Unit, decision: str, on: date, until: date | None) -> list[Fault]:
    faults = rules.decision_faults(decision) + rules.length_faults(decision, 200, "decision")
    return faults + (rules.order_faults(on, until) or rules.life_faults(on, until, unit))


def _place_faults(unit: Unit, place: Unit, on: date) -> list[Fault]:
    """The place stands on the day, at or under where the organisation stands."""
    version = UnitVersion.objects.filter(in_force(on), unit=place, kind="").first()
    if version is None:
        return [
            Fault(
                f"Địa bàn không tồn tại vào ngày {format_date(on)}. Đồng chí vui lòng chọn lại.",
                column="place",
            )
        ]
    own = UnitVersion.objects.filter(in_force(on), unit=unit)
    tops = Q(top_id__in=own.values("place_id")) | Q(top=unit)
    if Reach.objects.filter(in_force(on), tops, unit=place, follows=Follows.PLACE).exists():
        return []
    return [
        Fault(
            f"{version.name} không thuộc địa bàn của đơn vị. Đồng chí vui lòng chọn địa bàn trực thuộc.",
            column="place",
        )
    ]


def _twice(unit: Unit, officer: Officer, same: Q, on: date, until: date | None) -> list[Fault]:
    later = Q(valid_to=None) | Q(valid_to__gt=on)
    known = Assignment.objects.filter(same, later, unit=unit, officer=officer)
    if until:
        known = known.filter(valid_from__lt=until)
    if not known.exists():
        return []
    return [
        Fault(
            "Cán bộ này đã được phân công như vậy trong thời gian này. Đồng chí vui lòng kết thúc phân công"
            " cũ trước.",
            column="officer",
        )
    ]


def _write(
    unit: Unit,
    officer: Officer,
    actor: Any,
    decision: str,
    on: date,
    until: date | None,
    **what: Any,
) -> Assignment:
    made = Assignment.objects.create(
        unit=unit, officer=officer, decision=rules.written(decision), valid_from=on, valid_to=until,
        **what,
    )  # fmt: skip
    audit.record(actor, "organisations.assign", unit, assignment=made.pk, officer=officer.pk)
    return made
