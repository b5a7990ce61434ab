"""A commune is divided without a script's help: shares, one heir, the work passed on to the other."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.services import Assignment, assign_commitments
from danvan.organisations.models import HandOver, Lineage
from tests.desk.reorganising import a_draft
from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator, give
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_reorganise import signed, step

TODAY = date(2026, 12, 31)


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    province = Province()
    talks = an_indicator("DV-01", name="Cuộc đối thoại")
    for place, held in zip(province.communes, (9, 3, 2), strict=True):
        give(place, "2026-05", {talks: held})
    work = [Assignment(province.fronts[0].pk, "Sửa cầu treo bản Xiềng", "Biên bản", TODAY)]
    assign_commitments(work, assigner=province.committee, actor=None)
    return province


def test_a_commune_is_divided(page, live_server, client, province):
    administrator = make_grant(province.place, "administrator")
    make_grant(province.place, "leader", user=administrator)
    signed(page, live_server, client, administrator)
    draft = a_draft(province.place, "divide", title="Chia xã Môn Sơn")
    page.goto(live_server.url + reverse("desk:reorganise-units", args=[draft.pk]))
    page.get_by_role("button", name="Thêm đơn vị mới").click()
    page.get_by_role("combobox", name="Đơn vị bị chia").fill("uy ban")
    for at, name in enumerate(("Xã Môn Thượng", "Xã Môn Hạ")):
        page.get_by_label("Tên đầy đủ").nth(at).fill(name)
        page.get_by_label("Loại hình").nth(at).select_option("Xã")
        page.locator(f"[name=founds_{at}_code]").fill(f"1720{at}")
    look(page, "divide-units")
    assert_accessible(page)
    page.get_by_role("combobox", name="Đơn vị bị chia").press("Escape")
    page.get_by_role("button", name="Ghi, sang bước").click()
    page.get_by_text("Chưa ghi được các đơn vị").wait_for()
    look(page, "divide-units-asked")
    assert_accessible(page)
    page.get_by_role("combobox", name="Đơn vị bị chia").fill("mon son")
    page.locator(".dv-options [role=option]").first.wait_for()
    page.get_by_role("combobox", name="Đơn vị bị chia").press("Escape")
    page.get_by_role("button", name="Ghi, sang bước").click()
    step(page, "Tỷ trọng")
    page.get_by_label("Phần Xã Môn Sơn chuyển sang Xã Môn Thượng").fill("41,3")
    page.get_by_role("button", name="Ghi, sang bước").click()
    page.get_by_text("vui lòng ghi 41,3 %").wait_for()
    look(page, "divide-shares-asked")
    assert_accessible(page)
    page.get_by_label("Phần Xã Môn Sơn chuyển sang Xã Môn Thượng").fill("41,3 %")
    page.get_by_role("radio", name="Xã Môn Thượng nhận việc đang mở của Xã Môn Sơn").check()
    page.get_by_role("button", name="Ghi, sang bước").click()
    step(page, "Kiểm tra")
    page.get_by_role("link", name="Tỷ trọng").click()
    look(page, "divide-shares")
    page.get_by_role("link", name="Xem trước").click()
    step(page, "Xem trước")
    look(page, "divide-preview")
    assert_accessible(page)
    page.get_by_role("link", name="Sang bước áp dụng").click()
    step(page, "Áp dụng")
    page.get_by_label("Tôi đã xem trước").check()
    page.get_by_role("button", name="Duyệt và áp dụng").click()
    page.get_by_text("Đã áp dụng SX-2026-001").wait_for()
    upper, lower = (one.unit_id for one in draft.new_units.order_by("pk"))
    passed = Lineage.objects.filter(predecessor=province.communes[0])
    assert dict(passed.values_list("successor_id", "weight")) == {upper: 413_000, lower: 587_000}

    page.goto(live_server.url + reverse("desk:hand-overs"))
    page.get_by_role("link", name="Chuyển tiếp").first.wait_for()
    look(page, "hand-overs-several")
    assert_accessible(page)
    page.get_by_role("link", name="Sửa cầu treo bản Xiềng").click()
    page.get_by_role("radio").first.check()
    look(page, "hand-over-pass-on")
    assert_accessible(page)
    page.get_by_role("button", name="Chuyển tiếp").click()
    page.get_by_text("chờ nơi ấy nhận").wait_for()
    handed = HandOver.objects.get(holder="commitments.lead")
    assert handed.taker.versions.get().place_id == lower
