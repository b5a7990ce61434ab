from datetime import date

import pytest

from danvan.organisations.enums import Kind, Level, Manner, Rank
from danvan.organisations.models import Assignment, Officer
from danvan.organisations.selectors import every_unit, units_under
from danvan.organisations.selectors.officers.assigned import assignments_of
from danvan.organisations.selectors.officers.concurrent import (
    concurrent_heads,
    concurrent_heads_for,
)
from danvan.organisations.selectors.officers.holding import (
    appointments_in,
    assignments_in,
    find_officers,
    head_of,
    held_by,
    last_day,
    officer_record,
    officers_within,
    posts_in,
    posts_of,
)
from danvan.organisations.selectors.officers.vacant import (
    staffing,
    vacancies,
    villages_without_charge,
)
from danvan.organisations.services.officers import record_training
from tests.factories.province import Province, make_organisation, make_place
from tests.organisations.officers import SINCE, TODAY, hold, lead, make_officer, make_post

LATER = date(2026, 3, 1)


@pytest.fixture
def province(db):
    return Province()


def board(province, number):
    return make_organisation(
        province.communes[number], Kind.ADVISORY_BOARD, name=f"Ban Xây dựng Đảng {number}"
    )


def charge(unit, officer, *, field="", place=None, until=None):
    return Assignment.objects.create(
        unit=unit, officer=officer, field=field, place=place, decision="TB 1", valid_from=SINCE,
        valid_to=until,
    )  # fmt: skip


class TestHolders:
    def test_posts_of_a_unit_on_a_day_heads_first_with_who_holds_them(self, province):
        unit = province.committees[0]
        member = make_post(unit, "Ủy viên", rank=Rank.MEMBER, seats=3)
        head = make_post(unit, "Bí thư")
        hold(make_officer("Vi Thị Bình"), member)
        acting = hold(make_officer("Lô An"), head, Manner.ACTING, until=LATER)
        make_post(unit, "Chức danh cũ", until=SINCE.replace(year=2026))

        [first, second] = posts_of([unit.pk], SINCE.replace(month=8))[unit.pk][:2]
        assert (first.title, first.vacant, first.filled, first.rank_label) == (
            "Bí thư",
            1,
            0,
            "Cấp trưởng",
        )
        [one] = first.holders
        assert (one.name, one.manner_label, one.entry_label, one.until) == (
            "Lô An",
            "Quyền",
            "Bổ nhiệm",
            LATER,
        )
        assert (one.appointment_id, one.fills) == (acting.pk, False)
        assert second.title == "Chức danh cũ"
        assert [post.title for post in posts_of([unit.pk], TODAY)[unit.pk]] == ["Bí thư", "Ủy viên"]
        assert posts_of([unit.pk], LATER)[unit.pk][0].holders == ()

    def test_what_a_unit_had_ends_with_it(self, province):
        unit = make_organisation(province.communes[0], Kind.TEAM, name="Tổ 1", ended=LATER)
        officer = lead(unit, "Lô An")
        assert posts_of([unit.pk], LATER) == {} == head_of([unit.pk], LATER)
        [spell] = officer_record(officer.pk, TODAY).spells
        assert (spell.until, spell.now, spell.ended_why) == (
            LATER,
            False,
            "Chức danh hoặc đơn vị kết thúc",
        )

    def test_whoever_fills_the_post_leads_before_whoever_stands_in(self, province):
        one, two, three = province.committees
        post = make_post(one, "Bí thư")
        hold(make_officer("Quyền"), post, Manner.ACTING)
        hold(make_officer("Chính"), post, since=LATER)
        hold(make_officer("Phó"), make_post(two, "Phó Bí thư", rank=Rank.DEPUTY))

        heads = head_of([one.pk, two.pk, three.pk], SINCE)
        assert {unit: row.words for unit, row in heads.items()} == {one.pk: "Quyền (quyền)"}
        assert head_of([one.pk], LATER)[one.pk].words == "Chính"

    @pytest.mark.parametrize("many", [1, 3])
    def test_reads_do_not_grow_with_units(self, province, many, django_assert_num_queries):
        for unit in province.committees[:many]:
            lead(unit, "Lô An")
        ids = [unit.pk for unit in province.committees[:many]]
        with django_assert_num_queries(3):
            assert len(posts_of(ids, TODAY)) == len(head_of(ids, TODAY)) == many


