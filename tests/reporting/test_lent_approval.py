"""Who borrowed the right to approve acts for its time, in the lender's stead, and not a day longer."""

from datetime import date

import pytest

from danvan.accounts.models import Grant
from danvan.accounts.selectors import lender_of
from danvan.accounts.services import delegate_grant, withdraw_delegation
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.reporting.models import Decision, Obligation, Proposal
from danvan.reporting.services import (
    accept_report,
    accept_reports,
    give_back_report,
    lock_period,
    release_report,
    submit_report,
)
from tests.factories.province import make_grant, make_user
from tests.once import once, own
from tests.reporting.months import GOOD, NOVEMBER, TODAY
from tests.reporting.ways import Way, let_go, propose

pytestmark = pytest.mark.django_db
_way = once(Way, DANVAN_TODAY=TODAY)
UNTIL = date(2026, 12, 16)


@pytest.fixture
def way(_way, db):
    return own(_way)


def lend(lender, to, **said):
    held = Grant.objects.get(user=lender)
    given = {"source_symbol": "12-QĐ/ĐU", "reason": "Đi học."}
    return delegate_grant(held, to=to, valid_to=UNTIL, actor=lender, **given | said)


def test_the_deputy_lets_it_go_in_the_leaders_stead_and_it_is_told(way):
    deputy = make_user("Vi Thị Lan")
    lend(way.head, deputy, role="report_releaser")
    propose(way)
    release_report(way.first, actor=deputy)
    decision = Decision.objects.get()
    assert (decision.by, decision.on_behalf_of) == (deputy, way.head)
    assert decision.lent_until == date(2026, 12, 15)
    entry = AuditEntry.objects.get(action="reporting.release")
    assert (entry.actor, entry.details["on_behalf_of"]) == (deputy, way.head.pk)


def test_after_the_end_and_after_it_was_withdrawn_the_deputy_does_nothing(way, settings):
    deputy = make_user("Vi Thị Lan")
    lent = lend(way.head, deputy)
    propose(way)
    settings.DANVAN_TODAY = UNTIL
    with pytest.raises(RuleError, match="không còn giữ"):
        release_report(way.first, actor=deputy)
    settings.DANVAN_TODAY = TODAY
    give_back_report(way.first, words="Xem lại.", comments={}, actor=deputy)
    assert Proposal.objects.get().on_behalf_of == way.head
    propose(way)
    withdraw_delegation(lent, actor=way.head)
    with pytest.raises(RuleError, match="không còn giữ"):
        release_report(way.first, actor=deputy)
    assert Obligation.objects.get(pk=way.first.pk).standing == "proposed"


def test_a_lent_place_on_the_way_and_a_lent_acceptance_are_told_too(way):
    deputy, other = make_user("Vi Thị Lan"), make_user("Hồ Văn Nam")
    lend(way.place, deputy)
    lend(way.centre, other)
    let_go(way)
    accept_reports([way.first], actor=deputy)
    accept_report(way.first, actor=other)
    lock_period(way.form, NOVEMBER, actor=other)
    told = Decision.objects.order_by("pk").values_list("standing", "on_behalf_of")
    assert list(told)[1:] == [
        ("passed", way.place.pk),
        ("accepted", way.centre.pk),
        ("locked", way.centre.pk),
    ]
    assert (
        AuditEntry.objects.get(action="reporting.accept_many").details["on_behalf_of"]
        == way.place.pk
    )


def test_many_reports_accepted_in_several_steads_are_noted_for_each(way):
    deputy = make_user("Vi Thị Lan")
    lend(way.place, deputy)
    lend(way.centre, deputy)
    second = next(one for one in way.owed if one != way.first)
    for one in (way.first, second):
        Obligation.objects.filter(pk=one.pk).update(head_approves=False)
        submit_report(one, answers=GOOD, actor=None)
    accept_report(second, actor=way.place)

    accept_reports([way.first, second], actor=deputy)

    noted = AuditEntry.objects.filter(action="reporting.accept_many").order_by("pk")
    assert sorted((one.details["on_behalf_of"], one.details["ids"]) for one in noted) == sorted(
        [(way.place.pk, [way.first.pk]), (way.centre.pk, [second.pk])]
    )


def test_by_a_right_of_ones_own_nobody_stands_in(way):
    lend(way.head, way.officer)
    make_grant(way.commune, "leader", user=way.officer)
    propose(way)
    release_report(way.first, actor=way.officer)
    assert Decision.objects.get().on_behalf_of is None


def test_a_part_is_lent_of_a_role_that_has_it_and_of_no_other(way):
    with pytest.raises(RuleError, match="không gồm quyền") as refused:
        lend(way.place, make_user("Vi Thị Lan"), role="report_releaser")
    assert [fault.column for fault in refused.value.faults] == ["role"]
    with pytest.raises(RuleError) as refused:
        lend(way.head, make_user("Hồ Văn Nam"), source_symbol="x" * 81, reason="y" * 301)
    assert [fault.column for fault in refused.value.faults] == ["source_symbol", "reason"]


def test_the_lender_is_found_above_the_unit_or_at_it_alone(way):
    deputy = make_user("Vi Thị Lan")
    lend(way.place, deputy)
    assert lender_of(deputy, "submissions.approve", way.commune.pk).lender == way.place
    assert lender_of(deputy, "submissions.approve", way.commune.pk, itself=True) is None
    assert lender_of(way.place, "submissions.approve", way.province.place.pk) is None
