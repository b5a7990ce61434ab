"""The leader's page of targets, put together: one line a target, the worst first."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from danvan.desk.targets.sources import source_urls
from danvan.desk.targets.wording import (
    WORST_FIRST,
    State,
    asked_in_words,
    percentage_of,
    state_of,
)
from danvan.foundation import clock
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Standing
from danvan.indicators.selectors import (
    Evaluation,
    Seen,
    allowed_targets,
    amount_words,
    evaluate_all,
    evaluations_for,
    mark_words,
    targets_for_units,
    targets_in,
)
from danvan.organisations.selectors import UnitOnDay, names_on, units_on
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from danvan.accounts.models import User
    from danvan.indicators.models import Target

NAMED = 3  # of the missing, by the place they stand in
MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One target on the board."""

    target: "Target"
    seen: Seen
    state: State
    asked_of: str
    missing: str  # "Keng Đu, Mỹ Lý và 31 nơi khác"
    source_url: str  # empty where the reader may not open the document

    @property
    def evaluation(self) -> Evaluation:
        """How the target stands."""
        return self.seen.evaluation

    @property
    def percentage(self) -> str:
        """The share of the population, to stand beside its numerator and denominator."""
        return percentage_of(self.evaluation)

    @property
    def have(self) -> str:
        """What there is of the place's own figure."""
        mark = self.evaluation.mark
        return "" if mark is None or mark.have is None else amount_words(mark.version, mark.have)

    @property
    def behind(self) -> bool:
        """The place's own figure is known, and not where it should be by now."""
        return bool(self.evaluation.mark and self.evaluation.mark.behind)

    @property
    def why(self) -> str:
        """Why a place's own figure stands as it does, in one sentence."""
        return mark_words(mark) if (mark := self.evaluation.mark) else ""


@dataclass(frozen=True, slots=True)
class Board:
    """All targets of a reader in a period."""

    period: Period
    as_of: date
    lines: list[Line]
    reading: Reading = THEN

    @property
    def at_risk(self) -> int:
        """How many are at risk, or were missed."""
        return sum(line.evaluation.standing == Standing.AT_RISK for line in self.lines)

    @property
    def counted(self) -> int:
        """How many stand by numbers and are not judged from evidence."""
        return sum(line.evaluation.judged for line in self.lines)

    @property
    def by_evidence(self) -> int:
        """How many are judged from evidence alone."""
        return len(self.lines) - self.counted

    @property
    def population_day(self) -> date:
        """The day whose units the targets ask."""
        return self.reading.on or self.as_of

    @property
    def nobody_asked(self) -> bool:
        """None of the counted targets found anybody to ask in the register of that day."""
        counted = [line.evaluation for line in self.lines if line.evaluation.counted]
        return bool(counted) and not any(one.denominator for one in counted)

    @property
    def ended(self) -> bool:
        """The period is over."""
        return clock.today() > self.period.last

    @property
    def partial(self) -> bool:
        """Some lines show only a part of the population: the reader's own units."""
        return any(not line.seen.whole for line in self.lines)


def read_board(
    user: "User",
    period: Period,
    *,
    within: "QuerySet[Any, Any] | None" = None,
    reading: Reading = THEN,
) -> Board:
    """Every target `user` may see that is in force in `period`; queries grow only with distinct rules.

    Whom a target asks is those who stood on the day of the reading; as it was then, on the dated day. `within`
    (a queryset of ids out of the reader's own) keeps to what is asked of those units.
    """
    allowed = allowed_targets(user, "targets.view")
    if within is None:
        targets = list(targets_in(allowed, period))
        seen = evaluations_for(user, targets, period, standing_on=reading.on)
    else:
        asking = targets_for_units(within, on=reading.on or min(clock.today(), period.last))
        targets = list(targets_in(allowed.filter(pk__in=asking.values("pk")), period))
        asked = evaluate_all(targets, period, within=within, standing_on=reading.on)
        seen = [Seen(one, whole=False) for one in asked]
    found = [one.evaluation for one in seen]
    units = _population_by_day(found)
    missing = _missing_in_words(found, units)
    urls = source_urls(user, targets)
    lines = [
        Line(
            target=one.evaluation.target,
            seen=one,
            state=state_of(one.evaluation),
            asked_of=asked_in_words(one.evaluation, _units_of(one.evaluation, units)),
            missing=words,
            source_url=urls[one.evaluation.target.pk],
        )
        for one, words in zip(seen, missing, strict=True)
    ]
    lines.sort(
        key=lambda line: (WORST_FIRST[line.evaluation.standing], _fulfilled(line), line.target.pk)
    )
    return Board(period, min(clock.today(), period.last), lines, reading)


def choosable_years(user: "User", period: Period) -> list[Period]:
    """The years in which the reader has targets, the latest first, and the year of the period shown."""
    today = clock.today()
    begun = allowed_targets(user, "targets.view").order_by("valid_from").first()
    first = max(begun.valid_from.year if begun else today.year, today.year - MOST_YEARS + 1)
    years = {*range(first, today.year + 1), period.first.year}
    return [Period.starting(date(year, 1, 1), Every.YEAR) for year in sorted(years)]


def parts_of_year(period: Period) -> list[Period]:
    """The halves and quarters of the year shown that have begun: shorter looks at the same targets."""
    year = Period.containing(period.first, Every.YEAR)
    parts = [*year.parts(Every.QUARTER), *year.parts(Every.HALF)]
    return [part for part in parts if part.first <= clock.today()]


def _fulfilled(line: Line) -> Fraction:
    found = line.evaluation
    return Fraction(found.numerator, found.denominator) if found.denominator else Fraction(0)


def _population_by_day(evaluations: list[Evaluation]) -> dict[date, dict[int, UnitOnDay]]:
    """Every unit asked, as it was on the day it was asked; one query a distinct day."""
    asked: dict[date, set[int]] = {}
    for one in evaluations:
        asked.setdefault(one.population_day, set()).update(one.population)
    return {day: units_on(pks, day) for day, pks in asked.items()}


def _units_of(evaluation: Evaluation, units: dict[date, dict[int, UnitOnDay]]) -> list[UnitOnDay]:
    known = units[evaluation.population_day]
    return [known[pk] for pk in evaluation.population if pk in known]


def _missing_in_words(
    evaluations: list[Evaluation], units: dict[date, dict[int, UnitOnDay]]
) -> list[str]:
    """The first few of the missing by the names of their places; one query a distinct day."""
    places: dict[date, dict[int, str]] = {}
    for day in units:
        wanted = {pk for one in evaluations if one.population_day == day for pk in one.missing}
        known = units[day]
        above = {pk: at for pk in wanted if pk in known and (at := known[pk].place_id or pk)}
        names = names_on(set(above.values()), day)
        places[day] = {pk: _bare(names.get(place, "")) for pk, place in above.items()}
    return [_named(one, places.get(one.population_day, {})) for one in evaluations]


def _named(evaluation: Evaluation, places: dict[int, str]) -> str:
    names = sorted({places[pk] for pk in evaluation.missing if places.get(pk)}, key=sort_key)
    if not names:
        return ""
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return f"{shown} và {more} nơi khác" if more > 0 else shown


def _bare(name: str) -> str:
    """The name of a place without its type word: `Keng Đu` for `Xã Keng Đu`."""
    for word in ("Xã ", "Phường ", "Đặc khu ", "Thị trấn ", "Tỉnh ", "Thành phố ", "Huyện "):
        if name.startswith((word, word.lower())):
            return name[len(word) :]
    return name
