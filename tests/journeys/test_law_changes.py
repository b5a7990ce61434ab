"""An administrator corrects the calendar in the browser: what moves is seen, agreed to, and told afterwards."""

from datetime import date

from danvan.law.services import load_calendar, load_parameters
from danvan.organisations.enums import Level
from tests.factories import GrantFactory, PlaceFactory
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_target_figures import sign_in
from tests.law.matters import begin, petitions  # noqa: F401


def test_a_day_is_corrected_and_the_deadlines_that_move_are_seen_first(
    page, live_server, client, transactional_db, settings, petitions  # noqa: F811
):  # fmt: skip
    settings.DANVAN_TODAY = date(2026, 11, 27)
    load_parameters()
    load_calendar([2026, 2027])
    held = begin(1)
    begin(2, n=2)
    root = GrantFactory(unit=PlaceFactory(level=Level.COUNTRY), role="administrator").user
    sign_in(page, live_server, client, root)
    page.goto(f"{live_server.url}/phap-luat/lich/sua/?ngay=25/11/2026")
    page.get_by_label("Ngày nghỉ").check()
    page.get_by_label("Lý do").fill("Nghỉ bão")
    page.get_by_label("Văn bản làm căn cứ").fill("Công điện 12/CĐ-UBND")
    page.get_by_role("button", name="Ghi vào lịch").click()
    words = page.get_by_role("main").inner_text()
    assert "chuyển 2 hạn đang chạy, trong đó 1 hạn đã qua" in words
    look(page, "calendar-moves")
    assert_accessible(page)
    page.get_by_label("Tôi đồng ý chuyển cả những hạn đã qua").check()
    page.get_by_role("button", name="Ghi vào lịch").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Lịch làm việc năm 2026"
    held.refresh_from_db()
    assert held.due_on == date(2026, 12, 3)

    page.goto(f"{live_server.url}/phap-luat/?q=thu+ly+khieu+nai&ngay=")
    page.get_by_role("link", name="Thụ lý khiếu nại").last.click()
    page.get_by_role("link", name="Sửa hoặc thêm mức mới").click()
    page.get_by_label("Có hiệu lực từ ngày").fill("01/12/2026")
    page.get_by_role("button", name="Ghi tham số").click()
    assert "chồng lên dòng từ 01/07/2026" in page.get_by_role("main").inner_text()
    look(page, "parameter-refused")
    assert_accessible(page)
    page.get_by_label("Dòng đang có hiệu lực kết thúc").check()
    page.get_by_role("button", name="Ghi tham số").click()
    look(page, "parameter-history")
    assert_accessible(page)
