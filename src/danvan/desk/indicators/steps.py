"""Qualitative indicators at a place: how many units stand at each step, month by month and place by place."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from danvan.accounts.selectors import units_granted
from danvan.desk.board.scope import ACTION, Scope, places_below, scope_of
from danvan.desk.readings import DOC, code_of
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.selectors import (
    TORN,
    UNKNOWN,
    UNREPORTED,
    GivenStep,
    StepCounts,
    scales_of,
    steps_by_month,
    steps_given,
    steps_in,
    versions_for,
)
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.reporting.selectors import units_owing
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Indicator, ScaleStep, Target

WHY = {
    UNKNOWN: "trả lời là không có",
    TORN: "đã chia tách, không thuộc trọn nơi này",
    UNREPORTED: "chưa báo cáo",
}
NOT_YET = "chưa báo cáo hoặc chưa duyệt"


@dataclass(frozen=True, slots=True)
class StepCell:
    """One count: at a step, or of those who stand at none; `url` opens to the units."""

    label: str
    count: int
    url: str
    why: bool = False  # counts units that stand at no step


@dataclass(frozen=True, slots=True)
class StepLine:
    """The counts of one place in one month."""

    name: str
    month: Period
    cells: list[StepCell]
    asked: int

    @property
    def words(self) -> str:
        """The counts in one line: Tốt 12, Khá 80, chưa báo cáo 35."""
        told = [f"{one.label} {one.count}" for one in self.cells if one.count]
        return ", ".join(told) or "chưa hỏi đơn vị nào"


@dataclass(frozen=True, slots=True)
class StepsPage:
    """The counts of a place in a period and of the places below it, and the units behind one of them."""

    scope: Scope
    period: Period
    month: Period  # the one that tells the period
    headings: list[str]
    line: StepLine
    below: list[StepLine]
    scale: list["ScaleStep"]
    level: int = Approval.SENT


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """What one unit answered."""

    given: GivenStep
    name: str
    label: str
    readable: bool  # whether the reader may open the unit's own answers


def steps_url(
    indicator: "Indicator",
    place_id: int,
    period: Period,
    chosen: str = "",
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> str:
    """The page of the units behind a count."""
    asked: dict[str, str | int] = {"don_vi": place_id, "ky": period.code}
    if chosen:
        asked["bac"] = chosen
    if level != Approval.SENT:
        asked["muc"] = level
    if said := code_of(reading):
        asked[DOC] = said
    return f"{reverse('desk:indicator-steps', args=[indicator.pk])}?{urlencode(asked)}"


def read_steps(
    indicator: "Indicator",
    scope: Scope,
    months: list[Period],
    period: Period,
    level: int = Approval.SENT,
) -> tuple[StepsPage, list[StepLine]]:
    """The counts at the place of a scope, and each of `months` there. `period` is told by one of its months."""
    parts = period.parts(Every.MONTH)
    wanted = sorted({*months, *parts}, key=lambda one: one.first)
    asked = units_owing(indicator.pk, [one.first for one in wanted])
    said = {"asked": asked, "level": level, "reading": scope.reading}
    own = steps_by_month(indicator.pk, [scope.place_id], wanted, **said)  # type: ignore[arg-type]
    chosen = steps_in([own[scope.place_id, one.first] for one in parts])
    month = Period.containing(chosen.first if chosen else parts[-1].first, Every.MONTH)
    below = (
        places_below(scope.place_id, scope.below, scope.reading.on or month.last)
        if scope.below
        else []
    )
    found = steps_by_month(indicator.pk, [pk for pk, _ in below], [month], **said)  # type: ignore[arg-type]
    draw = _Drawing(indicator, level, scope.reading)
    lines = [
        draw.line(name, pk, month, counts)
        for pk, name in below
        if (counts := found[pk, month.first]).asked
    ]
    version = versions_for([indicator.pk], month.last)[indicator.pk]
    whole = draw.line(scope.name, scope.place_id, month, own[scope.place_id, month.first])
    first = _narrowed(whole, [whole, *lines])
    page = StepsPage(
        scope=scope,
        period=period,
        month=month,
        headings=[one.label for one in first.cells],
        line=first,
        below=[_aligned(one, first) for one in lines],
        scale=scales_of([version.pk]).get(version.pk, []),
        level=level,
    )
    told = [
        draw.line(scope.name, scope.place_id, one, own[scope.place_id, one.first]) for one in months
    ]
    return page, told[::-1]


def steps_of_target(
    user: "User", target: "Target", period: Period, reading: Reading
) -> StepsPage | None:
    """The counts by which a qualitative target is read; None where it names no scale, or the place is out of reach."""
    if target.of_figure or target.indicator is None:
        return None
    scope = scope_of(user, target.unit_id, reading=reading, until=period.last)
    if scope is None or not scope.whole:
        return None
    return read_steps(target.indicator, scope, [], period)[0]


def answers_behind(
    user: "User", indicator: "Indicator", page: StepsPage, chosen: str
) -> list[UnitAnswer]:
    """The units behind the counts of a page, those of one step or reason where chosen, by name."""
    scope = page.scope
    found = steps_given(
        indicator.pk, [scope.place_id], [page.month],
        asked=units_owing(indicator.pk, [page.month.first]), level=page.level, reading=scope.reading,
    )[scope.place_id, page.month.first]  # fmt: skip
    rows = [one for one in found if not chosen or key_of(one) == chosen]
    names = last_names([one.unit_id for one in rows], page.month.last)
    granted = units_granted(user, ACTION).filter(unit_id__in=[one.unit_id for one in rows])
    mine = set(granted.values_list("unit_id", flat=True))
    told = [
        UnitAnswer(one, names.get(one.unit_id, ""), label_of(one, page.level), one.unit_id in mine)
        for one in rows
    ]
    return sorted(told, key=lambda one: (sort_key(one.name), one.given.unit_id))


def key_of(given: GivenStep) -> str:
    """What an address calls the count that an answer is in."""
    return given.why or (str(given.step.pk) if given.step else "")


def label_of(given: GivenStep, level: int) -> str:
    """The step of an answer, or why there is none."""
    if given.why:
        words = NOT_YET if given.why == UNREPORTED and level > Approval.SENT else WHY[given.why]
        return (
            f"{words} (nơi trước: {given.step.name})" if given.why == TORN and given.step else words
        )
    return given.step.name if given.step else ""


@dataclass(frozen=True, slots=True)
class _Drawing:
    indicator: "Indicator"
    level: int
    reading: Reading

    def line(self, name: str, place_id: int, month: Period, counts: StepCounts) -> StepLine:
        not_yet = NOT_YET if self.level > Approval.SENT else WHY[UNREPORTED]
        rest = [
            (WHY[UNKNOWN], counts.unknown, UNKNOWN),
            (WHY[TORN], counts.torn, TORN),
            (not_yet, counts.unreported, UNREPORTED),
        ]
        steps = [(step.name, count, str(step.pk)) for step, count in counts.steps]
        cells = [
            StepCell(
                label, count,
                steps_url(self.indicator, place_id, month, key, self.level, self.reading),
                key in WHY,
            )
            for label, count, key in (*steps, *rest)
        ]  # fmt: skip
        return StepLine(name, month, cells, counts.asked)


def _narrowed(line: StepLine, beside: list[StepLine]) -> StepLine:
    """Without the reasons for which nobody stands at no step, here or in the lines beside."""
    there = {one.label for other in beside for one in other.cells if one.count}
    cells = [one for one in line.cells if not one.why or one.label in there]
    return replace(line, cells=cells)


def _aligned(line: StepLine, first: StepLine) -> StepLine:
    """The line in the columns of the first: a place may lack a step of an earlier scale."""
    by = {one.label: one for one in line.cells}
    cells = [by.get(one.label) or StepCell(one.label, 0, "") for one in first.cells]
    return StepLine(line.name, line.month, cells, line.asked)
