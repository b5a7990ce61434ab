"""How targets stand: counted from records, or held against figures; and the records behind every count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, prefetch_related_objects

from danvan.accounts.selectors import units_granted
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators import counting, standing
from danvan.indicators.counting import CountedRecord
from danvan.indicators.enums import Aim, Quality, Standing
from danvan.indicators.models import Target
from danvan.indicators.selectors.targets.held import held_against_figures
from danvan.indicators.selectors.targets.marks import marks_of
from danvan.indicators.selectors.targets.shapes import Evaluation, Lack, RuleRecords, Seen
from danvan.organisations.selectors import population
from danvan.organisations.selectors.following import counted_for
from danvan.organisations.selectors.readings import Reading

if TYPE_CHECKING:
    from danvan.accounts.models import User


def evaluate(
    target: Target,
    period: Period,
    *,
    on: date | None = None,
    within: QuerySet[Any, Any] | None = None,
) -> Evaluation:
    """How `target` stands in `period`, read on a day (today unless said).

    The population is every organisation of its kind at its levels under its place on the dated day: the
    last day of the period, or the day of reading while the period runs. What units did that do not stand on
    that day counts for the one that took over the most of each. `within` keeps only the units a reader may
    see. See `standing` for the rule. Queries do not grow with the population.
    """
    return evaluate_all([target], period, on=on, within=within)[0]


def evaluate_all(
    targets: Iterable[Target],
    period: Period,
    *,
    on: date | None = None,
    within: QuerySet[Any, Any] | None = None,
    standing_on: date | None = None,
) -> list[Evaluation]:
    """`evaluate` for many: two queries a distinct population where nothing passed, and one a distinct counter.

    `standing_on` asks the units that stood on that day instead of those of the dated day.
    """
    targets = list(targets)
    if not targets:
        return []
    prefetch_related_objects(targets, "rules")
    prefetch_related_objects([one for one in targets if one.aim == Aim.PATH], "milestones")
    day = on or clock.today()
    asked = [
        standing.asked_parts(period, Every(t.every), t.valid_from, t.valid_to, day=day)
        for t in targets
    ]
    populations = _populations(targets, asked, within, standing_on)
    tallies = _tallies(targets, asked, populations)
    every = list(zip(targets, asked, populations, strict=True))
    of_figures = [(one, held, people.units) for one, held, people in every if one.of_figure]
    marks = {
        one[0].pk: found
        for one, found in zip(of_figures, marks_of(of_figures, Reading(standing_on)), strict=True)
    }
    return [
        held_against_figures(
            target, period, one, people.units, marks[target.pk], day=day, standing_on=standing_on
        )
        if target.of_figure
        else _evaluated(target, period, one, people, tallies, standing_on)
        for target, one, people in every
    ]


def evaluations_for(
    user: "User",
    targets: Iterable[Target],
    period: Period,
    *,
    on: date | None = None,
    standing_on: date | None = None,
) -> list[Seen]:
    """How each of `targets` stands as far as `user` may read it, in the order given (see `evaluate_all`).

    Whoever may view at the place a target is set for reads it whole; others read the lines of the units
    where they may view.
    """
    targets = list(targets)
    granted = units_granted(user, "targets.view")
    places = Target.objects.filter(pk__in=[one.pk for one in targets], unit_id__in=granted)
    whole = set(places.values_list("pk", flat=True))
    full = evaluate_all(
        [one for one in targets if one.pk in whole], period, on=on, standing_on=standing_on
    )
    part = evaluate_all(
        [one for one in targets if one.pk not in whole],
        period,
        on=on,
        within=granted,
        standing_on=standing_on,
    )
    found = {one.target.pk: one for one in [*full, *part]}
    return [Seen(found[target.pk], target.pk in whole) for target in targets]


def records_behind(
    target: Target,
    unit_id: int,
    period: Period,
    *,
    on: date | None = None,
    standing_on: date | None = None,
) -> list[RuleRecords]:
    """The records behind each rule's count of one unit in the parts counted, in the order of the rules."""
    day = on or clock.today()
    asked = standing.asked_parts(
        period, Every(target.every), target.valid_from, target.valid_to, day=day
    )
    units = [unit_id, *_taken_in([unit_id], asked, standing_on or asked.as_of).before]
    return [
        RuleRecords(rule.counter, rule.minimum, _records(rule.counter, units, asked.counted))
        for rule in target.rules.all()
    ]


def _records(counter: str, units: list[int], parts: Sequence[Period]) -> list[CountedRecord]:
    """Parts of a period follow one another, so one span asks for them all."""
    if not parts:
        return []
    found = counting.named(counter).records(units, Period.spanning(parts))
    return sorted(found, key=lambda record: (record.day, record.pk))


@dataclass(frozen=True, slots=True)
class _Population:
    """Who is asked, and whose records count for whom beside their own: {unit that does not stand: for which}."""

    units: list[int]
    before: dict[int, int] = field(default_factory=dict)
    divided: set[int] = field(default_factory=set)


