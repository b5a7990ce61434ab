"""Letting a unit off one report: signed with the reason, out of what is owed, taken back; never above what is owed."""

import pytest
from django.urls import reverse

from danvan.foundation.errors import RuleError
from danvan.reporting import selectors
from danvan.reporting.enums import Standing
from danvan.reporting.facts import completeness
from danvan.reporting.models import Exemption
from danvan.reporting.services import (
    accept_report,
    end_exemption,
    exempt_report,
    return_report,
    submit_report,
)
from tests.desk.months import plain
from tests.factories.province import make_grant
from tests.reporting.months import GOOD, NOVEMBER

pytestmark = pytest.mark.django_db


def told(month):
    found = selectors.standing_of_period(month.form, NOVEMBER)
    units = [one.unit_id for one in month.owed]
    facts = completeness(units, NOVEMBER)
    assert (facts.owed, facts.sent) == (found.owed, found.sent)
    return found


def test_who_is_let_off_owes_nothing_and_stays_on_the_list(month):
    first = month.owed[0]
    before = told(month)
    exemption = exempt_report(
        first, why=" Mới lập, chưa có người ", source_symbol="12-CV/TU", actor=None
    )
    after = told(month)
    assert (exemption.why, exemption.source_symbol) == ("Mới lập, chưa có người", "12-CV/TU")
    assert (after.owed, after.exempt, len(after.missing)) == (
        before.owed - 1,
        1,
        len(before.missing) - 1,
    )
    shown = selectors.obligations_of(month.form, NOVEMBER, standing="duoc-mien")
    assert [one.pk for one in shown] == [first.pk]
    assert first.pk not in [
        one.pk for one in selectors.obligations_of(month.form, NOVEMBER, standing="chua-gui")
    ]
    first.refresh_from_db()
    with pytest.raises(RuleError, match="đã được miễn; muốn gửi"):
        submit_report(first, answers=GOOD, actor=None)
    with pytest.raises(RuleError, match="đã được miễn rồi"):
        exempt_report(first, why="Nữa", actor=None)
    for act in (lambda: accept_report(first, actor=None), lambda: return_report(first, words="x", comments={}, actor=None)):  # fmt: skip
        with pytest.raises(RuleError, match="Không có gì để"):
            act()


def test_taken_back_it_is_owed_again_and_who_did_both_is_kept(month):
    first, leader = month.owed[0], make_grant(month.province.place, "leader")
    before = told(month)
    exempt_report(first, why="Nhầm", actor=leader)
    end_exemption(first, actor=leader)
    assert told(month) == before
    kept = Exemption.objects.get()
    assert (kept.by, kept.ended_by) == (leader, leader)
    with pytest.raises(RuleError, match="không còn được miễn"):
        end_exemption(first, actor=leader)
    first.refresh_from_db()
    assert first.standing == Standing.DUE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"why": " "}, "Đồng chí vui lòng ghi lý do miễn."),
        ({"why": "x" * 601}, "Lý do dài quá 600 ký tự, đồng chí vui lòng viết gọn lại."),
        ({"why": "x", "source_symbol": "y" * 81}, "Ký hiệu văn bản dài quá 80 ký tự."),
    ],
)
def test_it_is_not_signed_without_a_reason(month, given, sentence):
    with pytest.raises(RuleError) as refused:
        exempt_report(month.owed[0], **given, actor=None)
    assert [fault.message for fault in refused.value.faults] == [sentence]
    assert not Exemption.objects.exists()


def test_what_was_sent_is_not_let_off_and_counts_as_accepted_the_first_time_unless_returned(month):
    first, second = month.owed[:2]
    submit_report(first, answers=GOOD, actor=None)
    submit_report(second, answers=GOOD, actor=None)
    with pytest.raises(RuleError, match="đã gửi báo cáo này nên không cần miễn"):
        exempt_report(first, why="x", actor=None)
    accept_report(first, actor=None)
    return_report(second, words="Sửa", comments={}, actor=None)
    submit_report(second, answers=GOOD, actor=None)
    accept_report(second, actor=None)
    found = told(month)
    assert (found.accepted, found.accepted_first) == (2, 1)


def test_a_leader_lets_off_on_the_page_and_others_may_not(month, client):
    owed = month.owed[0]
    page = reverse("reporting:exempt", args=[owed.pk])
    client.force_login(make_grant(month.province.place, "leader"))
    assert "chưa gửi" in plain(client.get(page))
    assert client.post(page, {"why": ""}).status_code == 422
    answer = client.post(page, {"why": "Mới lập", "seen": owed.changes})
    assert answer.status_code == 302
    listed = plain(client.get(answer.url))
    assert "1 đơn vị được miễn" in listed
    assert "Được miễn" in listed
    assert "Mới lập" in plain(client.get(page))
    stale = client.post(page, {"seen": owed.changes})
    assert stale.status_code == 422
    assert "đã thay đổi sau khi đồng chí mở trang" in plain(stale)
    owed.refresh_from_db()
    assert client.post(page, {"seen": owed.changes}).status_code == 302
    assert "đơn vị được miễn" not in plain(client.get(answer.url))
    client.force_login(make_grant(month.province.communes[0], "commune_officer"))
    assert client.get(page).status_code == 403
