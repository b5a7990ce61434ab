"""The pages of who asks for reports: deciding on one, on many, locking, opening months."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.reporting.models import Obligation
from danvan.reporting.services import accept_report, lock_period, submit_report
from tests.reporting.months import GOOD, NOVEMBER
from tests.reporting.paths import at, held, period_at, sent, text_of

pytestmark = pytest.mark.django_db


def test_the_report_is_accepted_on_its_page(month, specialist, client):
    sent(month)
    client.force_login(specialist)
    assert "Duyệt báo cáo" in text_of(client.get(at("report", month)))

    client.post(at("decide", month), {"viec": "duyet", "seen": "1"})

    month.first.refresh_from_db()
    assert month.first.standing == "accepted"


def test_the_report_is_returned_with_reasons(month, specialist, client):
    sent(month)
    client.force_login(specialist)

    response = client.post(
        at("decide", month), {"viec": "tra", "seen": "1", "words": "", "c-luot": "Gấp bốn lần."}
    )

    assert response.status_code == 302
    assert "Đề nghị sửa: Gấp bốn lần." in text_of(client.get(at("report", month)))


def test_a_refused_decision_keeps_what_was_typed(month, specialist, client):
    sent(month)
    client.force_login(specialist)

    response = client.post(
        at("decide", month), {"viec": "tra", "seen": "0", "words": "Sai số.", "c-luot": "Xem lại"}
    )
    page = text_of(response)
    empty = client.post(at("decide", month), {"viec": "tra", "seen": "1"})

    assert (response.status_code, empty.status_code) == (422, 422)
    assert "Báo cáo này đã thay đổi sau khi đồng chí mở trang" in page
    assert "Sai số." in page
    assert 'value="Xem lại"' in page
    assert (page.count("<details open>"), empty.text.count("<details open>")) == (1, 0)
    assert "Đồng chí vui lòng ghi lý do trả lại" in text_of(empty)
    month.first.refresh_from_db()
    assert month.first.standing == "sent"


def test_a_decided_report_leads_on_to_the_next_that_waits(month, specialist, officer, client):
    sent(month)
    client.force_login(specialist)
    assert "chờ duyệt tiếp theo" not in text_of(client.get(at("report", month)))
    submit_report(month.owed[1], answers=GOOD, actor=None)

    page = client.get(at("report", month))

    assert "Mở báo cáo chờ duyệt tiếp theo" in text_of(page)
    assert reverse("reporting:report", args=[month.owed[1].pk]) in page.text
    client.force_login(officer)
    assert "chờ duyệt tiếp theo" not in text_of(client.get(at("report", month)))


@pytest.mark.parametrize("day", [5, 6])
def test_reports_not_sent_are_red_only_once_they_are_late(day, month, specialist, client, settings):
    settings.DANVAN_TODAY = date(2026, 12, day)
    client.force_login(specialist)
    page = client.get(period_at(month)).text
    before = page[: page.index("Chưa gửi</span>")]
    assert ("is-late" in before[before.rindex("<a") :]) == (day == 6)


def test_figures_that_differ_from_the_records_are_marked_and_not_blocked(month, specialist, client):
    sent(month, answers=GOOD | {"doi-thoai": "5"})
    held(month)
    client.force_login(specialist)

    page = text_of(client.get(at("report", month)))

    assert "khác số gửi" in page
    client.post(at("decide", month), {"viec": "duyet", "seen": "1"})
    month.first.refresh_from_db()
    assert month.first.standing == "accepted"


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("", {0, 1, 2}),
        ("cho-duyet", {0}),
        ("chua-gui", {2}),
        ("gui-tre", {1}),
        ("dung-han", {0}),
        ("da-gui", {0, 1}),
        ("da-duyet", {1}),
        ("da-chot", set()),
        ("tra-lai", set()),
    ],
)
def test_the_month_lists_who_is_in_which_standing(
    month, specialist, client, settings, chosen, shown
):
    settings.DANVAN_TODAY = date(2026, 12, 20)
    submit_report(month.owed[0], answers=GOOD, actor=None, on=date(2026, 12, 2))
    submit_report(month.owed[1], answers=GOOD, actor=None, on=date(2026, 12, 9))
    accept_report(month.owed[1], actor=None)
    client.force_login(specialist)

    page = text_of(client.get(period_at(month), {"tinh_trang": chosen}))

    found = {
        n for n, one in enumerate(month.owed) if reverse("reporting:report", args=[one.pk]) in page
    }
    assert found == shown


def test_the_month_finds_units_by_name_and_refuses_what_it_does_not_know(month, specialist, client):
    client.force_login(specialist)

    page = text_of(client.get(period_at(month), {"q": "con cuong"}))

    assert reverse("reporting:report", args=[month.owed[1].pk]) in page
    assert reverse("reporting:report", args=[month.owed[0].pk]) not in page
    assert client.get(period_at(month), {"tinh_trang": "la"}).status_code == 422
    steps = ("cho-lanh-dao", "dang-qua-cap", "cho-noi-giao")
    assert not [one for one in steps if f'value="{one}"' in page]
    assert client.get(period_at(month), {"tinh_trang": steps[0]}).status_code == 200
    for code in ("2026-Q3", "thang"):
        address = reverse("reporting:period", args=[month.form.pk, code])
        assert client.get(address).status_code == 404


def test_many_are_accepted_at_once_or_none(month, specialist, client):
    for one in month.owed[:2]:
        submit_report(one, answers=GOOD, actor=None)
    client.force_login(specialist)
    stale = [f"{month.owed[0].pk}:1", f"{month.owed[1].pk}:0", "x:y"]

    refused = client.post(period_at(month, "accept-many"), {"chon": stale})

    assert refused.status_code == 422
    assert "Xã Con Cuông: Báo cáo này đã thay đổi" in text_of(refused)
    assert Obligation.objects.filter(standing="accepted").count() == 0

    fresh = [f"{one.pk}:1" for one in month.owed[:2]]
    done = client.post(period_at(month, "accept-many"), {"chon": fresh})
    assert done.status_code == 302
    assert Obligation.objects.filter(standing="accepted").count() == 2


def test_the_month_is_locked_once_nothing_waits(month, specialist, client):
    sent(month)
    client.force_login(specialist)
    page = text_of(client.get(period_at(month)))
    assert "Chưa chốt được: còn 1 báo cáo chờ duyệt." in page
    refused = client.post(period_at(month, "lock"))
    assert refused.status_code == 422
    assert "Còn 1 báo cáo chờ duyệt" in text_of(refused)

    accept_report(month.first, actor=None)
    assert client.post(period_at(month, "lock")).status_code == 302

    month.first.refresh_from_db()
    assert month.first.standing == "locked"
    assert "Các báo cáo đã duyệt đều đã chốt." in text_of(client.get(period_at(month)))


def test_a_locked_report_is_opened_again_with_a_reason(month, specialist, client):
    sent(month)
    accept_report(month.first, actor=None)
    lock_period(month.form, NOVEMBER, actor=None)
    client.force_login(specialist)
    assert "Mở lại báo cáo này" in text_of(client.get(at("report", month)))

    refused = client.post(at("reopen", month), {"words": "", "seen": "3"})
    assert "Đồng chí vui lòng ghi lý do mở lại" in text_of(refused)
    assert refused.status_code == 422
    client.post(at("reopen", month), {"words": "Xã gửi nhầm biểu.", "seen": "3"})

    month.first.refresh_from_db()
    assert month.first.standing == "returned"


def test_a_month_is_opened_on_the_page_of_forms(month, specialist, client):
    client.force_login(specialist)
    address = reverse("reporting:manage")

    refused = client.post(address, {"bieu": month.form.pk, "thang": "2025-12"})
    done = client.post(address, {"bieu": month.form.pk, "thang": "2026-10"})

    assert refused.status_code == 422
    assert "Biểu này áp dụng từ ngày 01/01/2026" in text_of(refused)
    assert done["Location"] == reverse("reporting:period", args=[month.form.pk, "2026-10"])
    assert Obligation.objects.filter(first=date(2026, 10, 1)).count() == 3
    assert client.post(address, {}).status_code == 422
