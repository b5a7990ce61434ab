"""Bodies set up for a task or a time, by a decision of their own: delegations, teams, bloc agencies."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.apportion import MILLION
from danvan.organisations.enums import TEMPORARY, Follows, Kind, LinkKind, Measure
from danvan.organisations.models import Lineage, Mandate, Reach, Unit, UnitLink, UnitVersion
from danvan.organisations.selectors.days import in_force, place_of
from danvan.organisations.services.ground import read_ground
from danvan.organisations.services.officers import rules
from danvan.organisations.services.reaching import refresh_reach
from danvan.vietnamese.dates import format_date

NOT_DONE = "Chưa lập được tổ chức"


@transaction.atomic
def found_temporary_body(
    kind: str,
    name: str,
    *,
    founder_id: int,
    place_id: int,
    words: str,
    decision: str,
    on: date,
    actor: Any,
    until: date | None = None,
    serves: Collection[int] = (),
) -> Unit:
    """Set up a temporary body under the organisation that founds it; `until` is when it is planned to end.

    It stands in a place at or under the founder's. `serves` are the organisations that a bloc agency serves.
    Its members are posts and appointments like any other's. All faults at once.
    """
    ids = {founder_id, place_id, *serves}
    units = Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk").in_bulk()
    name, words = rules.written(name), words.strip()
    faults = _faults(kind, name, words, decision, on, until)
    faults += _where(units, founder_id, place_id, on)
    standing = UnitVersion.objects.filter(in_force(on), unit_id__in=serves).exclude(kind="")
    if standing.count() < len(set(serves)):
        faults.append(
            Fault(
                f"Có đơn vị được phục vụ không phải tổ chức hoặc không tồn tại ngày {format_date(on)}. Đồng"
                " chí vui lòng chọn lại.",
                column="serves",
            )
        )
    rules.refuse_if(faults, NOT_DONE)
    ground = read_ground({place_id: units[place_id]}, [Kind(kind)], on, founder=units[founder_id])
    faults = ground.faults([place_id], [Kind(kind)], name)
    rules.refuse_if(faults, NOT_DONE)
    [made] = ground.found([(place_id, Kind(kind))], name)
    unit = Unit.objects.get(pk=made)
    UnitVersion.objects.filter(unit=unit).update(decision=rules.written(decision))
    Mandate.objects.create(
        unit=unit, founder_id=founder_id, words=words, decision=rules.written(decision),
        planned_end=until,
    )  # fmt: skip
    UnitLink.objects.bulk_create(
        UnitLink(
            unit=unit, other_id=one, kind=LinkKind.SERVES, decision=rules.written(decision),
            valid_from=on,
        )
        for one in sorted(set(serves))
    )  # fmt: skip
    audit.record(
        actor, "organisations.found_temporary_body", unit, founder=founder_id, place=place_id
    )
    return unit


@transaction.atomic
def end_temporary_body(unit: Unit, *, on: date, decision: str, actor: Any) -> Unit:
    """End a temporary body from a day on; what it did stays its founder's to answer for.

    Its posts and appointments end with it: every reading of them keeps to the unit's days.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    mandate = Mandate.objects.filter(unit=unit).first()
    if mandate is None:
        raise RuleError(
            "Đơn vị này không phải tổ chức lâm thời. Đồng chí vui lòng dùng chức năng sắp xếp đơn vị."
        )
    faults = rules.decision_faults(decision) + rules.length_faults(decision, 200, "decision")
    if on <= unit.founded_on:
        faults.append(
            Fault(
                f"Tổ chức có từ ngày {format_date(unit.founded_on)}. Đồng chí vui lòng chọn ngày sau đó.",
                column="on",
            )
        )
    if unit.ended_on and on > unit.ended_on:
        faults.append(
            Fault(
                f"Tổ chức đã kết thúc ngày {format_date(unit.ended_on)}. Đồng chí vui lòng chọn ngày không"
                " sau ngày đó.",
                column="on",
            )
        )
    if Lineage.objects.filter(predecessor=unit).exists():
        faults.append(
            Fault(
                "Tổ chức này đã kết thúc hoặc đã được sắp xếp. Đồng chí vui lòng xem thẻ của tổ chức."
            )
        )
    rules.refuse_if(faults, "Chưa kết thúc được tổ chức")
    _cut(unit, on)
    heir = _heir_of(mandate.founder_id, on)
    Lineage.objects.create(
        predecessor=unit, successor_id=heir, weight=MILLION, measure=Measure.WHOLE, estimated=False,
        happened_on=on, decision=rules.written(decision),
    )  # fmt: skip
    refresh_reach([unit.pk])
    audit.record(actor, "organisations.end_temporary_body", unit, heir=heir)
    return unit


def _cut(unit: Unit, on: date) -> None:
    """End everything dated that says the body stands, on one day."""
    unit.ended_on = on
    unit.save(update_fields=["ended_on"])
    later = Q(valid_to=None) | Q(valid_to__gt=on)
    for rows in (
        UnitVersion.objects.filter(unit=unit),
        UnitLink.objects.filter(Q(unit=unit) | Q(other=unit)),
    ):
        rows.filter(valid_from__gte=on).delete()  # names of days that the body will not see
        rows.filter(later).update(valid_to=on)


def _heir_of(founder_id: int, on: date) -> int:
    """The founder, or whoever took over most from it where it has ended before."""
    heir = founder_id
    while Unit.objects.filter(pk=heir, ended_on__lte=on).exists():
        passed = Lineage.objects.filter(predecessor_id=heir).exclude(successor_id=heir)
        found = passed.order_by("-weight", "successor_id").first()
        if found is None:
            break
        heir = found.successor_id
    return heir


def _faults(
    kind: str, name: str, words: str, decision: str, on: date, until: date | None
) -> list[Fault]:
    faults = rules.decision_faults(decision) + rules.length_faults(decision, 200, "decision")
    faults += rules.length_faults(name, 200, "name") + rules.order_faults(on, until)
    if kind not in TEMPORARY:
        faults.append(
            Fault(
                "Đồng chí vui lòng chọn loại: đoàn, tổ công tác hoặc cơ quan khối.", column="kind"
            )
        )
    if not name:
        faults.append(Fault("Đồng chí vui lòng ghi tên tổ chức.", column="name"))
    if not words:
        faults.append(Fault("Đồng chí vui lòng ghi nhiệm vụ của tổ chức.", column="words"))
    return faults


def _where(units: dict[int, Unit], founder_id: int, place_id: int, on: date) -> list[Fault]:
    """The founder stands on the day, and the place at or under the founder's own."""
    day = format_date(on)
    home = place_of(founder_id, on) if founder_id in units else None
    if home is None:
        return [
            Fault(
                f"Đơn vị thành lập không tồn tại ngày {day}. Đồng chí vui lòng chọn lại.",
                column="founder",
            )
        ]
    if home == founder_id:
        return [
            Fault("Đơn vị thành lập phải là một tổ chức, không phải địa bàn. Đồng chí vui lòng chọn lại.",
                  column="founder")
        ]  # fmt: skip
    under = Reach.objects.filter(in_force(on), top_id=home, unit_id=place_id, follows=Follows.PLACE)
    is_place = UnitVersion.objects.filter(in_force(on), unit_id=place_id, kind="")
    if not under.exists() or not is_place.exists():
        return [
            Fault(
                f"Địa bàn phải có vào ngày {day} và thuộc địa bàn của đơn vị thành lập. Đồng chí vui lòng"
                " chọn lại.",
                column="place",
            )
        ]
    return []
