"""The one exit of the vault for figures: totals of a province in a period, out of which no small number can be worked out."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import add_months, parameter
from danvan.organisations.enums import Follows, Level
from danvan.organisations.selectors import unit_on, units_under
from danvan.petitions.models import Denunciation
from danvan.petitions.vault_enums import FEW_KEY, VaultOutcome, VaultState

RECEIVED, ACCEPTED, NOT_TAKEN, PENDING = "received", "accepted", "not_taken", "pending"
MEASURES: dict[str, str] = {
    RECEIVED: "Tố cáo tiếp nhận trong kỳ",
    ACCEPTED: "Đã thụ lý",
    NOT_TAKEN: "Không thụ lý, không xử lý, đã chuyển, đã rút",
    PENDING: "Chưa thụ lý",
}
NO_LEAST = "chưa có mức tối thiểu để hiện"
HIDDEN = "không hiện để không suy ra số nhỏ"
OUTCOMES = (VaultOutcome.RIGHT, VaultOutcome.PARTLY, VaultOutcome.WRONG)
ENDED = (
    VaultState.REFUSED, VaultState.FILED, VaultState.TRANSFERRED, VaultState.WITHDRAWN, VaultState.SETTLED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VaultCell:
    """One number as it may be told: `shown` None where it is suppressed, and why."""

    label: str
    shown: int | None
    words: str


@dataclass(frozen=True, slots=True)
class VaultTotals:
    """What the vault tells of a province and a period: the whole with its parts, the conclusions with theirs."""

    cells: tuple[VaultCell, ...]
    concluded: tuple[VaultCell, ...]


def vault_totals(province_id: int, year: int, quarters: int) -> VaultTotals:
    """Totals of a province from the beginning of a year to the end of its first `quarters`, as they stood on that day.

    Only whole quarters that are over, counted from the beginning of the year, and only whole provinces: so the periods stand
    in one row, and no two of them give by subtraction what neither tells. RuleError for anything else.
    """
    today = clock.today()
    if not (1 <= quarters <= 4 and 2000 <= year <= today.year) or _end(year, quarters) >= today:
        raise RuleError("Chỉ xem số liệu của các quý đã hết, tính từ đầu năm.")
    place = unit_on(province_id, today)
    if place is None or not place.is_place or place.level != Level.PROVINCE:
        raise RuleError("Số liệu tố cáo chỉ có theo tỉnh, không chia nhỏ hơn.")
    least = _least()
    rows = Denunciation.objects.filter(
        # closed cases stay with units that ended: without them a merger would tell by the difference how many there were
        unit_id__in=units_under([province_id], on=today, follows=Follows.PLACE, heirs=True)
    )
    received, concluded = [], []
    for quarter in range(1, quarters + 1):
        end = _end(year, quarter)
        received.append(_received(rows, date(year, 1, 1), end))
        concluded.append(_concluded(rows, date(year, 1, 1), end))
    return VaultTotals(
        cells=told(MEASURES[RECEIVED], received, least),
        concluded=told("Đã kết luận trong kỳ", concluded, least),
    )


def _end(year: int, quarters: int) -> date:
    """The last day of the first quarters of a year."""
    return add_months(date(year, 1, 1), 3 * quarters) - timedelta(days=1)


def _received(rows: QuerySet[Denunciation], since: date, end: date) -> dict[str, int]:
    """What was received, by what had become of it at the end."""
    counts: Counter[str] = Counter()
    found = rows.filter(received_on__range=(since, end))
    for state, accepted, closed in found.values_list("state", "accepted_on", "closed_on"):
        if accepted and accepted <= end:
            counts[ACCEPTED] += 1
        elif state in ENDED and closed and closed <= end:
            counts[NOT_TAKEN] += 1
        else:
            counts[PENDING] += 1
    return {MEASURES[one]: counts[one] for one in (ACCEPTED, NOT_TAKEN, PENDING)}


def _concluded(rows: QuerySet[Denunciation], since: date, end: date) -> dict[str, int]:
    """What was concluded, by how."""
    found = rows.filter(concluded_on__range=(since, end))
    counts = Counter(found.values_list("outcome", flat=True))
    return {f"Kết luận: {one.label.lower()}": counts[one.value] for one in OUTCOMES}


def told(
    label: str, periods: Sequence[Mapping[str, int]], least: int | None
) -> tuple[VaultCell, ...]:
    """The last of these growing periods as it may be told: a total with its parts.

    Hidden is every number under the threshold, zero too; every one that differs from what an earlier period tells by less
    than that; and where a single part would be hidden, or the hidden ones together are few, the next smallest with it.
    """
    parts = periods[-1]
    if least is None:
        return tuple(VaultCell(one, None, NO_LEAST) for one in (label, *parts))
    told_before: dict[str, int] = {}
    open_ones: set[str] = set()
    for numbers in periods:
        open_ones = _open_ones(label, numbers, told_before, least)
        told_before |= {
            one: number for one, number in _with(label, numbers).items() if one in open_ones
        }
    return tuple(_cell(*one, open_ones, least) for one in _with(label, parts).items())


def _with(label: str, parts: Mapping[str, int]) -> dict[str, int]:
    """The total before its parts."""
    return {label: sum(parts.values()), **parts}


def _open_ones(
    label: str, parts: Mapping[str, int], before: Mapping[str, int], least: int
) -> set[str]:
    """Which numbers of one period may be told beside what was told of the earlier ones."""
    hidden = {
        name
        for name, number in _with(label, parts).items()
        if number < least or abs(number - before.get(name, 0)) < least
    }
    if label in hidden:  # a part is never told without the whole
        return set()
    rest = sorted((number, name) for name, number in parts.items() if name not in hidden)
    while hidden and rest and (len(hidden) < 2 or sum(parts[one] for one in hidden) < least):
        hidden.add(rest.pop(0)[1])
    return {label, *parts} - hidden


def _cell(label: str, number: int, open_ones: Collection[str], least: int) -> VaultCell:
    if label in open_ones:
        return VaultCell(label, number, str(number))
    return VaultCell(label, None, f"dưới {least}" if number < least else HIDDEN)


def _least() -> int | None:
    try:
        row = parameter(FEW_KEY, on=clock.today())
    except UnknownParameter:
        return None
    return -(-row.numerator // row.denominator)
