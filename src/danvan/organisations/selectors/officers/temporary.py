"""Bodies set up for a task or a time: those in force on a day, who leads them, who is in them, how long they have."""

from dataclasses import dataclass
from datetime import date

from danvan.organisations.enums import TEMPORARY, Follows, Kind, LinkKind, Rank
from danvan.organisations.models import Appointment, Mandate, Unit, UnitLink, UnitVersion
from danvan.organisations.selectors.days import in_force, last_names
from danvan.organisations.selectors.officers.holding import held_on
from danvan.organisations.selectors.reaching import units_under


@dataclass(frozen=True, slots=True)
class TemporaryBody:
    """One body on a day."""

    id: int
    name: str
    kind: str
    founder_id: int
    founder_name: str
    place_id: int | None
    place_name: str
    words: str
    decision: str
    since: date
    planned_end: date | None
    days_left: int | None
    head: str
    members: tuple[str, ...]
    serves: tuple[tuple[int, str], ...]

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return str(Kind(self.kind).label)

    @property
    def overdue(self) -> bool:
        """Whether the day planned for its end is over."""
        return self.days_left is not None and self.days_left < 0

    @property
    def days_over(self) -> int:
        """How many days it stands beyond its plan."""
        return max(-(self.days_left or 0), 0)


def temporary_bodies(under_id: int, on: date) -> list[TemporaryBody]:
    """The temporary bodies at or under a unit by place on a day, those that end first before. Five queries."""
    under = units_under([under_id], on=on, follows=Follows.PLACE)
    versions = list(UnitVersion.objects.filter(in_force(on), kind__in=TEMPORARY, unit_id__in=under))
    ids = [one.unit_id for one in versions]
    mandates = {
        one.unit_id: one for one in Mandate.objects.filter(unit_id__in=ids).select_related("unit")
    }
    members: dict[int, list[Appointment]] = {one: [] for one in ids}
    for held in Appointment.objects.filter(held_on(on), post__unit_id__in=ids).select_related(
        "officer", "post"
    ):
        members[held.post.unit_id].append(held)
    serves: dict[int, list[int]] = {one: [] for one in ids}
    for link in UnitLink.objects.filter(in_force(on), unit_id__in=ids, kind=LinkKind.SERVES):
        serves[link.unit_id].append(link.other_id)
    named = {one.founder_id for one in mandates.values()}
    named |= {v.place_id for v in versions if v.place_id} | {
        o for many in serves.values() for o in many
    }
    names = last_names(named, on)
    found = [
        _body(one, mandates[one.unit_id], members[one.unit_id], serves[one.unit_id], names, on)
        for one in versions
        if one.unit_id in mandates
    ]
    return sorted(found, key=lambda one: (one.planned_end or date.max, one.id))


def _body(
    version: UnitVersion,
    mandate: Mandate,
    held: list[Appointment],
    serves: list[int],
    names: dict[int, str],
    on: date,
) -> TemporaryBody:
    people = sorted(held, key=lambda one: one.officer.name_key)
    heads = [one.officer.full_name for one in people if one.post.rank == Rank.HEAD]
    end = mandate.planned_end
    return TemporaryBody(
        id=version.unit_id,
        name=version.name,
        kind=version.kind,
        founder_id=mandate.founder_id,
        founder_name=names.get(mandate.founder_id, ""),
        place_id=version.place_id,
        place_name=names.get(version.place_id or 0, ""),
        words=mandate.words,
        decision=mandate.decision,
        since=mandate.unit.founded_on,
        planned_end=end,
        days_left=(end - on).days if end else None,
        head=", ".join(heads),
        members=tuple(one.officer.full_name for one in people if one.post.rank != Rank.HEAD),
        serves=tuple((one, names.get(one, "")) for one in sorted(serves)),
    )


def temporary_body(unit_id: int) -> Mandate | None:
    """Why a unit was set up for a time; None where it was not."""
    return Mandate.objects.select_related("unit", "founder").filter(unit_id=unit_id).first()


def unit_of(unit_id: int) -> Unit | None:
    """The identity itself, for acts that take one; None where there is none."""
    return Unit.objects.filter(pk=unit_id).first()
