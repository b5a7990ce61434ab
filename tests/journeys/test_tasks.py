"""From a file to the units that must do it: a resolution comes in, a task is completed and given."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.documents.models import Document
from danvan.documents.services import accept_proposal, register_document
from tests.documents.papers import Paper
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look

BODY = (
    "Thực hiện Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị, Ban Thường vụ Tỉnh ủy ban hành Nghị quyết:",
    "IV. Tổ chức thực hiện",
    (
        "1. Giao Đảng ủy các xã, phường chủ trì, phối hợp với Ủy ban Mặt trận Tổ quốc các xã, phường xây dựng kế "
        "hoạch thực hiện Nghị quyết, hoàn thành trước ngày 31/3/2027."
    ),
    "2. UBND xã Con Cuông rà soát danh sách hộ dân vùng sạt lở; xong trong quý II/2027.",
    "3. Yêu cầu Công an xã niêm yết số điện thoại trực tại nhà văn hóa các bản trong thời hạn 30 ngày.",
)
PAPER = Paper(body=BODY)


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    settings.MEDIA_ROOT = tmp_path / "media"
    return Province()


def signed(context, live_server, client, province):
    client.force_login(make_grant(province.place, "specialist"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])


@pytest.fixture
def signed_in(page, live_server, client, province):
    """A specialist of the province, signed in."""
    signed(page.context, live_server, client, province)
    return page


def registered(province):
    return register_document(
        unit=province.committee, content=PAPER.as_docx(), name="nghi-quyet.docx", actor=None
    )


def item(page, words):
    return page.locator(".rd-item").filter(has_text=words)


def test_a_resolution_becomes_work_of_the_units_it_names(
    signed_in, live_server, province, tmp_path
):
    page, file = signed_in, tmp_path / "nghi-quyet.docx"
    file.write_bytes(PAPER.as_docx())
    page.goto(live_server.url + reverse("documents:register"))
    page.get_by_label("Tệp văn bản").set_input_files(file)
    page.get_by_label("Số, ký hiệu").wait_for()
    page.get_by_label("Sổ của cơ quan").first.fill("tinh uy")
    page.locator(".dv-options [role=option]").first.click()
    page.get_by_role("button", name="Vào sổ").click()
    page.get_by_text("Máy đã đọc xong").wait_for()
    document = Document.objects.get()

    # The first task is whole: one keystroke gives it to every commune, and the mark in the text moves on.
    assert document.proposals.filter(kind="task").count() == 3
    marked = page.locator(".rd-text .sp-req.now")
    assert "Giao Đảng ủy các xã" in marked.first.inner_text()
    item(page, "Xây dựng kế hoạch").get_by_role("button", name="Nhận").click()
    page.get_by_text("Đã giao 3 việc").wait_for()
    assert Commitment.objects.count() == 3
    page.wait_for_function(
        "() => document.querySelector('.rd-text .sp.now')?.textContent.includes('UBND xã Con Cuông')"
    )

    assert page.get_by_role("button", name="Kiểm lại xong, 1 mục đã nhận").is_visible()

    # The second names no product: it is asked for.
    now = item(page, "Rà soát danh sách")
    now.get_by_role("button", name="Nhận").click()
    page.get_by_text("Đồng chí vui lòng bổ sung rồi nhận").first.wait_for()
    look(page, "task-asked")
    assert_accessible(page)
    item(page, "Rà soát danh sách").get_by_label("Xong việc thì có sản phẩm gì?").fill(
        "Danh sách hộ"
    )
    item(page, "Rà soát danh sách").get_by_role("button", name="Nhận").click()
    page.get_by_text("Đã giao 1 việc").wait_for()
    given = Commitment.objects.latest("pk")
    assert (given.lead, given.product) == (province.governments[1], "Danh sách hộ")

    # The third names a unit the register does not hold, and no day.
    now = item(page, "Niêm yết số điện thoại")
    now.get_by_label("là đơn vị nào trong sổ?").fill("uy ban nhan dan xa mon")
    page.locator(".dv-options [role=option]").first.click()
    now.get_by_label("Hạn đến ngày nào?").fill("30/01/2027")
    now.get_by_label("Xong việc thì có sản phẩm gì?").fill("Ảnh niêm yết")
    now.get_by_role("button", name="Nhận").click()
    page.get_by_text("Đã xem 3/").wait_for()
    assert Commitment.objects.latest("pk").lead == province.governments[0]
    look(page, "task-given")
    assert_accessible(page)

    page.goto(live_server.url + reverse("documents:card", args=[document.pk]))
    assert page.get_by_text("Việc đã giao").is_visible()
    look(page, "document-card-given")
    assert_accessible(page)


def test_a_task_is_put_right_on_a_page_of_its_own(signed_in, live_server, province):
    document, page = registered(province), signed_in
    first = document.proposals.filter(kind="task").first()
    page.goto(live_server.url + reverse("documents:correct", args=[first.pk]))
    look(page, "task-correct")
    assert_accessible(page)
    page.get_by_label("Sản phẩm").fill("Kế hoạch đã ký")
    page.get_by_role("button", name="Nhận bản đã sửa").click()
    page.get_by_text("Đã giao 3 việc").wait_for()
    assert set(Commitment.objects.values_list("product", flat=True)) == {"Kế hoạch đã ký"}


def test_tasks_are_completed_and_taken_back_without_a_script(
    browser, live_server, client, province
):
    document = registered(province)
    second = document.proposals.filter(kind="task")[1]
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    signed(context, live_server, client, province)
    page = context.new_page()
    address = reverse("documents:review", args=[document.pk])
    page.goto(f"{live_server.url}{address}?nhom=nhiem-vu&muc={second.pk}")
    now = item(page, "Rà soát danh sách")
    now.get_by_label("Xong việc thì có sản phẩm gì?").fill("Danh sách hộ")
    now.get_by_role("button", name="Nhận").click()
    assert page.get_by_text("Đã giao 1 việc").is_visible()
    assert Commitment.objects.get().lead == province.governments[1]
    item(page, "Rà soát danh sách").get_by_role("button", name="Xem lại").click()
    assert Commitment.objects.exclude(state="withdrawn").count() == 0

    # What was begun is not taken back: the page says who has begun.
    first = document.proposals.filter(kind="task").first()
    accept_proposal(first, actor=None)
    Commitment.objects.exclude(state="withdrawn").update(state="in_progress", changes=1)
    page.goto(f"{live_server.url}{address}?nhom=nhiem-vu")
    item(page, "Xây dựng kế hoạch").get_by_role("button", name="Xem lại").click()
    assert page.get_by_text("đã bắt đầu làm việc này nên không xem lại được nữa").is_visible()
    context.close()
