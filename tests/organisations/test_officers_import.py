from datetime import date

import pytest

from danvan.accounts.selectors import units_granted
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Kind
from danvan.organisations.models import Appointment, Officer, Post
from danvan.organisations.services.officers import blank_posts_sheet, import_posts
from tests.factories.province import Province, make_grant, make_organisation, make_place
from tests.organisations.officers import HEADINGS, SINCE, book, hold, make_officer, make_post

DECISION = "QĐ 12-QĐ/TU"


@pytest.fixture
def province(db):
    province = Province()
    for place, committee in zip(province.communes, province.committees, strict=True):
        make_organisation(place, Kind.ADVISORY_BOARD, name=f"Ban Xây dựng Đảng {place.versions.get().name}", above=committee)  # fmt: skip
    return province


def line(unit="04020", title="Bí thư", name="Lê Văn An", manner=None, on="01/07/2025", until=None, decision=DECISION, *more):  # fmt: skip
    return (unit, title, name, manner, on, until, decision, *more)


def bring_in(*rows, within=None, headings=HEADINGS):
    return import_posts(book(*rows, headings=headings), name="c.xlsx", actor=None, within=within)


def refusal(*rows, **more):
    before = (Officer.objects.count(), Post.objects.count(), Appointment.objects.count())
    with pytest.raises(RuleError) as told:
        bring_in(*rows, **more)
    assert before == (Officer.objects.count(), Post.objects.count(), Appointment.objects.count())
    return told.value


def faults(*rows, **more):
    return [(one.row, one.column) for one in refusal(*rows, **more).faults]


def held():
    return sorted(
        (one.officer.full_name, one.post.unit.versions.get().name, one.post.title, one.manner)
        for one in Appointment.objects.select_related("officer", "post__unit")
    )


def test_a_line_of_several_posts_is_split_over_the_organisations_of_the_place(province):
    made = bring_in(
        line(
            "Ban Xây dựng Đảng Xã Môn Sơn",
            "UVBTV, Trưởng ban kiêm Chủ tịch Ủy ban MTTQ xã",
            "Đ/c Vi Thị Hoa",
        )
    )

    assert (made.appointments, made.posts, made.officers, made.warnings) == (3, 3, 1, ())
    assert held() == [
        ("Vi Thị Hoa", "Ban Xây dựng Đảng Xã Môn Sơn", "Trưởng ban", "full"),
        ("Vi Thị Hoa", "Đảng ủy Xã Môn Sơn", "Ủy viên Ban Thường vụ", "concurrent"),
        ("Vi Thị Hoa", "Ủy ban MTTQ Việt Nam Xã Môn Sơn", "Chủ tịch Ủy ban MTTQ xã", "concurrent"),
    ]


def test_a_post_shared_out_over_several_people_gets_their_seats(province):
    made = bring_in(line("Đảng ủy Xã Môn Sơn", "", "Các đ/c UVBTV: Lê Văn An; Lô Thị Bình"))
    assert (made.appointments, made.posts) == (2, 1)
    assert Post.objects.get().seats == 2


def test_the_columns_say_how_by_what_act_and_until_when(province):
    bring_in(line("Đảng ủy xã môn sơn", "Trưởng ban", manner="Quyền", until=date(2026, 6, 30), decision="QĐ luân chuyển 5"))  # fmt: skip
    one = Appointment.objects.get()
    assert (one.manner, one.entry, one.valid_from, one.valid_to) == (
        "acting",
        "rotated",
        SINCE,
        date(2026, 7, 1),
    )


def test_posts_and_people_that_are_known_are_not_made_again(province):
    post = make_post(province.committees[0], "Bí thư", until=date(2025, 12, 1))
    officer = make_officer("Lê Văn An")
    hold(officer, make_post(province.fronts[0], "Ủy viên"))

    made = bring_in(line(until="30/11/2025"), line(on="01/12/2025"))
    assert (made.posts, made.officers) == (1, 0)
    assert set(Appointment.objects.filter(officer=officer).values_list("post__unit_id", flat=True)) == {
        province.committees[0].pk, province.fronts[0].pk,
    }  # fmt: skip
    assert post.appointments.count() == 1


def test_a_post_set_up_again_later_is_found_by_its_days_and_a_new_one_ends_before_it(province):
    later = make_post(province.committees[0], "Bí thư", since=date(2026, 5, 1))
    bring_in(line(until="31/01/2026"))
    made = Post.objects.exclude(pk=later.pk).get()
    assert (made.valid_from, made.valid_to) == (SINCE, later.valid_from)


def test_two_of_one_name_in_one_place_are_asked_about(province):
    twins = [make_officer("Lê Văn An"), make_officer("Lê Văn An")]
    for one in twins:
        hold(one, make_post(province.fronts[0], f"Ủy viên {one.pk}"))
    told = refusal(line())
    assert (told.faults[0].column, "Mã cán bộ" in told.faults[0].message) == ("Họ tên", True)

    headings = [*HEADINGS, "Mã cán bộ"]
    bring_in(line("04020", "Bí thư", "Lê Văn An", None, "01/07/2025", None, DECISION, twins[1].pk), headings=headings)  # fmt: skip
    assert twins[1].appointments.count() == 2
    wrong = line("04020", "Phó Bí thư", "Trần Ba", None, "01/07/2025", None, DECISION, twins[1].pk)
    assert faults(wrong, headings=headings) == [(2, "Mã cán bộ")]
    odd = line("04020", "Phó Bí thư", "Trần Ba", None, "01/07/2025", None, DECISION, "x1")
    assert faults(odd, headings=headings) == [(2, "Mã cán bộ")]


