"""One figure opened: what it means, what it is made of, how far it is approved, and the units under it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q

from danvan.accounts.selectors import reaches
from danvan.desk.board.scope import BELOW, places_below, scope_of
from danvan.desk.numbers.wording import (
    ALL,
    LEVELS,
    ORIGINS,
    SHORT,
    big_text,
    figure_text,
    is_ratio,
    number_url,
)
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, Origin, OverTime
from danvan.indicators.selectors import (
    Corrected,
    Rolled,
    codes_in,
    corrections,
    indicators_on,
    is_derived,
    roll_up,
    values_behind,
)
from danvan.organisations.enums import Level
from danvan.organisations.selectors import (
    MERGED_ON,
    UnitOnDay,
    last_names,
    path_to,
    units_on,
)
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion

ACTION = "submissions.view"
WITHOUT, WITH, OF_NOTHING = range(3)
BY_AMOUNT = "so"  # an order of the lines; else by name


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit under the figure. `level` is the lowest approval of its values; None where that is not said."""

    unit_id: int
    name: str
    rolled: Rolled
    text: str
    level: Approval | None
    vintage: int
    url: str

    @property
    def known(self) -> bool:
        """Whether it has a figure."""
        return self.rolled.amount is not None

    @property
    def group(self) -> int:
        """Where it stands: without a figure, with one, or a share of nothing (nothing happened there)."""
        if self.known:
            return WITH
        return OF_NOTHING if self.rolled.denominator == 0 else WITHOUT

    @property
    def level_words(self) -> str:
        """How far its values are approved, in a word or two."""
        return SHORT[self.level] if self.level else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the values behind a figure are approved, and when the last of them was given."""

    values: int
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
        return Approval.ACCEPTED if self.accepted == self.values else Approval.SENT


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
    def comparable_words(self) -> str:
        """Since when the figure means the same over the same units, and why not before."""
        if self.period.last >= MERGED_ON > self.version.valid_from:
            return (
                f"Từ {format_date(MERGED_ON)}. Trước đó địa bàn là các xã, phường trước sắp xếp nên không"
                " cộng, không so trực tiếp."
            )
        since = f"Từ {format_date(self.version.valid_from)}."
        if self.version.number == 1:
            return f"{since} Trước đó số này chưa được đo."
        return f"{since} Trước đó định nghĩa khác nên không cộng, không so trực tiếp."


def read_sheet(
    user: "User", code: str, unit_id: int, period: Period, *, level: int = ALL, order: str = ""
) -> Sheet | None:
    """The figure as `user` may read it; None where it is out of reach or nobody measures it.

    Queries do not grow with the units. The lines stand missing first, then by name, or (`order` "so") the
    highest amount first.
    """
    as_of = min(clock.today(), period.last)
    versions = {one.indicator.code: one for one in indicators_on(as_of)}
    place_id = _readable(user, unit_id)
    if code not in versions or place_id is None:
        return None
    units = units_on({unit_id, place_id}, as_of)
    if place_id not in units:
        return None
    version, unit = versions[code], units[place_id]
    figures = roll_up(
        [one.indicator_id for one in versions.values()], [unit.id], period, level=level
    )
    by_code = {known: figures[one.indicator_id, unit.id] for known, one in versions.items()}
    behind = values_behind(version.indicator_id, unit.id, period, level=level)
    standing = _standing(behind)
    return Sheet(
        version=version,
        unit=unit,
        asked_name=units[unit_id].name if unit_id in units else "",
        whole=place_id == unit_id,
        period=period,
        level=level,
        rolled=by_code[code],
        as_of=as_of,
        parts=_parts(version, versions, by_code, unit.id, period, level),
        beside=_beside(version, versions, by_code, unit.id, period, level),
        standing=standing,
        corrected=corrections(behind),
        lines=_lines(version, unit, behind, period, level, as_of, order),
    )


def _readable(user: "User", unit_id: int) -> int | None:
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
            accepted=Count("pk", filter=Q(level__gte=Approval.ACCEPTED)),
            locked=Count("pk", filter=Q(level__gte=Approval.LOCKED)),
            entered=Max("entered_at"),
        )
    )
    return Standing(
        values=sum(row["values"] for row in rows),
        accepted=sum(row["accepted"] for row in rows),
        locked=sum(row["locked"] for row in rows),
        entered=max((row["entered"] for row in rows), default=None),
        origins={row["origin"]: row["values"] for row in rows},
    )


def _parts(
    version: "IndicatorVersion",
    versions: dict[str, "IndicatorVersion"],
    figures: dict[str, Rolled],
    unit_id: int,
    period: Period,
    level: int,
) -> list[Part]:
    ids = {one.indicator_id: code for code, one in versions.items()}
    if is_ratio(version):
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
            number_url(code, unit_id, period, level),
        )
        for role, code in named
    ]


def _beside(
    version: "IndicatorVersion",
    versions: dict[str, "IndicatorVersion"],
    figures: dict[str, Rolled],
    unit_id: int,
    period: Period,
    level: int,
) -> list[Beside]:
    return [
        Beside(
            one.name,
            "" if is_ratio(one) else one.unit_label,
            figure_text(one, figures[code]),
            number_url(code, unit_id, period, level),
            one.pk == version.pk,
        )
        for code, one in versions.items()
    ]


def _lines(
    version: "IndicatorVersion",
    unit: UnitOnDay,
    behind: Any,
    period: Period,
    level: int,
    as_of: date,
    order: str,
) -> list[UnitLine]:
    """The places under a place with their figures, and whoever else gave a value in the period."""
    below = BELOW.get(Level(unit.level)) if unit.is_place else None
    if below is None:
        return []
    period = _summed_over(version, behind, period)
    standing = below == Level.COMMUNE
    gave = {
        row["unit_id"]: row
        for row in behind.order_by().values("unit_id").annotate(low=Min("level"), last=Max("vintage"))
    } if standing else {}  # fmt: skip
    names = dict(places_below(unit.id, below, as_of))
    names |= last_names([pk for pk in gave if pk not in names], as_of)
    rolled = roll_up([version.indicator_id], list(names), period, level=level)
    lines = [
        UnitLine(
            unit_id=pk,
            name=name,
            rolled=rolled[version.indicator_id, pk],
            text=figure_text(version, rolled[version.indicator_id, pk]),
            level=Approval(gave[pk]["low"]) if pk in gave else None,
            vintage=gave[pk]["last"] if pk in gave else 0,
            url=number_url(version.indicator.code, pk, period, level),
        )
        for pk, name in names.items()
    ]
    by_name = {line.unit_id: sort_key(line.name.partition(" ")[2]) for line in lines}
    if order == BY_AMOUNT:
        lines.sort(key=lambda line: (line.group, -(line.rolled.amount or 0), by_name[line.unit_id]))
    else:
        lines.sort(key=lambda line: (line.group, by_name[line.unit_id], line.unit_id))
    return lines


def _summed_over(version: "IndicatorVersion", behind: Any, period: Period) -> Period:
    """The period the units are summed over: of what takes the last month, the month that was taken."""
    if is_derived(version) or version.over_time != OverTime.LAST or period.every == Every.MONTH:
        return period
    last = behind.aggregate(last=Max("first"))["last"]
    return Period.containing(last, Every.MONTH) if last else period
