"""What may be done when citizens are received: the schedule, visits with their matters, refusals, what the head concludes."""

from datetime import date, time, timedelta

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.law.selectors import clock_of, current_parameters
from danvan.organisations.selectors import organisations_at
from danvan.petitions.enums import GROUP_KEY
from danvan.petitions.models import (
    Paper,
    Petition,
    Petitioner,
    ReceptionDay,
    ReceptionVisit,
    VisitMatter,
)
from danvan.petitions.reception_enums import VISIT, MatterWay, Receiver
from danvan.petitions.selectors import reception as reads
from danvan.petitions.selectors.reception.rules import latest_connection
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


# The schedule


def test_days_of_a_month_are_planned_posted_and_held(office):
    first, second = date(2026, 12, 10), date(2026, 12, 24)
    plan = acts.DayPlan(unit_id=office.unit.pk, days=(second, first, first), place="Trụ sở")
    days = acts.plan_days(plan, actor=office.officer)
    assert [one.held_on for one in days] == [first, second]
    acts.post_days(days, on=papers.TODAY, where="Cổng trụ sở", actor=office.officer)
    shown = reads.days_open_to_all(
        on=papers.TODAY, ahead=timedelta(days=40), unit_ids=[office.unit.pk]
    )
    assert [(one.held_on, one.place) for _, one in shown] == [(first, "Trụ sở"), (second, "Trụ sở")]
    assert "Hạn" not in str(shown)
    check = reads.checks_of(receptions.fresh(days[0]))[0]
    assert check.word == "Đúng hạn"


def test_everything_wrong_with_a_plan_is_told_at_once(office):
    plan = acts.DayPlan(
        unit_id=office.unit.pk, days=(date(2040, 1, 1),), place="", ground="khac", starts_at=time(10), ends_at=time(9)
    )  # fmt: skip
    told = refused(acts.plan_days, plan, actor=office.stranger)
    assert {one.column for one in told.faults} == {
        "unit",
        "days",
        "ground",
        "why",
        "place",
        "ends_at",
    }
    assert not ReceptionDay.objects.exists()
    many = (*tuple(date(2026, 12, 1 + n) for n in range(31)), date(2027, 1, 1))
    told = refused(acts.plan_days, acts.DayPlan(unit_id=office.unit.pk, days=many, place="A"))
    assert "tối đa" in told.message
    told = refused(acts.plan_days, acts.DayPlan(unit_id=office.unit.pk, days=(), place="A"))
    assert "ghi ngày tiếp" in told.message
    place = acts.DayPlan(unit_id=office.province.place.pk, days=(papers.TODAY,), place="A")
    assert "tổ chức đang hoạt động" in refused(acts.plan_days, place).message


def test_a_second_periodic_day_on_the_same_date_is_refused_but_an_urgent_one_stands(office):
    receptions.planned(office.unit)
    again = acts.DayPlan(unit_id=office.unit.pk, days=(receptions.DAY,), place="Trụ sở")
    assert "đã có buổi tiếp" in refused(acts.plan_days, again).message
    urgent = receptions.planned(office.unit, ground="hot", why="Cầu treo bản Xiềng")
    assert not urgent.periodic
    assert reads.checks_of(urgent)[0].note == "Cầu treo bản Xiềng"


def test_a_day_is_postponed_with_reason_and_notice_and_keeps_its_first_day(office):
    day = receptions.planned(office.unit, date(2026, 12, 10))
    told = refused(acts.postpone_day, day, to=day.held_on, why="", on=date(2026, 12, 1), where="")
    assert {one.column for one in told.faults} == {"to", "why", "on", "where"}
    receptions.planned(office.unit, date(2026, 12, 14))
    more = {"why": "Họp Hội đồng", "on": papers.TODAY, "where": "Cổng trụ sở"}
    assert "đã có buổi" in refused(acts.postpone_day, day, to=date(2026, 12, 14), **more).message
    acts.postpone_day(day, to=date(2026, 12, 15), actor=None, seen=0, **more)
    day = receptions.fresh(day)
    assert (day.first_on, day.held_on, day.state) == (
        date(2026, 12, 10),
        date(2026, 12, 15),
        "posted",
    )
    assert "Họp Hội đồng" in day.steps.last().words
    assert "Có người vừa sửa" in refused(acts.cancel_day, day, why="Bận", seen=0).message
    acts.cancel_day(day, why="Bão số 9", actor=None)
    assert "Chỉ lùi" in refused(acts.postpone_day, day, to=date(2026, 12, 20), **more).message
    assert "không hủy được" in refused(acts.cancel_day, day, why="Bận").message
    assert "lý do hủy" in refused(acts.cancel_day, day, why=" ").message


