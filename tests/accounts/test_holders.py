"""Roles follow their units when these end, are never given twice, and come back exactly."""

from datetime import date

import pytest

from danvan.accounts.models import Grant
from danvan.accounts.selectors import reaches
from danvan.accounts.services import (
    deactivate_user,
    delegate_grant,
    end_grant,
    grant_role,
    withdraw_delegation,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Follows
from danvan.organisations.holders import holder_named
from tests.factories.merging import ON, Merger, exported
from tests.factories.province import FOUNDED, Province, make_grant, make_user

KEY = "accounts.grants"


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 7, 2)


@pytest.fixture
def province(db):
    return Province()


@pytest.fixture
def merger(province):
    return Merger(province)


def rows(user):
    found = Grant.objects.filter(user=user).order_by("pk")
    return [(g.unit_id, g.role, g.follows, g.valid_from, g.valid_to) for g in found]


def test_a_role_at_an_ended_unit_is_closed_and_held_at_its_heir_from_that_day(province, merger):
    old = province.communes[0]
    officer = make_grant(old, "commune_officer")
    merger.found().hand_over(KEY)
    assert rows(officer) == [
        (old.pk, "commune_officer", "place", FOUNDED, ON),
        (merger.place.pk, "commune_officer", "place", ON, None),
    ]
    assert reaches(officer, "submissions.enter", merger.place.pk)
    assert not reaches(officer, "submissions.enter", old.pk)


def test_what_passes_names_the_role_and_the_unit_and_no_person(province, merger):
    officer = make_grant(province.communes[0], "commune_officer", user=make_user("Lô Văn Thắng"))
    [moved] = merger.found().hand_over(KEY)
    grant = Grant.objects.get(user=officer, valid_to=ON)
    assert (moved.row_id, moved.giver, moved.taker, moved.waits) == (
        grant.pk, province.communes[0].pk, merger.place.pk, True,
    )  # fmt: skip
    assert moved.title == "Quyền Cán bộ cấp xã tại Xã Môn Sơn"


def test_a_role_elsewhere_and_one_that_has_ended_stay_as_they_are(province, merger):
    make_grant(province.communes[2], "commune_officer")
    gone = make_grant(province.communes[0], "clerk")
    Grant.objects.filter(user=gone).update(valid_to=date(2025, 1, 1))
    never = make_grant(province.communes[0], "clerk", valid_from=date(2026, 9, 1))
    Grant.objects.filter(user=never).update(valid_to=date(2026, 9, 1))
    before = exported(KEY)
    assert merger.found().hand_over(KEY) == []
    assert exported(KEY) == before


def test_the_way_down_and_the_last_day_are_kept(province, merger):
    leader = make_grant(province.fronts[0], "leader", follows=Follows.LINE)
    Grant.objects.filter(user=leader).update(valid_to=date(2027, 1, 1))
    merger.found().hand_over(KEY)
    assert rows(leader)[1] == (merger.front.pk, "leader", "line", ON, date(2027, 1, 1))


def test_a_role_that_begins_after_the_day_begins_at_the_heir(province, merger):
    later = date(2026, 9, 1)
    user = make_grant(province.communes[0], "clerk", valid_from=later)
    merger.found().hand_over(KEY)
    assert rows(user) == [
        (province.communes[0].pk, "clerk", "place", later, later),
        (merger.place.pk, "clerk", "place", later, None),
    ]


def test_who_held_the_role_at_both_holds_it_once_at_the_heir(province, merger):
    user = make_grant(province.communes[0], "clerk")
    make_grant(province.communes[1], "clerk", user=user)
    moved = merger.found().hand_over(KEY)
    assert len(moved) == 2
    assert Grant.objects.filter(user=user, unit=merger.place).count() == 1


def test_only_the_days_not_held_at_the_heir_already_are_given(province, merger):
    user = make_grant(province.communes[0], "clerk")
    merger.found()
    early, late = date(2026, 8, 1), date(2026, 10, 1)
    Grant.objects.create(
        user=user, unit=merger.place, role="clerk", valid_from=early, valid_to=late
    )
    merger.hand_over(KEY)
    held = Grant.objects.filter(user=user, unit=merger.place).order_by("valid_from")
    assert list(held.values_list("valid_from", "valid_to")) == [
        (ON, early), (early, late), (late, None),
    ]  # fmt: skip


