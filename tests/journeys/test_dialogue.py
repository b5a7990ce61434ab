"""A dialogue in the browser: from its notice to conclusions that are owned, and to "not yet" from who asked."""

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment
from danvan.commitments.services import claim_done, issue_follow_code
from danvan.dialogues.models import Dialogue
from danvan.law.services import load_calendar, load_parameters
from tests.dialogues import talks
from tests.factories.province import Province, make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.hands import signed_in


@pytest.fixture
def province(db, settings, tmp_path):
    settings.DANVAN_TODAY = talks.TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    load_parameters()
    load_calendar([2026])
    return Province()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def asked_and_not_done(page, live_server, given):
    """Whoever asked for it opens the public page by their code, once it is said to be done, and says that it is not."""
    code = issue_follow_code([given], actor=None)
    claim_done(given, result="Đã thay ván mặt cầu", actor=None)
    page.goto(f"{live_server.url}/theo-doi/")
    page.get_by_label("Mã theo dõi").fill(code)
    page.get_by_role("button", name="Xem việc đến đâu").click()
    page.get_by_label("Nếu chưa xong: còn thiếu gì?").fill("Chưa thay dây cáp")
    page.get_by_role("button", name="Chưa xong", exact=True).click()
    page.get_by_text("Việc được mở lại để đơn vị làm tiếp").wait_for()
    given.refresh_from_db()
    assert (given.state, given.claimed_on, given.disputed_on) == ("in_progress", None, talks.TODAY)


def test_a_dialogue_from_its_notice_to_conclusions_that_are_owned(
    page, live_server, client, province
):
    signed_in(page, live_server, client, make_grant(province.communes[0], "commune_officer"))
    page.goto(live_server.url + reverse("dialogues:plan"))
    page.get_by_label("Đơn vị chủ trì").select_option(label="Đảng ủy Xã Môn Sơn")
    page.get_by_label("Loại đối thoại").select_option("party_head")
    page.get_by_label("Nội dung").fill("Cầu treo bản Hòa Sơn, rác ở chợ")
    page.get_by_label("Ngày", exact=True).fill("14/11/2026")
    page.get_by_label("Địa điểm").fill("Nhà văn hóa bản Hòa Sơn")
    page.get_by_label("Người chủ trì").fill("Kha Thị Hồng Nhung")
    page.get_by_label("Chức danh").fill("Bí thư Đảng ủy")
    look(page, "dialogue-plan")
    press(page, "Lập cuộc đối thoại")

    page.get_by_label("Thông báo từ ngày").fill("04/11/2026")
    page.get_by_label("Niêm yết, đăng tin ở đâu").fill("Trụ sở, loa bản")
    press(page, "Ghi đã thông báo")
    page.get_by_text("Đủ ngày").wait_for()
    page.get_by_text("Ghi thêm ý kiến").click()
    page.get_by_label("Ý kiến", exact=True).fill("Cầu treo mục ván, học sinh đi lại nguy hiểm")
    press(page, "Ghi ý kiến")
    page.get_by_text("Đã ghi ý kiến.").wait_for()
    assert_accessible(page)
    page.get_by_label("Nhân dân không bắt buộc").fill("186")
    press(page, "Ghi kết quả đối thoại")

    page.get_by_role("textbox", name="Kết luận của người đứng đầu").fill(talks.TEXT)
    press(page, "Ghi kết luận")
    page.get_by_role("button", name="Thêm việc: Giao Ủy ban").click()
    page.get_by_text("1 kết luận chưa có đơn vị chủ trì").wait_for()
    press(page, "Ra thông báo, vào sổ văn bản đi")
    page.locator(".dv-alert").filter(has_text="Chưa có đơn vị chủ trì cho kết luận").wait_for()
    look(page, "dialogue-unowned")
    assert_accessible(page)

    page.get_by_role("link", name="Giao đơn vị chủ trì").click()
    page.get_by_label("Đơn vị chủ trì").fill("uy ban nhan dan xa mon son")
    page.locator(".dv-options [role=option]").first.click()
    page.get_by_role("textbox", name="Hạn là ngày").fill("31/12/2026")
    page.get_by_label("Sản phẩm").fill("Biên bản nghiệm thu có đại diện dân ký")
    press(page, "Giao việc")
    page.get_by_role("link", name="1. Cầu treo mục ván").click()
    page.get_by_label("Giao đơn vị", exact=True).check()
    page.get_by_label("Theo kết luận").select_option(index=1)
    look(page, "dialogue-opinion")
    press(page, "Ghi hướng xử lý")
    page.get_by_role("button", name="Không phải việc: Việc thu gom rác").click()
    page.get_by_role("heading", name="Câu không phải việc").wait_for()
    press(page, "Ghi: không có ý kiến vượt thẩm quyền")
    press(page, "Ra thông báo, vào sổ văn bản đi")
    page.get_by_text("Đã ra thông báo kết luận").wait_for()
    look(page, "dialogue-concluded")
    assert_accessible(page)

    dialogue, given = Dialogue.objects.get(), Commitment.objects.get()
    assert (dialogue.state, dialogue.notice.document_type) == ("concluded", "conclusion_notice")
    assert given.lead == province.governments[0]
    asked_and_not_done(page, live_server, given)
    page.goto(live_server.url + reverse("dialogues:card", args=[dialogue.pk]))
    page.get_by_role("link", name="Biên bản").click()
    page.locator(".rd-title").wait_for()
    look(page, "dialogue-minutes")
    assert_accessible(page, views=(("desktop", "light"),))
    for name in ("list", "hosts"):
        page.goto(live_server.url + reverse(f"dialogues:{name}"))
        look(page, f"dialogue-{name}")
        assert_accessible(page)
