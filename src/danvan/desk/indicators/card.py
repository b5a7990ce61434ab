"""The card of an indicator: what it means and meant, what uses it, and its latest figures at the reader's own place."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from danvan.desk.board.scope import Scope, scope_of
from danvan.desk.board.trend import Trend, read_trend
from danvan.desk.indicators.steps import StepLine, StepsPage, read_steps
from danvan.desk.indicators.wording import Piece, got, parts_named, pieces, ways_up
from danvan.desk.numbers.wording import number_url
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import (
    Offer,
    allowed_targets,
    is_derived,
    names_of,
    persons_counted,
    scales_of,
    uses_of,
    values_given_under,
    versions_for,
    versions_told,
)
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.reporting.selectors import allowed_forms, forms_asking, units_owing

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Indicator, IndicatorVersion, ScaleStep, Target
    from danvan.reporting.models import FormItem

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Meaning:
    """One version in words."""

    version: "IndicatorVersion"
    ways_up: str
    got: str
    formula: list[Piece]
    steps: list["ScaleStep"]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of a form that asks the indicator; `readable` where the reader may open the form's months."""

    item: "FormItem"
    readable: bool


@dataclass(frozen=True, slots=True)
class Built:
    """An indicator that is built on this one, or a part of it."""

    indicator: "Indicator"
    name: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of the units that owe the figure of a month under a place, how many gave it."""

    month: Period
    owed: int
    given: int
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """All of it."""

    indicator: "Indicator"
    now: Meaning
    versions: list[Meaning]
    ended: bool
    owner: str
    whole: Built | None
    parts: list[Built]
    built: list[Built]
    asking: list[Asking]
    targets: list["Target"]
    other_targets: int
    scope: Scope | None
    trend: Trend | None = None
    steps: StepsPage | None = None
    step_months: list[StepLine] = field(default_factory=list)
    completeness: Completeness | None = None
    persons: Offer | None = None  # of this year so far
    year: Period | None = None

    @property
    def version(self) -> "IndicatorVersion":
        """What it means on the day."""
        return self.now.version

    @property
    def qualitative(self) -> bool:
        """Whether it is answered by steps."""
        return self.version.kind == MeasureKind.QUALITATIVE


def read_card(user: "User", indicator: "Indicator", *, on: date, reading: Reading = THEN) -> Card:
    """The card on a day. A constant number of queries, beside those of the trend."""
    versions = versions_told(indicator.pk)
    current = versions_for([indicator.pk], on)[indicator.pk]
    scales = scales_of(one.pk for one in versions)
    known = names_of({code for one in versions for code in parts_named(one)}, on=on)
    meanings = [
        Meaning(
            one,
            ways_up(one),
            got(one),
            pieces(one.formula, known) if one.formula is not None else [],
            scales.get(one.pk, []),
        )
        for one in versions
    ]
    used = uses_of(indicator, on=on)
    items = forms_asking(indicator.pk, on=on)
    readable = set(
        allowed_forms(user, "submissions.view")
        .filter(pk__in=[one.section.form_id for one in items])
        .values_list("pk", flat=True)
    )
    seen = set(
        allowed_targets(user, "targets.view")
        .filter(pk__in=[one.pk for one in used.targets])
        .values_list("pk", flat=True)
    )
    near = versions_for([*(one.pk for one in used.parts), *filter(None, [indicator.whole_id])], on)
    scope = scope_of(user, reading=reading, until=on)
    card = Card(
        indicator=indicator,
        now=next(one for one in meanings if one.version.pk == current.pk),
        versions=meanings,
        ended=current.valid_to is not None and current.valid_to <= on,
        owner=last_names([indicator.owner_id], on).get(indicator.owner_id, "")
        if indicator.owner_id
        else "",
        whole=_built(near.get(indicator.whole_id or 0)),
        parts=[one for part in used.parts if (one := _built(near.get(part.pk)))],
        built=[Built(one.indicator, one.name) for one in used.built],
        asking=[Asking(one, one.section.form_id in readable) for one in items],
        targets=[one for one in used.targets if one.pk in seen],
        other_targets=sum(one.pk not in seen for one in used.targets),
        scope=scope,
    )
    if scope is None or not scope.whole or not scope.has_figures:
        return card
    return _with_figures(card, scope, on)


def _with_figures(card: Card, scope: Scope, on: date) -> Card:
    """The card with the latest figures at the reader's place."""
    if card.qualitative:
        month = last_months(on)[-1]
        page, months = read_steps(card.indicator, scope, last_months(on), month)
        return replace(card, steps=page, step_months=months)
    trend = read_trend(scope, card.version, on)
    year = Period.containing(on, Every.YEAR)
    persons = None
    if scope.reading.on is None:
        persons = persons_counted(card.version, scope.place_id, year)
    done = _completeness(card, scope, on)
    return replace(card, trend=trend, completeness=done, persons=persons, year=year)


def last_months(on: date) -> list[Period]:
    """The twelve months that are over on a day, the latest last."""
    found: list[Period] = []
    first = on.replace(day=1)
    while len(found) < MONTHS:
        before = Period.containing(date.fromordinal(first.toordinal() - 1), Every.MONTH)
        found.append(before)
        first = before.first
    return found[::-1]


def _completeness(card: Card, scope: Scope, on: date) -> Completeness | None:
    """Of the last month that is over; None where nobody owes it, or it is worked out."""
    if is_derived(card.version):
        return None
    month = last_months(on)[-1]
    owing = units_owing(card.indicator.pk, [month.first]).get(month.first, set())
    within = set(scope.within_then.filter(unit_id__in=owing).values_list("unit_id", flat=True))
    if not within:
        return None
    given = values_given_under(card.indicator.pk, within, month)
    url = number_url(card.indicator.code, scope.place_id, month, reading=scope.reading)
    return Completeness(month, len(within), given, url)


def _built(version: "IndicatorVersion | None") -> Built | None:
    return None if version is None else Built(version.indicator, version.name)
