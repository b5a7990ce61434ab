"""What is new for whoever was sent a directive, what they ask of its issuer, and who reads the answer."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.services import Assignment, assign_commitments
from danvan.documents.models import DirectiveQuestion, Distribution
from danvan.documents.selectors.roll_out import (
    allowed_questions,
    asked_lines,
    news_of,
    questions_of,
    questions_read_by,
)
from danvan.documents.services import (
    SessionOutcome,
    SessionPlan,
    answer_question,
    ask_issuer,
    mark_news_seen,
    plan_session,
    recall_document,
    record_session,
    set_roll_out,
)
from danvan.foundation.errors import RuleError
from danvan.indicators.services import Source
from danvan.law.services import load_parameters
from danvan.organisations.holders import holder_named
from tests.factories.merging import Merger
from tests.factories.province import make_grant

pytestmark = pytest.mark.django_db
WORDS = "Xã chưa có thôn nào thì làm thế nào?"


@pytest.fixture
def officers(province):
    return [make_grant(one, "commune_officer") for one in province.communes]


def at(sent, unit):
    return next(one for one in sent if one.unit_id == unit.pk)


def given(province, lead, letter):
    source = Source(
        kind="documents.document", id=letter.pk, start=0, end=9, sentence="Rà soát", symbol="07"
    )
    one = Assignment(lead.pk, "Rà soát", "Báo cáo", date(2027, 3, 31))
    [row] = assign_commitments([one], assigner=province.committee, actor=None, source=source)
    return row


def test_what_came_says_what_the_role_has_to_do_and_by_when(province, letter, sent, officers):
    load_parameters()
    officer = officers[0]
    given(province, province.committees[0], letter)
    set_roll_out(letter, asks_plan=True, plan_due_on=date(2027, 1, 15), actor=None)
    found = news_of(officer)
    work, paper = sorted(found.items, key=lambda one: one.icon)
    assert work.duties == (("Thực hiện và báo xong", date(2027, 3, 31)),)
    assert [words for words, _ in paper.duties] == [
        "Vào sổ văn bản đến", "Ban hành văn bản triển khai của đơn vị", "Xử lý văn bản",
    ]  # fmt: skip
    assert (found.to_do[0], paper.due_on, found.to_know) == (paper, date(2027, 1, 15), [])
    assert (found.seen_at, found.fresh) == (None, 2)
    set_roll_out(letter, asks_plan=True, plan_due_on=None, actor=None)
    paper = next(one for one in news_of(officer).items if one.icon == "mail")
    assert paper.duties[1][1] == date(2027, 1, 30)
    leader = make_grant(
        province.communes[0], "leader"
    )  # who neither enters papers nor does the work
    assert [len(one.duties) for one in news_of(leader).items] == [2, 0]
    clerk = make_grant(province.communes[1], "clerk")
    assert [one.icon for one in news_of(clerk).items] == ["mail"]
    mark_news_seen(actor=officer)
    Distribution.objects.filter(unit=province.committees[0]).update(sent_at="2026-01-01T00:00:00Z")
    assert [(one.icon, one.fresh) for one in news_of(officer).items] == [("flag", True)]


def test_an_answer_is_read_by_every_unit_that_was_sent_the_document(
    province, letter, sent, officers, clerk
):
    load_parameters()
    first, second = sent[0], sent[1]
    question = ask_issuer(first, words=f" {WORDS} ", actor=officers[0])
    asker, other = at(sent, province.committees[0]), at(sent, province.committees[1])
    assert (question.words, question.unit_id) == (WORDS, first.unit_id)
    for words, refusal in (("", "ghi câu hỏi"), ("x" * 1001, "ghi câu hỏi"), (WORDS, "hỏi câu này rồi")):  # fmt: skip
        with pytest.raises(RuleError, match=refusal):
            ask_issuer(first, words=words, actor=None)
    by = {one.unit_id: officer for one, officer in zip((asker, other), officers, strict=False)}
    assert list(questions_of(letter)) == [question]
    assert list(questions_read_by(letter, second.unit_id)) == []
    assert not allowed_questions(by[second.unit_id], "documents.view").exists()
    assert [one.duties for one in news_of(clerk).items] == [(("Trả lời câu hỏi của nơi nhận", None),)]  # fmt: skip
    DirectiveQuestion.objects.update(asked_at="2026-12-20T03:00:00Z")
    [line] = asked_lines(questions_read_by(letter, second.unit_id))
    assert (line.days, line.silent) == (11, True)
    for answer in (" ", "x" * 4001):
        with pytest.raises(RuleError, match="ghi câu trả lời"):
            answer_question(question, answer=answer, actor=clerk)
    answer_question(question, answer="Áp dụng với tổ dân phố.", actor=clerk)
    with pytest.raises(RuleError, match="đã được trả lời"):
        answer_question(question, answer="Khác", actor=clerk)
    assert allowed_questions(by[second.unit_id], "documents.view").get() == question
    assert not allowed_questions(by[second.unit_id], "documents.register").exists()
    told = next(one for one in news_of(by[second.unit_id]).items if one.icon == "message-question")
    assert (told.note, told.duties) == ("Áp dụng với tổ dân phố.", ())
    recall_document(letter, unit_ids=[second.unit_id], reason="Gửi nhầm", actor=None)
    with pytest.raises(RuleError, match="thu hồi"):
        ask_issuer(second, words="Còn gì nữa?", actor=None)
    assert not allowed_questions(by[second.unit_id], "documents.view").exists()


def test_without_a_setting_no_question_is_called_late(province, letter, sent):
    ask_issuer(sent[0], words=WORDS, actor=None)
    DirectiveQuestion.objects.update(asked_at="2026-01-20T03:00:00Z")
    assert list(questions_read_by(letter, sent[1].unit_id)) == []
    assert [one.silent for one in asked_lines(questions_of(letter))] == [False]


def test_a_question_of_a_unit_that_ends_is_the_heirs_and_comes_back(province, letter, sent):
    question = ask_issuer(at(sent, province.committees[0]), words=WORDS, actor=None)
    merger = Merger(province, date(2026, 12, 1)).found()
    [moved] = merger.hand_over("documents.questions")
    question.refresh_from_db()
    assert (question.unit_id, moved.title) == (
        merger.committee.pk, "Câu hỏi về Nghị quyết 07-NQ/TU ngày 02/03/2026",
    )  # fmt: skip
    merger.take_back("documents.questions")
    question.refresh_from_db()
    assert question.unit_id == province.committees[0].pk
    assert holder_named("documents.questions").count_rows([question.unit_id]) == {question.unit_id: 1}  # fmt: skip


def test_the_pages_ask_answer_and_refuse(province, letter, sent, officers, clerk, client):
    officer, here = officers[0], at(sent, province.committees[0])
    client.force_login(officer)
    page = reverse("documents:ask", args=[here.pk])
    assert "Chưa có câu hỏi nào" in client.get(page).content.decode()
    assert client.post(page, {"words": ""}).status_code == 422
    assert client.post(page, {"words": WORDS}).status_code == 302
    assert "đã hỏi câu này" in client.post(page, {"words": WORDS}).content.decode()
    assert WORDS in client.get(page).content.decode()
    question = reverse("documents:question", args=[DirectiveQuestion.objects.get().pk])
    assert client.post(question, {"answer": "Tự trả lời"}).status_code == 422
    assert DirectiveQuestion.objects.get().answer == ""
    news = reverse("documents:news")
    assert "07-NQ/TU" in client.get(news).content.decode()
    assert client.post(reverse("documents:news-seen")).status_code == 302
    assert "Đã xem" not in client.get(news).content.decode()
    client.force_login(clerk)
    listed = reverse("documents:roll-out-questions", args=[letter.pk])
    assert WORDS in client.get(listed).content.decode()
    assert client.post(question, {"answer": ""}).status_code == 422
    assert client.post(question, {"answer": "Áp dụng."}).status_code == 302
    assert client.post(question, {"answer": "Lại."}).status_code == 422
    client.force_login(make_grant(province.fronts[0], "clerk"))
    assert "Không có gì mới" in client.get(news).content.decode()


def test_the_news_ask_as_much_for_many_things_as_for_few(province, letter, sent, officers):
    officer = officers[0]
    here = at(sent, province.committees[0])
    given(province, province.committees[0], letter)
    answer_question(ask_issuer(here, words=WORDS, actor=None), answer="Có.", actor=None)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            news_of(officer)
        return len(queries)

    few = asked()
    for number in range(3):
        given(province, province.committees[0], letter)
        answer_question(
            ask_issuer(here, words=f"{WORDS} {number}", actor=None), answer="Có.", actor=None
        )
    assert asked() == few


def test_the_day_of_dissemination_is_a_duty_until_a_session_was_held(
    province, letter, sent, officers
):
    by, unit = date(2026, 12, 31), province.committees[0]
    set_roll_out(letter, asks_plan=False, plan_due_on=None, session_due_on=by, actor=None)
    duty = ("Tổ chức quán triệt (hạn quán triệt)", by)

    def duties():
        return next(one for one in news_of(officers[0]).items if one.icon == "mail").duties

    assert duty in duties()
    plan = SessionPlan(
        held_by_id=unit.pk, on=letter.issued_on, way="in_person", audience="Đảng viên", unit_ids=[unit.pk],
    )  # fmt: skip
    session = plan_session(letter, plan, actor=None)
    assert duty in duties()
    record_session(session, SessionOutcome(on=letter.issued_on), actor=None)
    assert duty not in duties()
    other = next(one for one in news_of(officers[1]).items if one.icon == "mail")
    assert duty in other.duties
