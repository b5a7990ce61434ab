"""The catalogue of indicators in the browser: found without marks, defined in plain words, looked at before it changes."""

import pytest

from danvan.indicators.services import recompute_dirty
from danvan.reporting.models import Obligation
from danvan.reporting.services import NewItem, NewSection, open_period, submit_report
from tests.factories.province import make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.scales import a_scale, give_steps
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_target_figures import sign_in
from tests.reporting.months import GOOD, NOVEMBER, TODAY, Month, make_form


@pytest.fixture
def month(transactional_db, settings):
    settings.DANVAN_TODAY = TODAY
    return Month()


def test_an_indicator_is_defined_looked_at_and_published(page, live_server, client, month):
    an_indicator("TL-01", name="Số mô hình Dân vận khéo", owner=month.province.place)
    submit_report(month.first, answers=GOOD, actor=None)
    recompute_dirty()
    sign_in(page, live_server, client, make_grant(month.province.place, "specialist"))
    page.goto(f"{live_server.url}/chi-so/?q=mo+hinh")
    look(page, "indicators")
    assert_accessible(page)
    page.get_by_role("link", name="Số mô hình Dân vận khéo").click()
    page.get_by_role("link", name="Phiên bản mới").click()
    page.get_by_label("Tên chỉ số").fill("Số mô hình được công nhận")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    assert "Từ 03/12/2026 sẽ thay đổi" in page.get_by_role("main").inner_text()
    look(page, "indicator-redefine")
    assert_accessible(page)
    page.get_by_role("button", name="Ban hành phiên bản mới").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Số mô hình được công nhận"

    page.goto(f"{live_server.url}/chi-so/{month.indicators['DV-02'].pk}/")
    look(page, "indicator-card")
    assert_accessible(page)
    page.get_by_role("link", name="1 trên 3 đơn vị").click()
    assert "Lượt dự" in page.get_by_role("heading", level=1).inner_text()

    page.goto(f"{live_server.url}/chi-so/lap/")
    page.get_by_label("Mã", exact=True).fill("TL-02")
    page.get_by_role("button", name="Lập chỉ số").click()
    look(page, "indicator-refused")
    assert_accessible(page)


def test_the_steps_of_a_qualitative_indicator_open_to_the_units(page, live_server, client, month):
    scale = a_scale("DT-01", owner=month.province.place)
    item = NewItem("muc", "Mức", "DT-01")
    form = make_form(month.province, code="BM-09", sections=[NewSection("Chất lượng", [item])])
    open_period(form, NOVEMBER, actor=None)
    first, second, _ = month.province.communes
    give_steps(scale, "2026-11", {first: "Tốt", second: "Khá"})
    third = month.province.communes[2]
    owed = Obligation.objects.get(form=form, unit=third)
    sign_in(page, live_server, client, make_grant(third, "commune_officer"))
    page.goto(f"{live_server.url}/bieu-mau/{owed.pk}/nhap/")
    look(page, "report-step")
    assert_accessible(page)
    page.get_by_role("radio", name="Khá").check()
    assert page.get_by_role("radio", name="Khá").is_checked()

    sign_in(page, live_server, client, make_grant(month.province.place, "leader"))
    page.goto(f"{live_server.url}/chi-so/{scale.pk}/")
    look(page, "indicator-steps-card")
    assert_accessible(page)
    page.get_by_role("link", name="1 đơn vị: chưa báo cáo, Tỉnh Nghệ An").click()
    assert "Tốt 1, Khá 1, chưa báo cáo 1" in page.get_by_role("main").inner_text()
    look(page, "indicator-steps")
    assert_accessible(page)
