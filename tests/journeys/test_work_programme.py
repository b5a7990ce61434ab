"""A programme of a month in the browser: written, minded, issued, amended, and in the joint calendar of the unit."""

from datetime import date, time

import pytest
from django.urls import reverse

from danvan.commitments.models import ProgrammeEntry
from danvan.commitments.services import Assignment, assign_commitments
from danvan.commitments.services.programme_entries import EntryPlan, add_entry
from danvan.commitments.services.programmes import issue_programme, make_programme
from danvan.law.services import load_calendar, load_parameters
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.hands import signed_in

TODAY = date(2026, 11, 20)
DAY = date(2026, 12, 7)


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    load_parameters()
    load_calendar([2026, 2027])
    return Province()


def called_by(unit, content, party):
    """A line of a programme that a unit above issued, at eight on the day."""
    programme = make_programme(unit.pk, "2026-12", actor=None)
    line = EntryPlan(
        starts_on=DAY, kind="meeting", content=content, starts_at=time(8), ends_at=time(10),
        party_ids=(party.pk,), place="Hội trường tỉnh",
    )  # fmt: skip
    add_entry(programme, line, actor=None)
    issue_programme(programme, symbol="40-CTr", on=TODAY, reason="Đủ", actor=None)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def write(page, kind, content, day, **more):
    page.get_by_label("Loại").select_option(kind)
    page.get_by_label("Nội dung").fill(content)
    page.get_by_label("Ngày", exact=True).fill(day)
    for label, words in more.items():
        page.locator(f"[name={label}]").fill(words)


def test_a_programme_from_its_first_line_to_the_calendar_of_several_lines(
    page, live_server, client, province
):
    front = province.fronts[0]
    called_by(province.front, "Giao ban Mặt trận toàn tỉnh", front)
    called_by(province.committee, "Hội nghị sơ kết công tác dân vận", front)
    for assigner, due in ((province.front, 10), (province.committee, 18)):
        work = Assignment(
            front.pk, "Lấy ý kiến Nhân dân về sáp nhập bản", "Báo cáo", date(2026, 12, due)
        )
        assign_commitments([work], assigner=assigner, actor=None, assigned_on=TODAY)
    signed_in(page, live_server, client, make_grant(province.communes[0], "commune_officer"))

    page.goto(live_server.url + reverse("commitments:make-programme"))
    page.get_by_label("Đơn vị").select_option(label="Đảng ủy Xã Môn Sơn")
    press(page, "Lập chương trình")
    page.get_by_role("link", name="Thêm mục", exact=True).click()
    write(
        page,
        "meeting",
        "Họp Ban Thường vụ",
        "07/12/2026",
        starts_at="8h",
        chair="Bí thư Đảng ủy",
        parties="uy ban mttq viet nam xa mon son",
    )
    look(page, "programme-entry")
    assert_accessible(page)
    press(page, "Ghi mục")
    page.get_by_text("mỗi tháng cần ít nhất 1").wait_for()
    press(page, "Ban hành chương trình")
    page.get_by_text("vui lòng ghi số, ký hiệu").wait_for()
    look(page, "programme-draft")
    page.get_by_role("link", name="Thêm mục", exact=True).click()
    write(
        page,
        "dialogue",
        "Đối thoại với Nhân dân về sáp nhập bản",
        "16/12/2026",
        starts_at="14h",
        place="Nhà văn hóa",
    )
    press(page, "Ghi mục")
    page.get_by_label("Số, ký hiệu").fill("12-CTr/ĐU")
    page.get_by_text("Không có gì cần lưu ý").wait_for()
    press(page, "Ban hành chương trình")
    page.get_by_text("Đã ban hành chương trình số 12-CTr/ĐU.").wait_for()
    page.get_by_role("link", name="Họp Ban Thường vụ").click()
    page.locator("[name=starts_at]").fill("9h")
    page.get_by_label("Lý do điều chỉnh").fill("Trùng giao ban")
    press(page, "Ghi điều chỉnh")
    page.get_by_text("Lý do: Trùng giao ban").wait_for()
    look(page, "programme-issued")
    assert_accessible(page)
    page.get_by_role("link", name="In", exact=True).click()
    look(page, "programme-paper")

    page.goto(live_server.url + reverse("commitments:calendar") + "?thang=2026-12")
    page.get_by_role("heading", name="Chỉ đạo không khớp nhau").wait_for()
    look(page, "calendar")
    assert_accessible(page)
    page.get_by_role("link", name="Ngành dọc giao").click()
    assert page.locator("table.cal a.cal-own").count() == 0
    page.locator("table.cal a").filter(has_text="Giao ban Mặt trận").click()
    look(page, "calendar-entry")
    page.goto(live_server.url + reverse("commitments:calendar-address"))
    press(page, "Tạo địa chỉ")
    look(page, "calendar-address")
    assert_accessible(page)
    page.goto(live_server.url + reverse("commitments:plans"))
    look(page, "plans")
    entry = ProgrammeEntry.objects.get(kind="dialogue")
    page.goto(live_server.url + reverse("dialogues:of-entry", args=[entry.pk]))
    assert page.get_by_label("Nội dung").input_value() == entry.content
