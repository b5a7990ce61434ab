"""Everything that forbids a reorganisation, found at once: the units' days, what came later, codes, scope."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from danvan.organisations.enums import EventState, Level
from danvan.organisations.models import JournalRow, UnitCode
from danvan.organisations.selectors.reorganising.people import find_people_faults
from danvan.organisations.selectors.reorganising.planner import Planner
from danvan.organisations.selectors.reorganising.shapes import find_shape_faults
from danvan.organisations.selectors.reorganising.trees import find_tree_faults
from danvan.vietnamese.dates import format_date

# How many digits the codes of the statistics office have at each level; they begin with noughts.
DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}


def find_faults(planner: Planner) -> None:
    """Note every fault of a resolved draft."""
    find_shape_faults(planner)
    find_day_faults(planner)
    _find_later(planner)
    find_people_faults(planner)
    find_tree_faults(planner)
    _find_codes(planner)
    _find_scope(planner)


def find_day_faults(planner: Planner) -> None:
    """Whether every unit that the draft names stands on the day, and may end on it."""
    for unit in sorted(planner.draft.named):
        if unit not in planner.ground.standing:
            _tell_absent(planner, unit)
    for unit in planner.ended:
        row = planner.ground.units.get(unit)
        if row is None or row.founded_on != planner.on or _told_by_place(planner, unit):
            continue
        if unit in planner.ground.standing:
            planner.fault("versions", f"{planner.name(unit)} chỉ có từ ngày {format_date(planner.on)}, không thể kết thúc ngay ngày ấy. Đồng chí vui lòng chọn ngày muộn hơn.")  # fmt: skip


def _told_by_place(planner: Planner, unit: int) -> bool:
    """Whether a unit is only concerned because its place is: what is wrong is told of that once."""
    one = planner.ground.standing.get(unit)
    return bool(one and one.kind and unit not in planner.draft.named)


def _tell_absent(planner: Planner, unit: int) -> None:
    row = planner.ground.units.get(unit)
    name, day = planner.name(unit), format_date(planner.on)
    if row is not None and row.founded_on > planner.on:
        planner.fault("versions", f"{name} chỉ có từ ngày {format_date(row.founded_on)}, không thể có giai đoạn nào từ ngày {day}. Đồng chí vui lòng chọn ngày muộn hơn.")  # fmt: skip
        return
    if row is not None and row.ended_on is not None and row.ended_on <= planner.on:
        gap = (planner.on - row.ended_on).days
        wide = f"để hở {gap} ngày" if gap else "không còn vào ngày ấy"
        planner.fault("days", f"{name} đã kết thúc từ ngày {format_date(row.ended_on)}, nếu sắp xếp từ ngày {day} thì {wide}. Đồng chí vui lòng chọn đơn vị kế tiếp, hoặc sửa ngày.")  # fmt: skip
        return
    planner.fault("days", f"Sổ không có bản ghi của {name} vào ngày {day}. Đồng chí vui lòng kiểm tra sổ đơn vị.")  # fmt: skip


def _find_later(planner: Planner) -> None:
    """Whether something after the day already changes the units, or passed on that very day."""
    ground = planner.ground
    written = {u for u, one in planner.after.items() if u > 0 and one != ground.standing.get(u)}
    written |= {row.unit_id for row in planner.draft.changes} | set(planner.ended)
    passing = {u for giver, takers in planner.takers.items() for u in (giver, *takers) if u > 0}
    rows: dict[tuple[str, int], int] = {}
    for unit in sorted(written & ground.standing.keys()):
        for version in ground.later.get(unit, ()):
            rows["organisations.unitversion", version.pk] = unit
        if ground.versions[unit].valid_to and not ground.later.get(unit):
            rows["", unit] = unit
    for link in ground.lineage:
        for unit in sorted(
            {link.predecessor_id, link.successor_id} & passing & ground.standing.keys()
        ):
            rows["organisations.lineage", link.pk] = unit
    # Of a place told already its organisations are not told as well.
    places = {unit for unit in rows.values() if ground.standing[unit].is_place}
    rows = {key: u for key, u in rows.items() if ground.standing[u].place not in places}
    numbers = numbers_of(rows) if rows else {}
    for (table, key), unit in rows.items():
        if table:
            _tell_later(planner, unit, numbers.get((table, key), ""))
        else:
            end = format_date(ground.versions[unit].valid_to or planner.on)
            planner.fault("later", f"{planner.name(unit)} đã được ghi là kết thúc ngày {end}. Đồng chí vui lòng chọn đơn vị khác.")  # fmt: skip


def _tell_later(planner: Planner, unit: int, number: str) -> None:
    by = f" theo {number}" if number else ""
    planner.fault("later", f"{planner.name(unit)} đã có thay đổi từ ngày {format_date(planner.on)} trở đi{by}. Đồng chí vui lòng hoàn tác thay đổi ấy trước, gộp vào một dự thảo, hoặc chọn ngày muộn hơn.")  # fmt: skip


def numbers_of(rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Which applied reorganisation wrote each of these rows (table, id), by number. One query."""
    wanted = set(rows)
    found = JournalRow.objects.filter(
        row_id__in={key for _, key in wanted}, reorganisation__state=EventState.APPLIED
    ).order_by("reorganisation__applied_order")
    return {
        (table, key): number
        for table, key, number in found.values_list("table", "row_id", "reorganisation__number")
        if (table, key) in wanted
    }