def test_posting_needs_a_place_a_day_that_came_and_a_day_still_planned(office):
    day = receptions.planned(office.unit)
    told = refused(acts.post_days, [day], on=date(2026, 11, 30), where="")
    assert {one.column for one in told.faults} == {"on", "where"}
    assert "chưa có buổi tiếp" in refused(acts.post_days, [], on=papers.TODAY, where="A").message
    late = acts.post_days([day], on=date(2026, 11, 13), where="A", actor=None)[0]
    assert reads.checks_of(late)[0].word == "Chậm"
    assert (
        "Chỉ niêm yết" in refused(acts.post_days, [day], on=date(2026, 11, 13), where="A").message
    )


def test_nobody_stands_in_for_the_head_and_a_day_of_another_counts_for_nothing(office):
    day = receptions.planned(office.unit)
    assert "chọn ai" in refused(acts.hold_day, day, received="pho").message
    told = refused(acts.hold_day, day, received=Receiver.OTHER)
    assert {one.column for one in told.faults} == {"other_name", "other_why"}
    acts.hold_day(day, received=Receiver.OTHER, other_name="Phó Chủ tịch", other_why="Đi họp", actor=None)  # fmt: skip
    day = receptions.fresh(day)
    assert "không tính" in reads.checks_of(day)[1].note
    [line] = [one for one in reads.heads_in(office.officer, Period.parse("2026-11")) if one.unit_id == office.unit.pk]  # fmt: skip
    assert (line.owed, line.held, line.substituted, line.lacking) == (2, 0, 1, 2)
    assert "Buổi này" in refused(acts.hold_day, day, received=Receiver.HEAD).message
    coming = receptions.planned(office.unit, date(2026, 12, 10))
    assert "chưa đến" in refused(acts.hold_day, coming, received=Receiver.HEAD).message


def test_many_units_stand_in_groups_by_what_their_heads_lack(office, monkeypatch):
    receptions.planned(office.unit)
    lines = reads.heads_in(office.chief, Period.parse("2026-11"))
    assert [(one.label, one.lines) for one in reads.head_groups(lines)] == [("", lines)]
    assert reads.head_groups([]) == []
    monkeypatch.setattr("danvan.petitions.selectors.reception.schedule.FEW", 1)
    groups = {one.label: one.lines for one in reads.head_groups(lines)}
    grouped = [one.unit_id for found in groups.values() for one in found]
    assert sorted(grouped) == sorted(one.unit_id for one in lines)
    assert all(one.mine for one in groups[""])
    assert office.unit.pk in [one.unit_id for one in groups["Còn thiếu ngày"]]
    assert all(one.lacking and not one.planned for one in groups.get("Chưa lập lịch", []))


def test_the_readers_own_units_stand_before_the_many_below(office):
    lines = [one.unit_id for one in reads.heads_in(office.chief, Period.parse("2026-11"))]
    own = organisations_at([office.province.place.pk], on=papers.TODAY)
    assert office.unit.pk in lines
    assert set(lines[: len(own)]) == set(own)


@pytest.mark.parametrize(
    ("month", "owed", "words"),
    [("2026-06", 5, "ngày mỗi tuần"), ("2026-07", 2, "ngày mỗi tháng"), ("2014-06", None, "Chưa có tham số")],
)  # fmt: skip
def test_the_least_days_of_a_commune_chairman_follow_the_law_of_the_month(
    office, month, owed, words
):
    found = reads.least_of("peoples_committee", "commune", on=Period.parse(month).first)
    from danvan.petitions.selectors.reception.rules import month_words

    assert (reads.owed_in(Period.parse(month), found) if found else None) == owed
    assert words in month_words("peoples_committee", found)


