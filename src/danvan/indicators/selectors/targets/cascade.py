"""How a target of a place is divided among the places below, and which of them put it into their plans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q

from danvan.indicators.enums import Aim, ChangeBy, MeasureKind
from danvan.indicators.models import (
    IndicatorVersion,
    Target,
    TargetDivision,
    TargetRefusal,
    TargetShare,
)
from danvan.organisations.selectors import in_force, population, units_on
from danvan.organisations.selectors.following import CountedFor, counted_for


class Answer(StrEnum):
    """What a unit did with its share."""

    COVERS = "covers"
    REFUSED = "refused"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class CascadeLine:
    """One unit that stands on the day: its share, with those of the units before it, and its answer."""

    unit_id: int
    amount: Decimal
    before: list[int] = field(default_factory=list)  # ended units whose shares it has
    divided: bool = False  # one of those went elsewhere in part, and counts here whole
    covering: Target | None = None
    refusal: TargetRefusal | None = None

    @property
    def answer(self) -> Answer:
        """A target of its own covers it, whatever was said before."""
        if self.covering:
            return Answer.COVERS
        return Answer.REFUSED if self.refusal else Answer.SILENT


@dataclass(frozen=True, slots=True)
class Cascade:
    """The division in force on a day. `lost` are shares of ended units that nobody like them took over."""

    division: TargetDivision
    lines: list[CascadeLine]
    lost: list[TargetShare]

    @property
    def total(self) -> Decimal:
        """The sum of all shares and the reserve: what was divided."""
        given = sum((one.amount for one in self.lines), Decimal(0))
        return given + sum((one.amount for one in self.lost), Decimal(0)) + self.division.reserve

    def answering(self, answer: str) -> list[CascadeLine]:
        """The units with this answer."""
        return [one for one in self.lines if one.answer == answer]

    def line_of(self, unit_id: int) -> CascadeLine | None:
        """The line of one unit; None where it has no share."""
        return next((one for one in self.lines if one.unit_id == unit_id), None)


def is_divisible(target: Target, version: IndicatorVersion) -> bool:
    """An amount that parts can add up to: no share of a whole, no percentage, no path."""
    if not target.of_place or version.kind == MeasureKind.RATIO:
        return False
    if target.aim == Aim.CHANGE:
        return target.change_by == ChangeBy.AMOUNT
    return target.aim == Aim.THRESHOLD


def cascade_of(target: Target, *, on: date) -> Cascade | None:
    """The division of a target on a day, unit by unit of that day; None where it is not divided.

    The share of a unit that has ended counts, whole and once, for the one that took over its largest part
    (`counted_for`), so the sum stays what was divided. A constant number of queries.
    """
    return cascades_of([target], on=on).get(target.pk)


def cascades_of(targets: Sequence[Target], *, on: date) -> dict[int, Cascade]:
    """The divisions of several targets on a day, by target; what is not divided is left out.

    As many queries for many as for one, where they were divided on one day for one place.
    """
    rows = TargetDivision.objects.filter(target__in=targets, valid_from__lte=on)
    latest = {one.target_id: one for one in rows.order_by("valid_from").prefetch_related("shares")}
    divided = [(one, latest[one.pk]) for one in targets if one.pk in latest]
    heirs: dict[tuple[int, date, frozenset[int]], _Kin] = {}
    taking = []
    for target, division in divided:
        given = frozenset(one.unit_id for one in division.shares.all())
        key = (target.unit_id, division.valid_from, given)
        if key not in heirs:
            heirs[key] = _kin(target.unit_id, division.valid_from, given, on)
        taking.append((target, division, heirs[key]))
    answers = _answers([target for target, _ in divided], on)
    return {target.pk: _cascade(target, division, kin, answers) for target, division, kin in taking}


# Who stands there on the day, and for whom of them the records of those that have ended count.
_Kin = tuple[set[int], dict[int, CountedFor]]
# By the first version of a target and a unit: the target that covers it, the last reason given.
_Answers = tuple[dict[tuple[int, int], Target], dict[tuple[int, int], TargetRefusal]]


def _kin(place_id: int, since: date, given: Collection[int], on: date) -> _Kin:
    levels = {row.level for row in units_on(given, since).values()}
    there = set(population("", sorted(levels), place_id, on=on))
    return there, counted_for(sorted(there), on=on, since=since, until=on)


def _cascade(target: Target, division: TargetDivision, kin: _Kin, answers: _Answers) -> Cascade:
    there, heirs = kin
    covering, refusals = answers
    taken: dict[int, list[TargetShare]] = {}
    lost, divided = [], set()
    for one in division.shares.all():
        to = one.unit_id if one.unit_id in there else None
        if to is None and one.unit_id in heirs:
            to = heirs[one.unit_id].unit_id
            divided |= set() if heirs[one.unit_id].whole else {to}
        if to is None:
            lost.append(one)
        else:
            taken.setdefault(to, []).append(one)
    lines = [
        CascadeLine(
            unit_id=unit,
            amount=sum((one.amount for one in held), Decimal(0)),
            before=sorted(one.unit_id for one in held if one.unit_id != unit),
            divided=unit in divided,
            covering=covering.get((target.root_id, unit)),
            refusal=refusals.get((target.root_id, unit)),
        )
        for unit, held in sorted(taken.items())
    ]
    return Cascade(division, lines, lost)


def _answers(targets: Sequence[Target], on: date) -> _Answers:
    """The targets in force that cover any version of these, and the last reasons given by the day. Two queries."""
    roots = {one.root_id for one in targets}
    covers = Target.objects.filter(
        in_force(on), Q(covers_id__in=roots) | Q(covers__first_version_id__in=roots)
    ).select_related("covers")
    refused = TargetRefusal.objects.filter(
        Q(target_id__in=roots) | Q(target__first_version_id__in=roots), made_on__lte=on
    ).select_related("target")
    return (
        {(one.covers.root_id, one.unit_id): one for one in covers if one.covers},
        {(one.target.root_id, one.unit_id): one for one in refused},
    )
