"""One figure opened: what it means, what it is made of, how far it is approved, and the units under it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q

from danvan.accounts.selectors import reaches
from danvan.desk.board.scope import BELOW, scope_of
from danvan.desk.numbers.lines import WITHOUT, UnitLine, lines_under
from danvan.desk.numbers.wording import (
    ALL,
    LEVELS,
    ORIGINS,
    big_text,
    figure_text,
    is_ratio,
    number_url,
    original_text,
    part_text,
    unit_beside,
)
from danvan.desk.readings import Gone, gone_of, tree_day
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.selectors import (
    Corrected,
    Rolled,
    codes_in,
    corrections,
    indicators_on,
    is_derived,
    roll_up,
    shares_behind,
    values_behind,
)
from danvan.organisations.enums import Level
from danvan.organisations.selectors import (
    UnitOnDay,
    path_to,
    units_on,
)
from danvan.organisations.selectors.breaks import Break, breaks
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.organisations.selectors.spans import spans_of
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion

ACTION = "submissions.view"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the values behind a figure are approved, and when the last of them was given."""

    values: int
    passed: int  # by every place on the way, or further
    accepted: int  # or locked
    locked: int
    entered: datetime | None
    origins: dict[str, int]

    @property
    def level(self) -> Approval | None:
        """The lowest level that any of the values stands at; None where there are none."""
        if not self.values:
            return None
        if self.locked == self.values:
            return Approval.LOCKED
        if self.accepted == self.values:
            return Approval.ACCEPTED
        return Approval.PASSED if self.passed == self.values else Approval.SENT


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that another one is worked out from."""

    role: str  # Tử số, Mẫu số, Thành phần
    name: str
    text: str
    unit_label: str
    url: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Another figure of the same unit and period, to go on to."""

    name: str
    unit_label: str
    text: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure as one reader may read it.

    `whole` is False where the unit asked for is out of reach and `unit` is the reader's own place under it.
    """

    version: "IndicatorVersion"
    unit: UnitOnDay
    asked_name: str
    whole: bool
    period: Period
    level: int
    rolled: Rolled
    as_of: date
    parts: list[Part]
    beside: list[Beside]
    standing: Standing
    corrected: Corrected
    lines: list[UnitLine]
    reading: Reading = THEN
    breaks: list[Break] = field(default_factory=list)  # since it was measured, up to its day
    gone: Gone | None = None  # the unit did not stand on the day of the tree
    behind: Any = None  # the values, as a queryset

    @property
    def rebased(self) -> bool:
        """Whether it was brought over from other units by shares."""
        return self.rolled.rebased

    @property
    def original(self) -> str:
        """What it was before, as the units gave it; empty where it was not re-based."""
        return original_text(self.version, self.rolled)

    @property
    def numerator_text(self) -> str:
        """The numerator of a share."""
        return part_text(self.rolled.numerator or Decimal(0))

    @property
    def denominator_text(self) -> str:
        """The denominator of a share."""
        return part_text(self.rolled.denominator or Decimal(0))

    @property
    def big(self) -> str:
        """The figure as the largest text of the page."""
        return big_text(self.version, self.rolled)

    @property
    def text(self) -> str:
        """The figure with its parts."""
        return figure_text(self.version, self.rolled)

    @property
    def ratio(self) -> bool:
        """Whether it is a part of a whole."""
        return is_ratio(self.version)

    @property
    def derived(self) -> bool:
        """Whether it is worked out from other figures."""
        return is_derived(self.version)

    @property
    def whole_label(self) -> str:
        """What the denominator counts."""
        return self.parts[-1].unit_label if self.ratio and self.parts else ""

    @property
    def above(self) -> bool:
        """Whether it sums up other places."""
        return Level(self.unit.level) in BELOW and self.unit.is_place

    @property
    def level_words(self) -> str:
        """Which values are in it, by how far they are approved."""
        return LEVELS[self.level]

    @property
    def origins(self) -> list[tuple[int, str]]:
        """Where the values come from: how many of each, the most first."""
        counts = sorted(self.standing.origins.items(), key=lambda one: (-one[1], one[0]))
        return [(count, ORIGINS[Origin(origin)]) for origin, count in counts]

    @property
    def estimated(self) -> bool:
        """Whether any of the values is an estimate."""
        return Origin.ESTIMATED in self.standing.origins

    @property
    def estimates(self) -> int:
        """How many of the values are estimates."""
        return self.standing.origins.get(Origin.ESTIMATED, 0)

    @property
    def before(self) -> Decimal | None:
        """What it was before the last correction of each of its values; None where that is not told."""
        if self.derived or not self.corrected.values or self.rolled.amount is None:
            return None
        return self.rolled.amount - self.corrected.moved

    @property
    def missing(self) -> list[UnitLine]:
        """The units without a figure."""
        return [line for line in self.lines if line.group == WITHOUT]

    @property
    def units_words(self) -> str:
        """How many units gave a figure; of several months, over all of them and in the fullest one."""
        gave, asked = format_number(self.rolled.units), format_number(self.rolled.asked)
        fullest = f"{gave} đơn vị có số trên {asked} đơn vị trả lời"
        if not self.lines:
            return fullest
        known = len(self.lines) - len(self.missing)
        lacking = (
            f"{format_number(len(self.missing))} đơn vị chưa có số trong {format_number(len(self.lines))}"
            " đơn vị"
        )
        if self.rolled.asked >= known:
            return f"{fullest}, {lacking}"
        return (
            f"{format_number(known)} đơn vị có số trong kỳ, {lacking}; tháng nhiều nhất: {fullest}"
        )

    @property
    def comparable_words(self) -> str:
        """Since when the figure means the same over the same units, and why not before."""
        if self.breaks and self.reading.on is None:
            broke = self.breaks[-1]
            return (
                f"Từ {format_date(broke.day)} ({broke.title}). Trước đó các đơn vị khác nên không cộng, không so"
                " trực tiếp; chỉ so sau khi quy đổi."
            )
        since = f"Từ {format_date(self.version.valid_from)}."
        if self.breaks:
            return f"{since} Các tháng trước sắp xếp đã được quy đổi về các đơn vị của ngày đọc."
        if self.version.number == 1:
            return f"{since} Trước đó số này chưa được đo."
        return f"{since} Trước đó định nghĩa khác nên không cộng, không so trực tiếp."


def read_sheet(
    user: "User",
    code: str,
    unit_id: int,
    period: Period,
    *,
    level: int = ALL,
    reading: Reading = THEN,
) -> Sheet | None:
    """The figure as `user` may read it; None where it is out of reach or nobody measures it.

    Queries do not grow with the units.
    """
    as_of = min(clock.today(), period.last)
    day = tree_day(reading, as_of)
    versions = {one.indicator.code: one for one in indicators_on(as_of)}
    place_id = readable(user, unit_id)
    if code not in versions or place_id is None:
        return None
    there = units_on({unit_id, place_id}, day)
    units = there | _once({unit_id, place_id} - set(there), day)
    if place_id not in units:
        return None
    version, unit = versions[code], units[place_id]
    figures = roll_up(
        [one.indicator_id for one in versions.values()],
        [unit.id],
        period,
        level=level,
        reading=reading,
    )
    by_code = {known: figures[one.indicator_id, unit.id] for known, one in versions.items()}
    behind = values_behind(version.indicator_id, unit.id, period, level=level, reading=reading)
    shares = None
    if by_code[code].rebased:
        shares = shares_behind(version.indicator_id, unit.id, period, level, reading)
    standing = _standing(behind)
    urls = {known: number_url(known, unit.id, period, level, reading) for known in versions}
    return Sheet(
        version=version,
        unit=unit,
        asked_name=units[unit_id].name if unit_id in units else "",
        whole=place_id == unit_id,
        period=period,
        level=level,
        rolled=by_code[code],
        as_of=as_of,
        parts=_parts(version, versions, by_code, urls),
        beside=_beside(version, versions, by_code, urls),
        standing=standing,
        corrected=corrections(behind, shares),
        lines=lines_under(version, unit, behind, period, level, day, reading),
        reading=reading,
        breaks=breaks([unit.id], since=version.valid_from, until=as_of)[unit.id],
        behind=behind,
        gone=None if place_id in there else gone_of(unit.id, unit.name, day),
    )


def _once(unit_ids: set[int], day: date) -> dict[int, UnitOnDay]:
    """Units that were not there on a day, each as it was last before it, else first after it."""
    nearest: dict[int, date] = {}
    for span in spans_of(unit_ids) if unit_ids else ():
        if span.unit_id not in nearest or span.valid_from <= day:
            nearest[span.unit_id] = span.valid_from
    found: dict[int, UnitOnDay] = {}
    for unit_id, first in nearest.items():
        found |= units_on([unit_id], first)
    return found


def readable(user: "User", unit_id: int) -> int | None:
    """The unit itself where the reader reads it; else the reader's own place, if it lies under the unit."""
    if reaches(user, ACTION, unit_id):
        return unit_id
    scope = scope_of(user, action=ACTION)
    if scope is None or not scope.whole:
        return None
    above = {one.id for one in path_to(scope.place_id, on=clock.today())}
    return scope.place_id if unit_id in above else None


