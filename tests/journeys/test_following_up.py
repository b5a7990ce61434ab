"""Work is urged in bulk, the commune answers and raises a difficulty, the province answers it; a text goes to Zalo."""

from datetime import date

import pytest

from danvan.commitments.services import Assignment, assign_commitments
from tests.factories.province import Province
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_today import PASSWORD, person, sign_in

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day(settings, live_server, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path


def test_work_is_urged_answered_and_a_difficulty_met(page, live_server):
    province = Province()
    works = [
        Assignment(lead.pk, f"Đổ bê tông đường bản Khe Rạn, đoạn {number}", "Biên bản nghiệm thu", date(2026, 11, 1))
        for number, lead in enumerate(province.fronts[:2], 1)
    ]  # fmt: skip
    assign_commitments(works, assigner=province.front, actor=None, assigned_on=date(2026, 8, 14))
    specialist = person(province.front, "specialist", "Nguyễn Hải Yến")
    officer = person(province.communes[0], "commune_officer", "Lô Văn Thắng")
    sign_in(page, live_server, specialist)
    page.goto(f"{live_server.url}/viec-phai-lam/?muc=qua-han")
    page.get_by_label("Chọn tất cả trên trang").check()
    page.get_by_role("button", name="Theo dõi, đôn đốc").click()
    page.get_by_label("Đôn đốc", exact=True).check()
    page.get_by_label("Đề nghị trả lời trước ngày").fill("25/11/2026")
    look(page, "follow-many")
    page.get_by_role("button", name="Ghi lại và báo đơn vị").click()
    assert page.get_by_text("Đã ghi lượt đôn đốc 2 đơn vị về 2 việc").is_visible()
    page.goto(f"{live_server.url}/viec-phai-lam/theo-doi/")
    look(page, "follow-ups")
    page.goto(f"{live_server.url}/viec-phai-lam/gui-zalo/?muc=qua-han")
    look(page, "zalo")
    assert_accessible(page)
    text = page.get_by_label("Nội dung gửi").input_value()
    assert text.startswith("[Dân Vận Số] 2 việc quá hạn của 2 đơn vị")

    page.context.clear_cookies()
    sign_in(page, live_server, officer)
    page.get_by_role("link", name="Đôn đốc ngày 20/11/2026: trả lời").click()
    page.get_by_label("Trả lời của đơn vị").fill("Thiếu xi măng, đã báo cấp trên.")
    look(page, "follow-up")
    page.get_by_role("button", name="Gửi trả lời").click()
    page.get_by_role("link", name="Đổ bê tông đường bản Khe Rạn, đoạn 1").click()
    look(page, "followed-card")
    page.get_by_role("link", name="Nêu khó khăn").click()
    page.get_by_label("Đơn vị nêu").select_option(label="Ủy ban MTTQ Việt Nam Xã Môn Sơn")
    page.get_by_label("Khó khăn, vướng mắc").fill("Thiếu xi măng")
    look(page, "raise-difficulty")
    page.get_by_role("button", name="Gửi lên cấp trên").click()
    page.goto(f"{live_server.url}/viec-phai-lam/nhat-ky/")
    look(page, "work-log")
    assert_accessible(page)
    page.get_by_label("Nêu khó khăn, vướng mắc: Thiếu xi măng").check()
    page.get_by_role("button", name="Đưa vào nhật ký").click()
    assert page.get_by_text("Đã đưa 1 việc vào nhật ký").is_visible()

    page.context.clear_cookies()
    sign_in(page, live_server, specialist)
    page.get_by_role("link", name="Thiếu xi măng", exact=True).click()
    look(page, "difficulty")
    assert_accessible(page)
    page.get_by_role("textbox", name="Trả lời").fill("Cấp 20 tấn trong tuần.")
    page.get_by_role("button", name="Gửi trả lời").click()
    page.goto(f"{live_server.url}/viec-phai-lam/kho-khan/")
    look(page, "difficulties")
    assert page.get_by_text("Đã trả lời", exact=True).count() >= 1
    assert PASSWORD not in page.content()