def _find_codes(planner: Planner) -> None:
    """Whether new codes are whole, and free from the day on."""
    wanted = [(key, one.code, one.standing.level) for key, one in planner.founded.items() if one.code]  # fmt: skip
    wanted += [
        (row.unit_id, row.code, planner.now(row.unit_id).level)
        for row in planner.draft.changes
        if row.code
    ]
    counts = Counter(code for _, code, _ in wanted)
    leaving = {*planner.ended, *(unit for unit, _, _ in wanted if unit > 0)}
    living = Q(valid_to=None) | Q(valid_to__gt=planner.on)
    taken = (
        UnitCode.objects.filter(living, system="gso", code__in=counts)
        .exclude(unit_id__in=leaving)
        .values_list("code", "unit__versions__name")
        if counts
        else []
    )
    holders = dict(taken)
    for unit, code, level in wanted:
        name, digits = planner.name(unit), DIGITS.get(Level(level)) if level else None
        if digits and (not code.isdecimal() or len(code) != digits):
            planner.fault("codes", f"Mã {code} của {name} không đủ {digits} chữ số. Đồng chí vui lòng nhập cả số 0 ở đầu, ví dụ {code.zfill(digits)}.")  # fmt: skip
        if counts[code] > 1:
            planner.fault("codes", f"Mã {code} được cấp cho hai đơn vị. Đồng chí vui lòng để mỗi mã ở một đơn vị.")  # fmt: skip
        if code in holders:
            planner.fault("codes", f"Mã {code} của {name} đang thuộc {holders[code]}. Đồng chí vui lòng chọn mã khác.")  # fmt: skip


def _find_scope(planner: Planner) -> None:
    """Whether the units that pass or change lie in the place under whose administrator the draft stands."""
    draft = planner.draft
    inside = {row.predecessor_id for row in draft.passings} | {row.unit_id for row in draft.changes}
    inside |= {row.parent_id or row.place_id or 0 for row in draft.new_units} - {0}
    for unit in sorted(inside & planner.ground.standing.keys()):
        if unit not in planner.ground.under_scope:
            planner.fault("scope", f"{planner.name(unit)} không thuộc địa bàn của lần sắp xếp này. Đồng chí vui lòng chọn địa bàn rộng hơn, hoặc bỏ đơn vị ấy.")  # fmt: skip