def _standing(behind: Any) -> Standing:
    rows = list(
        behind.order_by()
        .values("origin")
        .annotate(
            values=Count("pk"),
            passed=Count("pk", filter=Q(level__gte=Approval.PASSED)),
            accepted=Count("pk", filter=Q(level__gte=Approval.ACCEPTED)),
            locked=Count("pk", filter=Q(level__gte=Approval.LOCKED)),
            entered=Max("entered_at"),
        )
    )
    return Standing(
        values=sum(row["values"] for row in rows),
        passed=sum(row["passed"] for row in rows),
        accepted=sum(row["accepted"] for row in rows),
        locked=sum(row["locked"] for row in rows),
        entered=max((row["entered"] for row in rows), default=None),
        origins={row["origin"]: row["values"] for row in rows},
    )


def _parts(
    version: "IndicatorVersion",
    versions: dict[str, "IndicatorVersion"],
    figures: dict[str, Rolled],
    urls: dict[str, str],
) -> list[Part]:
    ids = {one.indicator_id: code for code, one in versions.items()}
    if version.numerator_id is not None:
        roles = (("Tử số", version.numerator_id), ("Mẫu số", version.denominator_id))
        named = [(role, ids[pk]) for role, pk in roles if pk in ids]
    elif version.formula is not None:
        named = [("Thành phần", code) for code in codes_in(version.formula) if code in versions]
    else:
        return []
    return [
        Part(
            role,
            versions[code].name,
            figure_text(versions[code], figures[code]),
            versions[code].unit_label,
            urls[code],
        )
        for role, code in named
    ]


def _beside(
    version: "IndicatorVersion",
    versions: dict[str, "IndicatorVersion"],
    figures: dict[str, Rolled],
    urls: dict[str, str],
) -> list[Beside]:
    return [
        Beside(
            one.name,
            unit_beside(one),
            figure_text(one, figures[code]),
            urls[code],
            one.pk == version.pk,
        )
        for code, one in versions.items()
    ]
