"""Two communes of a small province merge, row by row: what holders are asked, without the register's own acts."""

from datetime import date

from danvan.organisations.enums import EventKind
from danvan.organisations.holders import Passage, holder_named
from danvan.organisations.models import HandOver, Lineage, Reach, Unit, UnitVersion
from danvan.organisations.services import reorganising as act
from tests.factories.province import make_organisation, make_place

ON = date(2026, 7, 1)


class Merger:
    """The first two communes of a province become one new commune, their organisations those of the new one."""

    def __init__(self, province, on=ON, name="Xã Chi Khê"):
        self.province, self.on, self.name = province, on, name
        self.former = province.communes[:2]
        self.former_units = [
            *self.former, *province.fronts[:2], *province.committees[:2], *province.governments[:2]
        ]  # fmt: skip
        self.moved = {}

    def found(self):
        """End the two on the day and found the new ones."""
        ended = {unit.pk for unit in self.former_units}
        Unit.objects.filter(pk__in=ended).update(ended_on=self.on)
        UnitVersion.objects.filter(unit_id__in=ended, valid_to=None).update(valid_to=self.on)
        Reach.objects.filter(unit_id__in=ended, valid_to=None).update(valid_to=self.on)
        self.place = make_place(self.name, under=self.province.place, founded=self.on)
        pairs = [(unit, self.place) for unit in self.former]
        self.bodies = []
        for former, above in (
            (self.province.fronts[:2], self.province.front),
            (self.province.committees[:2], self.province.committee),
            (self.province.governments[:2], None),
        ):
            kind = former[0].versions.get().kind
            new = make_organisation(self.place, kind, above=above, founded=self.on)
            self.bodies.append(new)
            pairs += [(unit, new) for unit in former]
        self.front, self.committee, self.government = self.bodies
        for old, new in pairs:
            Lineage.objects.create(
                predecessor=old, successor=new, weight=1_000_000, back_weight=500_000,
                measure="whole", estimated=False, happened_on=self.on,
            )  # fmt: skip
        self.passage = Passage(
            number="SX-2026-014",
            title=f"Hợp nhất thành {self.name}",
            on=self.on,
            heirs={old.pk: new.pk for old, new in pairs},
            ended=frozenset(ended),
            founded=frozenset({self.place.pk, *(one.pk for one in self.bodies)}),
            moved=frozenset({self.province.place.pk}),
        )
        return self

    def hand_over(self, *keys, actor=None):
        """Have these holders pass what they hold, in the order of their keys."""
        for key in sorted(keys):
            self.moved[key] = holder_named(key).hand_over(self.passage, actor=actor)
        return [one for key in sorted(keys) for one in self.moved[key]]

    def take_back(self, *keys, actor=None):
        """Have them take it back, and undo the register."""
        for key in sorted(keys, reverse=True):
            holder_named(key).take_back(self.moved[key], self.passage, actor=actor)
        left = {
            key: found
            for key in keys
            if (found := holder_named(key).count_rows(self.passage.founded))
        }
        assert left == {}
        self.unfound()

    def unfound(self):
        """The register as it was."""
        ended = self.passage.ended
        HandOver.objects.all().delete()
        UnitVersion.objects.filter(unit_id__in=self.passage.founded).delete()
        Unit.objects.filter(pk__in=self.passage.founded).delete()
        Unit.objects.filter(pk__in=ended).update(ended_on=None)
        UnitVersion.objects.filter(unit_id__in=ended, valid_to=self.on).update(valid_to=None)
        Reach.objects.filter(unit_id__in=ended, valid_to=self.on).update(valid_to=None)


def exported(*keys):
    """What these holders hold, whole."""
    return {key: holder_named(key).export() for key in keys}


def apply_merger(province, *, on=ON, name="Xã Chi Khê"):
    """The same by the register's own acts; returns the reorganisation."""
    draft = act.draft_reorganisation(
        EventKind.MERGE, title=f"Hợp nhất thành {name}", scope_id=province.place.pk,
        effective_on=on, decision="Nghị quyết 1", measure="equal", actor=None,
    )  # fmt: skip
    new = act.add_new_unit(
        draft, actor=None, name=name, type_word="xã", level="commune",
        parent_id=province.place.pk, code="04090",
    )  # fmt: skip
    for place in province.communes[:2]:
        act.set_passing(draft, place.pk, actor=None, new_unit_id=new.pk)
    return act.apply_reorganisation(draft, actor=None)
