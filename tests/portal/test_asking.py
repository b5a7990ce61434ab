"""The page for questions before a dialogue: open to everybody, quiet, and the code stands in one answer only."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.dialogues.models import Dialogue, DialogueQuestion, DialogueSlipGrade
from danvan.dialogues.services import (
    cancel_dialogue,
    group_questions,
    open_questions,
    record_held,
)
from tests.dialogues import talks
from tests.factories.province import Province
from tests.once import once, own

pytestmark = pytest.mark.django_db
COMING = date(2026, 11, 27)
_province = once(Province, DANVAN_TODAY=talks.TODAY)


@pytest.fixture
def taking(_province, settings):
    settings.DANVAN_TODAY = talks.TODAY
    unit = own(_province).committees[0]
    return open_questions(talks.announced(unit, held_on=COMING), until=COMING, actor=None)


def at(dialogue):
    return reverse("portal:ask", args=[dialogue.number])


def test_anybody_sends_a_question_and_follows_it_by_the_code(client, taking):
    form = client.get(at(taking).lower())
    seed = form.context["seed"]
    said = {"hoi": "Cầu treo bao giờ sửa?", "ten": "Vi Thị Mai", "phieu": seed}
    answer = client.post(at(taking), said)
    again = client.post(at(taking), said)
    code = answer.context["slip"].code
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert code in answer.content.decode()
    assert again.context["slip"] == answer.context["slip"]
    assert DialogueQuestion.objects.get().name == "Vi Thị Mai"
    page = client.post("/theo-doi/", {"ma": code}).content.decode()
    for words in ("Cầu treo bao giờ sửa?", "Đã nhận, chờ xếp", taking.number, "sau khi đối thoại"):
        assert words in page
    assert (
        taking.subject not in page
    )  # nobody confirmed it for everybody, and everybody may get a code
    talks.published(taking)
    page = client.post("/theo-doi/", {"ma": code}).content.decode()
    assert taking.subject in page
    assert taking.place in page
    assert "Vi Thị Mai" not in page


def test_what_was_typed_wrongly_stands_there_again_with_what_to_do(client, taking):
    for said, word in (
        ({"hoi": "", "ten": "Vi Thị Mai"}, "ghi câu hỏi"),
        ({"hoi": "Gọi 0912345678", "ten": ""}, "số điện thoại"),
        ({"hoi": "a" * 601}, "dài quá 600"),
        ({"hoi": "A?", "ten": "<script>" * 30}, "dài quá 120"),
    ):
        page = client.post(at(taking), said)
        assert page.status_code == 422
        assert word in page.content.decode()
        assert "<script>" not in page.content.decode()
    assert "Vi Thị Mai" in client.post(at(taking), {"ten": "Vi Thị Mai"}).content.decode()
    assert not DialogueQuestion.objects.exists()


def test_too_many_from_one_place_are_told_to_wait_and_the_late_to_come_to_the_hall(
    client, taking, settings
):
    settings.DANVAN_QUESTIONS = 1
    client.post(at(taking), {"hoi": "A?"})
    assert "chờ một giờ" in client.post(at(taking), {"hoi": "B?"}).content.decode()
    settings.DANVAN_TODAY = date(2026, 11, 28)
    page = client.get(at(taking)).content.decode()
    assert "Đã thôi nhận câu hỏi" in page
    assert 'name="hoi"' not in page
    talks.published(taking)
    cancel_dialogue(taking, why="Mưa", actor=None)
    assert "đã hủy" in client.get(at(taking)).content.decode()
    Dialogue.objects.filter(pk=taking.pk).update(asks_until=None, state="announced")
    shown = client.get(at(taking)).content.decode()
    assert all(words in shown for words in ("không nhận câu hỏi gửi trước", taking.place))
    lost = client.get(reverse("portal:ask", args=["DT-2026-9999"]))
    words = lost.content.decode()
    assert (lost.status_code, "Cổng Nhân dân" in words, "ồng chí" in words) == (404, True, False)
    assert (lost["Cache-Control"], "Gõ mã theo dõi" in words) == ("no-store, private", True)
    assert "ồng chí" in client.get("/khong-co/").content.decode()


def test_a_grade_is_given_behind_the_code_and_changed(client, taking, settings):
    code = client.post(at(taking), {"hoi": "A?"}).context["slip"].code

    def grade(which):
        return client.post("/theo-doi/", {"ma": code, "muc_danh_gia": which})

    assert grade("good").status_code == 422
    opinion = group_questions(taking, [DialogueQuestion.objects.get().pk], actor=None)
    settings.DANVAN_TODAY = COMING
    record_held(taking, attendance={"residents": 9}, households=None, actor=None)
    talks.answered(opinion)
    assert "Cảm ơn bà con đã đánh giá" in grade("good").content.decode()
    assert grade("lạ").status_code == 422
    changed = grade("poor").content.decode()
    assert "Bà con đã đánh giá: <b>Chưa đạt</b>" in changed
    assert DialogueSlipGrade.objects.get().grade == "poor"
