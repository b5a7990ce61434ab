from datetime import date, timedelta

import pytest

from danvan.accounts.models import Grant
from danvan.accounts.services import end_grant, grant_role
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Follows
from tests.accounts.conftest import TODAY
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db

WHO = ["system", "root", "admin", "commune_admin", "leader", "specialist", "stranger", "nobody"]
# Who may give a role at each unit, every other one may not.
MAY = {
    "country": {"system", "root"},
    "province": {"system", "root", "admin"},
    "commune": {"system", "root", "admin", "commune_admin"},
    "beside": {"system", "root", "stranger"},
    "front": {"system", "root", "admin", "commune_admin"},
    # It stands in the province, but its line runs on into another one.
    "central": {"system", "root"},
    "far": {"system", "root", "stranger"},
}


def standing():
    return list(
        Grant.objects.order_by("pk").values_list(
            "user_id", "unit_id", "role", "valid_from", "valid_to"
        )
    ), AuditEntry.objects.count()


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("where", MAY)
def test_who_may_give_a_role_where(house, who, where):
    subject, actor, unit = UserFactory(), house.people[who], getattr(house, where)
    before = standing()
    if who in MAY[where]:
        grant = grant_role(subject, unit_id=unit.pk, role="specialist", actor=actor)
        grant.refresh_from_db()
        assert (grant.user, grant.unit, grant.role) == (subject, unit, "specialist")
        assert (grant.valid_from, grant.valid_to, grant.granted_by) == (TODAY, None, actor)
        assert grant.follows == (
            Follows.LINE if where in ("front", "central", "far") else Follows.PLACE
        )
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.action) == (actor, "accounts.grant")
        assert entry.details == {"user": subject.pk, "unit": unit.pk, "role": "specialist"}
    else:
        with pytest.raises(RuleError) as refused:
            grant_role(subject, unit_id=unit.pk, role="specialist", actor=actor)
        assert "unit" in {fault.column for fault in refused.value.faults}
        assert standing() == before


def test_one_organisation_alone_may_be_given_where_its_line_runs_out_of_reach(house):
    grant = grant_role(
        UserFactory(), unit_id=house.central.pk, role="clerk", follows=Follows.PLACE,
        actor=house.people["admin"],
    )  # fmt: skip
    assert grant.follows == Follows.PLACE


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"role": "vizier"}, ["role"]),
        ({"unit_id": 0}, ["unit"]),
        ({"follows": "wind"}, ["follows"]),
        ({"follows": Follows.LINE}, ["follows"]),
        ({"valid_from": TODAY - timedelta(days=1)}, ["valid_from"]),
        ({"valid_from": date(2019, 12, 31)}, ["unit", "valid_from"]),
        ({"valid_from": TODAY, "valid_to": TODAY}, ["valid_to"]),
        ({"valid_from": date(2026, 5, 1), "valid_to": TODAY}, ["valid_from", "valid_to"]),
        ({"role": "vizier", "unit_id": 0, "valid_to": date(2026, 1, 1)}, ["role", "unit", "valid_to"]),
    ],
)  # fmt: skip
def test_everything_wrong_with_a_grant_is_said_at_once_and_leaves_no_trace(house, change, columns):
    asked = {"unit_id": house.commune.pk, "role": "clerk", "actor": house.people["admin"], **change}
    subject, before = UserFactory(), standing()
    with pytest.raises(RuleError) as refused:
        grant_role(subject, **asked)
    assert [fault.column for fault in refused.value.faults] == columns
    if len(columns) == 1:
        assert refused.value.message == refused.value.faults[0].message
    assert standing() == before


@pytest.mark.parametrize(("blocked", "oneself"), [(True, False), (False, True)])
def test_nobody_grants_to_a_blocked_person_or_to_themselves(house, blocked, oneself):
    admin = house.people["admin"]
    subject, before = admin if oneself else UserFactory(is_active=not blocked), standing()
    with pytest.raises(RuleError) as refused:
        grant_role(subject, unit_id=house.commune.pk, role="clerk", actor=admin)
    assert [fault.column for fault in refused.value.faults] == ["user"]
    assert standing() == before