def test_a_role_held_at_the_heir_for_good_is_not_given_again(province, merger):
    user = make_grant(province.communes[0], "clerk")
    merger.found()
    Grant.objects.create(user=user, unit=merger.place, role="clerk", valid_from=ON)
    before = exported(KEY)
    merger.hand_over(KEY)
    assert Grant.objects.filter(user=user, unit=merger.place).count() == 1
    holder_named(KEY).take_back(merger.moved[KEY], merger.passage, actor=None)
    assert exported(KEY) == before


@pytest.fixture
def lent(province):
    """A specialist of the first commune lends to one there, and to one at its Front; a province's lends there too."""
    lender = make_grant(province.communes[0], "specialist")
    held = Grant.objects.get(user=lender)
    above = make_grant(province.place, "specialist")
    borrowers = [make_user(name) for name in ("Vi Thị Hoa", "Lương Văn Bảy")]
    until = date(2026, 12, 31)
    same = delegate_grant(held, to=borrowers[0], valid_to=until, actor=lender)
    lower = delegate_grant(
        Grant.objects.get(user=above), to=borrowers[1], valid_to=until, actor=above,
        unit_id=province.communes[0].pk,
    )  # fmt: skip
    return held, same, lower


def test_what_was_lent_hangs_on_the_lenders_new_grant(province, merger, lent):
    held, same, lower = lent
    merger.found().hand_over(KEY)
    new = {g.user_id: g for g in Grant.objects.filter(unit=merger.place)}
    assert new[same.user_id].delegated_from_id == new[held.user_id].pk
    assert new[lower.user_id].delegated_from_id == lower.delegated_from_id
    assert new[same.user_id].valid_to == date(2026, 12, 31)
    withdraw_delegation(new[same.user_id], actor=held.user)


def test_what_was_lent_at_a_unit_that_stands_hangs_on_the_lenders_new_grant(province, merger):
    lender = make_grant(province.committees[0], "specialist", follows=Follows.LINE)
    held = Grant.objects.get(user=lender)
    child = Grant.objects.create(
        user=make_user(), unit=province.communes[2], role="specialist", valid_from=FOUNDED,
        delegated_from=held,
    )  # fmt: skip
    before = exported(KEY)
    merger.found().hand_over(KEY)
    child.refresh_from_db()
    assert child.delegated_from.unit_id == merger.committee.pk
    assert child.valid_to is None
    merger.take_back(KEY)
    assert exported(KEY) == before


def test_what_is_lent_from_several_grants_one_after_the_other_is_cut_where_they_meet(
    province, merger, lent
):
    held, same, _ = lent
    merger.found()
    cut = date(2026, 9, 1)
    Grant.objects.create(
        user=held.user, unit=merger.place, role="specialist", valid_from=ON, valid_to=cut
    )
    before = exported(KEY)
    merger.hand_over(KEY)
    new = Grant.objects.filter(user=same.user, unit=merger.place).order_by("valid_from")
    days = [(g.valid_from, g.valid_to, g.delegated_from.valid_from) for g in new]
    assert days == [(date(2026, 7, 2), cut, ON), (cut, date(2026, 12, 31), cut)]
    holder_named(KEY).take_back(merger.moved[KEY], merger.passage, actor=None)
    assert exported(KEY) == before


def test_undone_at_once_every_grant_is_as_it_was(province, merger, lent):
    make_grant(province.communes[1], "clerk", user=lent[0].user)
    make_grant(province.fronts[0], "leader", follows=Follows.LINE)
    make_grant(province.communes[1], "clerk", valid_from=date(2026, 10, 1))
    before = exported(KEY)
    moved = merger.found().hand_over(KEY)
    assert len(moved) == 6
    assert exported(KEY) != before
    merger.take_back(KEY)
    assert exported(KEY) == before


def test_undone_after_the_person_was_given_other_roles_these_stay(province, merger):
    user = make_grant(province.communes[0], "clerk")
    before = rows(user)
    merger.found().hand_over(KEY)
    grant_role(user, unit_id=province.communes[2].pk, role="clerk", actor=None)
    merger.take_back(KEY)
    assert rows(user) == [
        *before, (province.communes[2].pk, "clerk", "place", date(2026, 7, 2), None),
    ]  # fmt: skip


