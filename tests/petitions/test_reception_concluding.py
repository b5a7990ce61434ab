"""What the head concludes when citizens are received becomes commitments; what waits; what leaves no trace."""

from datetime import date

import pytest

from danvan.commitments.models import Commitment
from danvan.commitments.services import Assignment
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.law.holders import ClockMoved
from danvan.law.models import LegalParameter
from danvan.petitions.models import (
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.reception_enums import MatterWay
from danvan.petitions.reception_holders import VisitClocks
from danvan.petitions.selectors import reception as reads
from danvan.petitions.services import PersonDraft
from danvan.petitions.services import reception as acts
from tests.once import once, own
from tests.petitions import papers, receptions

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def refused(act, *args, **more):
    with pytest.raises(RuleError) as broken:
        act(*args, **{"actor": None, **more})
    return broken.value


def test_sentences_become_commitments_and_the_notice_goes_out(office):
    day = receptions.held(office.unit)
    assert "ghi kết luận" in refused(acts.issue_conclusion, day, on=papers.TODAY).message.lower()
    acts.write_conclusion(
        day, text="Giao Phòng Kinh tế đo lại đất. Cảm ơn bà con. Báo cáo trước Tết.", actor=None
    )
    day = receptions.fresh(day)
    spans = reads.card_of(office.head, day).loose
    assert [words for _, words in spans] == [
        "Giao Phòng Kinh tế đo lại đất.",
        "Cảm ơn bà con.",
        "Báo cáo trước Tết.",
    ]
    one = acts.take_sentence(day, start=spans[0][0], actor=None)
    acts.say_no_work(day, start=spans[1][0], actor=None)
    assert "Không thấy" in refused(acts.say_no_work, day, start=spans[1][0]).message
    assert "Không thấy" in refused(acts.take_sentence, day, start=5).message
    assert "tách thành việc rồi" in refused(acts.take_sentence, day, start=spans[0][0]).message
    assert "không sửa lời" in refused(acts.write_conclusion, day, text="Khác").message
    two = acts.take_sentence(day, start=spans[1][0], actor=None)
    acts.put_sentence_back(two, actor=None)
    acts.say_no_work(day, start=spans[1][0], actor=None)
    told = refused(acts.issue_conclusion, receptions.fresh(day), on=papers.TODAY)
    assert len(told.faults) == 2
    acts.say_no_work(day, start=spans[2][0], actor=None)
    work = Assignment(office.unit.pk, "Đo lại đất", "Biên bản đo", date(2026, 12, 20))
    acts.own_sentence(one, work, actor=None)
    assert Commitment.objects.get().source_kind == "petitions.reception"
    assert "đã giao việc" in refused(acts.put_sentence_back, one).message
    card = reads.card_of(office.head, receptions.fresh(day))
    assert card.sentences[0].owned
    assert len(card.no_work) == 2
    assert not card.loose
    assert list(reads.days_to_conclude(office.head)) == [day]
    acts.issue_conclusion(day, on=papers.TODAY, actor=None)
    day = receptions.fresh(day)
    assert day.state == "concluded"
    assert day.notice.abstract.startswith("Thông báo kết luận")
    assert "trước khi ra thông báo" in refused(acts.write_conclusion, day, text="Khác").message
    coming = receptions.planned(office.unit, date(2026, 12, 10))
    assert reads.card_of(office.head, coming).loose == []
    with pytest.raises(RuleError):
        acts.own_sentence(type(one)(day=coming, pk=1, start=0, end=1), work, actor=None)


# What waits


def test_what_waits_is_told_to_who_receives(office):
    unsaid = receptions.planned(office.unit)
    soon = receptions.planned(office.unit, date(2026, 11, 27))
    until = date(2026, 12, 5)
    assert list(reads.days_unsaid(office.officer, on=papers.TODAY)) == [unsaid]
    assert list(reads.days_to_post(office.officer, on=papers.TODAY, until=until)) == [soon]
    acts.post_days([soon], on=papers.TODAY, where="Cổng", actor=None)
    assert list(reads.days_coming(office.officer, on=papers.TODAY, until=until)) == [soon]
    assert reads.readable_days(office.officer, [soon.pk]) == {soon.pk}
    assert reads.readable_days(office.stranger, [soon.pk]) == set()
    lines = reads.lines_of([unsaid, soon], on=papers.TODAY)
    assert [one.visits for one in lines] == [0, 0]
    found = reads.days_in(office.officer, Period.parse("2026-11"), office.unit.pk)
    assert found.count() == 2


def test_taking_a_petition_out_whole_leaves_no_trace_in_the_register(office):
    visit = receptions.visited(office.unit)
    assert reads.allowed_visits(office.officer, "petitions.view").get() == visit
    visit.paper.petitions.all().delete()
    assert not VisitMatter.objects.exists()
    visit.paper.delete()
    assert not VisitMatter.objects.exists()
    assert not ReceptionVisit.objects.exists()


def test_a_person_that_is_only_a_name_is_kept_too(office):
    visit = receptions.visited(office.unit, persons=(PersonDraft(name="Vừ Thị Mỷ"),))
    assert visit.paper.signatures.count() == 1


def test_a_refusal_moves_with_the_calendar(office):
    no = receptions.matter(way=MatterWay.REFUSED)
    visit = receptions.visited(office.unit, no, refusal="9.3", refusal_why="Kéo dài")
    clocks = VisitClocks()
    moved = ClockMoved(
        clock_id=1, subject_id=visit.pk, name="due", old_due_on=visit.refusal_due_on,
        new_due_on=date(2026, 11, 23), original_due_on=visit.refusal_due_on, reason="Nghỉ bù",
    )  # fmt: skip
    clocks.moved([moved], actor=None)
    clocks.look_again(on=papers.TODAY)
    assert receptions.fresh(visit).refusal_due_on == date(2026, 11, 23)
    assert clocks.titles([visit.pk]) == {visit.pk: "Từ chối tiếp ngày 16/11/2026"}


def test_each_instrument_is_named_once_and_it_is_said_where_its_text_was_not_read(office):
    lines = reads.heads_in(office.chief, Period.parse("2026-11"))
    assert {one.rule for one in lines if one.owed} >= {
        "2 ngày mỗi tháng"
    }  # no instrument after each
    told = reads.bases_of(one.least for one in lines if one.least)
    assert len(told) == len(set(told)) < len([one for one in lines if one.least])
    [chairman] = [one for one in told if one.startswith("Chủ tịch UBND cấp xã")]
    assert chairman == (
        "Chủ tịch UBND cấp xã tiếp công dân ít nhất 2 ngày mỗi tháng: Luật 136/2025/QH15. Con số lấy từ báo chí hoặc tài "
        "liệu dẫn lại; chưa đọc được toàn văn."
    )
    [secretary] = [one for one in told if one.startswith("Bí thư cấp ủy cấp xã")]
    assert secretary.endswith("Kết luận 215-KL/TW ngày 23/11/2025.")


def test_no_citation_says_how_it_came_to_be_known(office):
    said = LegalParameter.objects.filter(citation__contains="báo chí")
    assert list(said.values_list("key", flat=True)) == []
