"""A clause of a resolution, in the browser: from the roll-out, where it has no task, to a unit's work found done."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.documents.models import Document
from danvan.documents.selectors.roll_out import ClauseState, clauses_of
from danvan.documents.services import (
    add_relation,
    distribute_document,
    propose_again,
    register_issued_document,
)
from danvan.law.services import load_parameters
from tests.documents.papers import Paper
from tests.factories.province import Province, make_grant, make_user
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.hands import signed_in

BODY = (
    "I. Kết quả",
    "1. Năm 2025, toàn tỉnh đã tổ chức 318 cuộc đối thoại với Nhân dân ở cơ sở.",
    "II. Nhiệm vụ",
    "1. Đảng ủy các xã, phường rà soát hộ dân vùng sạt lở, báo cáo trước ngày 31/3/2027.",
    "2. Đưa nội dung đối thoại vào chương trình công tác hằng tháng của cấp ủy.",
    "3. Nêu cao vai trò nêu gương của người đứng đầu trong công tác dân vận.",
)


@pytest.fixture
def road(db, settings, tmp_path):
    """A resolution sent to three communes; the first has a plan of its own."""
    settings.DANVAN_TODAY = date(2026, 11, 20)
    settings.MEDIA_ROOT = tmp_path / "media"
    load_parameters()
    province = Province()
    officer = make_grant(province.communes[0], "commune_officer", user=make_user("Lô Văn Thắng"))
    specialist = make_grant(province.place, "specialist", user=make_user("Nguyễn Hải Yến"))
    given = {"document_type": "resolution", "symbol": "07-NQ/TU", "issued_on": date(2026, 10, 2)}
    directive = register_issued_document(
        unit=province.committee, abstract="về nâng cao chất lượng đối thoại", name="nq.docx",
        content=Paper(body=BODY).as_docx(), actor=None, **given,
    )  # fmt: skip
    propose_again(directive, actor=None)
    distribute_document(directive, [one.pk for one in province.committees], actor=None)
    plan = register_issued_document(
        unit=province.committees[0], document_type="plan", symbol="05-KH/ĐU", actor=None,
        abstract="triển khai Nghị quyết 07", issued_on=date(2026, 11, 18),
    )  # fmt: skip
    add_relation(plan, kind="implements", symbol="07-NQ/TU", other=directive, actor=None)
    return Document.objects.get(pk=directive.pk), officer, specialist


def test_a_clause_goes_from_the_roll_out_to_verified(page, live_server, client, road):
    directive, officer, specialist = road
    signed_in(page, live_server, client, specialist)
    page.goto(live_server.url + reverse("documents:card", args=[directive.pk]))
    page.get_by_role("link", name="Triển khai", exact=True).click()
    page.get_by_role("link", name="Chưa giao: 2").wait_for()
    look(page, "trien-khai-khoan")
    assert_accessible(page)
    page.get_by_role("link", name="Chuỗi văn bản").click()
    page.get_by_text("1/3 nơi đã có văn bản").wait_for()
    look(page, "trien-khai-chuoi")
    assert_accessible(page)
    page.get_by_role("link", name="Khoản và việc").click()
    page.get_by_role("link", name="3. Nêu cao vai trò").click()
    page.get_by_text("Khoản này không cần giao việc").click()
    page.get_by_label("Lý do không cần giao việc").fill("Yêu cầu chung với mọi người đứng đầu")
    page.get_by_role("button", name="Ghi không cần giao việc").click()
    page.get_by_text("Không cần giao việc: Yêu cầu chung").wait_for()
    page.get_by_role("link", name="Triển khai", exact=True).click()
    page.get_by_role("link", name="2. Đưa nội dung đối thoại").click()
    page.get_by_role("button", name="Giao việc từ khoản này").click()
    page.get_by_label("Đơn vị chủ trì").first.fill("Đảng ủy Xã Môn Sơn")
    page.get_by_label("Hạn là ngày").fill("31/12/2026")
    page.get_by_label("Sản phẩm").fill("Chương trình công tác tháng 12")
    page.get_by_role("button", name="Nhận bản đã sửa").click()
    work = Commitment.objects.get()
    assert clauses_of(directive).in_state(ClauseState.BARE) == []
    card = live_server.url + reverse("commitments:card", args=[work.pk])
    signed_in(page, live_server, client, officer)
    page.goto(card)
    page.get_by_role("link", name="Báo xong").click()
    page.get_by_label("Kết quả").fill("Đã đưa vào chương trình tháng 12.")
    page.get_by_role("button", name="Báo xong").click()
    signed_in(page, live_server, client, specialist)
    page.goto(card)
    page.get_by_role("link", name="Kiểm tra").click()
    page.get_by_label("Kết quả kiểm tra").fill("Đã xem chương trình.")
    page.get_by_role("button", name="Xác nhận").click()
    page.goto(live_server.url + reverse("documents:roll-out", args=[directive.pk]))
    [line] = [one for one in clauses_of(directive).lines if one.facts.given]
    address = reverse("documents:roll-out-clause", args=[directive.pk, line.start])
    page.locator(f'a[href="{address}?muc=kiem-tra"]').click()
    page.get_by_text("Đã kiểm tra").first.wait_for()
    page.get_by_role("rowheader", name="Đảng ủy Xã Môn Sơn").wait_for()
    look(page, "trien-khai-viec")
    assert_accessible(page)
