from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.enums import Entry, Manner, Rank
from danvan.organisations.models import Appointment, Assignment, Officer, OfficerTraining, Post
from danvan.organisations.services.officers import (
    add_officer,
    appoint,
    appoint_many,
    assign_field,
    assign_place,
    close_post,
    edit_officer,
    edit_post,
    end_appointment,
    end_assignment,
    found_post,
    record_training,
    remove_appointment,
    remove_assignment,
    remove_post,
    rotate,
)
from danvan.organisations.services.officers.appointing import Draft
from tests.factories.province import Level, Province, make_organisation, make_place, make_user
from tests.organisations.officers import SINCE, hold, make_officer, make_post

LATER = date(2026, 3, 1)


@pytest.fixture
def province(db):
    return Province()


@pytest.fixture
def committee(province):
    return province.committees[0]


def refused(act, *args, **kwargs):
    with pytest.raises(RuleError) as told:
        act(*args, actor=None, **kwargs)
    return told.value


def give(officer, post, manner=Manner.FULL, **more):
    said = {"entry": Entry.APPOINTED, "decision": "QĐ 12-QĐ/TU", "on": SINCE, "actor": None} | more
    return appoint(officer, post, manner=manner, **said)


def columns(error):
    return [fault.column for fault in error.faults]


class TestOfficers:
    def test_an_officer_is_a_name_without_honorific(self, db):
        officer = add_officer("  Đ/c Điểu   K’Ré ", actor=None)

        assert (officer.full_name, officer.folded) == ("Điểu K’Ré", "dieu k're")
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.details) == ("organisations.add_officer", {})

    @pytest.mark.parametrize("name", ["", "   ", "Đ/c ", "123", "N" * 121])
    def test_what_is_no_name_is_refused(self, db, name):
        assert columns(refused(add_officer, name)) == ["full_name"]
        assert not Officer.objects.exists()

    def test_spoilt_letters_are_refused(self, db):
        assert columns(refused(add_officer, "Nguyá»…n VÄƒn A")) == ["full_name"]

    def test_an_account_belongs_to_one_officer(self, db):
        user = make_user()
        mine = add_officer("Nguyễn Văn An", user_id=user.pk, actor=None)

        error = refused(add_officer, "", user_id=user.pk)
        assert columns(error) == ["full_name", "user_id"]
        assert "2 điểm" in error.message
        assert columns(refused(add_officer, "Trần Bình", user_id=10**6)) == ["user_id"]
        edited = edit_officer(mine, full_name="Nguyễn Văn Ân", user_id=user.pk, actor=None)
        mine.refresh_from_db()
        assert (mine.full_name, mine.user_id, mine.folded) == (
            "Nguyễn Văn Ân",
            user.pk,
            "nguyen van an",
        )
        assert edited == mine

    def test_training_is_recorded_once(self, db):
        officer = make_officer()
        days = {"begun_on": SINCE, "finished_on": LATER}
        made = record_training(officer, " Bồi dưỡng  dân vận ", actor=None, held_by="HVCT", **days)

        assert (made.course, made.held_by, made.certificate) == ("Bồi dưỡng dân vận", "HVCT", "")
        assert columns(refused(record_training, officer, "Bồi dưỡng dân vận", **days)) == ["course"]
        wrong = {"begun_on": LATER, "finished_on": SINCE}
        assert columns(refused(record_training, officer, "", **wrong)) == ["course", "finished_on"]
        assert OfficerTraining.objects.count() == 1


