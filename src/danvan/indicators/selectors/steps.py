"""What qualitative indicators come to: how many units stand at each step. Steps are counted and never summed.

Every unit that was asked counts once under a place: at the step it gave, as asked and not answered, as torn where only
a part of it belongs there in the reading asked for, or as not reported. So the counts make up what was asked.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.models import ScaleStep, Value
from danvan.indicators.selectors.cube import month_of
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.flowing import Inflow, inflows
from danvan.indicators.selectors.scales import scales_of
from danvan.organisations.selectors import spans_under
from danvan.organisations.selectors.readings import THEN, Reading

UNKNOWN, TORN, UNREPORTED = "unknown", "torn", "unreported"
MANY = 5_000  # ids a statement

# The units that were asked in a month, by its first day, whether they gave anything or not.
Asked = Mapping[date, Collection[int]]


@dataclass(frozen=True, slots=True)
class GivenStep:
    """What one unit answered in a month: its step or why there is none (`UNKNOWN`, `TORN`, `UNREPORTED`), and its words."""

    unit_id: int
    step: ScaleStep | None
    why: str = ""
    note: str = ""
    value_id: int = 0


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many of the units `asked` in a month stand at each step; the rest say why they stand at none.

    `steps` holds every step of the scale in order, the best first, then those of earlier scales that were given.
    """

    first: date
    steps: tuple[tuple[ScaleStep, int], ...]
    unknown: int = 0
    torn: int = 0
    unreported: int = 0

    @property
    def known(self) -> int:
        """How many units stand at a step."""
        return sum(count for _, count in self.steps)

    @property
    def asked(self) -> int:
        """How many units were asked."""
        return self.known + self.unknown + self.torn + self.unreported


def steps_by_month(
    indicator_id: int,
    unit_ids: Collection[int],
    months: Sequence[Period],
    *,
    asked: Asked | None = None,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[tuple[int, date], StepCounts]:
    """How many units under each place stand at each step in each month, by (unit id, first day); none is left out.

    Whoever gave anything was asked; `asked` names those who gave nothing too. Values below `level` are not reported
    yet. A constant number of queries
    beside those of `inflows`.
    """
    given = steps_given(indicator_id, unit_ids, months, asked=asked, level=level, reading=reading)
    scales = _scales(indicator_id, months)
    return {key: _counted(key[1], scales[key[1]], rows) for key, rows in given.items()}


def steps_in(found: Sequence[StepCounts]) -> StepCounts | None:
    """Of the months of a period the one that tells it: the last in which a step is known, else the last asked in."""
    known = [one for one in found if one.known] or [one for one in found if one.asked]
    return known[-1] if known else None


def steps_given(
    indicator_id: int,
    unit_ids: Collection[int],
    months: Sequence[Period],
    *,
    asked: Asked | None = None,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[tuple[int, date], list[GivenStep]]:
    """What each unit under each place answered in each month, by (place id, first day), in order of the units' ids."""
    firsts = sorted({one.first for month in months for one in month.parts(Every.MONTH)})
    values: dict[date, dict[int, Value]] = defaultdict(dict)
    rows = Value.objects.current().filter(indicator_id=indicator_id, first__in=firsts)
    for value in rows.select_related("step").order_by("pk"):
        values[value.first][value.unit_id] = value
    wanted = {first: {*values.get(first, ()), *(asked or {}).get(first, ())} for first in firsts}
    flows = inflows(unit_ids, firsts, reading)
    members = _Members(flows.values(), wanted)
    found: dict[tuple[int, date], list[GivenStep]] = {}
    for key, flow in flows.items():
        there = values.get(key[1], {})
        found[key] = [
            _given(unit, share, there.get(unit), level) for unit, share in members.of(flow)
        ]
    return found


def _given(unit_id: int, share: Fraction, value: Value | None, level: int) -> GivenStep:
    if value is None or value.level < level:
        return GivenStep(unit_id, None, UNREPORTED)
    why = UNKNOWN if value.step is None else TORN if share != 1 else ""
    return GivenStep(unit_id, value.step, why, note=value.note, value_id=value.pk)


class _Members:
    """Which of the units that were asked flow into a place in a month, and by what share."""

    def __init__(self, flows: Collection[Inflow], wanted: Mapping[date, set[int]]) -> None:
        self._wanted = wanted
        self._spans: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        tops = sorted({top for flow in flows for top in flow.under})
        units = sorted({unit for some in wanted.values() for unit in some})
        if tops and units:
            since, until = min(wanted), month_of(max(wanted)).end
            for start in range(0, len(units), MANY):
                rows = spans_under(tops, since=since, until=until)
                for top, *span in rows.filter(unit_id__in=units[start : start + MANY]):
                    self._spans[top].append((span[0], span[1], span[2]))

    def of(self, flow: Inflow) -> Iterator[tuple[int, Fraction]]:
        """Each unit with its share, in order of their ids."""
        wanted, last = self._wanted[flow.first], month_of(flow.first).last
        found = {
            unit: Fraction(1)
            for top in flow.under
            for unit, start, end in self._spans[top]
            if unit in wanted and start <= last and (end is None or last < end)
        }
        found |= {unit: share for unit, share in flow.shares.items() if unit in wanted}
        return ((unit, share) for unit, share in sorted(found.items()) if share)


def _scales(indicator_id: int, months: Sequence[Period]) -> dict[date, list[ScaleStep]]:
    """The scale that holds in each month."""
    firsts = sorted({one.first for month in months for one in month.parts(Every.MONTH)})
    book = Definitions.of([indicator_id])
    versions = {first: book.version(indicator_id, month_of(first).last) for first in firsts}
    scales = scales_of(one.pk for one in versions.values())
    return {first: scales.get(one.pk, []) for first, one in versions.items()}


def _counted(first: date, scale: Sequence[ScaleStep], rows: Sequence[GivenStep]) -> StepCounts:
    times = Counter(one.step for one in rows if one.step is not None and not one.why)
    older = sorted(times.keys() - set(scale), key=lambda step: (step.version_id, step.position))
    why = Counter(one.why for one in rows)
    return StepCounts(
        first,
        tuple((step, times[step]) for step in (*scale, *older)),
        unknown=why[UNKNOWN],
        torn=why[TORN],
        unreported=why[UNREPORTED],
    )
