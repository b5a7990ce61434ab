"""The registers in the browser: entered, narrowed, printed as ruled pages, sent on, received, related."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.documents.models import Distribution, Document
from danvan.documents.services import (
    leave_numbers,
    receive_document,
    register_document,
    register_issued_document,
)
from tests.documents.papers import Paper
from tests.factories import DocumentFactory
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path / "media"
    return Province()


@pytest.fixture
def sign_in(page, live_server, client):
    """Sign a person in and give their page."""

    def signed_in(user):
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}  # fmt: skip
        page.context.add_cookies([cookie])
        return page

    return signed_in


def url(live_server, name, *args):
    return live_server.url + reverse(f"documents:{name}", args=args)


def letter_of(province):
    return register_issued_document(
        unit=province.committee, document_type="resolution", symbol="07-NQ/TU", actor=None,
        abstract="về tăng cường đối thoại với Nhân dân", issued_on=date(2026, 3, 2), priority=2,
        content=Paper().as_docx(), name="nghi-quyet.docx", recipients="Các đảng ủy xã, phường; Lưu VPTU",
        signer="Trần Văn Bình", signer_position="Bí thư", copies=135,
    )  # fmt: skip


def test_a_register_is_chosen_narrowed_acted_on_and_printed(sign_in, live_server, province):
    page = sign_in(make_grant(province.place, "clerk"))
    for number in range(1, 31):
        DocumentFactory(
            unit=province.committee, register_number=number, priority=number % 4,
            due_on=date(2026, 12, number) if number % 3 else None,
            abstract="Về tăng cường sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới",
        )  # fmt: skip
    DocumentFactory(unit=province.committee, register_number=12, register_suffix="a")
    leave_numbers(
        unit=province.committee, direction="outgoing", year=2026, first=1, last=4,
        reason="đã ghi trong sổ giấy", actor=None,
    )  # fmt: skip
    page.goto(url(live_server, "incoming"))
    page.locator("#id_nam").select_option("2026")
    page.get_by_label("Sổ của").first.fill("tinh uy")
    page.locator(".dv-options [role=option]").first.click()
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.get_by_role("heading", name="Sổ văn bản đến năm 2026, Tỉnh ủy Nghệ An").wait_for()
    look(page, "register-incoming")
    assert_accessible(page)
    page.locator("[data-bulk-box]").first.check()
    page.get_by_label("Chuyển cho").fill("Ban Tổ chức")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    page.get_by_text("Đã chuyển 1 văn bản cho Ban Tổ chức.").wait_for()
    assert Document.objects.filter(kept_by="Ban Tổ chức").count() == 1
    page.get_by_role("link", name="In sổ").click()
    look(page, "register-print")
    assert_accessible(page)
    page.get_by_role("button", name="Mở trang in").click()
    page.get_by_role("heading", name="Sổ đăng ký văn bản đến").wait_for()
    look(page, "register-ruled")
    assert_accessible(page)
    printed = page.pdf(prefer_css_page_size=True, path="screenshots/register-ruled.pdf")
    assert printed.startswith(b"%PDF")
    page.goto(url(live_server, "free-numbers"))
    look(page, "register-free-numbers")
    assert_accessible(page)


def test_a_document_is_sent_to_units_and_received_by_them(sign_in, live_server, province):
    letter = letter_of(province)
    page = sign_in(make_grant(province.place, "clerk"))
    page.goto(url(live_server, "card", letter.pk))
    page.get_by_role("link", name="Gửi", exact=True).click()
    page.get_by_label("Tìm từng nơi nhận").fill("mat tran con cuong")
    page.locator(".dv-options [role=option]").first.wait_for()
    page.get_by_label("Tìm từng nơi nhận").fill("con cuong")
    page.locator(".dv-options [role=option]").nth(1).click()
    page.get_by_text("Nơi nhận đã chọn").wait_for()
    page.get_by_label("Gửi cho cả nhóm").select_option("party_committee.commune")
    look(page, "document-send")
    assert_accessible(page)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text("nơi nhận.").first.wait_for()
    receive_document(Distribution.objects.exclude(unit=province.committees[0]).first(), actor=None)
    page.goto(url(live_server, "recipients", letter.pk))
    look(page, "document-recipients")
    assert_accessible(page)
    page.goto(url(live_server, "issued"))
    look(page, "register-issued")
    assert_accessible(page)

    page = sign_in(make_grant(province.communes[0], "commune_officer"))
    page.goto(url(live_server, "to-enter"))
    look(page, "document-to-enter")
    assert_accessible(page)
    page.get_by_role("link", name="Nghị quyết: về tăng cường").click()
    look(page, "document-sent")
    assert_accessible(page)
    page.get_by_role("button", name="Vào sổ").click()
    page.get_by_text("Đã vào sổ, số đến 1/2026.").wait_for()
    look(page, "document-received")
    assert_accessible(page)


def test_relations_are_confirmed_on_the_card_and_an_entry_is_amended(
    sign_in, live_server, province
):
    page = sign_in(make_grant(province.place, "specialist"))
    document = register_document(
        unit=province.committee, content=Paper().as_docx(), name="nghi-quyet.docx", actor=None,
        priority=1, due_on=date(2026, 12, 31),
    )  # fmt: skip
    page.goto(url(live_server, "card", document.pk))
    page.get_by_text("Đề xuất, chờ xác nhận").wait_for()
    look(page, "document-card-relations")
    assert_accessible(page)
    page.get_by_role("button", name="Xác nhận").click()
    page.get_by_text("Đã xác nhận quan hệ.").wait_for()
    page.get_by_role("link", name="Sửa mục").click()
    look(page, "document-amend")
    assert_accessible(page)
    page.goto(url(live_server, "relate", document.pk))
    look(page, "document-relate")
    assert_accessible(page)


def test_sending_works_without_a_script(browser, live_server, client, province):
    letter = letter_of(province)
    client.force_login(make_grant(province.place, "clerk"))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}  # fmt: skip
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(url(live_server, "send", letter.pk))
    page.get_by_label("Tìm từng nơi nhận").fill("con cuong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.get_by_label("Đảng ủy Xã Con Cuông").check()
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.get_by_text("Đã gửi tới 1 nơi nhận.").wait_for()
    assert list(Distribution.objects.values_list("unit_id", flat=True)) == [
        province.committees[1].pk
    ]
    context.close()