@pytest.mark.parametrize(
    ("kind", "level", "owed"),
    [("party_committee", "province", 1), ("party_committee", "commune", 2), ("advisory_board", "province", 1)],
)  # fmt: skip
def test_the_least_days_of_other_heads(office, kind, level, owed):
    assert reads.least_of(kind, level, on=papers.TODAY).number == owed


@pytest.mark.parametrize("kind", ["front_committee", "farmers_union", "trade_union"])
def test_no_number_of_days_is_asked_of_a_head_of_whom_the_law_asks_none(office, kind):
    from danvan.petitions.selectors.reception.rules import month_words

    assert reads.least_of(kind, "commune", on=papers.TODAY) is None
    assert month_words(kind, None) == "Luật không ấn định số ngày"
    front = office.province.fronts[0]
    papers.member("mattran", front, "petition_officer")
    lines = reads.heads_in(office.chief, Period.parse("2026-11"))
    [line] = [one for one in lines if one.unit_id == front.pk]
    assert (line.owed, line.lacking, line.rule) == (None, 0, "Luật không ấn định số ngày")


def test_the_steps_of_an_online_reception_are_held_against_their_latest_moments(office):
    day = receptions.planned(office.unit, date(2026, 11, 20), online=True, starts_at=time(8))
    assert latest_connection(day)[0] == time(7)
    steps = {"invited_on": date(2026, 11, 13), "tested_on": date(2026, 11, 20), "connected_at": time(7, 30)}  # fmt: skip
    acts.record_online(day, camera_on=True, recorded_at="Máy chủ xã", minutes_signed_on=papers.TODAY, actor=None, **steps)  # fmt: skip
    words = [one.word for one in reads.checks_of(receptions.fresh(day))]
    assert words == ["Chưa ghi, đã quá ngày", "Đúng hạn", "Chậm", "Chậm", "Có", "Có", "Có"]
    told = refused(
        acts.record_online, day, invited_on=date(2026, 11, 30), tested_on=date(2026, 11, 21), minutes_signed_on=date(2026, 11, 1)
    )  # fmt: skip
    assert {one.column for one in told.faults} == {"invited_on", "tested_on", "minutes_signed_on"}
    held = receptions.planned(office.unit, date(2026, 11, 11), online=True)
    assert (
        "Ngày này phải trước"
        in refused(acts.record_online, held, tested_on=date(2026, 11, 12)).message
    )
    plain = receptions.planned(office.unit, ground="hot", why="Cháy chợ")
    assert "tiếp trực tiếp" in refused(acts.record_online, plain).message
    empty = receptions.planned(office.unit, date(2026, 11, 19), online=True)
    assert {one.word for one in reads.checks_of(empty)[1:]} == {"Chưa ghi", "Chưa ghi, đã quá ngày"}
    acts.record_online(empty, connected_at=time(7), actor=None)
    assert "Đã ghi" in [one.word for one in reads.checks_of(receptions.fresh(empty))]
    old = receptions.planned(office.unit, date(2024, 1, 8), online=True, starts_at=time(8))
    acts.record_online(old, invited_on=date(2024, 1, 1), actor=None)
    assert latest_connection(old) is None
    assert "chưa có tham số" in reads.checks_of(receptions.fresh(old))[1].note


# Visits


def test_a_visit_with_several_matters_splits_into_petitions_guidance_and_answers(office):
    day = receptions.held(office.unit)
    visit = receptions.visited(
        office.unit, receptions.matter(kind="complaint"),
        receptions.matter("Hỏi thủ tục cấp sổ", MatterWay.GUIDED, guided_to="Văn phòng đăng ký đất đai"),
        receptions.matter("Hỏi lịch tiêm", MatterWay.ANSWERED, answer="Ngày 20 hằng tháng"),
        receptions.matter("Sửa cầu", MatterWay.LATER, answer_on=date(2026, 11, 25)),
        actor=office.officer, day_id=day.pk,
    )  # fmt: skip
    assert Petition.objects.get().paper_id == visit.paper_id
    assert Paper.objects.get().channel == "reception"
    assert [one.way for one in visit.matters.all()] == ["received", "guided", "answered", "later"]
    [later] = reads.answers_promised(office.officer)
    assert "chờ trả lời" in refused(acts.answer_matter, visit.matters.first(), answer="A", on=papers.TODAY).message  # fmt: skip
    told = refused(acts.answer_matter, later, answer="", on=date(2026, 11, 30))
    assert {one.column for one in told.faults} == {"answer", "on"}
    acts.answer_matter(later, answer="Quý I sửa", on=papers.TODAY, actor=office.officer)
    assert not reads.answers_promised(office.officer).exists()
    tally = reads.tally_of(VisitMatter.objects.filter(visit=visit))
    assert (tally.visits, tally.people, tally.matters, tally.first, tally.repeated) == (
        1,
        1,
        4,
        1,
        0,
    )


