"""Whether the register holds together: what `danvan register check` prints and what makes it fail."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from danvan.organisations.apportion import MILLION
from danvan.organisations.closure import FOREVER, CycleError
from danvan.organisations.edges import recomputed_reach, stored_reach
from danvan.organisations.enums import Level, Sort, Way
from danvan.organisations.known import EXPECTED, MERGED_ON
from danvan.organisations.models import Lineage, Unit, UnitCode, UnitVersion
from danvan.organisations.selectors.counting import counts_at_the_merger
from danvan.organisations.selectors.days import in_force
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

SHOWN = 5  # faults of one sort that are told by name


@dataclass(slots=True)
class Checked:
    """What was found: the lines to print, and a sentence for everything that is wrong."""

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, sentence: str, units: Iterable[object]) -> None:
        """Tell a fault with the first few units it concerns."""
        wrong = sorted(map(str, units))
        if wrong:
            shown = ", ".join(wrong[:SHOWN]) + (", ..." if len(wrong) > SHOWN else "")
            self.faults.append(f"{sentence}: {format_number(len(wrong))} ({shown}).")


def check_register() -> Checked:
    """Look at the whole register: counts, lineage, codes, days, parents and the closure."""
    checked = Checked()
    _check_counts(checked)
    _check_lineage(checked)
    _check_codes(checked)
    _check_days(checked)
    _check_reach(checked)
    return checked


def _check_counts(checked: Checked) -> None:
    counts = counts_at_the_merger()
    checked.lines.append(" / ".join(format_number(count) for count in counts))
    if counts != EXPECTED:
        wanted = " / ".join(format_number(count) for count in EXPECTED)
        checked.faults.append(f"Số đơn vị quanh ngày {format_date(MERGED_ON)} đáng lẽ là {wanted}.")


def _check_lineage(checked: Checked) -> None:
    lives = {pk: end or FOREVER for pk, end in Unit.objects.values_list("pk", "ended_on")}
    sums: dict[tuple[int, date], int] = defaultdict(int)
    back: dict[tuple[int, date], int] = defaultdict(int)
    going_on: set[tuple[int, date]] = set()
    rows = Lineage.objects.values_list(
        "predecessor_id", "successor_id", "happened_on", "weight", "back_weight"
    )
    for before, after, day, weight, back_weight in rows:
        sums[before, day] += weight
        if back_weight is not None:
            back[after, day] += back_weight
        if before == after:
            going_on.add((before, day))
    wrong = {unit for (unit, _), total in sums.items() if total != MILLION}
    checked.add("Đơn vị cũ có tỷ trọng kế thừa không cộng bằng 1.000.000", wrong)
    checked.add(
        "Đơn vị có tỷ trọng đọc ngược không cộng bằng 1.000.000",
        {unit for (unit, _), total in back.items() if total != MILLION},
    )
    places = set(Unit.objects.filter(sort=Sort.PLACE).values_list("pk", flat=True))
    heirless = {unit for unit, end in lives.items() if end != FOREVER and (unit, end) not in sums}
    checked.add("Đơn vị đã kết thúc mà không có đơn vị kế tiếp", heirless & places)
    alive = {unit for unit, day in sums.keys() - going_on if lives[unit] > day}
    checked.add("Đơn vị còn hoạt động mà lại có đơn vị kế tiếp", alive)
    _tell_merger(checked, {unit for unit, day in sums if day == MERGED_ON} - wrong)
    if seats := heirless - places:
        checked.lines.append(
            f"{format_number(len(seats))} tổ chức kết thúc cùng địa bàn mà không ghi tổ chức kế tiếp: số liệu"
            " được tính theo địa bàn."
        )


def _tell_merger(checked: Checked, right: set[int]) -> None:
    """How many places ended on the merger's day, and how many of them have successors in full."""
    old = set(
        UnitVersion.objects.filter(in_force(MERGED_ON - timedelta(days=1)), kind="")
        .exclude(level=Level.COUNTRY)
        .values_list("unit_id", flat=True)
    )
    lasting = set(
        UnitVersion.objects.filter(in_force(MERGED_ON), unit_id__in=old).values_list(
            "unit_id", flat=True
        )
    )
    ended = old - lasting
    checked.lines.append(
        f"{format_number(len(old))} đơn vị trước {format_date(MERGED_ON)}: "
        f"{format_number(len(ended))} kết thúc, {format_number(len(ended & right))} có đơn vị kế tiếp với tỷ"
        f" trọng cộng đúng 1.000.000; {format_number(len(lasting))} giữ nguyên qua sắp xếp."
    )