def _populations(
    targets: list[Target],
    asked: list[standing.Asked],
    within: QuerySet[Any, Any] | None,
    standing_on: date | None,
) -> list[_Population]:
    known: dict[tuple[Any, ...], _Population] = {}
    found = []
    for target, one in zip(targets, asked, strict=True):
        day = standing_on or one.as_of
        span = (one.counted[0].first, one.counted[-1].last) if one.counted else ()
        asks = (target.unit_id, target.population_kind, target.of_figure)
        key = (*asks, *target.population_levels, day, *span)
        if key not in known:
            units = _population(target, day, within)
            known[key] = _Population(units) if target.of_figure else _taken_in(units, one, day)
        found.append(known[key])
    return found


def _taken_in(units: list[int], asked: standing.Asked, day: date) -> _Population:
    """The units asked with those whose records of the parts counted pass to them on the day of the population."""
    if not units or not asked.counted:
        return _Population(units)
    span = Period.spanning(asked.counted)
    kin = counted_for(units, on=day, since=span.first, until=span.last)
    return _Population(
        units,
        {unit: kin[unit].unit_id for unit in sorted(kin)},
        {one.unit_id for one in kin.values() if not one.whole},
    )


def _population(target: Target, day: date, within: QuerySet[Any, Any] | None) -> list[int]:
    """Who is asked. Of the figure of a place that is the place, if the reader may see it."""
    if target.of_place:
        seen = within is None or within.filter(unit_id=target.unit_id).exists()
        return [target.unit_id] if seen else []
    if not target.population_kind and not target.of_figure:
        return []
    units = population(target.population_kind, target.population_levels, target.unit_id, on=day)
    if within is not None:
        units = units.filter(unit_id__in=within)
    return sorted(units)


def _tallies(
    targets: list[Target], asked: list[standing.Asked], populations: list[_Population]
) -> dict[str, dict[tuple[int, Period], int]]:
    """The counts of every counter asked for, over all units and parts that any target asks of it."""
    units: dict[str, set[int]] = defaultdict(set)
    parts: dict[str, set[Period]] = defaultdict(set)
    for target, one, people in zip(targets, asked, populations, strict=True):
        for rule in target.rules.all():
            units[rule.counter].update(people.units, people.before)
            parts[rule.counter].update(one.counted)
    return {
        key: counting.named(key).tally(sorted(units[key]), sorted(parts[key]))
        for key in sorted(units)
        if units[key] and parts[key]
    }


def _evaluated(
    target: Target,
    period: Period,
    asked: standing.Asked,
    people: _Population,
    tallies: dict[str, dict[tuple[int, Period], int]],
    standing_on: date | None,
) -> Evaluation:
    units = people.units
    if target.quality == Quality.QUALITATIVE:
        return Evaluation(
            target=target,
            period=period,
            as_of=asked.as_of,
            counted=False,
            population=units,
            met=[],
            missing=[],
            numerator=0,
            denominator=0,
            standing=Standing.NOT_ASSESSABLE,
            parts=asked.counted,
            ended=asked.ended,
            standing_on=standing_on,
        )
    rules = list(target.rules.all())
    before: dict[int, list[int]] = {}
    for unit, heir in people.before.items():
        before.setdefault(heir, []).append(unit)
    counts = {
        unit: [
            [
                sum(
                    tallies[rule.counter].get((one, part), 0)
                    for one in (unit, *before.get(unit, ()))
                )
                for part in asked.counted
            ]
            for rule in rules
        ]
        for unit in units
    }  # by unit, rule and part
    per_rule = {unit: [sum(parts) for parts in of_rules] for unit, of_rules in counts.items()}
    lacking = {
        unit: lacks
        for unit, of_rules in counts.items()
        if (lacks := _lacks(rules, asked.counted, of_rules))
    }
    missing = [unit for unit in units if unit in lacking or not asked.counted]
    met = [unit for unit in units if unit not in lacking and asked.counted]
    judged = standing.judge(len(met), len(units), target.share, target.comparator, asked)
    return Evaluation(
        target=target,
        period=period,
        as_of=asked.as_of,
        counted=True,
        population=units,
        met=met,
        missing=missing,
        numerator=len(met),
        denominator=len(units),
        standing=judged,
        parts=asked.counted,
        ended=asked.ended,
        per_rule=per_rule,
        lacking=lacking,
        standing_on=standing_on,
        before=before,
        divided=people.divided,
    )


def _lacks(rules: Collection[Any], parts: Sequence[Period], counts: list[list[int]]) -> list[Lack]:
    """What one unit lacks, from its counts by rule and part."""
    return [
        Lack(place, part, count, rule.minimum)
        for place, (rule, of_parts) in enumerate(zip(rules, counts, strict=True))
        for part, count in zip(parts, of_parts, strict=True)
        if count < rule.minimum
    ]
