"""Bring in a list of villages: every fault of every row at once, and nothing written unless all is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from danvan.foundation import audit, clock, planner
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sheet import Row, read_table
from danvan.organisations.closure import FOREVER, cut, flat
from danvan.organisations.edges import as_rows, span_of
from danvan.organisations.enums import Follows, Level, Sort
from danvan.organisations.hamlets import HEADINGS, WANTED, village_key
from danvan.organisations.models import Reach, Unit, UnitSize, UnitVersion
from danvan.organisations.naming import bare_name, searchable
from danvan.organisations.selectors.days import in_force
from danvan.organisations.services.founding import BULK
from danvan.organisations.services.villages.communes import Communes, read_communes
from danvan.organisations.services.villages.reading import Reading, Village, without_totals
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class VillagesRead:
    """A list of villages as it was read: its rows, the villages they name, every fault in the order of the rows."""

    rows: Sequence[Row]
    villages: Sequence[Village]
    faults: Sequence[Fault]
    unused_columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class VillagesBrought:
    """What an import wrote, and the columns of the sheet that it had no use for."""

    unit_ids: Sequence[int]
    communes: int
    unused_columns: Sequence[str]

    @property
    def count(self) -> int:
        """How many villages were founded."""
        return len(self.unit_ids)


def read_villages(
    content: bytes, *, name: str, top: Unit, within: QuerySet[Any, Any] | None = None
) -> VillagesRead:
    """Read an .xlsx list of villages at or below a place and tell every fault in it; writes nothing.

    A commune is meant by its code, else by its name; a row that says neither is of the commune above it in the
    list, or of `top`. `within` are the units whose register the reader may write. RuleError where the file
    holds no such list.
    """
    today = clock.today()
    if not UnitVersion.objects.filter(in_force(today), unit=top, kind="").exists():
        raise RuleError("Địa bàn này không còn hoạt động. Đồng chí vui lòng chọn đơn vị kế tiếp.")
    table = read_table(content, name=name, wanted=WANTED)
    rows = without_totals(table.rows)
    if not rows:
        raise RuleError("Bảng chưa có dòng nào. Đồng chí vui lòng điền rồi gửi lại.")
    readings = [Reading(row) for row in rows]
    _carry_down(readings)
    communes = read_communes(top, readings, within=within, today=today)
    for reading in readings:
        if not any(fault.column == HEADINGS["code"] for fault in reading.faults):
            communes.resolve(reading)
    _refuse_days(readings, communes, today)
    _refuse_doubles(readings)
    places = list(HEADINGS.values())
    faults = [
        fault
        for reading in readings
        for fault in sorted(reading.faults, key=lambda one: places.index(one.column))
    ]
    found = [village for reading in readings if (village := reading.village())]
    return VillagesRead(rows, found, faults, table.unused)


@transaction.atomic
def import_villages(
    content: bytes,
    *,
    name: str,
    top: Unit,
    counted_on: date,
    actor: Any,
    within: QuerySet[Any, Any] | None = None,
) -> VillagesBrought:
    """Found every village of an .xlsx list, with how many households and people it had on `counted_on`, or none.

    RuleError carries all faults of all rows, each with its row and the heading of its column.
    """
    top = Unit.objects.select_for_update().get(pk=top.pk)
    if counted_on > clock.today():
        raise RuleError(
            f"Ngày {format_date(counted_on)} chưa tới. Đồng chí vui lòng ghi ngày đã tính số hộ, nhân khẩu."
        )
    read = read_villages(content, name=name, top=top, within=within)
    if read.faults:
        raise RuleError(
            f"Tệp có {format_number(len(read.faults))} lỗi nên chưa ghi dòng nào. "
            "Đồng chí vui lòng sửa các lỗi dưới đây rồi gửi lại.",
            faults=read.faults,
        )
    communes = sorted({village.commune_id for village in read.villages})
    # Whoever ends or moves one of these communes waits until the villages stand.
    units = {one.pk: one for one in Unit.objects.select_for_update().filter(pk__in=communes)}
    made = _write(read.villages, units, counted_on, source=f"Danh sách {name}"[:200])
    audit.record(
        actor, "organisations.import_villages", top, count=len(made), communes=len(communes)
    )
    return VillagesBrought(made, len(communes), read.unused_columns)


def _carry_down(readings: Sequence[Reading]) -> None:
    """A commune that is written once, in a cell merged over its rows, holds for the rows below it."""
    above: Reading | None = None
    for reading in readings:
        if (
            reading.row.cells.get("code") is not None
            or reading.row.cells.get("commune") is not None
        ):
            above = reading
        elif above is not None:
            reading.code, reading.commune = above.code, above.commune


def _refuse_days(readings: Sequence[Reading], communes: Communes, today: date) -> None:
    for reading in readings:
        if reading.since is None:
            continue
        if reading.since > today:
            reading.refuse("since", f"Ngày {format_date(reading.since)} chưa tới. Thôn lập sau hôm nay do mục Sắp xếp đơn vị ghi.")  # fmt: skip
        elif reading.commune_id:
            unit = communes.units[reading.commune_id]
            if reading.since < unit.founded_on:
                reading.refuse("since", f"{communes.names[unit.pk]} có từ {format_date(unit.founded_on)}, sau ngày {format_date(reading.since)}. Nếu thôn có từ trước, đồng chí để trống ô này.")  # fmt: skip


def _refuse_doubles(readings: Sequence[Reading]) -> None:
    """Rows that name one village twice, or one that the register has. One query."""
    sound = [one for one in readings if one.commune_id and one.type_word]
    standing: dict[tuple[int, str], list[tuple[str, str]]] = {}
    versions = UnitVersion.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=clock.today()),
        level=Level.VILLAGE,
        parent_id__in={one.commune_id for one in sound},
    )
    for parent, name, word in versions.values_list("parent_id", "name", "type_word"):
        standing.setdefault((parent or 0, village_key(name, word)), []).append((name, word))
    seen: dict[tuple[int, str], list[Reading]] = {}
    for reading in sound:
        key = (reading.commune_id or 0, village_key(reading.name, reading.type_word))
        before = _clash(reading, [(one.name, one.type_word) for one in seen.get(key, ())])
        known = _clash(reading, standing.get(key, []))
        if before:
            first = next(one.number for one in seen[key] if one.name == before[0])
            reading.refuse("name", f"Dòng này trùng dòng {first}: {before[0]}.")
        elif known and known[1] == reading.type_word:
            reading.refuse("name", f"{known[0]} đã có trong sổ. Đồng chí vui lòng bỏ dòng này.")
        elif known:
            reading.refuse("type_word", f"Trong sổ đã có {known[0]}. Nếu đổi loại hình thì ghi ở mục Sắp xếp đơn vị; nếu là thôn khác, đồng chí ghi đủ tên để phân biệt.")  # fmt: skip
        seen.setdefault(key, []).append(reading)


def _clash(reading: Reading, others: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """One of these that is the same village; Thôn 1 and Tổ dân phố 1, two numbers, are not."""
    numbered = village_key(reading.name, reading.type_word).isdigit()
    for name, word in others:
        if word == reading.type_word or not numbered:
            return name, word
    return None


def _write(
    villages: Sequence[Village], communes: dict[int, Unit], counted_on: date, *, source: str
) -> list[int]:
    """Write identities, versions, closure and sizes in bulk; returns the ids in the order of the list."""
    lives = [
        (village.since or communes[village.commune_id].founded_on, communes[village.commune_id].ended_on)
        for village in villages
    ]  # fmt: skip
    units = Unit.objects.bulk_create(
        [Unit(sort=Sort.PLACE, founded_on=start, ended_on=end) for start, end in lives],
        batch_size=BATCH,
    )
    above: dict[int, list[Reach]] = {}
    for row in Reach.objects.filter(unit_id__in=communes, follows=Follows.PLACE):
        above.setdefault(row.unit_id, []).append(row)
    versions, reach, sizes = [], [], []
    for unit, village, (start, end) in zip(units, villages, lives, strict=True):
        versions.append(
            UnitVersion(
                unit_id=unit.pk,
                **searchable(village.name, bare=bare_name(village.name, village.type_word)),
                level=Level.VILLAGE,
                type_word=village.type_word,
                parent_id=village.commune_id,
                decision=village.decision,
                start_known=village.since is not None,
                valid_from=start,
                valid_to=end,
            )
        )
        life = (start, end or FOREVER)
        reached = {unit.pk: [life]}
        for row in above[village.commune_id]:
            reached.setdefault(row.top_id, []).extend(cut(span_of(row), life))
        reach += as_rows(Follows.PLACE, flat(unit.pk, reached))
        if village.population is not None or village.households is not None:
            sizes.append(
                UnitSize(
                    unit_id=unit.pk,
                    counted_on=counted_on,
                    population=village.population,
                    households=village.households,
                    source=source,
                )
            )
    UnitVersion.objects.bulk_create(versions, batch_size=BATCH)
    Reach.objects.bulk_create(reach, batch_size=BATCH)
    UnitSize.objects.bulk_create(sizes, batch_size=BATCH)
    if len(units) >= BULK:
        planner.learn(Unit, UnitVersion, Reach)
    return [unit.pk for unit in units]
