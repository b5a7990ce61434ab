"""The administrator's pages of the law: nothing moves that was not shown first."""

import re
from datetime import date

import pytest

from danvan.law.models import CalendarVersion, ClockMove, LegalParameter
from danvan.law.selectors import parameter
from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Level
from tests.factories import GrantFactory, PlaceFactory
from tests.law.matters import begin, petitions  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
DAY = "/phap-luat/lich/sua/"
NOTICE = {
    "day": "01/12/2026", "working": "0", "reason": "Nghỉ hoán đổi", "citation": "Thông báo 1/TB-BNV",
}  # fmt: skip


@pytest.fixture(autouse=True)
def loaded(settings):
    settings.DANVAN_TODAY = TODAY
    load_parameters()
    load_calendar([2026, 2027])


@pytest.fixture
def root(client):
    user = GrantFactory(unit=PlaceFactory(level=Level.COUNTRY), role="administrator").user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response):
    return " ".join(response.content.decode().split())


def mark_in(response):
    return re.search(r'name="da_xem" value="(\w+)"', response.content.decode())[1]


def versions():
    return CalendarVersion.objects.count()


def test_a_change_that_moves_clocks_is_shown_first_and_saved_when_it_was_seen(root, petitions):  # noqa: F811
    held = begin(1)
    shown = root.post(DAY, NOTICE)
    page = text(shown)
    assert (shown.status_code, versions()) == (200, 1)
    assert "Thay đổi này chuyển 1 hạn đang chạy." in page
    assert "Đơn số 1" in page
    assert "02/12/2026" in page
    assert "<b>03/12/2026</b>" in page
    assert 'name="dong_y"' not in page
    saved = root.post(DAY, {**NOTICE, "da_xem": mark_in(shown)})
    assert saved["Location"] == "/phap-luat/lich/2026/"
    held.refresh_from_db()
    assert held.due_on == date(2026, 12, 3)
    assert "(chuyển 1 hạn)" in text(root.get("/phap-luat/lich/2026/"))


def test_what_moves_can_be_asked_for_without_saving(root, petitions):  # noqa: F811
    page = text(root.post(DAY, {**NOTICE, "xem": "1"}))
    assert "Không có hạn đang chạy nào bị chuyển" in page
    assert versions() == 1
    begin(1)
    shown = root.post(DAY, {**NOTICE, "xem": "1"})
    again = root.post(DAY, {**NOTICE, "xem": "1", "da_xem": mark_in(shown)})
    assert (again.status_code, versions()) == (200, 1)


def test_a_list_that_changed_since_it_was_seen_is_shown_again(root, petitions):  # noqa: F811
    begin(1)
    mark = mark_in(root.post(DAY, NOTICE))
    begin(2)
    refused = root.post(DAY, {**NOTICE, "da_xem": mark})
    assert (refused.status_code, versions()) == (422, 1)
    assert "Danh sách hạn bị chuyển đã thay đổi" in text(refused)
    assert mark_in(refused) != mark


def test_passed_deadlines_ask_for_a_second_word(root, petitions):  # noqa: F811
    begin(1, n=2)  # due 25/11
    notice = {**NOTICE, "day": "25/11/2026"}
    shown = root.post(DAY, notice)
    assert "trong đó 1 hạn đã qua" in text(shown)
    refused = root.post(DAY, {**notice, "da_xem": mark_in(shown)})
    assert (refused.status_code, versions()) == (422, 1)
    assert "đánh dấu đồng ý" in text(refused)
    saved = root.post(DAY, {**notice, "da_xem": mark_in(shown), "dong_y": "1"})
    assert saved.status_code == 302
    assert ClockMove.objects.get().passed is True


def test_a_long_list_is_cut_and_says_how_many_more(root, petitions):  # noqa: F811
    for number in range(203):
        begin(number)
    assert "Và 3 hạn khác" in text(root.post(DAY, NOTICE))


@pytest.mark.parametrize("change", [{"reason": ""}, {"working": "1"}, {"day": "31/12/2031"}])
def test_what_would_be_refused_is_refused_before_anything_is_foreseen(root, change):
    response = root.post(DAY, {**NOTICE, **change, "xem": "1"})
    assert response.status_code == 422
    assert "Không có hạn" not in text(response)
    assert "da_xem" not in text(response)


def url(row):
    return f"/phap-luat/{row.pk}/sua/"


def said(row, **change):
    return {
        "title": row.title, "numerator": row.numerator, "denominator": row.denominator, "unit": row.unit,
        "scope": row.scope, "valid_from": f"{row.valid_from:%d/%m/%Y}", "valid_to": "",
        "citation": row.citation, "confidence": row.confidence, **change,
    }  # fmt: skip


def test_a_new_period_is_written_beside_the_old_one_and_its_history_shows_both(root):
    row = parameter("complaint.accept", on=TODAY)
    page = text(root.get(url(row)))
    assert 'value="01/07/2026"' in page
    assert "khóa complaint.accept" in page
    new = said(row, numerator=5, valid_from="01/12/2026", citation="Nghị định 1/2026/NĐ-CP")
    refused = root.post(url(row), new)
    assert refused.status_code == 422
    assert "chồng lên dòng từ 01/07/2026" in text(refused)
    saved = root.post(url(row), {**new, "end_former": "on"})
    assert saved.status_code == 302
    history = text(root.get(saved["Location"]))
    for words in (
        "05 ngày làm việc",
        "07 ngày làm việc",
        "10 ngày",
        "quản trị viên ghi",
        "chưa có hiệu lực",
    ):
        assert words in history
    assert root.get(url(row)).status_code == 404  # its place was taken


def test_a_correction_shows_the_clocks_it_moves_before_it_is_saved(root, petitions):  # noqa: F811
    row = parameter("complaint.accept", on=TODAY)
    held = begin(1, on=date(2026, 11, 25), parameter=row)
    new = said(row, numerator=5, citation="Đính chính Nghị định 155/2026/NĐ-CP")
    shown = root.post(url(row), new)
    assert "Đơn số 1" in text(shown)
    assert LegalParameter.objects.filter(corrected=True).count() == 0
    assert root.post(url(row), {**new, "da_xem": mark_in(shown)}).status_code == 302
    held.refresh_from_db()
    assert held.due_on == date(2026, 12, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"numerator": "x"}, {"numerator": "-1"}, {"numerator": "99999999999999999999"}, {"denominator": "0"},
        {"unit": "moons"}, {"valid_from": "31/02/2026"}, {"valid_from": ""}, {"citation": ""}, {"title": ""},
        {"valid_to": "01/01/2020"}, {"confidence": "?"}, {"scope": "x" * 121},
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_beside_its_field(root, change):
    row = parameter("complaint.accept", on=TODAY)
    response = root.post(url(row), said(row, **change))
    assert response.status_code == 422
    assert 'class="dv-field' in text(response)
    assert LegalParameter.objects.filter(corrected=True).count() == 0


def test_the_page_of_a_parameter_leads_to_its_change_for_who_may(root, client):
    row = parameter("complaint.accept", on=TODAY)
    assert url(row) in text(root.get(f"/phap-luat/{row.pk}/"))
    clerk = GrantFactory(unit=PlaceFactory(level=Level.PROVINCE), role="clerk").user
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert url(row) not in text(client.get(f"/phap-luat/{row.pk}/"))
    assert client.get(url(row)).status_code == 403
