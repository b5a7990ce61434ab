"""What units carried on a day: symbols, seals, terms of committees, conditions, links."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.enums import FlagKind, Follows, Kind, Line, LinkKind
from danvan.organisations.models import (
    CommitteeTerm,
    Reach,
    UnitFlag,
    UnitLink,
    UnitMark,
    UnitVersion,
)
from danvan.organisations.selectors.days import in_force, last_names


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it is seen from a unit: the other one, and in words what it is to this one."""

    id: int
    other_id: int
    other_name: str
    kind: str
    words: str
    decision: str
    valid_from: date
    valid_to: date | None
    own: bool  # recorded at this unit, not at the other one


# What a link says of the unit that recorded it, and of the other one.
_WORDS: dict[str, tuple[str, str]] = {
    LinkKind.ADVISES: ("Tham mưu cho", "Được tham mưu bởi"),
    LinkKind.COORDINATES: ("Phối hợp với", "Phối hợp với"),
    LinkKind.SERVES: ("Phục vụ chung", "Được phục vụ bởi"),
}


def _held(day: date) -> Q:
    """The row applied on a day on which its unit stood: what an ended unit carried ended with it."""
    return in_force(day) & (Q(unit__ended_on=None) | Q(unit__ended_on__gt=day))


def marks_of(unit_id: int) -> QuerySet[UnitMark]:
    """Every symbol and seal of a unit, the last first."""
    return UnitMark.objects.filter(unit_id=unit_id).order_by("kind", "-valid_from")


def terms_of(unit_id: int) -> QuerySet[CommitteeTerm]:
    """Every term of a committee, the last first."""
    return CommitteeTerm.objects.filter(unit_id=unit_id).order_by("-valid_from")


def flags_of(place_id: int) -> QuerySet[UnitFlag]:
    """Every condition of a place, the last first."""
    return UnitFlag.objects.filter(unit_id=place_id).order_by("-valid_from", "kind")


def term_on(unit_ids: Collection[int], day: date) -> dict[int, CommitteeTerm]:
    """The terms in which these committees were on a day, by unit; one without is left out. One query."""
    found = CommitteeTerm.objects.filter(_held(day), unit_id__in=unit_ids)
    return {term.unit_id: term for term in found}


def numbering_term(unit_id: int, day: date) -> CommitteeTerm | None:
    """The term in whose series an organisation of the Party numbers its papers on a day.

    That of the committee itself, or of the committee that an advisory board stands beside. None for others, and
    where no term is on record. At most three queries.
    """
    unit = UnitVersion.objects.filter(in_force(day), unit_id=unit_id, line=Line.PARTY).first()
    if unit is None:
        return None
    committees = [unit_id]
    if unit.kind == Kind.ADVISORY_BOARD:
        beside = UnitVersion.objects.filter(
            in_force(day), kind=Kind.PARTY_COMMITTEE, place_id=unit.place_id
        )
        committees += beside.values_list("unit_id", flat=True)
    terms = term_on(committees, day)
    return next((terms[one] for one in committees if one in terms), None)


def flags_on(place_ids: Iterable[int], day: date) -> dict[int, list[UnitFlag]]:
    """The conditions of these places on a day, by place, in the order of the kinds. One query."""
    found: dict[int, list[UnitFlag]] = {}
    for flag in UnitFlag.objects.filter(_held(day), unit_id__in=list(place_ids)):
        found.setdefault(flag.unit_id, []).append(flag)
    for flags in found.values():
        flags.sort(key=lambda flag: FlagKind.values.index(flag.kind))
    return found


def flagged(kind: str, day: date) -> QuerySet[Any, Any]:
    """Ids of the places under a condition on a day. Lazy: becomes part of the caller's query."""
    return UnitFlag.objects.filter(_held(day), kind=kind).values("unit_id")


def flagged_under(top_id: int, kind: str, day: date) -> QuerySet[UnitVersion]:
    """What the places under a condition at or below a place were on a day. Lazy."""
    below = Reach.objects.filter(in_force(day), top_id=top_id, follows=Follows.PLACE)
    return UnitVersion.objects.filter(
        in_force(day), unit_id__in=below.values("unit_id"), kind=""
    ).filter(unit_id__in=flagged(kind, day))


def links_of(unit_id: int, day: date | None = None) -> list[Link]:
    """The links of an organisation, whichever side recorded them: those of one day, else of all. Two queries."""
    rows = UnitLink.objects.filter(Q(unit_id=unit_id) | Q(other_id=unit_id))
    if day is not None:
        rows = rows.filter(_held(day), Q(other__ended_on=None) | Q(other__ended_on__gt=day))
    found = list(rows.order_by("kind", "-valid_from", "pk"))
    names = last_names({one.unit_id for one in found} | {one.other_id for one in found}, date.max)
    return [
        Link(
            id=one.pk,
            other_id=other,
            other_name=names.get(other, ""),
            kind=one.kind,
            words=_WORDS[one.kind][0 if own else 1],
            decision=one.decision,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            own=own,
        )
        for one in found
        for own in [one.unit_id == unit_id]
        for other in [one.other_id if own else one.unit_id]
    ]


def mark_of(unit_id: int, pk: int) -> UnitMark | None:
    """One symbol or seal of a unit; None where it is not that unit's."""
    return UnitMark.objects.filter(unit_id=unit_id, pk=pk).first()


def flag_of(place_id: int, pk: int) -> UnitFlag | None:
    """One condition of a place; None where it is not that place's."""
    return UnitFlag.objects.filter(unit_id=place_id, pk=pk).first()


def link_of(unit_id: int, pk: int) -> UnitLink | None:
    """One link that a unit recorded; None where another did."""
    return UnitLink.objects.filter(unit_id=unit_id, pk=pk).first()