def _check_codes(checked: Checked) -> None:
    def communes(day: date) -> dict[str, int]:
        standing = UnitVersion.objects.filter(in_force(day), level=Level.COMMUNE, kind="")
        codes = UnitCode.objects.filter(
            in_force(day), system="gso", unit_id__in=standing.values("unit_id")
        )
        return dict(codes.values_list("code", "unit_id"))

    before, after = communes(MERGED_ON - timedelta(days=1)), communes(MERGED_ON)
    reused = before.keys() & after.keys()
    lasting = sum(before[code] == after[code] for code in reused)
    checked.lines.append(
        f"Mã xã dùng lại: {format_number(len(reused))} = {format_number(len(reused) - lasting)} đơn vị mới"
        f" + {format_number(lasting)} xã giữ nguyên."
    )
    spans: dict[object, list[tuple[date, date]]] = defaultdict(list)
    rows = UnitCode.objects.values_list("system", "code", "valid_from", "valid_to")
    for system, code, start, end in rows:
        spans[f"{system} {code}"].append((start, end or FOREVER))
    checked.add("Mã thuộc về hai đơn vị cùng lúc", overlapping(spans))


def overlapping(spans: dict[object, list[tuple[date, date]]]) -> list[object]:
    """The keys with two spans that share a day."""
    found = []
    for key, periods in spans.items():
        periods.sort()
        if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(periods)):
            found.append(key)
    return found


def _check_days(checked: Checked) -> None:
    lives = {
        pk: (start, end or FOREVER)
        for pk, start, end in Unit.objects.values_list("pk", "founded_on", "ended_on")
    }
    spans: dict[object, list[tuple[date, date]]] = defaultdict(list)
    orphans: set[object] = set()
    rows = UnitVersion.objects.values_list(
        "unit_id", "parent_id", "place_id", "valid_from", "valid_to"
    )
    for unit, parent, place, start, until in rows:
        end = until or FOREVER
        spans[unit].append((start, end))
        for above in (parent, place):
            if above and not (lives[above][0] <= start and end <= lives[above][1]):
                orphans.add(unit)
    twice = set(overlapping(spans))
    checked.add("Đơn vị có hai bản ghi trùng ngày", twice)
    gaps = []
    for unit, life in lives.items():
        if unit in twice:
            continue
        periods = sorted(spans.get(unit, []))
        edges = [life[0], *(day for period in periods for day in period), life[1]]
        if any(edges[at] != edges[at + 1] for at in range(0, len(edges), 2)):
            gaps.append(unit)
    checked.add("Đơn vị có ngày không có bản ghi, hoặc bản ghi ngoài thời gian tồn tại", set(gaps))
    checked.add("Đơn vị đứng dưới một đơn vị không tồn tại suốt thời gian ấy", orphans)


def _check_reach(checked: Checked) -> None:
    try:
        wanted = recomputed_reach()
    except CycleError as cycle:
        checked.add("Đơn vị đứng dưới chính mình", [cycle.unit])
        return
    stored = stored_reach()
    rows = sum(len(reached) for reached in stored.values())
    checked.lines.append(f"Quan hệ bao trùm: {format_number(rows)} dòng.")
    for way in Way:
        checked.add(
            f"Quan hệ bao trùm {way.label.lower()} khác với tính lại",
            {one.unit for one in wanted[way] ^ stored[way]},
        )
