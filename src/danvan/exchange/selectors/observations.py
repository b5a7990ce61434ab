"""Figures on their way out: what units gave, or what it comes to above them, one after another."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from danvan.exchange.counterparts import SYSTEM
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.selectors import roll_up, steps_by_month, steps_in, versions_for
from danvan.indicators.selectors.outgoing import Outgoing, values_given
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import codes_on, units_on, units_under
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.reporting.selectors import units_owing

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion

BATCH = 2_000  # rows, or units, in memory
NORMAL, ESTIMATED, MISSING = "A", "E", "M"  # of the SDMX code list for the status of an observation


@dataclass(frozen=True, slots=True)
class Area:
    """How a unit is named on a day: by its code, or its place's with its kind; `uid` is its code of DHIS2."""

    code: str
    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as it goes out. `amount` None is asked and not known; `vintage` only of what a unit gave itself.

    What is qualitative goes out as a `step` of its scale (its place and its name), which is no amount.
    """

    area: Area
    indicator: str
    name: str
    period: Period
    amount: Decimal | None
    status: str
    unit_label: str
    places: int
    reading: str
    level: int
    vintage: int | None = None
    note: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    step: tuple[int, str] | None = None


def given_observations(
    indicator_ids: Collection[int],
    period: Period,
    *,
    level: int = Approval.SENT,
    under: int | None = None,
    within: QuerySet[Any, Any] | None = None,
) -> Iterator[Observation]:
    """What units gave in each month of a period: of those that stood under a place in it, of those in `within`.

    A few queries a month and for every 2,000 values; never more than so many in memory.
    """
    for month in period.parts(Every.MONTH):
        versions = versions_for(indicator_ids, month.last)
        areas = _Areas(month.last)
        rows = values_given(
            list(versions), since=month.first, until=month.end, level=level, within=_both(under, within, month.last)
        )  # fmt: skip
        while batch := list(islice(rows, BATCH)):
            areas.learn({row.unit_id for row in batch})
            for row in batch:
                yield _given(row, versions[row.indicator_id], month, areas.known[row.unit_id])


def rolled_observations(
    indicator_ids: Collection[int],
    unit_ids: Sequence[int],
    periods: Sequence[Period],
    *,
    reading: Reading = THEN,
    level: int = Approval.SENT,
) -> Iterator[Observation]:
    """The figures of units in periods, in a reading; where nobody was asked anything there is none.

    One roll-up for every 2,000 units and period. Of what is qualitative go out, for each step, how many units stand
    there, each under the indicator's code and the step's.
    """
    for period in periods:
        versions = versions_for(indicator_ids, period.last)
        ordered = sorted(versions, key=lambda pk: versions[pk].indicator.code)
        for start in range(0, len(unit_ids), BATCH):
            some = unit_ids[start : start + BATCH]
            areas = _Areas(reading.on or period.last)
            areas.learn(set(some))
            figures = roll_up(ordered, some, period, level=level, reading=reading)
            for indicator_id in ordered:
                version = versions[indicator_id]
                if version.kind == MeasureKind.QUALITATIVE:
                    yield from _counted(version, some, period, areas, reading, level)
                    continue
                for unit_id in some:
                    figure = figures[indicator_id, unit_id]
                    if not figure.asked:
                        continue
                    missing = figure.amount is None
                    yield Observation(
                        area=areas.known[unit_id],
                        indicator=version.indicator.code,
                        name=version.name,
                        period=period,
                        amount=figure.amount,
                        status=MISSING
                        if missing
                        else ESTIMATED
                        if figure.rebased or figure.estimated
                        else NORMAL,
                        unit_label=version.unit_label,
                        places=version.places,
                        reading=reading.code,
                        level=level,
                        note=figure.why,
                        numerator=figure.numerator,
                        denominator=figure.denominator,
                    )


def _counted(
    version: "IndicatorVersion",
    unit_ids: Sequence[int],
    period: Period,
    areas: "_Areas",
    reading: Reading,
    level: int,
) -> Iterator[Observation]:
    """How many units stand at each step, and at none for each reason: DT-01.S1, DT-01.UNREPORTED."""
    months = period.parts(Every.MONTH)
    asked = units_owing(version.indicator_id, [one.first for one in months])
    found = steps_by_month(
        version.indicator_id, unit_ids, months, asked=asked, level=level, reading=reading
    )
    for unit_id in unit_ids:
        told = steps_in([found[unit_id, one.first] for one in months])
        if told is None:
            continue
        steps = [
            (f"S{step.position}", step.name, count)
            for step, count in told.steps
            if step.version_id == version.pk
        ]
        older = sum(count for step, count in told.steps if step.version_id != version.pk)
        rest = [
            ("OLDER", "bậc của thang trước", older),
            ("UNKNOWN", "trả lời là không có", told.unknown),
            ("TORN", "đã chia tách", told.torn),
            ("UNREPORTED", "chưa báo cáo", told.unreported),
        ]
        for code, name, count in (*steps, *rest):
            yield Observation(
                area=areas.known[unit_id],
                indicator=f"{version.indicator.code}.{code}",
                name=f"{version.name}: {name}",
                period=Period.containing(told.first, Every.MONTH),
                amount=Decimal(count),
                status=NORMAL,
                unit_label="đơn vị",
                places=0,
                reading=reading.code,
                level=level,
            )


def _both(under: int | None, within: QuerySet[Any, Any] | None, day: date) -> Any:
    """Ids of units under a place on a day that are in `within`; None where neither is asked."""
    if under is None:
        return within
    found = units_under([under], on=day, follows=Follows.PLACE)
    return found if within is None else found.filter(unit_id__in=within)


def _given(row: Outgoing, version: "IndicatorVersion", month: Period, area: Area) -> Observation:
    status = ESTIMATED if row.origin == Origin.ESTIMATED else NORMAL
    return Observation(
        area=area,
        indicator=version.indicator.code,
        name=version.name,
        period=month,
        amount=row.amount,
        status=MISSING if row.amount is None and row.step is None else status,
        unit_label=version.unit_label,
        places=version.places,
        reading=THEN.code,
        level=row.level,
        vintage=row.vintage,
        note=row.note,
        step=row.step,
    )


class _Areas:
    """The names of units on a day, read as they come up."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.known: dict[int, Area] = {}

    def learn(self, unit_ids: Collection[int]) -> None:
        """Read those that are not known yet: four queries at most."""
        fresh = sorted(set(unit_ids) - self.known.keys())
        if not fresh:
            return
        units = units_on(fresh, self.day)
        places = {unit.place_id for unit in units.values() if unit.place_id is not None}
        codes = codes_on({*fresh, *places}, self.day)
        uids = codes_on(fresh, self.day, system=SYSTEM)
        for pk in fresh:
            unit = units.get(pk)
            own = codes.get(pk) or uids.get(pk, "")
            if not own and unit is not None and unit.place_id in codes:
                own = f"{codes[unit.place_id]}-{unit.kind}"
            self.known[pk] = Area(own or f"U{pk}", uids.get(pk, ""), unit.name if unit else "")
