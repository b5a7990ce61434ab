"""Totals of the vault where provinces merge: no case counts in two of them, none is lost, and no difference tells a small number."""

from datetime import UTC, date, datetime

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import EventKind, Level
from danvan.organisations.models import Reorganisation, Unit
from danvan.organisations.services import reorganising as act
from danvan.petitions.models import Denunciation, VaultTold
from danvan.petitions.selectors.vault import vault_totals
from danvan.petitions.selectors.vault.tellers import tellers
from danvan.petitions.selectors.vault.totals import counted
from danvan.petitions.services.vault import tell_totals
from danvan.petitions.services.vault.succeeding import refuse_unfounding
from tests.factories.province import make_organisation, make_place
from tests.once import once, own
from tests.petitions import cases
from tests.petitions.adversary import LEAST
from tests.petitions.test_vault_totals import many

pytestmark = pytest.mark.django_db
PEOPLE = "peoples_committee"


class Two(cases.Vault):
    """Two provinces, each with a commune whose committee receives denunciations."""

    def __init__(self):
        super().__init__()
        self.a = self.province.place
        self.b = make_place(
            "Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=self.province.country, code="42"
        )
        commune = make_place("Xã Hương Khê", under=self.b, code="04290")
        self.of_b = make_organisation(commune, PEOPLE)

    def join(self, on, *former, name="Tỉnh Hồng Lam", code="44"):
        """These provinces become a new one by an act of the register."""
        draft = act.draft_reorganisation(
            EventKind.MERGE, title=f"Hợp nhất thành {name}", scope_id=self.province.country.pk, effective_on=on,
            decision="Nghị quyết 1", measure="equal", actor=None,
        )  # fmt: skip
        new = act.add_new_unit(
            draft, actor=None, name=name, type_word="tỉnh", level="province",
            parent_id=self.province.country.pk, code=code,
        )  # fmt: skip
        for place in former or (self.a, self.b):
            act.set_passing(draft, place.pk, actor=None, new_unit_id=new.pk)
        act.apply_reorganisation(draft, actor=None)
        return Unit.objects.get(versions__name=name)


_two = once(Two, DANVAN_TODAY=cases.TODAY)


@pytest.fixture
def two(settings, _two):
    settings.DANVAN_TODAY = cases.TODAY
    return own(_two)


def on(settings, *day):
    settings.DANVAN_TODAY = date(*day)


def received(province, quarters, year=2026):
    return sum(
        counted(province.pk, year, quarters)[one] for one in ("accepted", "not_taken", "pending")
    )


def shown(told):
    return told.cell("received").shown


def test_what_two_provinces_told_is_not_told_again_by_the_one_they_became(two, settings):
    many(two, 30)
    many(two, 4, unit=two.of_b)
    on(settings, 2026, 4, 2)
    assert [shown(tell_totals(one.pk, 2026, 1)) for one in (two.a, two.b)] == [30, None]
    on(settings, 2026, 7, 3)
    new = two.join(date(2026, 7, 1))
    many(two, 15, written=date(2026, 5, 5))
    many(two, 3, written=date(2026, 6, 30), unit=two.of_b)
    # 52 less the 30 of one told the 4 of the other and what came in since: the heir tells what nobody told
    assert shown(tell_totals(new.pk, 2026, 2)) == 18
    assert tellers(new.pk, 2026, on=date(2026, 7, 3)) == {
        new.pk: date(2026, 1, 1), two.a.pk: date(2026, 4, 1), two.b.pk: date(2026, 4, 1),
    }  # fmt: skip
    assert [received(one, 1) for one in (two.a, two.b, new)] == [30, 4, 0]
    assert received(two.a, 1) + received(two.b, 1) + received(new, 2) == 52


def test_what_nobody_told_before_they_merged_is_told_by_the_one_they_became(two, settings):
    many(two, 11)
    many(two, 12, unit=two.of_b)
    on(settings, 2026, 5, 20)
    new = two.join(date(2026, 5, 15))
    late = many(two, 1, written=date(2026, 5, 18))  # by who did not know yet
    on(settings, 2026, 10, 2)
    assert [shown(tell_totals(new.pk, 2026, n)) for n in (1, 2, 3)] == [23, None, None]
    assert received(new, 3) == 24
    assert late[0].unit == two.unit


