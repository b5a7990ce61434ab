"""A denunciation is taken in, opened for a purpose and handed on in a browser, which sends each form with where it comes from."""

import re

import pytest

from danvan.petitions.models import Denunciation
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_topics import signed_in
from tests.petitions import cases


@pytest.fixture
def vault(db, settings, tmp_path):
    settings.DANVAN_TODAY = cases.TODAY
    settings.SEALED_ROOT = tmp_path / "sealed"
    return cases.Vault()


def test_a_denunciation_is_taken_in_opened_and_handed_to_its_resolver(
    page, live_server, client, vault
):
    signed_in(page, live_server, client, vault.officer)
    page.goto(f"{live_server.url}/to-cao/nhan/")
    look(page, "vault-enter")
    assert_accessible(page)
    page.get_by_label("Tóm tắt nội dung tố cáo").fill("Khai khống hộ nghèo")
    page.get_by_label("Người, cơ quan bị tố cáo").fill("Hoàng Quốc Tí, Phó chủ tịch, UBND xã")
    page.get_by_label("Họ tên người tố cáo").fill("Vừ Bá Sáng")
    page.get_by_label("Ngày nhận").fill("12/11/2026")
    page.get_by_label("Đơn vị nhận").select_option(str(vault.unit.pk))
    page.get_by_label("Tố cáo đến bằng cách nào").select_option("reception")
    page.get_by_role("button", name="Niêm phong hồ sơ").click()
    page.get_by_role("heading", name=re.compile("^Người tố cáo TC-2026-[B-Z2-9]{8}$")).wait_for()
    assert "Sáng" not in page.content()
    look(page, "vault-sealed")
    assert_accessible(page)
    page.get_by_label("Mở để làm gì?").select_option("classify")
    page.get_by_role("button", name="Mở 10 phút, có ghi sổ").click()
    page.get_by_text("Vừ Bá Sáng").wait_for()
    look(page, "vault-opened")
    page.get_by_role("link", name="Giao người được đọc").click()
    page.get_by_label(re.compile("^Người được đọc")).select_option(str(vault.head.pk))
    page.get_by_label("Vai").select_option("resolver")
    page.get_by_role("button", name="Giao người được đọc").click()
    case = Denunciation.objects.get()
    assert [one.user for one in case.readers.order_by("pk")] == [vault.officer, vault.head]
