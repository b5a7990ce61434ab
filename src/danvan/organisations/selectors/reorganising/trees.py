"""Whether the trees stand from the day: one superior each, of a higher level, no circle; and heirs that live."""

from danvan.organisations.enums import LINE, Level
from danvan.organisations.selectors.reorganising.plan import Standing
from danvan.organisations.selectors.reorganising.planner import Planner
from danvan.vietnamese.dates import format_date

ORDER: list[str] = list(Level)


def find_tree_faults(planner: Planner) -> None:
    """Note what is wrong above and below the units concerned, and in who takes over from whom."""
    _doubles(planner)
    for unit in _concerned(planner):
        one = planner.now(unit)
        if one.is_place:
            _above_place(planner, unit, one)
        else:
            _above_organisation(planner, unit, one)
        _circles(planner, unit)
    _heirs(planner)


def _concerned(planner: Planner) -> list[int]:
    """The units whose place in a tree is new, and those under one whose level is."""
    before = planner.ground.standing
    found = [unit for unit, one in planner.after.items() if one != before.get(unit)]
    levelled = [u for u in found if u > 0 and u in before and before[u].level != planner.now(u).level]  # fmt: skip
    below = [child for unit in levelled for child in planner.ground.children.get(unit, [])]
    told = [row.unit_id for row in planner.draft.changes if row.unit_id in before]
    return [u for u in dict.fromkeys([*found, *below, *told]) if u not in planner.ended]


def _doubles(planner: Planner) -> None:
    """Two superiors at once: said by the draft, or held by the register already."""
    wanted = "Một đơn vị chỉ có một cấp trên trong một cây. Đồng chí vui lòng chọn một."
    twice = [(planner.name(-row.pk), (row.parent_id, row.parent_new_id)) for row in planner.draft.new_units]  # fmt: skip
    twice += [(planner.name(-row.pk), (row.place_id, row.place_new_id)) for row in planner.draft.new_units]  # fmt: skip
    twice += [(planner.name(row.unit_id), (row.parent_id, row.parent_new_id)) for row in planner.draft.changes]  # fmt: skip
    for name, both in twice:
        if None not in both:
            planner.fault("superior", f"{name} có hai cấp trên cùng lúc. {wanted}")
    for unit in sorted(planner.ground.twice & {*planner.after, *planner.ended}):
        planner.fault("superior", f"{planner.name(unit)} có hai bản ghi vào ngày {format_date(planner.on)} nên có hai cấp trên cùng lúc. Đồng chí vui lòng sửa sổ đơn vị trước.")  # fmt: skip


def _above_place(planner: Planner, unit: int, one: Standing) -> None:
    name = planner.name(unit)
    if one.parent is None:
        if one.level != Level.COUNTRY:
            planner.fault("superior", f"{name} chưa có cấp trên. Đồng chí vui lòng chọn một địa bàn cấp trên.")  # fmt: skip
        return
    above = planner.now(one.parent)
    told = planner.name(one.parent)
    if not above.is_place:
        planner.fault("superior", f"{told} là tổ chức, không thể là cấp trên của địa bàn {name}. Đồng chí vui lòng chọn lại.")  # fmt: skip
    elif one.parent in planner.ended:
        planner.fault("superior", f"{told} kết thúc từ ngày {format_date(planner.on)} nên không thể là cấp trên của {name}. Đồng chí vui lòng chọn lại.")  # fmt: skip
    elif above.level and ORDER.index(above.level) >= ORDER.index(one.level):
        planner.fault("levels", f"{told} không ở cấp trên của {name}. Đồng chí vui lòng chọn đơn vị cấp trên.")  # fmt: skip


def _above_organisation(planner: Planner, unit: int, one: Standing) -> None:
    name = planner.name(unit)
    drafted = {*planner.draft.named, *(-row.pk for row in planner.draft.new_units)}
    if one.place in planner.ended and unit not in drafted:
        return  # what is wrong with its place is told there
    if one.place is None or one.place in planner.ended:
        planner.fault("superior", f"{name} không còn nơi đặt từ ngày {format_date(planner.on)}. Đồng chí vui lòng chọn địa bàn đặt tổ chức.")  # fmt: skip
        return
    if not planner.is_place(one.place):
        planner.fault("superior", f"{planner.name(one.place)} không phải địa bàn để đặt {name}. Đồng chí vui lòng chọn lại.")  # fmt: skip
    if one.parent is None:
        return
    above, told = planner.now(one.parent), planner.name(one.parent)
    if above.is_place or LINE[above.kind] != LINE[one.kind]:
        planner.fault("superior", f"{told} không cùng ngành dọc với {name}. Đồng chí vui lòng chọn cấp trên trong ngành.")  # fmt: skip
    elif one.parent in planner.ended:
        planner.fault("superior", f"{told} kết thúc từ ngày {format_date(planner.on)} nên không thể là cấp trên của {name}. Đồng chí vui lòng chọn lại.")  # fmt: skip
    elif above.level and one.level and ORDER.index(above.level) > ORDER.index(one.level):
        planner.fault("levels", f"{told} ở cấp dưới của {name}. Đồng chí vui lòng chọn đơn vị cấp trên.")  # fmt: skip


def _circles(planner: Planner, unit: int) -> None:
    """Whether a unit would stand below itself."""
    climbed = [unit]
    above = planner.now(unit).parent
    while above is not None and above not in climbed:
        climbed.append(above)
        above = planner.now(above).parent
    if above == unit:
        chain = " dưới ".join(planner.name(one) for one in [*climbed, unit])
        planner.fault("cycle", f"{planner.name(unit)} đứng dưới chính mình: {chain}. Đồng chí vui lòng chọn lại cấp trên.")  # fmt: skip


def _heirs(planner: Planner) -> None:
    """Whether whoever takes over lives on, and nobody takes over from himself through others."""
    ended = set(planner.ended)
    for unit in planner.draft.ended:
        for taker in planner.takers.get(unit, []):
            if taker not in ended:
                continue
            chain = _chain(planner, unit, taker, ended)
            if chain:
                told = " rồi ".join(planner.name(one) for one in chain)
                planner.fault("cycle", f"{planner.name(unit)} chuyển vòng lại chính mình ({told}). Đồng chí vui lòng bỏ một phần chuyển.")  # fmt: skip
            else:
                planner.fault("heirs", f"{planner.name(taker)} kết thúc trong cùng ngày nên không nhận việc của {planner.name(unit)} được. Đồng chí vui lòng chọn đơn vị nhận khác.")  # fmt: skip


def _chain(planner: Planner, unit: int, taker: int, ended: set[int]) -> list[int]:
    """The way from a taker back to the unit through units that end; empty where there is none."""
    ways = [[taker]]
    seen = {taker}
    while ways:
        way = ways.pop()
        if way[-1] == unit:
            return way
        for one in planner.takers.get(way[-1], []):
            if one in ended and one not in seen:
                seen.add(one)
                ways.append([*way, one])
    return []
