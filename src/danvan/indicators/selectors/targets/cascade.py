"""How a target of a place is divided among the places below, and which of them put it into their plans."""

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
from danvan.organisations.selectors.following import counted_for


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


def division_on(target: Target, day: date) -> TargetDivision | None:
    """How a target is divided on a day; None where it is not."""
    found = target.divisions.filter(valid_from__lte=day).order_by("-valid_from")
    return found.prefetch_related("shares").first()


def cascade_of(target: Target, *, on: date) -> Cascade | None:
    """The division of a target on a day, unit by unit of that day; None where it is not divided.

    The share of a unit that has ended counts, whole and once, for the one that took over its largest part
    (`counted_for`), so the sum stays what was divided. A constant number of queries.
    """
    division = division_on(target, on)
    if division is None:
        return None
    shares = list(division.shares.all())
    given = {one.unit_id: one for one in shares}
    levels = {row.level for row in units_on(given, division.valid_from).values()}
    there = set(population("", sorted(levels), target.unit_id, on=on))
    kin = counted_for(sorted(there), on=on, since=division.valid_from, until=on)
    taken: dict[int, list[TargetShare]] = {}
    lost, divided = [], set()
    for one in shares:
        to = one.unit_id if one.unit_id in there else None
        if to is None and one.unit_id in kin:
            to = kin[one.unit_id].unit_id
            divided |= set() if kin[one.unit_id].whole else {to}
        if to is None:
            lost.append(one)
        else:
            taken.setdefault(to, []).append(one)
    covering, refusals = _answers(target, sorted(taken), on)
    lines = [
        CascadeLine(
            unit_id=unit,
            amount=sum((one.amount for one in held), Decimal(0)),
            before=sorted(one.unit_id for one in held if one.unit_id != unit),
            divided=unit in divided,
            covering=covering.get(unit),
            refusal=refusals.get(unit),
        )
        for unit, held in sorted(taken.items())
    ]
    return Cascade(division, lines, lost)


def _answers(
    target: Target, units: list[int], on: date
) -> tuple[dict[int, Target], dict[int, TargetRefusal]]:
    """By unit, the target that covers any version of this one on a day, and the last reason given by then."""
    covers = Target.objects.filter(
        in_force(on),
        Q(covers_id=target.root_id) | Q(covers__first_version_id=target.root_id),
        unit_id__in=units,
    )
    refused = TargetRefusal.objects.filter(
        Q(target_id=target.root_id) | Q(target__first_version_id=target.root_id),
        unit_id__in=units,
        made_on__lte=on,
    )
    return {one.unit_id: one for one in covers}, {one.unit_id: one for one in refused}
