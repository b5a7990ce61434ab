"""Units of DHIS2 in the register: those that stand there already, and those that are founded under them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from danvan.exchange.counterparts import SYSTEM
from danvan.exchange.dhis2.metadata import Metadata, OrgUnit
from danvan.exchange.selectors import units_meant
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Level
from danvan.organisations.selectors import identities
from danvan.organisations.selectors.spans import spans_levelled
from danvan.organisations.services import found_place
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.exchange.services.metadata import MetadataReport

LONGEST_TYPE_WORD = 40


def found_units(
    told: Metadata,
    report: "MetadataReport",
    *,
    actor: "User | None",
    valid_from: date,
    levels: Sequence[str],
) -> None:
    """Found the units that are not there yet, the upper ones first; a unit without a place above it is left out.

    A unit stands from its opening day, not before the one above it, to the end of its closing day.
    """
    known = _known(told, report)
    lives = {
        pk: (unit.founded_on, unit.ended_on) for pk, unit in identities(known.values()).items()
    }
    top_taken = bool(spans_levelled([Level.COUNTRY]))
    for one in sorted(told.units.values(), key=lambda unit: (unit.level, unit.uid)):
        if one.uid in known:
            report.units_known += 1
            continue
        if reason := _reason(one, known, levels, top_taken=top_taken):
            report.leave("unit", one.uid, one.name, reason)
            continue
        above = known.get(one.parent)
        opened = one.opened or valid_from
        until = one.closed + timedelta(days=1) if one.closed else None
        if above is not None and opened < lives[above][0]:
            opened = lives[above][0]
            report.notes.append(
                f"Đơn vị {one.name} ({one.uid}) mở trước đơn vị cấp trên; ghi từ ngày {format_date(opened)}."
            )
        if until is not None and until <= opened:
            report.leave("unit", one.uid, one.name, "đóng trước khi mở")
            continue
        try:
            known[one.uid] = found_place(
                one.name,
                type_word=told.level_names.get(one.level, "")[:LONGEST_TYPE_WORD],
                level=levels[one.level - 1],
                under=above,
                actor=actor,
                on=opened,
                code=one.uid,
                system=SYSTEM,
                until=until,
            )
        except RuleError as refused:
            report.leave("unit", one.uid, one.name, refused.message)
            continue
        lives[known[one.uid]] = (opened, until)
        top_taken = True
        report.units_founded += 1


def _known(told: Metadata, report: "MetadataReport") -> dict[str, int]:
    """Our unit for each uid that stands in the register. RuleError where the table names a code that nobody carries."""
    table = report.table
    meant = units_meant({*told.units, *table.units}, table)
    faults = [
        Fault(f"Bảng đối chiếu ghi đơn vị {theirs} là mã {code}, nhưng sổ đơn vị không có mã ấy.")
        for theirs, code in sorted(table.units.items())
        if meant.last(theirs) is None
    ]
    if faults:
        raise RuleError(
            "Chưa nhập được: bảng đối chiếu có mã đơn vị không có trong sổ. Đồng chí vui lòng sửa bảng.",
            faults=faults,
        )
    found = {uid: meant.last(uid) for uid in meant.holders}
    return {uid: unit for uid, unit in found.items() if unit is not None}


def _reason(one: OrgUnit, known: dict[str, int], levels: Sequence[str], *, top_taken: bool) -> str:
    """Why a unit cannot be founded; empty where it can."""
    if not one.uid or not one.name:
        return "không có mã hoặc tên"
    if not 1 <= one.level <= len(levels):
        return f"cấp {one.level} không ứng với cấp nào của sổ đơn vị"
    if one.parent and one.parent not in known:
        return f"đơn vị cấp trên {one.parent} không có trong tệp, bảng đối chiếu và sổ đơn vị"
    if not one.parent and top_taken:
        return "sổ đơn vị đã có đơn vị cao nhất: ghi đơn vị này vào bảng đối chiếu nếu là một"
    return ""
