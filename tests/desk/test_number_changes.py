"""What changed in a figure since a day: then and now, whose values, by whom and why; the differences add up."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.desk.numbers.changes import SHOWN, changes_url, moment_asked, signed
from danvan.indicators.enums import OverTree
from danvan.indicators.selectors import indicators_on
from danvan.indicators.services import recompute_dirty
from danvan.reporting.services import (
    accept_report,
    lock_period,
    reopen_report,
    return_report,
    submit_report,
)
from tests.desk.months import NOVEMBER, TODAY, Case, plain
from tests.factories.province import make_grant
from tests.indicators.figures import an_indicator, give
from tests.once import once, own
from tests.reporting.months import GOOD

pytestmark = pytest.mark.django_db
BEFORE = "19/12/2026"  # the day before anything was sent, in the register's own time
LATER = date(2026, 12, 22)


class Corrected(Case):
    """Of three communes the first sends again after a return, the second after the lock, the third for the first time."""

    def __init__(self):
        with override_settings(DANVAN_TODAY=date(2026, 12, 18)):
            super().__init__()
        first, second, third = self.month.owed
        with override_settings(DANVAN_TODAY=LATER):
            return_report(first, words="", comments={"luot": "Gấp bốn lần."}, actor=self.specialist)
            self.again(first, luot="412")
            self.accept(second)
            lock_period(self.month.form, NOVEMBER, actor=self.specialist)
            second.refresh_from_db()
            reopen_report(second, words="Đếm trùng.", actor=self.leader)
            self.again(second, luot="1.400")
            self.again(third)
            recompute_dirty()

    def accept(self, owed):
        for one in (self.month.owed[0], owed):
            one.refresh_from_db()
            accept_report(one, actor=self.specialist)

    def again(self, owed, **answers):
        owed.refresh_from_db()
        said = {**GOOD, "y-kien": "9", "tai-cho": "6", **answers}
        return submit_report(owed, answers=said, actor=self.officer)


_case = once(Corrected, DANVAN_TODAY=TODAY)


@pytest.fixture
def case(_case, settings):
    settings.DANVAN_TODAY = LATER
    return own(_case)


def changes(client, user, unit, code="DV-02", **asked):
    client.force_login(user)
    said = {"chi_so": code, "ky": "2026-11", "tu": BEFORE, "don_vi": unit.pk, **asked}
    return client.get(reverse("desk:number-changes"), said)


def test_the_figure_of_then_and_now_with_who_changed_it_and_why(client, case):
    response = changes(client, case.leader, case.province.place)
    found, page = response.context["found"], plain(response)

    assert (found.then, found.now, found.difference) == ("2.824", "3.224", "+400")
    (part,) = found.parts
    told = {
        line.unit: (line.old, line.new, line.difference, line.act, line.why) for line in part.lines
    }
    assert told == {
        "Xã Môn Sơn": ("1.412", "412", "-1.000", "Trả lại, gửi lại", ""),
        "Xã Con Cuông": ("1.412", "1.400", "-12", "Mở lại sau khi chốt, gửi lại", "Đếm trùng."),
        "Xã Châu Khê": ("chưa gửi", "1.412", "+1.412", "Gửi lần đầu", ""),
    }
    assert {line.by for line in part.lines} == {"Lô Thị Mai"}
    assert part.total == found.difference
    assert "bằng chênh lệch của con số" in page
    assert "3 giá trị của 3 đơn vị đã đổi" in page
    for line in part.lines:
        assert client.get(line.report_url).status_code == 200
        assert client.get(line.figure_url).status_code == 200
    again = next(line for line in part.lines if line.unit == "Xã Môn Sơn")
    assert "Gấp bốn lần." in plain(client.get(again.report_url))


def test_from_today_on_nothing_changed(client, case):
    response = changes(client, case.leader, case.province.place, tu="22/12/2026")
    assert response.context["found"].count == 0
    assert "Không đơn vị nào sửa số" in plain(response)
    assert response.context["found"].difference == "0"


def test_of_a_share_each_part_is_told(client, case):
    found = changes(client, case.leader, case.province.place, "DV-09").context["found"]
    whole, part = case.month.indicators["DV-04"], case.month.indicators["DV-05"]
    assert [one.part.version.indicator_id for one in found.parts] == [whole.pk, part.pk]
    assert [(one.then, one.now, one.total) for one in found.parts] == [
        ("19", "27", "+8"), ("13", "18", "+5"),
    ]  # fmt: skip
    assert (found.then, found.now) == ("13/19 = 68,4\u00a0%", "18/27 = 66,7\u00a0%")


def test_an_officer_reads_the_changes_of_their_own_commune_only(client, case):
    found = changes(client, case.officer, case.province.place).context["found"]
    assert (found.unit, found.count) == ("Xã Môn Sơn", 1)
    stranger = make_grant(case.province.communes[1], "clerk")
    assert changes(client, stranger, case.province.place).status_code == 403
    assert changes(client, case.officer, case.province.communes[1]).status_code == 404
    assert changes(client, case.leader, case.province.place, "KHONG-CO").status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"tu": "31/02/2026"}, "31/02/2026"),
        ({"tu": "23/12/2026"}, "Đồng chí vui lòng chọn một ngày từ"),
        ({"tu": "01/01/0001"}, "Đồng chí vui lòng chọn một ngày từ"),
        ({"tu": "2026-13-01T00:00"}, "Đồng chí vui lòng ghi ngày dạng ngày/tháng/năm."),
        ({"tu": "9999-12-31T23:59:59-12:00"}, "Đồng chí vui lòng"),
        ({"ky": "2026-99"}, "2026-99"),
        ({"doc": "xx"}, "Đang đọc như khi đó."),
    ],
)
def test_what_is_no_day_no_period_and_no_reading_is_told(client, case, asked, said):
    response = changes(client, case.leader, case.province.place, **asked)
    assert response.status_code == 422
    assert said in plain(response)
    address = f"{reverse('desk:number-changes-workbook')}?{response.wsgi_request.GET.urlencode()}"
    assert client.get(address).status_code == 422


def test_without_a_place_it_is_the_readers_own_and_without_a_day_a_week_ago(client, case):
    client.force_login(case.leader)
    page = reverse("desk:number-changes")
    response = client.get(page, {"chi_so": "DV-02", "ky": "2026-11"})
    assert response.context["found"].unit == "Tỉnh Nghệ An"
    assert response.context["day"] == date(2026, 12, 15)
    assert response.context["found"].then == "–"
    assert "trước chưa có số để so" in plain(response)


def test_an_instant_of_a_page_of_ours_is_taken_to_the_second(settings):
    settings.DANVAN_TODAY = LATER
    at = datetime(2026, 12, 20, 10, 14, 33, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert moment_asked(at.isoformat()) == (at, "")
    assert moment_asked("2026-12-20T10:14:33") == (at, "")
    assert changes_url("DV-02", 1, NOVEMBER, since=at).endswith(
        "tu=2026-12-20T10%3A14%3A33%2B07%3A00"
    )


def test_the_number_page_names_its_vintage_and_leads_to_its_changes(client, case):
    client.force_login(case.leader)
    said = {"chi_so": "DV-02", "ky": "2026-11", "don_vi": case.province.place.pk, "muc": "1"}
    response = client.get(reverse("desk:number"), said)
    page = plain(response)
    assert "Bản mới nhất, ghi lần cuối " in page
    assert "; đọc lúc " in page
    assert reverse("desk:number-changes") in response.content.decode()


def test_the_sheet_has_every_value_and_the_sum(client, case):
    client.force_login(case.leader)
    said = {"chi_so": "DV-02", "ky": "2026-11", "don_vi": case.province.place.pk, "tu": BEFORE}
    response = client.get(reverse("desk:number-changes-workbook"), said)
    rows = list(
        openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    )
    assert rows[1][0].startswith("Biết đến 23:59 19/12/2026: 2.824")
    assert [row[1] for row in rows[-1:]] == ["Cộng các chênh lệch"]
    assert rows[-1][3:6] == ("2.824", "3.224", "+400")
    assert {row[7] for row in rows[5:-1]} == {
        "Trả lại, gửi lại", "Mở lại sau khi chốt, gửi lại", "Gửi lần đầu",
    }  # fmt: skip


def test_what_came_with_no_report_and_what_does_not_add_up_are_told_as_such(client, case):
    made = an_indicator("DV-20", over_tree=OverTree.AVERAGE)
    first, second, _ = case.province.communes
    for day, amounts in ((date(2026, 12, 18), (1, 3)), (LATER, (None, 5))):
        with override_settings(DANVAN_TODAY=day):
            give(first, "2026-11", {made: amounts[0]})
            give(second, "2026-11", {made: amounts[1]})
    response = changes(client, case.leader, case.province.place, "DV-20")
    (part,) = response.context["found"].parts
    assert {(line.new, line.act, line.report_url) for line in part.lines} == {
        ("không có số liệu", "Nhập từ nguồn khác, thay bản trước", ""),
        ("5", "Nhập từ nguồn khác, thay bản trước", ""),
    }
    assert "không cộng các đơn vị với nhau" in plain(response)


def test_a_difference_has_its_sign(case):
    version = next(one for one in indicators_on(TODAY) if one.indicator.code == "DV-07")
    told = [
        signed(version, None if one is None else Decimal(one)) for one in ("1.5", "-2", "0", None)
    ]
    assert told == ["+1,50", "-2,00", "0,00", "–"]


def test_many_changes_cost_the_same_queries_and_the_first_are_shown(client, case):
    def costs():
        with CaptureQueriesContext(connection) as asked:
            response = changes(client, case.leader, case.province.place, ky="2026")
        return len(asked), response

    costs()  # what is read once
    few, _ = costs()
    with override_settings(DANVAN_TODAY=LATER):
        for month in range(1, 11):
            give(
                case.province.communes[0],
                f"2026-{month:02}",
                {case.month.indicators["DV-02"]: month},
            )
    many, response = costs()
    assert many == few
    (part,) = response.context["found"].parts
    assert len(part.lines) == 13 <= SHOWN
