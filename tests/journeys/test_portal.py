"""From a telephone to the office and back: somebody sends, follows and disputes; somebody asks before a dialogue and is answered."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment, claim_done
from danvan.dialogues.services import group_questions, record_held, write_conclusion
from danvan.law.services import load_calendar, load_parameters
from danvan.petitions.models import Petition
from danvan.petitions.services import accept_petition, answer_petition, give_work
from tests.dialogues import talks
from tests.factories.province import Province
from tests.journeys.conftest import assert_accessible, look
from tests.petitions import papers

WORDS = "Ngầm tràn bản Xiềng bị lở một bên, xe máy qua rất nguy hiểm. Đề nghị xã sửa trước mùa mưa."


@pytest.fixture
def day(db, settings, tmp_path):
    settings.DANVAN_TODAY = papers.TODAY
    settings.DANVAN_TOP_UNIT = "40"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def followed(page, live_server, code):
    page.goto(f"{live_server.url}/theo-doi/")
    page.get_by_label("Mã theo dõi").fill(code)
    press(page, "Xem việc đến đâu")


def sent_from(page, live_server, place):
    """The three steps, looked at; the code that the last page shows."""
    page.goto(f"{live_server.url}/gui/")
    page.get_by_label("Bà con muốn nói điều gì?").fill(WORDS)
    page.get_by_label("Việc ở xã, phường nào?").fill(place)
    look(page, "send-1")
    assert_accessible(page)
    press(page, "Tiếp tục")
    page.get_by_text("Em dưới 18 tuổi?").click()
    page.get_by_label("Công khai, giấu tên tôi").check()
    look(page, "send-2")
    assert_accessible(page)
    chosen(page)
    press(page, "Xem lại trước khi gửi")
    page.get_by_alt_text("Ảnh 1").wait_for()
    look(page, "send-3")
    assert_accessible(page)
    page.wait_for_timeout(2_100)
    press(page, "Gửi và nhận mã theo dõi")
    page.get_by_role("heading", name="Đã nhận ý kiến của bà con").wait_for()
    look(page, "sent")
    assert_accessible(page)
    return page.locator(".pt-big").inner_text()


def chosen(page):
    """A photograph as a telephone takes it, and one too heavy: the page makes the first small and leaves out the other."""
    heavy = {
        "name": "nang.jpg",
        "mimeType": "image/jpeg",
        "buffer": b"\xff\xd8" + bytes(16_000_000),
    }
    taken = {"name": "DCIM.jpg", "mimeType": "image/jpeg", "buffer": large_photo()}
    assert len(taken["buffer"]) > 3_000_000
    page.locator("#anh").set_input_files([taken, heavy])
    page.get_by_text("1 ảnh nặng quá").wait_for()
    sizes = page.locator("#anh").evaluate("box => [...box.files].map(file => file.size)")
    assert len(sizes) == 1
    assert sizes[0] < 2_000_000


def large_photo():
    made = BytesIO()
    Image.effect_noise((3_000, 2_000), 90).save(made, "JPEG", quality=95)
    return made.getvalue()


def done_and_answered(office, petition, text):
    """What the office does: the work is said to be done, each request and the whole are answered."""
    work = Commitment.objects.get()
    claim_done(work, result="Đã kè lại bờ trái", actor=None)
    petition = papers.replied(papers.fresh(petition), on=papers.TODAY)
    answer_petition(
        petition, text=text, channel="code", outcome="resolved", on=papers.TODAY, actor=None
    )


def test_somebody_sends_follows_and_disputes_the_work_opens_again_and_the_answer_comes(
    phone, live_server, day
):
    office = papers.Office()
    code = sent_from(phone, live_server, "Xã Môn Sơn")
    petition = Petition.objects.get()
    assert (petition.unit_id, petition.wants_public) == (office.unit.pk, True)
    accept_petition(petition, on=papers.TODAY, actor=None)
    job = Assignment(office.unit.pk, "Sửa ngầm tràn", "Biên bản có dân ký", date(2026, 12, 20))
    give_work(petition.requests.get(), job, actor=None)
    done_and_answered(office, petition, "Xã đã kè lại bờ trái 14 m.")

    followed(phone, live_server, code)
    phone.get_by_text("Xã đã kè lại bờ trái 14 m.").wait_for()
    phone.get_by_label("Chưa đồng ý?").fill("Mới đổ đá, mưa xuống lại trôi")
    look(phone, "follow-answered")
    assert_accessible(phone)
    press(phone, "Gửi: chưa đồng ý")
    phone.get_by_text("Đơn được mở lại để xem xét một lần nữa").wait_for()
    work = Commitment.objects.get()
    assert (papers.fresh(petition).state, work.state, work.claimed_on) == (
        "accepted", "in_progress", None,
    )  # fmt: skip

    done_and_answered(office, petition, "Đã đổ bê tông mặt ngầm.")
    followed(phone, live_server, code)
    phone.get_by_text("Đã đổ bê tông mặt ngầm.").wait_for()
    phone.get_by_text("Đơn đã được xem xét lại một lần").wait_for()
    press(phone, "Hài lòng")
    phone.get_by_text("Cảm ơn bà con đã đánh giá.").wait_for()
    look(phone, "follow-again")
    assert papers.fresh(petition).satisfaction == "yes"


def test_a_question_from_the_portal_is_concluded_by_the_head_and_comes_back(
    phone, live_server, day, settings
):
    load_parameters()
    load_calendar([2026])
    province = Province()
    dialogue = talks.taking(province.committees[0])
    phone.goto(f"{live_server.url}/theo-doi/doi-thoai/{dialogue.number}/")
    phone.get_by_label("Câu hỏi, ý kiến").fill("Cầu treo bản Hòa Sơn bao giờ sửa?")
    look(phone, "ask")
    assert_accessible(phone)
    phone.locator("main").get_by_role("button", name="Gửi", exact=True).click()
    code = phone.locator(".pt-big").inner_text()

    settings.DANVAN_TODAY = talks.COMING
    opinion = group_questions(dialogue, [dialogue.questions.get().pk], actor=None)
    record_held(talks.fresh(dialogue), attendance={"residents": 90}, households=90, actor=None)
    write_conclusion(talks.fresh(dialogue), text=talks.TEXT, actor=None)
    talks.answered(opinion)
    work = talks.owned(talks.taken(talks.fresh(dialogue)), province.governments[0])
    talks.decided(talks.fresh(dialogue))
    talks.note_none_above(talks.fresh(dialogue), actor=None)
    talks.issue_conclusions(talks.fresh(dialogue), on=talks.COMING, actor=None)

    followed(phone, live_server, code)
    phone.get_by_text("Đã trả lời", exact=True).first.wait_for()
    phone.get_by_text("Thông báo kết luận").wait_for()
    look(phone, "asked-and-answered")
    assert_accessible(phone)
    assert work.lead == province.governments[0]


def test_the_closed_box_and_the_form_under_a_page_can_be_used_by_everybody(phone, live_server, day):
    papers.Office()
    phone.goto(f"{live_server.url}/theo-doi/")
    phone.get_by_text("Góp ý về trang này").click()
    look(phone, "feedback")
    assert_accessible(phone)
    phone.get_by_label("Tiêu đề").fill("Lịch tiếp dân")
    phone.locator("#gy-nd").fill("Lịch tháng này chưa có trên trang.")
    press(phone, "Xem lại rồi gửi")
    look(phone, "feedback-again")
    assert_accessible(phone)
    phone.wait_for_timeout(2_100)
    press(phone, "Gửi góp ý")
    phone.get_by_role("heading", name="Đã nhận ý kiến của bà con").wait_for()
    assert Petition.objects.get().paper.channel == "page"
    phone.goto(f"{live_server.url}/gui/kin/")
    look(phone, "closed-box")
    assert_accessible(phone)