def test_a_role_ended_since_is_not_held_again_by_undoing(province, merger):
    user = make_grant(province.communes[0], "clerk")
    merger.found().hand_over(KEY)
    end_grant(Grant.objects.get(unit=merger.place), actor=None, on=date(2026, 8, 1))
    merger.take_back(KEY)
    assert rows(user) == [(province.communes[0].pk, "clerk", "place", FOUNDED, date(2026, 8, 1))]


def test_who_was_shut_out_since_holds_nothing_by_undoing(province, merger):
    user = make_grant(province.communes[0], "clerk")
    make_grant(province.communes[1], "clerk", user=user)
    merger.found().hand_over(KEY)
    deactivate_user(user, actor=None)
    merger.take_back(KEY)
    assert {row[4] for row in rows(user)} == {date(2026, 7, 2)}


def test_what_was_lent_since_goes_back_with_the_role(province, merger):
    lender = make_grant(province.communes[0], "specialist")
    merger.found().hand_over(KEY)
    new = Grant.objects.get(unit=merger.place)
    child = delegate_grant(new, to=make_user(), valid_to=date(2026, 8, 1), actor=lender)
    merger.take_back(KEY)
    child.refresh_from_db()
    assert (child.unit_id, child.delegated_from.unit_id) == (province.communes[0].pk,) * 2


def test_a_role_given_at_the_heir_since_is_counted_against_unfounding_it(province, merger):
    merger.found().hand_over(KEY)
    grant_role(make_user(), unit_id=merger.place.pk, role="clerk", actor=None)
    assert holder_named(KEY).count_rows(merger.passage.founded) == {merger.place.pk: 1}


def test_a_role_is_passed_on_to_another_successor_and_still_comes_back(province, merger):
    user = make_grant(province.communes[0], "clerk")
    before = exported(KEY)
    [moved] = merger.found().hand_over(KEY)
    passed = holder_named(KEY).pass_on(moved, merger.front.pk, actor=None)
    assert (passed.taker, rows(user)[1][0]) == (merger.front.pk, merger.front.pk)
    merger.moved[KEY] = [passed]
    merger.take_back(KEY)
    assert exported(KEY) == before


def test_a_role_is_not_passed_on_to_where_the_person_holds_it(province, merger):
    user = make_grant(province.communes[0], "clerk")
    Grant.objects.filter(user=user).update(valid_to=date(2027, 1, 1))
    make_grant(province.communes[2], "clerk", user=user)
    [moved] = merger.found().hand_over(KEY)
    before = exported(KEY)
    with pytest.raises(RuleError, match="đã giữ vai trò Văn thư tại Xã Châu Khê"):
        holder_named(KEY).pass_on(moved, province.communes[2].pk, actor=None)
    assert exported(KEY) == before


def test_a_role_that_is_no_longer_there_is_not_passed_on(province, merger):
    make_grant(province.communes[0], "clerk")
    [moved] = merger.found().hand_over(KEY)
    holder_named(KEY).pass_on(moved, merger.front.pk, actor=None)
    with pytest.raises(RuleError, match="nay thuộc"):
        holder_named(KEY).pass_on(moved, merger.committee.pk, actor=None)


def test_the_roles_of_many_people_pass_with_as_many_queries_as_one(
    province, merger, django_assert_num_queries, django_assert_max_num_queries
):
    for number in range(40):
        make_grant(province.communes[number % 2], "clerk")
    assert holder_named(KEY).count_open({u.pk for u in merger.former}, ON) == {
        unit.pk: 20 for unit in merger.former
    }
    merger.found()
    with django_assert_max_num_queries(14):
        merger.hand_over(KEY)
    with django_assert_max_num_queries(10):
        holder_named(KEY).take_back(merger.moved[KEY], merger.passage, actor=None)


def test_one_line_of_the_audit_log_tells_what_passed_and_what_came_back(province, merger):
    actor = make_user()
    make_grant(province.communes[0], "clerk")
    merger.found().hand_over(KEY, actor=actor)
    merger.take_back(KEY, actor=actor)
    said = AuditEntry.objects.order_by("pk").values_list("action", "actor_id")
    assert list(said) == [("accounts.hand_over", actor.pk), ("accounts.take_back", actor.pk)]


def test_nothing_to_pass_is_nothing_said(province, merger):
    merger.found().hand_over(KEY)
    merger.take_back(KEY)
    assert holder_named(KEY).faults(merger.passage) == []
    assert not AuditEntry.objects.exists()