def test_days_and_numbers_in_cells_of_words_are_read_as_words(province):
    bring_in(line(decision=date(2025, 7, 1)))
    assert Appointment.objects.get().decision == "01/07/2025"


def test_people_of_one_name_in_two_places_are_two(province):
    assert bring_in(line("04020"), line("04021")).officers == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (line(""), "Đơn vị hoặc mã"),
        (line("4020"), "Đơn vị hoặc mã"),
        (line("99999"), "Đơn vị hoặc mã"),
        (line("Xã Không Có"), "Đơn vị hoặc mã"),
        (line("04020", on="01/07/2019"), "Đơn vị hoặc mã"),
        (line("Đảng ủy Xã Môn Sơn", on="01/07/2019"), "Đơn vị hoặc mã"),
        (line("04020", "Chuyên viên"), "Đơn vị hoặc mã"),
        (line(title=None), "Chức danh"),
        (line(title="Chủ tịch Hội Nông dân xã"), "Chức danh"),
        (line(title="Ủy viên Trung ương Đảng"), "Chức danh"),
        (line(title="Bí thư " + "x" * 200), "Chức danh"),
        (line(name=None), "Họ tên"),
        (line(name="..."), "Họ tên"),
        (line(name="123"), "Họ tên"),
        (line(name="Nguyá»…n VÄƒn A"), "Họ tên"),
        (line(manner="tạm"), "Cách giữ"),
        (line(decision="Nguyá»…n VÄƒn A"), "Quyết định"),
        (line(on=None), "Từ ngày"),
        (line(on=45000), "Từ ngày"),
        (line(on=True), "Từ ngày"),
        (line(on="31/02/2026"), "Từ ngày"),
        (line(on="01/01/1000"), "Từ ngày"),
        (line(until="=A1"), "Đến ngày"),
        (line(until="30/06/2025"), "Đến ngày"),
        (line(decision=None), "Quyết định"),
    ],
)
def test_each_fault_is_told_at_its_row_and_column(province, row, column):
    got = faults(row)
    assert got[0] == (2, column)
    assert {number for number, _ in got} == {2}


def test_a_code_that_lost_its_nought_is_told_so(province):
    assert (
        "mất số 0 ở đầu: 04020"
        in refusal(line("4020")).message + refusal(line(4020)).faults[0].message
    )


def test_all_rows_are_told_at_once_and_nothing_is_written(province):
    told = refusal(line(), line("99999"), line(name=None), line(decision=None))
    assert [one.row for one in told.faults] == [3, 4, 5]
    assert "3 lỗi" in told.message


def test_rules_of_appointments_are_told_by_row(province):
    assert faults(line(), line(name="Lô Văn Ba")) == [(3, "Chức danh")]
    assert faults(line(), line()) == [(3, "Họ tên")]


def test_an_import_keeps_to_the_units_of_its_sender(province):
    user = make_grant(province.communes[0], "administrator")
    mine = units_granted(user, "register.manage")
    assert bring_in(line("04020"), within=mine).appointments == 1
    assert faults(line("04021"), within=mine) == [(2, "Chức danh")]
    assert faults(line("Đảng ủy Xã Con Cuông"), within=mine) == [(2, "Chức danh")]


def test_a_name_that_several_units_bear_asks_for_a_code_or_means_the_senders_own(province):
    twin = make_organisation(make_place("Xã Khác", under=province.place, code="04099"), Kind.PARTY_COMMITTEE, name="Đảng ủy Xã Môn Sơn")  # fmt: skip
    row = line("Đảng ủy Xã Môn Sơn")
    assert "2 đơn vị" in refusal(row).faults[0].message
    user = make_grant(province.communes[0], "administrator")
    bring_in(row, within=units_granted(user, "register.manage"))
    assert Post.objects.get().unit_id == province.committees[0].pk != twin.pk


def test_a_central_post_goes_to_the_centre(province):
    centre = make_organisation(
        province.country, Kind.PARTY_COMMITTEE, name="Ban Chấp hành Trung ương Đảng"
    )
    bring_in(line("Tỉnh ủy Nghệ An", "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy", "Lê Hồng Vinh"))
    assert set(Post.objects.values_list("unit_id", flat=True)) == {centre.pk, province.committee.pk}


def test_an_empty_list_and_another_table_are_refused(province):
    assert "chưa có dòng" in refusal().message
    assert "chức danh" in refusal(("a", "b"), headings=["X", "Y"]).message


def test_the_blank_sheet_can_be_read_back(province):
    with pytest.raises(RuleError, match="chưa có dòng"):
        import_posts(blank_posts_sheet(), name="mau.xlsx", actor=None)


def test_any_number_of_rows_costs_the_same_reads(province, django_assert_num_queries):
    for many in (1, 3):
        rows = [line(title=f"Phó Bí thư {many} {n}", name=f"Người {many} {n}") for n in range(many)]
        with django_assert_num_queries(20 + many):  # and one line of the audit log each
            bring_in(*rows)
