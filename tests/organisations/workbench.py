"""A small province and short words for the rows of a draft, for all tests of reorganisations."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import EventKind, Level
from danvan.organisations.models import NewUnit
from danvan.organisations.selectors import canonical_register, check_plan, plan_of
from danvan.organisations.services import (
    add_new_unit,
    apply_reorganisation,
    draft_reorganisation,
    set_change,
    set_passing,
)
from tests.factories.province import Province

ON = date(2026, 7, 1)


class Workbench:
    """A small province and short words for the rows of a draft."""

    def __init__(self):
        self.at = Province()
        self.a, self.b, self.c = (place.pk for place in self.at.communes)
        self.top = self.at.place.pk

    def draft(self, kind, *, on=ON, measure="equal", scope=None):
        self.one = draft_reorganisation(
            kind, title="Sắp xếp", scope_id=scope or self.top, effective_on=on, decision="NQ 1",
            measure=measure, actor=None,
        )  # fmt: skip
        return self

    def new(self, name="Xã Mới", *, level=Level.COMMUNE, **more):
        if not more.keys() & {"parent_id", "parent_new_id", "place_id", "place_new_id"}:
            more["parent_id"] = self.top
        return add_new_unit(self.one, actor=None, name=name, level=level, type_word="xã", **more).pk

    def give(self, giver, taker=None, **more):
        set_passing(self.one, giver, taker, actor=None, **more)
        return self

    def change(self, unit, **more):
        set_change(self.one, unit, actor=None, **more)
        return self

    def faults(self):
        """What applying refuses with; and that then nothing has changed."""
        before = canonical_register()
        with pytest.raises(RuleError) as refused:
            apply_reorganisation(self.one, actor=None)
        assert canonical_register() == before
        told = [fault.message for check in check_plan(plan_of(self.one)) for fault in check.faults]
        assert told == [fault.message for fault in refused.value.faults]
        return told


def merged(at, on=date(2026, 3, 1)):
    """The first two communes merged before; gives the id of the new one."""
    at.draft(EventKind.MERGE, on=on)
    new = at.new(name="Xã Trước", code="04088")
    at.give(at.a, new_unit_id=new).give(at.b, new_unit_id=new)
    apply_reorganisation(at.one, actor=None)
    return NewUnit.objects.get(pk=new).unit_id
