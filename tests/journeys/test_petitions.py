"""A paper is received, its petition worked on and its sender's name opened for a purpose, on a desktop and a phone."""

from datetime import date

import pytest

from danvan.petitions.models import Petition
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.test_topics import signed_in
from tests.petitions import papers

LIST = "/don-thu/"


@pytest.fixture
def office(db, settings, tmp_path):
    settings.DANVAN_TODAY = papers.TODAY
    settings.MEDIA_ROOT = tmp_path / "media"
    return papers.Office()


def test_a_complaint_is_received_accepted_and_verified(page, live_server, client, office):
    signed_in(page, live_server, client, office.officer)
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("link", name="Nhận đơn").click()
    look(page, "petition-receive")
    assert_accessible(page)
    page.get_by_role("button", name="Nhận đơn").click()
    look(page, "petition-receive-refused")
    page.get_by_label("Loại đơn").select_option("complaint")
    page.get_by_label("Tóm tắt").fill("Đo lại diện tích thu hồi đất làm đường")
    page.get_by_label("Người gửi yêu cầu gì").fill(
        "Đo lại thửa 214, tờ 9\nBồi thường phần chênh 38,5 m²"
    )
    page.get_by_label("Họ tên hoặc tên cơ quan").fill("Lô Văn Nam")
    page.get_by_label("Ngày nhận").fill("12/11/2026")
    page.get_by_label("Đơn vị nhận").select_option(str(office.unit.pk))
    page.get_by_label("Đơn đến bằng cách nào").select_option("reception")
    page.get_by_role("button", name="Tìm đơn trùng").click()  # what was typed stays
    page.get_by_text("Không thấy đơn nào gần giống").wait_for()
    page.get_by_role("button", name="Nhận đơn").click()
    look(page, "petition-received")
    assert_accessible(page)
    page.get_by_role("link", name="Thụ lý", exact=True).click()
    look(page, "petition-act")
    assert_accessible(page)
    page.get_by_role("button", name="Thụ lý").click()
    page.get_by_label("Mở để làm gì?").select_option("contact")
    page.get_by_role("button", name="Mở 10 phút, có ghi sổ").click()
    page.get_by_text("Lô Văn Nam").wait_for()
    look(page, "petition-opened")
    assert_accessible(page)
    page.goto(f"{live_server.url}{LIST}?o=dang-giai-quyet")
    look(page, "petitions")
    assert_accessible(page)
    assert Petition.objects.get().state == "accepted"


