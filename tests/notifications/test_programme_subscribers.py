"""Questions about directives and programmes of a month, told to those they concern, once."""

from datetime import date

import pytest

from danvan.commitments.events import ProgrammeAmended, ProgrammeIssued
from danvan.commitments.services.programme_entries import (
    EntryPlan,
    add_entry,
    change_entry,
    drop_entry,
)
from danvan.commitments.services.programmes import issue_programme, make_programme
from danvan.desk.home.registers import waiting_in_registers
from danvan.desk.home.things import Reader
from danvan.documents import services as documents
from danvan.documents.events import QuestionAnswered, QuestionAsked
from danvan.documents.models import DirectiveQuestion, Distribution
from danvan.notifications.subscribers import programmes, questions
from tests.notifications.hearing import heard

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def asked(land):
    letter = documents.register_issued_document(
        unit=land.committee, symbol="12-NQ/TU", abstract="về đối thoại", issued_on=date(2026, 11, 2),
        document_type="resolution", actor=land.clerk,
    )  # fmt: skip
    documents.distribute_document(letter, [land.committees[0].pk], actor=land.clerk)
    heard()
    sent = Distribution.objects.get()
    return documents.ask_issuer(sent, words="Ông Vi Văn Bảy hỏi", actor=land.officers[0])


def lines(user):
    reader = Reader(user, frozenset({"documents.register"}), ON, 8)
    return [
        one.title
        for batch in waiting_in_registers(reader)
        for one in batch.things
        if "Hỏi" in one.title
    ]


def test_who_may_answer_is_told_until_it_is_answered_and_the_answer_who_asked(land, asked):
    page = f"/van-ban/hoi-dap/{asked.pk}/"
    said = "Đảng ủy Môn Sơn hỏi về 12-NQ/TU, chờ trả lời"
    assert heard() == [("An", said, page), ("Vân", said, page)]
    assert (len(lines(land.clerk)), lines(land.officers[0])) == (1, [])
    documents.answer_question(asked, answer="Có", actor=land.clerk)
    assert heard() == [("Sơn", "Đã có trả lời câu hỏi về 12-NQ/TU", page)]
    assert lines(land.clerk) == []
    questions.tell_question(QuestionAsked(question_id=asked.pk))  # delivered late
    DirectiveQuestion.objects.update(answer="", answered_at=None)
    questions.tell_answer(QuestionAnswered(question_id=asked.pk))
    DirectiveQuestion.objects.all().delete()
    questions.tell_question(QuestionAsked(question_id=asked.pk))
    questions.tell_answer(QuestionAnswered(question_id=asked.pk))
    assert heard() == []


def line(content, *units, day=7, **more):
    on = date(2026, 12, day)
    return EntryPlan(
        starts_on=on,
        kind="meeting",
        content=content,
        party_ids=tuple(one.pk for one in units),
        **more,
    )


def test_those_named_in_a_programme_are_told_when_it_is_issued_and_of_their_own_lines_only(land):
    first, second = land.committees
    programme = make_programme(land.committee.pk, "2026-12", actor=land.leader)
    both = add_entry(programme, line("Giao ban", first, second), actor=land.leader)
    one = add_entry(programme, line("Kiểm tra", first, day=8), actor=land.specialist)
    add_entry(programme, line("Họp cơ quan", followed=True, day=9), actor=land.specialist)
    assert heard() == []
    programme = issue_programme(
        programme, symbol="12-CTr/TU", on=ON, reason="đã cân nhắc", actor=land.leader
    )
    said = "Tỉnh ủy Nghệ An ban hành chương trình tháng 12/2026 số 12-CTr/TU: "
    end = " mục có đồng chí hoặc đơn vị của đồng chí"
    assert [(name, words) for name, words, _ in heard()] == [
        (name, f"{said}{number}{end}") for name, number in (("An", 1), ("Sơn", 2), ("Đu", 1))
    ]
    # Only whose line it is, or was: the second unit comes, the first stays away.
    one = change_entry(one, line("Kiểm tra", second, day=8), reason="Đổi nơi", actor=land.leader)
    told = heard()
    assert [name for name, *_ in told] == ["Sơn", "Đu"]
    assert told[0][1:] == (
        "Tỉnh ủy Nghệ An điều chỉnh mục ngày 08/12/2026 của chương trình công tác: Kiểm tra",
        f"/viec-phai-lam/lich/muc/{one.pk}/",
    )
    add_entry(programme, line("Tập huấn", first, day=10), reason="Thêm", actor=land.leader)
    assert [name for name, *_ in heard()] == ["Sơn"]
    drop_entry(both, reason="Hoãn", actor=land.leader)
    assert [(name, url) for name, _, url in heard()] == [
        ("Sơn", "/viec-phai-lam/lich/?thang=2026-12"),
        ("Đu", "/viec-phai-lam/lich/?thang=2026-12"),
    ]
    programmes.tell_issued(ProgrammeIssued(programme_id=10**9))
    programmes.tell_amended(ProgrammeAmended(change_id=10**9, unit_ids=()))
    assert heard() == []
