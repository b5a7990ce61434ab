"""A paper is received, its petition worked on and its sender's name opened for a purpose, on a desktop and a phone."""

import pytest

from danvan.petitions.models import Petition
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_topics import signed_in
from tests.petitions import papers

LIST = "/don-thu/"


@pytest.fixture
def office(db, settings, tmp_path):
    settings.DANVAN_TODAY = papers.TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    return papers.Office()


def test_a_complaint_is_received_accepted_and_verified(page, live_server, client, office):
    signed_in(page, live_server, client, office.officer)
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("link", name="Nhận đơn").click()
    look(page, "petition-receive")
    assert_accessible(page)
    page.get_by_role("button", name="Nhận đơn").click()
    look(page, "petition-receive-refused")
    page.get_by_label("Loại đơn").select_option("complaint")
    page.get_by_label("Tóm tắt").fill("Đo lại diện tích thu hồi đất làm đường")
    page.get_by_label("Người gửi yêu cầu gì").fill(
        "Đo lại thửa 214, tờ 9\nBồi thường phần chênh 38,5 m²"
    )
    page.get_by_label("Họ tên hoặc tên cơ quan").fill("Lô Văn Nam")
    page.get_by_label("Ngày nhận").fill("12/11/2026")
    page.get_by_label("Đơn vị nhận").select_option(str(office.unit.pk))
    page.get_by_label("Đơn đến bằng cách nào").select_option("reception")
    page.get_by_role("button", name="Nhận đơn").click()
    look(page, "petition-received")
    assert_accessible(page)
    page.get_by_role("link", name="Thụ lý", exact=True).click()
    look(page, "petition-act")
    assert_accessible(page)
    page.get_by_role("button", name="Thụ lý").click()
    page.get_by_label("Mở để làm gì?").select_option("contact")
    page.get_by_role("button", name="Mở 10 phút, có ghi sổ").click()
    page.get_by_text("Lô Văn Nam").wait_for()
    look(page, "petition-opened")
    assert_accessible(page)
    page.goto(f"{live_server.url}{LIST}?o=dang-giai-quyet")
    look(page, "petitions")
    assert_accessible(page)
    assert Petition.objects.get().state == "accepted"
