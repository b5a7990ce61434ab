"""A denunciation goes from intake to its end in a browser, which sends each form with where it comes from."""

import re
from datetime import date

import pytest

from danvan.petitions.models import Denunciation
from danvan.petitions.services.vault import CONDITIONS
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_topics import signed_in
from tests.petitions import cases


@pytest.fixture
def vault(db, settings, tmp_path):
    settings.DANVAN_TODAY = cases.TODAY
    settings.SEALED_ROOT = tmp_path / "sealed"
    return cases.Vault()


def test_a_denunciation_is_taken_in_opened_handed_on_and_carried_to_its_end(
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
    carried_to_its_end(page, live_server, client, vault, case)


def carried_to_its_end(page, live_server, client, vault, case):
    """From acceptance to the conclusion and what is done about it, each act by its reader on its page."""
    address = f"{live_server.url}/to-cao/{case.uuid}/"

    def act(who, label, state, on, **said):
        signed_in(page, live_server, client, who)
        page.goto(address)
        page.get_by_role("link", name=label, exact=True).first.click()
        form = page.locator("form.dv-form")
        for name, value in {"on": f"{on:%d/%m/%Y}", **said}.items():
            box = form.locator(f"[name={name}]")
            if name == "signs":
                for one in value:
                    form.locator(f"[name=signs][value={one}]").check()
            elif value is True:
                box.check()
            elif box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        form.get_by_role("button", name=label).click()
        assert form.count() == 0, form.inner_text()
        case.refresh_from_db()
        assert case.state == state
        assert who == officer or "Sáng" not in page.content()  # opened by the officer alone

    def named(who, person, part):
        signed_in(page, live_server, client, who)
        page.goto(address)
        page.get_by_role("link", name="Giao người được đọc").click()
        page.get_by_label(re.compile("^Người được đọc")).select_option(str(person.pk))
        page.get_by_label("Vai").select_option(part)
        page.get_by_role("button", name="Giao người được đọc").click()

    paper = {"symbol": "12/QĐ-UBND", "words": "Theo hồ sơ."}
    head, officer, verifier = vault.head, vault.officer, vault.verifier
    ready = dict.fromkeys(CONDITIONS, True)
    act(head, "Thụ lý", "accepted", date(2026, 11, 16), **paper, **ready)
    act(officer, "Thông báo việc thụ lý", "accepted", date(2026, 11, 17), **paper)
    named(head, verifier, "verifier")
    act(head, "Giao xác minh", "verifying", date(2026, 11, 17), **paper, until="30/11/2026")
    act(verifier, "Ghi biên bản, giải trình", "verifying", date(2026, 11, 18), words="Đã nghe")
    act(verifier, "Báo cáo kết quả xác minh", "verifying", date(2026, 11, 19), **paper)
    act(head, "Kết luận nội dung", "concluded", date(2026, 11, 19), **paper, outcome="partly")
    look(page, "vault-concluded")
    assert_accessible(page)
    act(officer, "Gửi kết luận", "concluded", date(2026, 11, 20), words="Người tố cáo")
    act(head, "Xử lý kết luận", "acted", date(2026, 11, 20), **paper)
    act(officer, "Công khai", "acted", date(2026, 11, 20), words="Niêm yết", way="posted")
    act(officer, "Ghi báo kết quả xử lý", "acted", date(2026, 11, 20), words="Thường trực Đảng ủy")
    act(head, "Kết thúc", "done", date(2026, 11, 20))
    look(page, "vault-done")
    assert_accessible(page)