def test_a_role_the_granter_may_not_give_is_refused(house, monkeypatch):
    monkeypatch.setitem(
        __import__("danvan.accounts.roles", fromlist=["GIVES"]).GIVES, "administrator", {"clerk"}
    )
    admin, before = house.people["admin"], standing()
    with pytest.raises(RuleError) as refused:
        grant_role(UserFactory(), unit_id=house.commune.pk, role="leader", actor=admin)
    assert [fault.column for fault in refused.value.faults] == ["role"]
    assert standing() == before


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "again"),
    [
        (date(2026, 6, 10), date(2026, 6, 20), False),
        (date(2026, 6, 30), None, False),
        (TODAY, date(2026, 6, 11), False),
        (TODAY, date(2026, 6, 10), True),
        (date(2026, 7, 1), None, True),
    ],
)
def test_the_same_role_is_not_held_twice_on_one_day(house, valid_from, valid_to, again):
    held = GrantFactory(
        unit=house.commune, role="clerk", valid_from=date(2026, 6, 10), valid_to=date(2026, 7, 1)
    )
    asked = {"unit_id": house.commune.pk, "role": "clerk", "actor": house.people["admin"]}
    if again:
        grant = grant_role(held.user, valid_from=valid_from, valid_to=valid_to, **asked)
        assert (grant.valid_from, grant.valid_to) == (valid_from, valid_to)
    else:
        before = standing()
        with pytest.raises(RuleError):
            grant_role(held.user, valid_from=valid_from, valid_to=valid_to, **asked)
        assert standing() == before


def test_the_system_may_give_a_role_for_days_gone_by(house):
    grant = grant_role(
        UserFactory(), unit_id=house.commune.pk, role="clerk", actor=None,
        valid_from=date(2026, 1, 1), valid_to=date(2026, 2, 1),
    )  # fmt: skip
    assert (grant.valid_from, grant.valid_to) == (date(2026, 1, 1), date(2026, 2, 1))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("where", ["province", "commune", "beside"])
def test_who_may_end_a_grant(house, who, where):
    held, actor = GrantFactory(unit=getattr(house, where), role="clerk"), house.people[who]
    before = standing()
    if who in MAY[where]:
        end_grant(held, actor=actor)
        held.refresh_from_db()
        assert held.valid_to == TODAY
        entry = AuditEntry.objects.get()
        assert (entry.actor, entry.action) == (actor, "accounts.end_grant")
        assert entry.details == {"user": held.user_id, "on": "2026-06-01"}
    else:
        with pytest.raises(RuleError):
            end_grant(held, actor=actor)
        assert standing() == before


@pytest.mark.parametrize(
    ("held_from", "held_to", "on", "end"),
    [
        (date(2026, 1, 1), None, None, TODAY),
        (date(2026, 1, 1), date(2026, 12, 31), None, TODAY),
        (date(2026, 1, 1), None, date(2026, 7, 1), date(2026, 7, 1)),
        (TODAY, None, None, TODAY),
        (date(2026, 9, 1), None, None, date(2026, 9, 1)),
        (date(2026, 1, 1), TODAY, None, "refused"),
        (date(2026, 1, 1), date(2026, 7, 1), date(2026, 7, 1), "refused"),
        (date(2026, 1, 1), None, date(2026, 5, 31), "refused"),
    ],
    ids=["open", "before its end", "on a later day", "first day", "before it began",
         "over already", "no earlier", "in the past"],
)  # fmt: skip
def test_when_a_grant_may_end(house, held_from, held_to, on, end):
    held = GrantFactory(unit=house.commune, valid_from=held_from, valid_to=held_to)
    before = standing()
    if end == "refused":
        with pytest.raises(RuleError):
            end_grant(held, actor=house.people["admin"], on=on)
        assert standing() == before
    else:
        end_grant(held, actor=house.people["admin"], on=on)
        held.refresh_from_db()
        assert held.valid_to == end


def test_what_was_lent_ends_with_the_grant_it_was_lent_from(house):
    parent = GrantFactory(unit=house.commune)
    spans = [
        (date(2026, 5, 1), date(2026, 8, 1)),
        (date(2026, 7, 1), date(2026, 8, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
    ]
    lent = [
        GrantFactory(unit=house.commune, delegated_from=parent, valid_from=first, valid_to=end)
        for first, end in spans
    ]
    end_grant(parent, actor=house.people["admin"], on=date(2026, 6, 15))
    assert list(
        Grant.objects.filter(delegated_from=parent).order_by("pk").values_list("valid_from", "valid_to")
    ) == [
        (date(2026, 5, 1), date(2026, 6, 15)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 3, 1), date(2026, 4, 1)),
    ]  # fmt: skip
    assert len(lent) == 3


def test_the_last_administrator_of_the_installation_stays(house):
    held, before = Grant.objects.get(user=house.people["root"]), standing()
    with pytest.raises(RuleError, match="quản trị cuối cùng"):
        end_grant(held, actor=house.people["root"])
    assert standing() == before
    second = GrantFactory(unit=house.country, role="administrator")
    end_grant(held, actor=second.user)
    held.refresh_from_db()
    assert held.valid_to == TODAY


def test_a_role_the_ender_may_not_give_may_not_be_ended_either(house, monkeypatch):
    from danvan.accounts.roles import GIVES

    held = GrantFactory(unit=house.commune, role="leader")
    monkeypatch.setitem(GIVES, "administrator", frozenset({"clerk"}))
    before = standing()
    with pytest.raises(RuleError, match="Vai trò này"):
        end_grant(held, actor=house.people["admin"])
    assert standing() == before
