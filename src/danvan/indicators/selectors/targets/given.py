"""What units are given of divided targets: told when a target is divided, and shown until they answer."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from danvan.indicators.models import Target, TargetDivision, TargetRefusal, TargetShare
from danvan.organisations.selectors import in_force
from danvan.organisations.selectors.following import counted_for


@dataclass(frozen=True, slots=True)
class ToldShare:
    """What a unit is given by a division, and what it was given by the one before; None where it is given nothing."""

    unit_id: int
    amount: Decimal | None
    before: Decimal | None


@dataclass(frozen=True, slots=True)
class ToldDivision:
    """A division with the shares that are not as they were before it."""

    division: TargetDivision
    shares: list[ToldShare]


def division_told(division_id: int) -> ToldDivision | None:
    """A division as whoever it concerns is told of it; None where the target is no more. Three queries."""
    division = TargetDivision.objects.select_related("target").filter(pk=division_id).first()
    if division is None:
        return None
    earlier = TargetDivision.objects.filter(
        target_id=division.target_id, valid_from__lt=division.valid_from
    )
    last = earlier.order_by("-valid_from").first()
    shares = TargetShare.objects.filter(
        division_id__in=[one.pk for one in (division, last) if one is not None]
    )
    now: dict[int, Decimal] = {}
    before: dict[int, Decimal] = {}
    for one in shares:
        (now if one.division_id == division.pk else before)[one.unit_id] = one.amount
    return ToldDivision(
        division,
        [
            ToldShare(unit, now.get(unit), before.get(unit))
            for unit in sorted(now.keys() | before.keys())
            if now.get(unit) != before.get(unit)
        ],
    )


@dataclass(frozen=True, slots=True)
class ShareUnanswered:
    """What a unit is given of a target on a day, with the shares of ended units that count for it."""

    target: Target
    unit_id: int
    amount: Decimal
    since: date


def shares_unanswered(unit_ids: Collection[int], *, on: date) -> list[ShareUnanswered]:
    """What these units are given on a day and neither put into their plans nor declined, the newest first.

    A constant number of queries.
    """
    later = TargetDivision.objects.filter(
        target_id=OuterRef("target_id"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=on
    )
    standing = TargetDivision.objects.filter(
        ~Exists(later), valid_from__lte=on, target__in=Target.objects.filter(in_force(on))
    )
    first = standing.order_by("valid_from").values_list("valid_from", flat=True).first()
    if first is None:
        return []
    own = set(unit_ids)
    kin = {
        ended: to.unit_id
        for ended, to in counted_for(sorted(own), on=on, since=first, until=on).items()
        if ended not in own
    }
    shares = TargetShare.objects.filter(division__in=standing, unit_id__in=own | kin.keys())
    found: dict[tuple[int, int], list[TargetShare]] = defaultdict(list)
    for one in shares.select_related("division__target"):
        found[one.division.target_id, kin.get(one.unit_id, one.unit_id)].append(one)
    answered = _answered({held[0].division.target.root_id for held in found.values()}, own, on)
    waiting = [
        ShareUnanswered(
            held[0].division.target,
            unit,
            sum((one.amount for one in held), Decimal(0)),
            held[0].division.valid_from,
        )
        for (_, unit), held in found.items()
        if (held[0].division.target.root_id, unit) not in answered
    ]
    return sorted(waiting, key=lambda one: (-one.since.toordinal(), one.target.pk, one.unit_id))


def _answered(roots: Collection[int], unit_ids: Collection[int], on: date) -> set[tuple[int, int]]:
    """By the first version of a target: the units that cover it, or said why not."""
    covers = Target.objects.filter(
        in_force(on),
        Q(covers_id__in=roots) | Q(covers__first_version_id__in=roots),
        unit_id__in=unit_ids,
    ).select_related("covers")
    refusals = TargetRefusal.objects.filter(
        Q(target_id__in=roots) | Q(target__first_version_id__in=roots),
        unit_id__in=unit_ids,
        made_on__lte=on,
    ).select_related("target")
    found = {(one.covers.root_id, one.unit_id) for one in covers if one.covers}
    return found | {(one.target.root_id, one.unit_id) for one in refusals}
