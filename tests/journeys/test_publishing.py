"""What officers do before everybody reads something: they look through its words and confirm; one writes, another approves."""

import pytest
from django.urls import reverse

from danvan.petitions.models import Petition
from danvan.petitions.services import ask_to_publish
from tests.dialogues import talks
from tests.factories.province import make_grant
from tests.journeys.conftest import assert_accessible, look
from tests.journeys.hands import signed_in
from tests.news.articles import Newsroom
from tests.petitions import papers
from tests.portal.public_world import photo

TEXT = "Đèn đường trước nhà ông Vi Văn Tý hỏng, gọi 0912345678. Đề nghị thay sớm."


@pytest.fixture
def today(db, settings, tmp_path):
    settings.DANVAN_TODAY = papers.TODAY
    settings.MEDIA_ROOT = tmp_path / "media"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_an_officer_tries_a_cover_out_confirms_it_and_everybody_reads_the_words(
    page, live_server, client, today
):
    office = papers.Office()
    petition = papers.received(office.unit, papers.matter("feedback", "Đèn đường hỏng", text=TEXT))
    Petition.objects.filter(pk=petition.pk).update(text=TEXT)
    ask_to_publish(papers.fresh(petition), on=papers.TODAY, actor=None)
    signed_in(page, live_server, client, office.officer)
    page.goto(f"{live_server.url}/don-thu/")
    page.get_by_role("link", name="Duyệt công khai (1)").click()
    look(page, "publications")
    assert_accessible(page)
    page.get_by_role("link", name="Đèn đường hỏng").click()
    page.get_by_role("textbox", name="Che thêm").fill("thay sớm")
    look(page, "publication")
    assert_accessible(page)
    press(page, "Xem thử")
    page.get_by_role("heading", name="Người dân sẽ đọc").first.wait_for()
    look(page, "publication-tried")
    press(page, "Công khai")
    page.get_by_text("Đã công khai, số YK-2026-0001.").wait_for()
    page.goto(live_server.url + reverse("people:matter", args=["YK-2026-0001"]))
    page.get_by_text("Đèn đường trước nhà ông [họ tên] hỏng, gọi [số điện thoại].").wait_for()
    assert "Vi Văn Tý" not in page.content()


def test_a_dialogue_stands_on_the_portal_only_once_its_officer_confirmed_it(
    page, live_server, client, settings, tmp_path
):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = talks.TODAY, tmp_path / "media"
    room = Newsroom()
    officer = make_grant(room.province.communes[0], "commune_officer")
    subject = "Việc đất của ông Lô Văn Nam"
    dialogue = talks.announced(room.province.committees[0], held_on=talks.COMING, subject=subject)
    nothing = client.get(reverse("people:discuss")).content.decode()
    assert "Chưa có cuộc đối thoại nào được thông báo." in nothing
    signed_in(page, live_server, client, officer)
    page.goto(live_server.url + reverse("dialogues:card", args=[dialogue.pk]))
    page.locator(".dv-alert").get_by_role("link", name="Duyệt công khai").click()
    look(page, "dialogue-publication")
    assert_accessible(page)
    press(page, "Xác nhận")
    page.get_by_text("Đã ghi phần người dân đọc được trên Cổng Nhân dân.").wait_for()
    page.goto(live_server.url + reverse("people:discuss"))
    page.get_by_role("link", name="Việc đất của ông [họ tên]").wait_for()


def test_one_writes_another_approves_and_the_article_stands_with_caption_and_alternative(
    page, live_server, client, settings, tmp_path
):
    settings.DANVAN_TODAY, settings.MEDIA_ROOT = papers.TODAY, tmp_path / "media"
    room = Newsroom()
    signed_in(page, live_server, client, room.writer)
    page.goto(live_server.url + reverse("news:write"))
    page.get_by_label("Tên bài").fill("Cầu treo đã thay ván")
    page.get_by_label("Tóm tắt").fill("Xe máy qua được.")
    page.get_by_label("Bà con được gì").fill("Học sinh không phải đi vòng.")
    page.get_by_label("Nội dung").fill("Xã thay toàn bộ ván.")
    page.get_by_label("Nguồn").fill("UBND xã")
    page.get_by_label("Người viết, đơn vị viết").fill("Ban biên tập")
    look(page, "news-write")
    assert_accessible(page)
    page.locator("form.dv-form .dv-btn-main").click()
    page.get_by_role("link", name="Thêm ảnh").click()
    page.get_by_label("Tệp ảnh").set_input_files(
        {"name": "cau.png", "mimeType": "image/png", "buffer": photo()}
    )
    page.get_by_label("Mô tả ảnh").fill("Cầu treo, ván mới")
    page.get_by_label("Chú thích").fill("Cầu treo ngày thông xe")
    page.locator("form.dv-form .dv-btn-main").click()
    page.get_by_role("link", name="Gửi duyệt").click()
    press(page, "Gửi duyệt")
    address = page.url
    assert page.get_by_role("link", name="Duyệt và đăng").count() == 0
    signed_in(page, live_server, client, room.head)
    page.goto(address)
    page.get_by_role("link", name="Duyệt và đăng").click()
    press(page, "Duyệt và đăng")
    look(page, "news-approved")
    page.goto(live_server.url + reverse("people:do").replace("lam/", "biet/"))
    page.get_by_role("link", name="Cầu treo đã thay ván").click()
    page.get_by_role("img", name="Cầu treo, ván mới").wait_for()
    page.get_by_text("Cầu treo ngày thông xe").wait_for()
    assert_accessible(page)
