"""A resolution comes in as a file and is reviewed: with a mouse, with keys, without a script."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.documents.enums import Verdict
from danvan.documents.models import Document
from danvan.documents.services import register_document
from tests.documents.papers import Paper
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path / "media"
    return Province()


@pytest.fixture
def signed_in(page, live_server, client, province):
    """A specialist of the province, signed in."""
    user = make_grant(province.place, "specialist")
    client.force_login(user)
    page.context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": live_server.url,
            }
        ]
    )
    return page


def registered(province):
    return register_document(
        unit=province.committee, content=Paper().as_docx(), name="nghi-quyet.docx", actor=None
    )


def open_review(page, live_server, document):
    page.goto(live_server.url + reverse("documents:review", args=[document.pk]))


def test_a_file_is_chosen_read_confirmed_and_reviewed(signed_in, live_server, tmp_path, province):
    page, file = signed_in, tmp_path / "nghi-quyet.docx"
    file.write_bytes(Paper().as_docx())
    page.goto(live_server.url + reverse("documents:register"))
    page.get_by_label("Tệp văn bản").set_input_files(file)
    page.get_by_label("Số, ký hiệu").wait_for()
    assert page.get_by_label("Số, ký hiệu").input_value() == "07-NQ/TU"
    look(page, "document-register")
    page.get_by_label("Sổ của cơ quan").first.fill("tinh uy")
    page.locator(".dv-options [role=option]").first.click()
    page.get_by_role("button", name="Vào sổ").click()
    page.get_by_text("Máy đã đọc xong").wait_for()
    document = Document.objects.get()
    assert (document.symbol, document.register_number) == ("07-NQ/TU", 1)
    assert page.url.split("?")[0].endswith(reverse("documents:review", args=[document.pk]))


def test_the_reading_page_looks_as_drawn_and_is_accessible(signed_in, live_server, province):
    document = registered(province)
    open_review(signed_in, live_server, document)
    look(signed_in, "document-review")
    assert_accessible(signed_in)


@pytest.mark.parametrize(
    "name", ["register", "incoming", "issued", "to-review", "secrets", "register-issued"]
)
def test_every_page_of_documents_is_accessible(signed_in, live_server, province, name):
    registered(province)
    signed_in.goto(live_server.url + reverse(f"documents:{name}"))
    look(signed_in, f"document-{name}-page")
    assert_accessible(signed_in)


def test_the_card_and_the_correction_are_accessible(signed_in, live_server, province):
    document = registered(province)
    signed_in.goto(live_server.url + reverse("documents:card", args=[document.pk]))
    look(signed_in, "document-card")
    assert_accessible(signed_in)
    target = document.proposals.filter(kind="target").first()
    signed_in.goto(live_server.url + reverse("documents:correct", args=[target.pk]))
    look(signed_in, "document-correct")
    assert_accessible(signed_in)


def test_proposals_are_decided_by_keyboard(signed_in, live_server, province):
    document, page = registered(province), signed_in
    open_review(page, live_server, document)
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.get_by_text("Đã xem 1/").wait_for()
    page.keyboard.press("b")
    page.get_by_text("Đã xem 2/").wait_for()
    decided = document.proposals.exclude(verdict=Verdict.OPEN).order_by("start")
    assert sorted(decided.values_list("verdict", flat=True)) == ["accepted", "rejected"]
    page.keyboard.press("s")
    page.get_by_role("button", name="Nhận bản đã sửa").wait_for()


def test_proposals_are_decided_without_a_script(browser, live_server, client, province):
    document = registered(province)
    client.force_login(make_grant(province.place, "specialist"))
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    open_review(page, live_server, document)
    page.get_by_role("button", name="Nhận N").first.click()
    assert page.get_by_text("Đã xem 1/").is_visible()
    assert "#p" in page.url
    context.close()
