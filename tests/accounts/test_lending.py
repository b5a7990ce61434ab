from datetime import date

import pytest

from danvan.accounts.models import Grant
from danvan.accounts.selectors import reaches
from danvan.accounts.services import delegate_grant, withdraw_delegation
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Follows
from tests.accounts.conftest import TODAY
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 7, 1)


def standing():
    return list(
        Grant.objects.order_by("pk").values_list("pk", "valid_to")
    ), AuditEntry.objects.count()


def test_a_lent_role_is_held_by_both_for_its_time(house, settings):
    held, borrower = GrantFactory(unit=house.province, role="leader"), UserFactory()
    lent = delegate_grant(held, to=borrower, valid_to=UNTIL, actor=held.user)
    lent.refresh_from_db()
    assert (lent.user, lent.unit, lent.role) == (borrower, house.province, "leader")
    assert (lent.valid_from, lent.valid_to, lent.follows) == (TODAY, UNTIL, Follows.PLACE)
    assert (lent.delegated_from, lent.granted_by) == (held, held.user)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (held.user, "accounts.delegate")
    assert entry.details == {"user": borrower.pk, "unit": house.province.pk, "lent_from": held.pk}
    for user in (held.user, borrower):
        assert reaches(user, "targets.view", house.commune.pk)
    settings.DANVAN_TODAY = UNTIL
    assert not reaches(borrower, "targets.view", house.commune.pk)
    assert reaches(held.user, "targets.view", house.commune.pk)


@pytest.mark.parametrize(
    ("where", "top", "follows", "lent"),
    [
        ("commune", "province", Follows.PLACE, True),
        ("front", "province", Follows.PLACE, True),
        ("beside", "province", Follows.PLACE, False),
        ("country", "province", Follows.PLACE, False),
        ("far", "central", Follows.LINE, True),
        ("commune", "central", Follows.LINE, False),
    ],
)
def test_a_role_is_lent_within_its_own_reach(house, where, top, follows, lent):
    held = GrantFactory(unit=getattr(house, top), follows=follows)
    asked = {"to": UserFactory(), "valid_to": UNTIL, "actor": held.user}
    asked["unit_id"] = getattr(house, where).pk
    before = standing()
    if lent:
        grant = delegate_grant(held, **asked)
        assert (grant.unit_id, grant.follows) == (asked["unit_id"], follows)
    else:
        with pytest.raises(RuleError) as refused:
            delegate_grant(held, **asked)
        assert [fault.column for fault in refused.value.faults] == ["unit"]
        assert standing() == before


@pytest.mark.parametrize("who", ["root", "admin", "specialist", "nobody"])
def test_nobody_lends_the_role_of_another(house, who):
    held, before = GrantFactory(unit=house.commune), None
    before = standing()
    with pytest.raises(RuleError) as refused:
        delegate_grant(held, to=UserFactory(), valid_to=UNTIL, actor=house.people[who])
    assert [fault.column for fault in refused.value.faults] == ["grant"]
    assert standing() == before


def test_what_was_lent_is_not_lent_on_and_administration_not_at_all(house):
    held = GrantFactory(unit=house.commune)
    lent = GrantFactory(unit=house.commune, delegated_from=held)
    admin = Grant.objects.get(user=house.people["admin"])
    before = standing()
    for grant in (lent, admin):
        with pytest.raises(RuleError) as refused:
            delegate_grant(grant, to=UserFactory(), valid_to=UNTIL, actor=grant.user)
        assert [fault.column for fault in refused.value.faults] == ["grant"]
    assert standing() == before


@pytest.mark.parametrize("borrower", ["oneself", "blocked"])
def test_to_whom_a_role_is_not_lent(house, borrower):
    held = GrantFactory(unit=house.commune)
    to = held.user if borrower == "oneself" else UserFactory(is_active=False)
    before = standing()
    with pytest.raises(RuleError) as refused:
        delegate_grant(held, to=to, valid_to=UNTIL, actor=held.user)
    assert [fault.column for fault in refused.value.faults] == ["to"]
    assert standing() == before


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "columns"),
    [
        (date(2026, 6, 10), date(2026, 9, 1), []),
        (date(2026, 6, 9), date(2026, 9, 1), ["valid_from"]),
        (date(2026, 6, 10), date(2026, 9, 2), ["valid_to"]),
        (date(2026, 6, 20), date(2026, 6, 20), ["valid_to"]),
        (date(2026, 5, 1), date(2026, 5, 20), ["valid_from", "valid_to", "valid_from"]),
    ],
)
def test_a_role_is_lent_within_its_own_period(house, valid_from, valid_to, columns):
    held = GrantFactory(unit=house.commune, valid_from=date(2026, 6, 10), valid_to=date(2026, 9, 1))
    asked = {
        "to": UserFactory(),
        "actor": held.user,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    if not columns:
        lent = delegate_grant(held, **asked)
        assert (lent.valid_from, lent.valid_to) == (valid_from, valid_to)
        return
    before = standing()
    with pytest.raises(RuleError) as refused:
        delegate_grant(held, **asked)
    assert [fault.column for fault in refused.value.faults] == columns
    assert standing() == before


def test_one_role_is_lent_to_one_person_once_at_a_time(house):
    held, borrower = GrantFactory(unit=house.commune), UserFactory()
    asked = {"to": borrower, "actor": held.user}
    first = delegate_grant(held, valid_to=UNTIL, **asked)
    before = standing()
    with pytest.raises(RuleError, match="đã ủy quyền"):
        delegate_grant(held, valid_to=date(2026, 6, 20), **asked)
    assert standing() == before
    later = delegate_grant(held, valid_from=UNTIL, valid_to=date(2026, 8, 1), **asked)
    assert (first.valid_to, later.valid_from) == (UNTIL, UNTIL)


@pytest.mark.parametrize(
    ("who", "done"),
    [("lender", True), ("borrower", False), ("admin", False), ("nobody", False)],
)
def test_who_takes_back_what_was_lent(house, who, done):
    held = GrantFactory(unit=house.commune)
    lent = GrantFactory(
        unit=house.commune, delegated_from=held, valid_from=date(2026, 5, 1), valid_to=UNTIL
    )
    people = {**house.people, "lender": held.user, "borrower": lent.user}
    before = standing()
    if done:
        withdraw_delegation(lent, actor=people[who])
        lent.refresh_from_db()
        held.refresh_from_db()
        assert (lent.valid_to, held.valid_to) == (TODAY, None)
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.action) == (held.user, "accounts.withdraw")
    else:
        with pytest.raises(RuleError):
            withdraw_delegation(lent, actor=people[who])
        assert standing() == before


def test_what_is_over_or_was_never_lent_is_not_taken_back(house):
    held = GrantFactory(unit=house.commune)
    over = GrantFactory(unit=house.commune, delegated_from=held, valid_to=TODAY)
    before = standing()
    for grant in (held, over):
        with pytest.raises(RuleError):
            withdraw_delegation(grant, actor=held.user)
    assert standing() == before