def test_a_third_province_later_takes_over_only_what_stands_in_no_total(two, settings):
    c = make_place("Tỉnh Quảng Bình", level=Level.PROVINCE, under=two.province.country, code="45")
    many(two, 20)
    on(settings, 2026, 4, 2)
    tell_totals(two.a.pk, 2026, 1)
    middle = two.join(date(2026, 5, 15))
    many(two, 13, written=date(2026, 5, 1))
    on(settings, 2026, 7, 2)
    assert shown(tell_totals(middle.pk, 2026, 2)) == 13
    on(settings, 2026, 8, 15)
    last = two.join(date(2026, 8, 15), middle, c, name="Tỉnh Bình Lam", code="46")
    many(two, 14, written=date(2026, 8, 1))
    on(settings, 2026, 10, 2)
    assert shown(tell_totals(last.pk, 2026, 3)) == 14
    assert set(tellers(last.pk, 2026, on=date(2026, 10, 2)).values()) == {
        date(2026, 1, 1), date(2026, 7, 1),
    }  # fmt: skip


def test_conclusions_count_once_too_and_a_case_that_was_passed_on_where_it_came_in(two, settings):
    made = many(two, 12, outcome="right", state="concluded", concluded_on=date(2026, 3, 2))
    for one in made:
        one.steps.create(
            kind="concluded", on=date(2026, 3, 2), at=datetime(2026, 3, 2, 3, tzinfo=UTC), words=b""
        )
    open_ones = many(two, 10, written=date(2026, 3, 2), unit=two.above)
    on(settings, 2026, 4, 2)
    told = tell_totals(two.a.pk, 2026, 1)
    assert (shown(told), told.cell("concluded").shown) == (22, 12)
    new = two.join(date(2026, 7, 1))
    heir = make_organisation(new, PEOPLE, founded=date(2026, 7, 1))
    Denunciation.objects.filter(unit=two.above).update(
        unit=heir,
        former=two.above,
        state="concluded",
        outcome="wrong",
        concluded_on=date(2026, 7, 6),
    )
    for one in open_ones:
        one.steps.create(
            kind="concluded", on=date(2026, 7, 6), at=datetime(2026, 7, 6, tzinfo=UTC), words=b""
        )
    on(settings, 2026, 10, 2)
    found = counted(new.pk, 2026, 3)
    assert (found["right"], found["wrong"], received(new, 3)) == (0, 10, 0)


def test_what_a_province_told_is_read_after_it_ended_and_nothing_more_is_told_of_it(two, settings):
    many(two, 30)
    on(settings, 2026, 4, 2)
    first = tell_totals(two.a.pk, 2026, 1)
    two.join(date(2026, 7, 1))
    on(settings, 2026, 10, 2)
    assert vault_totals(two.a.pk, 2026, 1) == first
    with pytest.raises(RuleError, match="theo tỉnh"):
        tell_totals(two.a.pk, 2026, 2)
    with pytest.raises(RuleError, match="theo tỉnh"):
        vault_totals(two.unit.pk, 2026, 1)


def test_a_merger_whose_heir_told_totals_is_not_undone(two, settings):
    on(settings, 2026, 7, 3)
    new = two.join(date(2026, 7, 1))
    tell_totals(new.pk, 2026, 1)
    with pytest.raises(RuleError, match="không hoàn tác được"):
        refuse_unfounding([new.pk])
    with pytest.raises(RuleError, match="không hoàn tác được"):
        act.undo_reorganisation(Reorganisation.objects.get(), why="Nhầm", actor=None)
    assert VaultTold.objects.count() == 1


@pytest.mark.parametrize(("a", "b", "mid"), [(12, 4, 16), (3, 15, 2), (0, 0, 16), (12, 15, 2)])
def test_each_number_that_is_told_is_that_of_cases_no_other_total_holds(two, settings, a, b, mid):
    many(two, 1, written=date(2025, 5, 1))
    for number, unit in ((a, two.unit), (b, two.of_b)):
        many(two, number, unit=unit)
    on(settings, 2026, 4, 2)
    told = [shown(tell_totals(one.pk, 2026, 1)) for one in (two.a, two.b)]
    many(two, mid, written=date(2026, 5, 1), unit=two.of_b)
    new = two.join(date(2026, 7, 1))
    on(settings, 2026, 7, 2)
    told.append(shown(tell_totals(new.pk, 2026, 2)))
    assert told == [number if number >= LEAST else None for number in (a, b, mid)]
