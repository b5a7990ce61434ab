"""What happens to monthly reports is told to whoever enters and whoever approves."""

import pytest

from danvan.notifications.subscribers import reports as subscribers
from danvan.reporting import events
from danvan.reporting import services as reporting
from tests.factories.province import make_grant, make_user
from tests.notifications.hearing import heard, told
from tests.reporting.months import GOOD, NOVEMBER, TODAY, Month

pytestmark = pytest.mark.django_db
TITLE = "Báo cáo công tác dân vận tháng 11/2026"


@pytest.fixture
def month(settings):
    settings.DANVAN_TODAY = TODAY
    month = Month()
    province = month.province
    month.officers = [
        make_grant(place, "commune_officer", user=make_user(name))
        for place, name in zip(province.communes, ("Sơn", "Cuông", "Khê"), strict=True)
    ]
    month.approver = make_grant(province.place, "specialist", user=make_user("An"))
    return month


def send(month, number=0):
    owed = month.owed[number]
    owed.refresh_from_db()
    return reporting.submit_report(owed, answers=GOOD, actor=month.officers[number])


def test_each_unit_is_told_that_a_month_is_open(month):
    assert sorted(heard()) == [
        (name, f"{TITLE}: đề nghị gửi chậm nhất ngày 05/12/2026", f"/bieu-mau/{owed.pk}/nhap/")
        for name, owed in sorted(
            zip(("Sơn", "Cuông", "Khê"), month.owed, strict=True), key=lambda pair: pair[0]
        )
    ]


def test_one_officer_of_several_communes_is_told_once(month):
    for place in month.province.communes[:2]:
        make_grant(place, "commune_officer", user=month.officers[0])
    heard()
    assert [url for name, _, url in told() if name == "Sơn"] == ["/bieu-mau/"]


def test_the_first_report_of_a_month_is_told_and_each_that_is_sent_again(month):
    heard()
    send(month)
    approving = f"/bieu-mau/ky/{month.form.pk}/2026-11/"
    assert heard() == [("An", f"{TITLE}: đã có đơn vị gửi, chờ duyệt", approving)]
    send(month, 1)
    assert heard() == []
    send(month)
    again = f"/bieu-mau/{month.first.pk}/"
    assert heard() == [("An", f"Xã Môn Sơn gửi lại: {TITLE}", again)]


def test_what_was_decided_is_told_to_the_unit(month):
    heard()
    send(month)
    heard()
    month.first.refresh_from_db()
    page = f"/bieu-mau/{month.first.pk}/"
    reporting.return_report(month.first, words="Sai số", comments={}, actor=month.approver)
    assert heard() == [("Sơn", f"{TITLE} được trả lại để sửa", page)]
    send(month)
    heard()
    month.first.refresh_from_db()
    reporting.accept_report(month.first, actor=month.approver)
    assert heard() == [("Sơn", f"{TITLE} đã được duyệt", page)]


def test_that_the_figures_stand_is_told_to_each_unit_once(month):
    for number in range(3):
        send(month, number)
    for owed in month.owed:
        owed.refresh_from_db()
    reporting.accept_reports(month.owed, actor=month.approver)
    heard()
    reporting.lock_period(month.form, NOVEMBER, actor=month.approver)
    assert sorted((name, words) for name, words, _ in heard()) == [
        ("Cuông", f"{TITLE}: số liệu đã chốt"),
        ("Khê", f"{TITLE}: số liệu đã chốt"),
        ("Sơn", f"{TITLE}: số liệu đã chốt"),
    ]


def test_what_is_gone_is_told_to_nobody(db):
    subscribers.tell_sent(events.ReportSent(obligation_id=1, vintage=1))
    subscribers.tell_decided(events.ReportDecided(obligation_id=1, standing="returned"))
    assert told() == []