class TestPosts:
    def test_a_post_is_set_up_corrected_and_closed(self, committee):
        post = found_post(committee, "Ủy viên", Rank.MEMBER, on=SINCE, seats=2, actor=None)
        edit_post(
            post,
            title="Ủy viên Ban Thường vụ",
            rank=Rank.MEMBER,
            seats=9,
            decision="QĐ 5",
            actor=None,
        )
        close_post(post, on=LATER, actor=None)

        post.refresh_from_db()
        assert (post.title, post.seats, post.decision, post.valid_to) == (
            "Ủy viên Ban Thường vụ", 9, "QĐ 5", LATER,
        )  # fmt: skip
        assert AuditEntry.objects.filter(action="organisations.close_post").count() == 1

    def test_every_fault_of_a_post_is_told_at_once(self, committee):
        error = refused(
            found_post, committee, "", "boss", on=SINCE, until=SINCE, seats=0, decision="Q" * 201
        )
        assert columns(error) == ["decision", "title", "rank", "seats", "until"]
        assert not Post.objects.exists()

    def test_the_same_post_stands_once_at_a_time(self, committee):
        first = make_post(committee, "Bí thư", until=LATER)
        assert columns(refused(found_post, committee, "bi thu", Rank.HEAD, on=SINCE)) == ["title"]
        assert found_post(committee, "Bí thư", Rank.HEAD, on=LATER, actor=None).pk != first.pk

    def test_a_post_stands_within_its_units_life(self, province):
        place = make_place("Xã Cũ", under=province.place, ended=LATER)
        old = make_organisation(place, ended=LATER)
        early = date(2019, 1, 1)
        assert "từ ngày 01/01/2020" in refused(found_post, old, "A", Rank.HEAD, on=early).message
        assert "đã kết thúc" in refused(found_post, old, "A", Rank.HEAD, on=LATER).message
        beyond = refused(found_post, old, "A", Rank.HEAD, on=SINCE, until=date(2026, 5, 1))
        assert columns(beyond) == ["until"]

    def test_seats_are_not_taken_from_under_their_holders(self, committee):
        post = make_post(committee, "Phó Bí thư", rank=Rank.DEPUTY, seats=2)
        hold(make_officer("A"), post), hold(make_officer("B"), post)

        error = refused(edit_post, post, title="Phó Bí thư", rank=Rank.DEPUTY, seats=1)
        assert columns(error) == ["seats"]
        post.refresh_from_db()
        assert post.seats == 2

    def test_a_post_is_not_closed_over_its_holders(self, committee):
        post = make_post(committee, until=date(2027, 1, 1))
        hold(make_officer(), post, until=LATER)
        assert "Còn 1 người" in refused(close_post, post, on=date(2026, 1, 1)).message
        assert columns(refused(close_post, post, on=SINCE)) == ["on", "on"]
        assert columns(refused(close_post, post, on=date(2028, 1, 1))) == ["on"]
        assert close_post(post, on=LATER, actor=None).valid_to == LATER


class TestAppointments:
    def test_an_officer_is_appointed_and_leaves(self, committee):
        officer, post = make_officer(), make_post(committee, "Bí thư")
        made = give(officer, post, decision=" QĐ  7-QĐ/TU ").appointment
        end_appointment(made, on=LATER, why="Nghỉ hưu", actor=None)

        made.refresh_from_db()
        assert (made.decision, made.valid_to, made.ended_why) == ("QĐ 7-QĐ/TU", LATER, "Nghỉ hưu")
        entry = AuditEntry.objects.get(action="organisations.appoint")
        assert entry.details == {"appointment": made.pk, "post": post.pk, "officer": officer.pk}

    def test_every_fault_of_an_appointment_is_told_at_once(self, committee):
        post = make_post(committee, until=LATER)
        error = refused(
            appoint, make_officer(), post, manner="x", entry="y", decision=" ", on=date(2024, 1, 1)
        )
        assert columns(error) == ["decision", "manner", "entry", "on"]
        late = refused(
            appoint, make_officer(), post, manner="full", entry="elected", decision="Q", on=LATER
        )
        assert "không còn" in late.message
        beyond = {"manner": "full", "entry": "elected", "decision": "Q", "on": SINCE}
        assert columns(
            refused(appoint, make_officer(), post, until=date(2027, 1, 1), **beyond)
        ) == ["until"]
        assert columns(refused(appoint, make_officer(), post, until=SINCE, **beyond)) == ["until"]
        assert not Appointment.objects.exists()

    def test_what_is_not_there_is_refused_by_its_row(self, committee):
        error = refused(appoint_many, [Draft(5, 6, "full", "elected", "Q", SINCE, row=4)])
        assert [(one.row, one.column) for one in error.faults] == [(4, "post"), (4, "officer")]

    @pytest.mark.parametrize("manner", [Manner.FULL, Manner.CONCURRENT])
    def test_no_more_hold_a_post_than_it_has_seats(self, committee, manner):
        post = make_post(committee)
        hold(make_officer("A"), post, until=LATER)
        assert columns(refused(appoint, make_officer("B"), post, manner=manner, entry="elected", decision="Q", on=SINCE)) == ["post"]  # fmt: skip
        assert give(make_officer("B"), post, on=LATER).appointment.pk

    def test_whoever_acts_takes_no_seat_and_no_two_act_in_one(self, committee):
        post = make_post(committee)
        hold(make_officer("A"), post)
        assert give(make_officer("B"), post, Manner.ACTING).appointment.pk
        error = refused(
            appoint,
            make_officer("C"),
            post,
            manner="in_charge",
            entry="designated",
            decision="Q",
            on=LATER,
        )
        assert "quyền hoặc phụ trách" in error.message

    def test_one_person_stands_once_in_one_post(self, committee):
        officer, post = make_officer(), make_post(committee, seats=3)
        hold(officer, post)
        assert columns(refused(appoint, officer, post, manner="full", entry="elected", decision="Q", on=LATER)) == ["officer"]  # fmt: skip

    def test_a_concurrent_post_without_a_main_one_is_told(self, committee):
        officer, one, two = make_officer(), make_post(committee, "A"), make_post(committee, "B")
        assert "chưa ghi chức danh chính" in give(officer, one, Manner.CONCURRENT).warnings[0]
        assert give(officer, two).warnings == ()
        three = make_post(committee, "C")
        assert "sửa cách giữ" in give(officer, three).warnings[0]

    def test_an_end_stands_within_the_time_it_ends(self, committee):
        made = hold(make_officer(), make_post(committee), until=LATER)
        assert columns(refused(end_appointment, made, on=SINCE, why="")) == ["on", "why"]
        assert columns(refused(end_appointment, made, on=date(2027, 1, 1), why="x")) == ["on"]
        made.refresh_from_db()
        assert made.ended_why == ""

    def test_rotation_ends_one_post_and_begins_the_next(self, province):
        here, there = make_post(province.committees[0]), make_post(province.committees[1])
        made = hold(make_officer(), here)
        new = rotate(made, there, on=LATER, decision="QĐ 9", actor=None).appointment

        made.refresh_from_db()
        assert (made.valid_to, made.ended_why) == (LATER, "Luân chuyển: QĐ 9")
        assert (new.post, new.entry, new.valid_from, new.valid_to) == (
            there,
            "rotated",
            LATER,
            None,
        )

    def test_a_rotation_that_cannot_end_or_begin_changes_nothing(self, province):
        here = make_post(province.committees[0])
        made = hold(make_officer(), here)
        assert columns(refused(rotate, made, here, on=SINCE, decision="")) == [
            "on",
            "post",
            "decision",
        ]
        made.refresh_from_db()
        assert made.valid_to is None

    @pytest.mark.parametrize("many", [1, 3])
    def test_any_number_of_appointments_costs_the_same_reads(
        self, committee, many, django_assert_num_queries
    ):
        drafts = [
            Draft(
                make_officer(f"A {n}").pk,
                make_post(committee, f"P {n}").pk,
                "full",
                "elected",
                "Q",
                SINCE,
            )
            for n in range(many)
        ]
        with django_assert_num_queries(7 + many):  # and one line of the audit log each
            appoint_many(drafts, actor=None)


