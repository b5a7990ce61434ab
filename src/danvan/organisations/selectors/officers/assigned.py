"""Who is in charge of which field and which place of an organisation, and what nobody is in charge of."""

from dataclasses import dataclass
from datetime import date

from danvan.organisations.enums import Level
from danvan.organisations.models import Assignment, UnitVersion
from danvan.organisations.selectors.days import UnitOnDay, in_force, names_on, unit_on
from danvan.vietnamese.collation import sort_key


@dataclass(frozen=True, slots=True)
class InCharge:
    """An officer in charge on a day."""

    assignment_id: int
    officer_id: int
    name: str
    decision: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of work and those in charge of it."""

    field: str
    officers: tuple[InCharge, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and those in charge of it: none is a blank spot."""

    id: int
    name: str
    officers: tuple[InCharge, ...]


@dataclass(frozen=True, slots=True)
class Assignments:
    """What an organisation assigned on a day, beside the places directly under its own."""

    unit: UnitOnDay
    fields: tuple[FieldRow, ...]
    places: tuple[PlaceRow, ...]
    level: str

    @property
    def blank(self) -> tuple[PlaceRow, ...]:
        """The places that nobody is in charge of."""
        return tuple(one for one in self.places if not one.officers)

    @property
    def noun(self) -> str:
        """What the places are called: thôn, tổ dân phố."""
        return str(Level(self.level).label).lower() if self.level else "địa bàn"


def assignments_of(unit_id: int, on: date) -> Assignments | None:
    """The assignments of one organisation on a day; None where it did not stand then. Four queries."""
    unit = unit_on(unit_id, on)
    if unit is None:
        return None
    home = unit.place_id or unit.id
    below = list(UnitVersion.objects.filter(in_force(on), parent_id=home, kind=""))
    rows = list(
        Assignment.objects.filter(in_force(on), unit_id=unit_id)
        .select_related("officer")
        .order_by("officer__name_key", "pk")
    )
    names = {version.unit_id: version.name for version in below}
    names |= names_on({one.place_id for one in rows if one.place_id}, on)
    fields: dict[str, list[InCharge]] = {}
    places: dict[int, list[InCharge]] = {version.unit_id: [] for version in below}
    for one in rows:
        row = InCharge(
            one.pk,
            one.officer_id,
            one.officer.full_name,
            one.decision,
            one.valid_from,
            one.valid_to,
        )
        if one.place_id is None:
            fields.setdefault(one.field, []).append(row)
        elif one.place_id in names:  # a place that has ended is nobody's charge any more
            places.setdefault(one.place_id, []).append(row)
    return Assignments(
        unit=unit,
        fields=tuple(FieldRow(one, tuple(fields[one])) for one in sorted(fields, key=sort_key)),
        places=tuple(
            PlaceRow(one, names[one], tuple(places[one]))
            for one in sorted(places, key=lambda place: sort_key(names[place]))
        ),
        level=below[0].level if below else "",
    )