class Worker:
    """Acts on petitions as whoever is signed in, on the day that it is."""

    def __init__(self, page, live_server, client, settings):
        self.page, self.server, self.client, self.settings = page, live_server, client, settings

    def on(self, day, person):
        self.settings.DANVAN_TODAY = day
        signed_in(self.page, self.server, self.client, person)

    def act(self, petition, label, state, **said):
        """Do what a link of the card is called; the card says the new state."""
        self.page.goto(f"{self.server.url}{LIST}{petition.pk}/")
        self.page.get_by_role("link", name=label, exact=True).first.click()
        form = self.page.locator("form.dv-form")
        for name, value in said.items():
            box = form.locator(f"[name={name}]")
            if name == "criteria":
                box.locator(f"xpath=self::*[@value='{value}']").check()
            elif box.evaluate("one => one.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        form.get_by_role("button", name=label).click()
        assert form.count() == 0, form.inner_text()
        petition.refresh_from_db()
        assert petition.state == state

    def reply(self, petition):
        """Answer its one request."""
        self.page.goto(f"{self.server.url}{LIST}{petition.pk}/yeu-cau/1/tra-loi/")
        form = self.page.locator("form.dv-form")
        form.locator("[name=reply]").fill("Đo lại đúng 214 m2.")
        form.locator("[name=basis]").fill("Luật Đất đai Điều 79")
        form.get_by_role("button").first.click()


def test_a_complaint_goes_through_two_rounds_with_a_suspension_over_tet(
    page, live_server, client, office, settings
):
    work = Worker(page, live_server, client, settings)
    above = papers.member("canbotinh", office.above, "petition_officer")
    chief = papers.member("chutichtinh2", office.above, "leader")
    settings.DANVAN_TODAY = date(2027, 1, 11)
    one = papers.received(office.unit, on=date(2027, 1, 11))
    work.on(date(2027, 1, 18), office.officer)
    work.act(one, "Thụ lý", "accepted")
    work.on(date(2027, 1, 19), office.officer)
    work.act(one, "Giao xác minh", "verifying", verifier=str(office.officer.pk))
    work.on(date(2027, 2, 3), office.head)
    work.act(
        one, "Tạm đình chỉ", "suspended",
        ground="result", words="Chờ kết quả giám định", symbol="12/QĐ-UBND",
    )  # fmt: skip
    look(page, "petition-suspended")
    assert_accessible(page)
    work.on(date(2027, 2, 4), office.officer)
    work.act(one, "Ghi đã gửi văn bản thông báo", "suspended")
    work.on(date(2027, 2, 15), office.head)
    work.act(one, "Tiếp tục giải quyết", "verifying", symbol="15/QĐ-UBND")
    work.on(date(2027, 2, 16), office.officer)
    work.act(one, "Ghi đã gửi văn bản thông báo", "verifying")
    assert (one.due_name, one.due_on) == ("settle", date(2027, 3, 1))
    assert "01/03/2027" in page.content()  # 14 of 30 days were left on the third of February
    work.on(date(2027, 2, 22), office.officer)
    work.act(one, "Ghi kết quả xác minh", "verifying", finding="differs", words="Thiếu 38,5 m2")
    work.reply(one)
    work.on(date(2027, 2, 24), office.officer)
    work.act(one, "Mời đối thoại", "dialogue", held_on="01/03/2027", place="Trụ sở")
    work.on(date(2027, 3, 1), office.officer)
    work.act(one, "Ghi biên bản đối thoại", "dialogue", words="Đã thống nhất")
    work.on(date(2027, 3, 1), office.head)
    work.act(one, "Ra quyết định giải quyết", "decided", outcome="partly", symbol="30/QĐ-UBND")
    work.on(date(2027, 3, 4), office.officer)
    work.act(one, "Gửi quyết định", "sent")
    look(page, "petition-sent")
    work.on(date(2027, 4, 1), above)
    page.goto(f"{live_server.url}{LIST}nhan/")
    page.get_by_role("link", name="Khiếu nại lần hai").click()
    page.get_by_label("Số đơn lần đầu").fill(one.number)
    page.get_by_label("Họ tên người khiếu nại").fill("Lô Văn Nam")
    page.get_by_label("Đơn đến bằng cách nào").select_option("post")
    page.get_by_label("Nội dung khiếu nại lần hai").fill("Chưa thỏa đáng")
    look(page, "petition-second")
    assert_accessible(page)
    page.get_by_role("button", name="Nhận khiếu nại lần hai").click()
    one.refresh_from_db()
    assert (one.state, one.closed_on) == ("appealed", date(2027, 4, 1))
    two = Petition.objects.get(first_round=one)
    assert (two.unit, two.round) == (office.above, 2)
    work.on(date(2027, 4, 6), above)
    work.act(two, "Thụ lý", "accepted")
    assert two.due_on == date(2027, 5, 21)  # 45 days
    work.act(two, "Giao xác minh", "verifying", verifier=str(above.pk))
    work.on(date(2027, 4, 20), above)
    work.act(two, "Ghi kết quả xác minh", "verifying", finding="agrees", words="Đúng")
    work.reply(two)
    work.act(two, "Mời đối thoại", "dialogue", held_on="05/05/2027", place="Trụ sở")
    work.on(date(2027, 5, 5), above)
    work.act(two, "Ghi biên bản đối thoại", "dialogue", words="Đã nghe")
    work.on(date(2027, 5, 12), chief)
    work.act(two, "Ra quyết định giải quyết", "decided", outcome="changed", symbol="99/QĐ-UBND")
    work.on(date(2027, 5, 18), above)
    work.act(two, "Gửi quyết định", "sent")
    work.act(two, "Công khai quyết định", "sent", publication="posted")
    work.on(date(2027, 6, 15), above)
    work.act(two, "Theo dõi thi hành", "enforcing")
    work.on(date(2027, 7, 1), above)
    work.act(two, "Kết thúc", "done")
    look(page, "petition-done")
    assert_accessible(page)
    one.refresh_from_db()
    assert (one.state, one.closed_on) == ("appealed", date(2027, 4, 1))