class TestOfficers:
    def test_an_officers_record_holds_all_there_is(self, province):
        officer = make_officer("Lô An")
        hold(officer, make_post(province.committees[0], "Bí thư"), until=LATER)
        hold(officer, make_post(province.committees[1], "Bí thư"), since=LATER, entry="rotated")
        hold(officer, make_post(province.fronts[1], "Chủ tịch"), Manner.CONCURRENT, since=LATER)
        village = make_place("Thôn Bắc", level=Level.VILLAGE, under=province.communes[1])
        charge(province.committees[1], officer, place=village)
        charge(province.committees[1], officer, field="Dân tộc", until=LATER)
        record_training(officer, "Dân vận", begun_on=SINCE, finished_on=LATER, actor=None)

        record = officer_record(officer.pk, TODAY)
        assert [(one.title, one.manner_label, one.unit_name) for one in record.now] == [
            ("Bí thư", "Chính thức", "Đảng ủy Xã Con Cuông"),
            ("Chủ tịch", "Kiêm nhiệm", "Ủy ban MTTQ Việt Nam Xã Con Cuông"),
        ]
        assert [(one.entry_label, one.since) for one in record.rotations] == [
            ("Luân chuyển", LATER)
        ]
        assert [one.ended_why for one in record.spells] == ["", "", "Hết thời hạn"]
        assert [(one.field, one.place_name, one.now) for one in record.charges] == [
            ("Dân tộc", "", False), ("", "Thôn Bắc", True),
        ]  # fmt: skip
        assert [one.course for one in record.training] == ["Dân vận"]
        assert officer_record(0, TODAY) is None

    @pytest.mark.parametrize("many", [1, 3])
    def test_a_record_of_any_length_costs_the_same(self, province, many, django_assert_num_queries):
        officer = make_officer()
        for unit in province.committees[:many]:
            hold(officer, make_post(unit))
            charge(unit, officer, field="A")
        with django_assert_num_queries(5):
            officer_record(officer.pk, TODAY)
        with django_assert_num_queries(2):
            assert len(held_by([officer.pk], TODAY)[officer.pk]) == many

    def test_officers_are_found_without_tones_in_the_order_of_given_names(self, db):
        for name in ("Vi Thị Hoa", "Hoa Văn Bình", "Lô An"):
            make_officer(name)
        assert [one.full_name for one in find_officers("hoa")] == ["Hoa Văn Bình", "Vi Thị Hoa"]

    def test_what_may_be_written_is_bounded_by_units(self, province):
        here, there, free = make_officer("A"), make_officer("B"), make_officer("C")
        mine = hold(here, make_post(province.committees[0]))
        hold(there, make_post(province.committees[1]))
        given = charge(province.committees[0], free, field="A")
        within = units_under([province.communes[0].pk], on=TODAY)

        assert set(officers_within(within)) == {here, free}
        assert list(posts_in(within)) == [mine.post]
        assert list(appointments_in(within)) == [mine]
        assert list(assignments_in(within)) == [given]
        assert set(officers_within(every_unit())) == set(Officer.objects.all())

    def test_the_last_day_is_the_one_before_the_end(self):
        assert (last_day(LATER), last_day(None)) == (date(2026, 2, 28), None)


class TestVacancies:
    def test_a_post_with_fewer_holders_than_seats_is_vacant_even_where_somebody_acts(
        self, province
    ):
        make_post(province.committees[0], "Phó", seats=3)
        acted = make_post(province.committees[1], "Bí thư")
        hold(make_officer(), acted, Manner.ACTING)
        lead(province.committees[2], "Lô An")

        found = vacancies(province.place.pk, TODAY).order_by("pk")
        assert [(one.title, one.vacant, one.standing_in) for one in found] == [
            ("Phó", 3, 0),
            ("Bí thư", 1, 1),
        ]
        sums = staffing(province.place.pk, TODAY)
        assert (sums.seats, sums.filled, sums.vacant) == (5, 1, 4)
        assert staffing(province.country.pk, SINCE.replace(year=2024)).seats == 0

    def test_villages_that_nobody_is_in_charge_of(self, province):
        villages = [
            make_place(name, level=Level.VILLAGE, under=province.communes[0])
            for name in ("Thôn A", "Thôn B")
        ]
        charge(province.committees[0], make_officer(), place=villages[0])
        assert [one.name for one in villages_without_charge(province.place.pk, TODAY)] == ["Thôn B"]
        assert (
            villages_without_charge(province.place.pk, SINCE.replace(year=2025, month=1)).count()
            == 2
        )