def test_whoever_comes_again_is_counted_as_repeated_and_stays_one_person(office):
    receptions.visited(office.unit)
    again = receptions.visited(
        office.unit, receptions.matter("Việc cũ", MatterWay.ANSWERED, answer="A")
    )
    assert again.repeated
    assert Petitioner.objects.count() == 1
    assert reads.tally_of(VisitMatter.objects.all()).repeated == 1


def test_everything_wrong_with_a_visit_is_told_at_once_and_nothing_is_kept(office):
    bad = receptions.draft(
        office.unit,
        receptions.matter("", "xyz", kind="denunciation"),
        receptions.matter("B", MatterWay.GUIDED),
        receptions.matter("C", MatterWay.LATER),
        receptions.matter("D", MatterWay.ANSWERED),
        on=date(2026, 12, 1), persons=(), people=0, day_id=99, language="x", confirmed="x", refusal="9.9",
    )  # fmt: skip
    told = refused(acts.record_visit, bad, actor=office.stranger)
    found = {(one.row, one.column) for one in told.faults}
    assert {
        (None, "unit"),
        (None, "held_on"),
        (None, "day"),
        (None, "people"),
        (None, "name"),
    } <= found
    assert {
        (None, "language"),
        (None, "confirmed"),
        (None, "refusal"),
        (None, "refusal_why"),
    } <= found
    assert {
        (1, "kind"),
        (1, "title"),
        (1, "way"),
        (2, "guided_to"),
        (3, "answer_on"),
        (4, "answer"),
    } <= found
    assert not ReceptionVisit.objects.exists()
    assert not Petitioner.objects.exists()
    none = acts.VisitDraft(unit_id=office.unit.pk, held_on=receptions.DAY, persons=(papers.NAM,) * 51, matters=(), people=2)  # fmt: skip
    assert {one.column for one in refused(acts.record_visit, none).faults} >= {
        "title",
        "people",
        "name",
    }
    gone = receptions.draft(office.unit, on=date(1950, 1, 2))
    assert "không hoạt động" in refused(acts.record_visit, gone).message


def test_what_who_cannot_write_said_is_read_back_and_confirmed(office):
    told = refused(acts.record_visit, receptions.draft(office.unit, spoken=True, read_back=True))
    assert "đọc lại" in told.message
    visit = receptions.visited(office.unit, spoken=True, read_back=True, confirmed="fingerprint", language="hmn", interpreter="Vừ A Dua")  # fmt: skip
    assert visit.paper.language == "hmn"
    assert visit.confirmed == "fingerprint"


def test_a_group_needs_representatives_and_raises_the_alarm(office):
    receptions.visited(office.unit, people=12)
    tally = reads.tally_of(VisitMatter.objects.all())
    assert (tally.crowds, tally.crowd_people) == (1, 12)
    from danvan.petitions.selectors.rules import group_lacking

    assert "người đại diện" in group_lacking(ReceptionVisit.objects.get().paper)


