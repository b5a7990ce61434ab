"""Reads of targets: which there are, how each stands, and the records behind every count."""

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
from danvan.indicators.enums import Quality, Standing
from danvan.indicators.models import Target, TargetQuerySet
from danvan.organisations.selectors import in_force, population
from danvan.organisations.selectors.following import counted_for

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Lack:
    """What one unit lacks of one rule in one part of the period."""

    rule: int  # its place among the target's rules
    part: Period
    count: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a target stands in a period: who is asked, who fulfils it, who does not, as counted from records.

    `numerator` of `denominator` units fulfil every rule in every part counted. `per_rule` gives, by unit,
    the count of each rule over the parts counted; `lacking` says what each missing unit lacks. `before` gives,
    by unit, those that do not stand on the day and whose records count for it (see `counted_for`); `divided`
    the units for which such a one counts whole although a part of it went elsewhere. A qualitative target has
    no numbers: `counted` is False and the numbers are 0.
    """

    target: Target
    period: Period
    as_of: date
    counted: bool
    population: list[int]
    met: list[int]
    missing: list[int]
    numerator: int
    denominator: int
    standing: Standing
    parts: tuple[Period, ...] = ()  # the parts counted
    ended: bool = False
    per_rule: dict[int, list[int]] = field(default_factory=dict)
    lacking: dict[int, list[Lack]] = field(default_factory=dict)
    standing_on: date | None = (
        None  # the day whose units are the population, where that is not `as_of`
    )
    before: dict[int, list[int]] = field(default_factory=dict)
    divided: set[int] = field(default_factory=set)

    @property
    def counted_units(self) -> list[int]:
        """All whose records count: the population, and those whose records count for one of it."""
        return [*self.population, *(unit for kin in self.before.values() for unit in kin)]

    @property
    def population_day(self) -> date:
        """The day on which the population stood."""
        return self.standing_on or self.as_of

    @property
    def standing_label(self) -> str:
        """The word for the standing; a target that was missed when its period ended is "Không đạt"."""
        if self.standing == Standing.AT_RISK and self.ended:
            return "Không đạt"
        return str(self.standing.label)


@dataclass(frozen=True, slots=True)
class RuleRecords:
    """The records behind one rule's count of one unit."""

    counter: str
    minimum: int
    records: list[CountedRecord]


@dataclass(frozen=True, slots=True)
class Seen:
    """An evaluation as one reader may read it; `whole` where that is all of the population."""

    evaluation: Evaluation
    whole: bool


def allowed_targets(user: "User", action: str) -> TargetQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Target.objects.allowed(user, action).select_related("unit").prefetch_related("rules")


def targets_for_units(units: QuerySet[Any, Any], *, on: date) -> TargetQuerySet:
    """Targets that ask something of any of `units` (a queryset of ids) on one day."""
    return Target.objects.asking(units, on=on)


def targets_on(unit_id: int, day: date) -> TargetQuerySet:
    """The targets set for a place that are in force on a day, with their rules."""
    return Target.objects.filter(in_force(day), unit_id=unit_id).prefetch_related("rules")


def targets_in(targets: TargetQuerySet, period: Period) -> TargetQuerySet:
    """Those of `targets` that are in force on some day of the period."""
    return targets.begun_before(period.end).not_ended_by(period.first)


def targets_of(unit_id: int, period: Period) -> TargetQuerySet:
    """Targets set for a place that are in force on some day of the period, with their rules."""
    set_there = Target.objects.filter(unit_id=unit_id).prefetch_related("rules")
    return targets_in(set_there, period)


def targets_from(source_kind: str, source_id: int) -> TargetQuerySet:
    """Targets set from one source (e.g. documents.document and its id), with their rules."""
    taken = Target.objects.filter(source_kind=source_kind, source_id=source_id)
    return taken.prefetch_related("rules")


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
    day = on or clock.today()
    asked = [
        standing.asked_parts(period, Every(t.every), t.valid_from, t.valid_to, day=day)
        for t in targets
    ]
    populations = _populations(targets, asked, within, standing_on)
    tallies = _tallies(targets, asked, populations)
    return [
        _evaluated(target, period, one, people, tallies, standing_on)
        for target, one, people in zip(targets, asked, populations, strict=True)
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
        key = (target.unit_id, target.population_kind, *target.population_levels, day, *span)
        if key not in known:
            known[key] = _taken_in(_population(target, day, within), one, day)
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
    if not target.population_kind:
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
