"""A target of a figure in the browser: set by hand, divided, answered by a commune on a phone, read by the leader."""

from datetime import date

import pytest

from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.goals import give_months
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture
def province(transactional_db, settings):
    settings.DANVAN_TODAY = date(2026, 10, 15)
    return Province()


def sign_in(page, live_server, client, user):
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])


def test_from_the_province_to_a_commune_and_back(page, live_server, client, province):
    flow = an_indicator("DV-01", name="Số cuộc đối thoại")
    commune = province.communes[0]
    give_months(commune, flow, [7] * 8 + [6])
    sign_in(page, live_server, client, make_grant(province.place, "specialist"))
    page.goto(f"{live_server.url}/chi-tieu/")
    page.get_by_role("link", name="Lập chỉ tiêu").first.click()
    look(page, "target-set")
    assert_accessible(page)
    page.get_by_label("Tên chỉ tiêu").fill("Đối thoại với Nhân dân")
    page.get_by_role("radio", name="Theo số liệu báo cáo").check()
    page.get_by_label("Chỉ số để đo").select_option(label="Số cuộc đối thoại")
    page.get_by_label("Yêu cầu").select_option(label="Đạt một mức")
    page.get_by_label("Mức phải đạt").fill("250")
    page.get_by_role("button", name="Lập chỉ tiêu").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Đối thoại với Nhân dân"
    address = page.url

    page.get_by_role("link", name="Phân bổ").click()
    page.get_by_label("Xã Môn Sơn").fill("100")
    page.get_by_label("Xã Con Cuông").fill("120")
    page.get_by_role("button", name="Phân bổ chỉ tiêu").click()
    assert "thiếu 30 so với mức 250" in page.get_by_role("main").inner_text()
    look(page, "target-divide")
    assert_accessible(page)
    page.get_by_label("Dự phòng").fill("30")
    page.get_by_role("button", name="Phân bổ chỉ tiêu").click()
    assert "2 chưa trả lời" in page.get_by_role("main").inner_text()
    look(page, "target-cascade")
    assert_accessible(page)

    page.set_viewport_size({"width": 360, "height": 800})
    sign_in(page, live_server, client, make_grant(commune, "commune_officer"))
    page.goto(address)
    page.get_by_role("link", name="Trả lời phần giao của Xã Môn Sơn").click()
    look(page, "target-share")
    assert_accessible(page)
    page.get_by_role("button", name="Đưa vào kế hoạch").click()
    assert (
        "Đến 30/09/2026 cần ít nhất 75 cuộc, có 62 cuộc." in page.get_by_role("main").inner_text()
    )
    look(page, "target-figure")
    assert_accessible(page)

    sign_in(page, live_server, client, make_grant(province.place, "leader"))
    page.goto(address)
    told = page.get_by_role("main").inner_text()
    assert "1 đã đưa vào kế hoạch" in told
    assert "1 chưa trả lời" in told
    page.get_by_role("link", name="Đã đưa vào kế hoạch").click()
    page.get_by_role("link", name="62 cuộc, mở số liệu").click()
    assert "Số cuộc đối thoại" in page.get_by_role("main").inner_text()
