"""A day on which twelve people come is planned, held, written down and printed as the register, on a desktop and a phone."""

import pytest

from danvan.petitions.models import VisitMatter
from danvan.petitions.services import PersonDraft
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_topics import signed_in
from tests.petitions import papers, receptions

AT = "/tiep-cong-dan/"


@pytest.fixture
def office(db, settings, tmp_path):
    settings.DANVAN_TODAY = papers.TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    return papers.Office()


def test_a_day_with_twelve_people_is_printed_as_the_register(page, live_server, client, office):
    day = receptions.held(office.unit)
    for n in range(11):
        who = PersonDraft(name=f"Vừ A Số {n}", address=f"Bản {n}")
        receptions.visited(
            office.unit, receptions.matter(f"Việc {n}"), persons=(who,), day_id=day.pk
        )
    signed_in(page, live_server, client, office.officer)
    page.goto(f"{live_server.url}{AT}{day.pk}/")
    look(page, "reception-day")
    assert_accessible(page)
    page.get_by_role("link", name="Ghi lượt tiếp").click()
    assert_accessible(page)
    page.get_by_label("Họ tên").fill("Lô Văn Nam")
    page.get_by_label("Loại").first.select_option("proposal")
    page.get_by_label("Nội dung vụ việc").first.fill("Sửa cầu treo bản Xiềng")
    page.get_by_label("Cách xử lý").first.select_option("received")
    page.get_by_role("button", name="Ghi lượt tiếp").click()
    page.get_by_text("Đã ghi lượt tiếp vào sổ").wait_for()
    look(page, "reception-visit")
    assert_accessible(page)
    page.goto(f"{live_server.url}{AT}so/")
    look(page, "reception-register")
    assert_accessible(page)
    assert page.get_by_text("Đã niêm phong").count() == 24
    page.get_by_text("Mở danh tính của các dòng đang lọc").click()
    page.get_by_label("Mở để làm gì?").select_option("contact")
    page.get_by_role("button", name="Mở danh tính, có ghi sổ").click()
    page.get_by_text("Lô Văn Nam").first.wait_for()
    page.get_by_role("link", name="In sổ").click()
    rows = page.locator(".so-bang tbody tr")
    assert rows.count() == VisitMatter.objects.count() == 12
    assert [rows.nth(n).locator("td").count() for n in range(12)] == [12] * 12
    look(page, "reception-print")
    assert_accessible(page)
    page.goto(f"{live_server.url}{AT}")
    look(page, "reception-schedule")
    assert_accessible(page)