def test_each_group_is_a_crowd_or_none_by_the_law_of_its_own_day(office):
    changed = date(2026, 11, 18)
    [old] = current_parameters().filter(key=GROUP_KEY)
    assert old.numerator == 5
    receptions.visited(office.unit, people=12)
    receptions.visited(office.unit, people=12, on=changed, persons=(papers.NAM,))
    receptions.visited(office.unit, people=25, on=changed, persons=(papers.NAM,))
    found = VisitMatter.objects.all()
    assert (reads.tally_of(found).crowds, reads.tally_of(found).crowd_people) == (3, 49)
    type(old).objects.filter(pk=old.pk).update(valid_to=changed)
    assert (reads.tally_of(found).crowds, reads.tally_of(found).crowd_people) == (1, 12)
    old.pk, old.valid_from, old.numerator = None, changed, 20
    old.save()
    assert (reads.tally_of(found).crowds, reads.tally_of(found).crowd_people) == (2, 37)
    assert reads.tally_of(found).people == 49


def test_only_two_refusals_are_told_on_paper_with_a_clock(office):
    no = receptions.matter(way=MatterWay.REFUSED)
    oral = receptions.visited(office.unit, no, refusal="9.1", refusal_why="Say rượu")
    assert oral.refusal_due_on is None
    assert "bằng lời" in refused(acts.notify_refusal, oral, on=papers.TODAY, symbol="1").message
    paper = receptions.visited(office.unit, no, refusal="4.1h", refusal_why="Đã trả lời ngày 02/10")
    assert paper.refusal_due_on == date(2026, 11, 19)
    assert list(reads.refusals_to_tell(office.officer)) == [paper]
    told = refused(acts.notify_refusal, paper, on=date(2026, 11, 30), symbol="")
    assert {one.column for one in told.faults} == {"on", "symbol"}
    acts.notify_refusal(paper, on=date(2026, 11, 18), symbol="12/TB-UBND", actor=None)
    assert clock_of(VISIT, paper.pk).ended_on == date(2026, 11, 18)
    assert "gửi rồi" in refused(acts.notify_refusal, paper, on=papers.TODAY, symbol="1").message
    old = receptions.visited(
        office.unit, no, on=date(2026, 6, 1), refusal="9.3", refusal_why="Kéo dài"
    )
    assert old.refusal_due_on is None  # no row of the law in force on that day: nothing is computed
    mixed = receptions.draft(office.unit, receptions.matter(), refusal="9.1", refusal_why="Say")
    assert "mọi nội dung" in refused(acts.record_visit, mixed).message
    groundless = refused(acts.record_visit, receptions.draft(office.unit, no))
    assert [(one.column, one.row) for one in groundless.faults] == [("refusal", None)]
    assert "chọn căn cứ" in groundless.message


def test_a_receipt_gives_a_code_once_by_which_the_visitor_follows(office):
    visit = receptions.visited(
        office.unit, receptions.matter(), receptions.matter("B", MatterWay.GUIDED, guided_to="Sở Y tế"),
        receptions.matter("C", MatterWay.LATER, answer_on=papers.TODAY), receptions.matter("D", MatterWay.ANSWERED, answer="Rồi"),
        documents="Đơn\nBản đồ",
    )  # fmt: skip
    _, slip = acts.write_receipt(visit, actor=None)
    told = reads.visit_behind(slip.code)
    assert [one.standing for one in told.matters] == [
        "Chờ phân loại", "Đã hướng dẫn đến Sở Y tế", "Hẹn ngày trả lời", "Đã trả lời ngày 16/11/2026"
    ]  # fmt: skip
    assert "Lô Văn Nam" not in str(told)
    assert reads.visit_behind("khong-co") is None
    _, again = acts.write_receipt(
        visit, actor=None
    )  # lost or not printed: the new code takes its place
    assert reads.visit_behind(slip.code) is None
    first = reads.visit_behind(again.code).matters[0]
    assert (first.due_label, first.due_on) == ("hạn báo đã nhận", date(2026, 12, 1))
    Petition.objects.update(due_name="classify")  # no promise to whoever asked
    assert reads.visit_behind(again.code).matters[0].due_on is None
    slip = again
    ReceptionVisit.objects.all().delete()
    assert reads.visit_behind(slip.code) is None
    no = receptions.visited(
        office.unit, receptions.matter(way=MatterWay.REFUSED), refusal="9.2", refusal_why="Đe dọa"
    )
    assert "bị từ chối" in refused(acts.write_receipt, no).message
    assert "Có người vừa sửa" in refused(acts.write_receipt, no, seen=7).message
