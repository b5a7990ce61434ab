"""A commune plans what it makes public and puts an initiative of households to the people, on a desktop and a phone."""

import pytest

from danvan.grassroots.models import Initiative, Matter, PublicationPlan
from tests.factories.province import make_grant
from tests.grassroots import matters
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_topics import signed_in

LIST = "/dan-chu-co-so/"


@pytest.fixture
def commune(db, settings, tmp_path):
    settings.DANVAN_TODAY = matters.TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    return matters.Commune()


def test_a_plan_is_made_and_carried_out_and_households_propose(page, live_server, client, commune):
    signed_in(page, live_server, client, make_grant(commune.place, "commune_officer"))
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("link", name="Kế hoạch công khai").click()
    look(page, "publication-plans")
    page.get_by_role("link", name="Lập kế hoạch").click()
    page.get_by_label("Bộ phận phụ trách chung").fill("Văn phòng HĐND và UBND")
    page.get_by_label("Công khai trước ngày").fill("25/12/2026")
    look(page, "publication-plan-make")
    page.get_by_role("button", name="Lập kế hoạch").click()
    page.get_by_label("Số, ký hiệu kế hoạch").fill("15/KH-UBND")
    page.get_by_role("button", name="Ghi ban hành").click()
    page.get_by_text("Đã ghi ban hành kế hoạch công khai.").wait_for()
    look(page, "publication-plan")
    assert_accessible(page)
    plan = PublicationPlan.objects.get()
    item = plan.items.get(kind__code="CK02")
    page.get_by_role("link", name=f"Sửa nội dung CK02 {item.title}").click()
    look(page, "publication-item")
    assert_accessible(page)
    page.get_by_role("link", name="Thôi").click()
    page.get_by_role("link", name=f"Ghi việc cho nội dung {item.title}").click()
    page.get_by_role("button", name="Ghi việc").click()
    item.refresh_from_db()
    assert item.matter == Matter.objects.get()

    page.goto(f"{live_server.url}{LIST}sang-kien/ghi/")
    page.get_by_label("Thôn, bản, tổ dân phố").select_option(value=str(commune.villages[0].pk))
    page.get_by_label("Nội dung theo luật").select_option(value=str(matters.kind("QD06").pk))
    page.get_by_role("textbox", name="Sáng kiến").fill("Quy ước vệ sinh đường làng")
    page.get_by_role("textbox", name="Số hộ đồng ý").fill("9")
    page.get_by_role("textbox", name="Tổng số hộ của thôn").fill("90")
    look(page, "initiative-enter")
    page.get_by_role("button", name="Ghi sáng kiến").click()
    look(page, "initiative")
    assert_accessible(page)
    page.goto(f"{live_server.url}{LIST}sang-kien/")
    look(page, "initiatives")
    page.get_by_role("link", name="Quy ước vệ sinh đường làng").click()
    page.get_by_role("button", name="Đưa ra bàn").click()
    assert Initiative.objects.get().matter.title == "Quy ước vệ sinh đường làng"
