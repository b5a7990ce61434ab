"""The lineage of a unit over several generations: what it came from, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from danvan.organisations.enums import EventState
from danvan.organisations.models import Lineage, Reorganisation, UnitVersion

GENERATIONS = 3


@dataclass(frozen=True, slots=True)
class Tie:
    """What passed between two units in one event, `step` generations from the unit asked for (1 is the nearest)."""

    predecessor_id: int
    successor_id: int
    weight: int
    estimated: bool
    happened_on: date
    step: int


@dataclass(frozen=True, slots=True)
class Kinship:
    """The ties before and after a unit between units of its own level, with the names they bear.

    `heirs` are those after it that stand on the day asked.
    """

    before: tuple[Tie, ...]
    after: tuple[Tie, ...]
    names: dict[int, str]
    ended: frozenset[int]
    heirs: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One applied reorganisation that a unit was part of."""

    id: int
    number: str
    title: str
    kind: str
    kind_label: str
    effective_on: date
    decision: str
    scope_id: int


def _climb(unit_id: int, level: str, *, backwards: bool) -> list[Tie]:
    """The ties of up to three generations on one side. One query a generation."""
    own, other = "predecessor_id", "successor_id"
    if backwards:
        own, other = other, own
    same = UnitVersion.objects.filter(level=level).values("unit_id")
    found: list[Tie] = []
    seen, asked = {unit_id}, {unit_id}
    for step in range(1, GENERATIONS + 1):
        rows = Lineage.objects.filter(**{f"{own}__in": asked, f"{other}__in": same})
        fields = ("predecessor_id", "successor_id", "weight", "estimated", "happened_on")
        ties = [
            Tie(row[0], row[1], row[2], row[3], row[4], step)
            for row in rows.order_by("-weight", "pk").values_list(*fields)
            if row[0] != row[1]
        ]
        found += [tie for tie in ties if getattr(tie, other) not in seen]
        asked = {getattr(tie, other) for tie in ties} - seen
        seen |= asked
    return found


def kinship_of(unit_id: int, *, on: date) -> Kinship:
    """Up to three generations of a unit's lineage on either side. Eight queries, whatever its kin."""
    level = UnitVersion.objects.filter(unit_id=unit_id).order_by("-valid_from")
    of = level.values_list("level", flat=True).first() or ""
    before = _climb(unit_id, of, backwards=True)
    after = _climb(unit_id, of, backwards=False)
    ids = {unit_id}
    for tie in (*before, *after):
        ids |= {tie.predecessor_id, tie.successor_id}
    names, standing = _names(ids, on)
    ends = dict.fromkeys(tie.successor_id for tie in after if tie.successor_id in standing)
    return Kinship(
        before=tuple(before),
        after=tuple(after),
        names=names,
        ended=frozenset(ids - standing),
        heirs=tuple((one, names[one]) for one in ends),
    )


def _names(ids: Collection[int], on: date) -> tuple[dict[int, str], set[int]]:
    names: dict[int, str] = {}
    standing: set[int] = set()
    rows = UnitVersion.objects.filter(unit_id__in=ids).order_by("valid_from")
    for unit_id, name, start, end in rows.values_list("unit_id", "name", "valid_from", "valid_to"):
        if start <= on or unit_id not in names:
            names[unit_id] = name
        if start <= on and (end is None or end > on):
            standing.add(unit_id)
    return names, standing


def events_of(unit_id: int) -> list[PastEvent]:
    """The applied reorganisations that a unit passed something in, took, was founded or changed by; the last first.

    One query.
    """
    part = (
        Q(passings__predecessor_id=unit_id)
        | Q(passings__successor_id=unit_id)
        | Q(new_units__unit_id=unit_id)
        | Q(unit_changes__unit_id=unit_id)
    )
    found = Reorganisation.objects.filter(part, state=EventState.APPLIED).distinct()
    return [
        PastEvent(
            one.pk, one.number, one.title, one.kind, one.get_kind_display(), one.effective_on, one.decision, one.scope_id
        )
        for one in found.order_by("-effective_on", "-pk")
    ]  # fmt: skip
