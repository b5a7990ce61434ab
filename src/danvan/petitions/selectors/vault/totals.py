"""The one exit of the vault for figures: totals of a province in a period, told once, out of which no small number can be worked out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.organisations.enums import Level
from danvan.organisations.selectors import unit_on
from danvan.petitions.models import Denunciation, VaultTold
from danvan.petitions.selectors.vault.tellers import end_of, told_by
from danvan.petitions.vault_enums import FEW_KEY, VaultOutcome, VaultState, VaultStepKind
from danvan.petitions.vault_suppressing import Told

Counts = Callable[[int, date], bool]
RECEIVED, ACCEPTED, NOT_TAKEN, PENDING, CONCLUDED = (
    "received", "accepted", "not_taken", "pending", "concluded",
)  # fmt: skip
LABELS: dict[str, str] = {
    RECEIVED: "Tố cáo ghi nhận trong kỳ",
    ACCEPTED: "Đã thụ lý",
    NOT_TAKEN: "Không thụ lý, không xử lý, đã chuyển, đã rút",
    PENDING: "Chưa thụ lý",
    CONCLUDED: "Đã kết luận trong kỳ",
    **{one.value: f"Kết luận: {one.label.lower()}" for one in VaultOutcome if one},
}
# Each total with its parts.
GROUPS: dict[str, tuple[str, ...]] = {
    RECEIVED: (ACCEPTED, NOT_TAKEN, PENDING),
    CONCLUDED: (VaultOutcome.RIGHT, VaultOutcome.PARTLY, VaultOutcome.WRONG),
}
HIDDEN = "không hiện để không suy ra số nhỏ"
ENDED = (
    VaultState.REFUSED, VaultState.FILED, VaultState.TRANSFERRED, VaultState.WITHDRAWN, VaultState.SETTLED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VaultCell:
    """One number as it was told: `shown` None where it is suppressed, and why."""

    key: str
    shown: int | None
    words: str

    @property
    def label(self) -> str:
        """What is counted."""
        return LABELS[self.key]


@dataclass(frozen=True, slots=True)
class VaultTotals:
    """What the vault told of a province and a period: the whole with its parts, the conclusions with theirs."""

    cells: tuple[VaultCell, ...]
    told_on: date

    def cell(self, key: str) -> VaultCell:
        """One number by what it counts."""
        return next(one for one in self.cells if one.key == key)


def vault_totals(province_id: int, year: int, quarters: int) -> VaultTotals | None:
    """What was told of a province from the beginning of a year to the end of its first `quarters`; None where nothing was yet.

    Only whole quarters that are over, counted from the beginning of the year, and only whole provinces: so the periods stand
    in one row. RuleError for anything else.
    """
    refuse_other_periods(province_id, year, quarters, stood=True)
    row = VaultTold.objects.filter(province=province_id, year=year, quarters=quarters).first()
    if row is None:
        return None
    return VaultTotals(tuple(VaultCell(*one) for one in row.cells), row.told_on)


def refuse_other_periods(
    province_id: int, year: int, quarters: int, *, stood: bool = False
) -> None:
    """RuleError for what is never told: a period that is not over, a place that is no province.

    `stood`: what a province told before it ended is still told to who asks.
    """
    today = clock.today()
    if not (1 <= quarters <= 4 and 2000 <= year <= today.year) or end_of(year, quarters) >= today:
        raise RuleError("Chỉ xem số liệu của các quý đã hết, tính từ đầu năm.")
    place = unit_on(province_id, today)
    if place is None and stood:
        place = unit_on(province_id, end_of(year, quarters))
    if place is None or not place.is_place or place.level != Level.PROVINCE:
        raise RuleError("Số liệu tố cáo chỉ có theo tỉnh, không chia nhỏ hơn.")


def counted(province_id: int, year: int, quarters: int) -> dict[str, int]:
    """The true numbers of a period, by part: for whoever tells them, never for a page.

    By the day on which each was written down, so that none that came in late is lost, and none changes a period told before;
    by where it was then, so that none counts in a second province after a merger.
    """
    days = (date(year, 1, 1), end_of(year, quarters))
    counts = told_by(province_id, year, days, on=clock.today())
    # of a case that a merger passed on the unit before it: what an heir tells begins where that one's province ended
    rows = Denunciation.objects.annotate(held=Coalesce("former_id", "unit_id"))
    return {**_received(rows, days, counts), **_concluded(rows, days, counts)}


def told_before(province_id: int, year: int, quarters: int) -> dict[str, list[Told]]:
    """What was told of the earlier periods of the year, by group."""
    rows = VaultTold.objects.filter(province=province_id, year=year, quarters__lt=quarters)
    found: dict[str, list[Told]] = {group: [] for group in GROUPS}
    for row in rows:
        shown = {key: number for key, number, _ in row.cells}
        for group, parts in GROUPS.items():
            found[group].append(Told(shown[group], {one: shown[one] for one in parts}))
    return found


def least_told() -> int | None:
    """From how many on a number is told by the law of today; None where no row is in force."""
    try:
        row = parameter(FEW_KEY, on=clock.today())
    except UnknownParameter:
        return None
    return -(-row.numerator // row.denominator)


def cells_of(group: str, told: Told, numbers: dict[str, int], least: int) -> list[list[Any]]:
    """A group as it is kept: each key, its number or None, its words. All that is hidden beside a total reads the same."""
    if told.total is None or told.parts is None:
        few = sum(numbers[one] for one in GROUPS[group]) < least
        words = f"dưới {least}" if few else HIDDEN
        return [[key, None, words] for key in (group, *GROUPS[group])]
    shown: Sequence[tuple[str, int | None]] = [(group, told.total), *told.parts.items()]
    # one word for every hidden part: "dưới 10" beside another that is not would narrow both down
    return [[key, n, f"dưới {least} hoặc không hiện" if n is None else str(n)] for key, n in shown]


def _received(rows: Any, days: tuple[date, date], counts: Counts) -> dict[str, int]:
    """What was written down, by what had become of it at the end."""
    found: Counter[str] = Counter(dict.fromkeys(GROUPS[RECEIVED], 0))
    told = rows.filter(entered_at__date__range=days)
    for unit, at, state, accepted, closed in told.values_list(
        "held", "entered_at", "state", "accepted_on", "closed_on"
    ):
        if not counts(unit, localdate(at)):
            continue
        if accepted and accepted <= days[1]:
            found[ACCEPTED] += 1
        elif state in ENDED and closed and closed <= days[1]:
            found[NOT_TAKEN] += 1
        else:
            found[PENDING] += 1
    return dict(found)


def _concluded(rows: Any, days: tuple[date, date], counts: Counts) -> dict[str, int]:
    """What was concluded, by how; by the day on which that was written down."""
    told = rows.filter(steps__kind=VaultStepKind.CONCLUDED, steps__at__date__range=days)
    found = Counter(
        outcome
        for unit, at, outcome in told.values_list("held", "steps__at", "outcome")
        if counts(unit, localdate(at))
    )
    return {str(one): found[str(one)] for one in GROUPS[CONCLUDED]}