class TestAssigned:
    def test_fields_and_places_with_blank_spots(self, province):
        unit = province.committees[0]
        places = [
            make_place(name, level=Level.VILLAGE, under=province.communes[0])
            for name in ("Thôn Nam", "Thôn Bắc")
        ]
        gone = make_place("Thôn Cũ", level=Level.VILLAGE, under=province.communes[0], ended=LATER)
        for field in ("Tôn giáo", "Dân tộc"):
            charge(unit, make_officer("Lô An"), field=field)
        charge(unit, make_officer("Vi B"), place=places[0])
        charge(unit, make_officer("Vi C"), place=gone)

        found = assignments_of(unit.pk, TODAY)
        assert [(one.field, one.officers[0].name) for one in found.fields] == [
            ("Dân tộc", "Lô An"),
            ("Tôn giáo", "Lô An"),
        ]
        assert [(one.name, len(one.officers)) for one in found.places] == [
            ("Thôn Bắc", 0),
            ("Thôn Nam", 1),
        ]
        assert [one.name for one in found.blank] == ["Thôn Bắc"]
        assert found.noun == "thôn, tổ dân phố"
        assert assignments_of(province.fronts[1].pk, TODAY).noun == "địa bàn"
        assert assignments_of(unit.pk, date(2000, 1, 1)) is None

    @pytest.mark.parametrize("many", [1, 3])
    def test_reads_do_not_grow_with_villages(self, province, many, django_assert_num_queries):
        unit = province.committees[0]
        for number in range(many):
            place = make_place(f"Thôn {number}", level=Level.VILLAGE, under=province.communes[0])
            charge(unit, make_officer(), place=place)
        with django_assert_num_queries(4):
            assignments_of(unit.pk, TODAY)


class TestConcurrentHeads:
    def test_those_that_are_and_are_not_with_the_reason(self, province):
        one, two, three = (board(province, number) for number in range(3))
        same = lead(one, "Lô An", title="Trưởng ban")
        lead(province.fronts[0], "", title="Chủ tịch", manner=Manner.CONCURRENT, officer=same)
        lead(two, "Vi Bình")
        lead(province.fronts[1], "Vi Cường", title="Chủ tịch")
        acting = lead(three, "Lô Dung", manner=Manner.ACTING)
        lead(province.fronts[2], "", title="Chủ tịch", officer=acting)

        rows = concurrent_heads(province.place.pk, TODAY)
        assert [(row.place_name, row.same, row.why_not) for row in rows] == [
            ("Xã Châu Khê", False, "mới là quyền hoặc phụ trách"),
            ("Xã Con Cuông", False, "hai người"),
            ("Xã Môn Sơn", True, ""),
        ]
        assert (rows[2].board_id, rows[2].front_id) == (one.pk, province.fronts[0].pk)

    def test_what_is_missing_is_said(self, province):
        first, second = board(province, 0), board(province, 1)
        lead(second, "Lô An")
        bare = make_place("Xã Mới", under=province.place)
        make_organisation(bare, Kind.ADVISORY_BOARD)
        rows = {row.place_name: row.why_not for row in concurrent_heads(province.place.pk, TODAY)}
        assert rows == {
            "Xã Mới": "chưa ghi Ủy ban MTTQ",
            "Xã Môn Sơn": "khuyết người đứng đầu ban",
            "Xã Con Cuông": "khuyết Chủ tịch MTTQ",
        }
        asked = [province.communes[0].pk, province.fronts[1].pk, province.communes[2].pk, second.pk]
        found = concurrent_heads_for(asked, TODAY)
        assert {unit: row.board_id for unit, row in found.items()} == {
            province.communes[0].pk: first.pk, province.fronts[1].pk: second.pk, second.pk: second.pk,
        }  # fmt: skip

    @pytest.mark.parametrize("many", [1, 3])
    def test_reads_do_not_grow_with_places(self, province, many, django_assert_num_queries):
        for number in range(many):
            lead(board(province, number), "Lô An")
        with django_assert_num_queries(3):
            assert len(concurrent_heads(province.place.pk, TODAY)) == many