class TestMistakes:
    def test_what_was_entered_by_mistake_is_taken_out_and_the_log_keeps_it(self, committee):
        post = make_post(committee)
        held = hold(make_officer(), post)
        given = Assignment.objects.create(
            unit=committee, officer=held.officer, field="A", decision="T", valid_from=SINCE
        )
        assert "1 lượt" in refused(remove_post, post).message
        gone = {
            "remove_appointment": remove_appointment(held, actor=None),
            "remove_assignment": remove_assignment(given, actor=None),
            "remove_post": remove_post(post, actor=None),
        }
        assert gone["remove_post"] == post.pk
        assert [model.objects.count() for model in (Post, Appointment, Assignment)] == [0, 0, 0]
        acts = AuditEntry.objects.values_list("action", flat=True)
        assert set(acts) == {f"organisations.{act}" for act in gone}


class TestAssignments:
    def test_a_leader_is_put_in_charge_of_a_field(self, committee):
        made = assign_field(
            committee, make_officer(), " Công tác  dân vận", decision="TB 3", on=SINCE, actor=None
        )
        end_assignment(made, on=LATER, actor=None)
        made.refresh_from_db()
        assert (made.field, made.place, made.valid_to) == ("Công tác dân vận", None, LATER)

    def test_a_member_is_put_in_charge_of_a_village(self, province, committee):
        village = make_place("Thôn Bắc", level=Level.VILLAGE, under=province.communes[0])
        officer = make_officer()
        made = assign_place(committee, officer, village, decision="TB 3", on=SINCE, actor=None)
        assert (made.place, made.field) == (village, "")
        again = refused(
            assign_place,
            committee,
            officer,
            village,
            decision="TB",
            on=LATER,
            until=date(2027, 1, 1),
        )
        assert columns(again) == ["officer"]

    def test_a_place_elsewhere_or_of_another_day_is_refused(self, province, committee):
        other = refused(
            assign_place, committee, make_officer(), province.communes[1], decision="", on=SINCE
        )
        assert columns(other) == ["decision", "place"]
        ended = make_place("Thôn Cũ", level=Level.VILLAGE, under=province.communes[0], ended=SINCE)
        gone = refused(assign_place, committee, make_officer(), ended, decision="T", on=SINCE)
        assert "không tồn tại" in gone.message
        assert not Assignment.objects.exists()

    def test_a_field_must_be_said_and_an_end_follows_its_beginning(self, committee):
        officer = make_officer()
        assert columns(refused(assign_field, committee, officer, "", decision="T", on=SINCE, until=SINCE)) == ["until", "field"]  # fmt: skip
        made = assign_field(
            committee, officer, "A", decision="T", on=SINCE, until=LATER, actor=None
        )
        assert columns(refused(end_assignment, made, on=SINCE)) == ["on"]
        assert columns(refused(end_assignment, made, on=date(2027, 1, 1))) == ["on"]
