"""Who the words of a task mean: units of the register, groups, or nobody it knows."""

from datetime import date

import pytest

from danvan.documents.bodies import Doer, TaskBody
from danvan.documents.selectors.doers import found_units, outside, units_of
from danvan.organisations.enums import Kind, Level
from tests.documents.acts import ended_committee, enter
from tests.documents.papers import Paper
from tests.factories.province import make_organisation, make_place

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 31)


# Who the words mean.


def doer(words, kind="", levels=("commune",), place=""):
    return Doer(words=words, kind=kind, levels=levels if kind else (), place=place)


NAMED = [
    (doer("UBND xã Con Cuông", "peoples_committee", place="xã Con Cuông"), lambda p: p.governments[1]),
    (doer("Đảng ủy xã Môn Sơn", "party_committee", place="xã Môn Sơn"), lambda p: p.committees[0]),
    (doer("Xã Môn Sơn", "place", place="xã Môn Sơn"), lambda p: p.communes[0]),
    (doer("Tỉnh ủy Nghệ An"), lambda p: p.committee),
    (doer("Tỉnh ủy Nghệ An", "party_committee", ("province",), "Nghệ An"), lambda p: p.committee),
    (doer("Công an xã"), lambda p: None),
    (doer("Hội Nông dân xã Môn Sơn", "farmers_union", place="xã Môn Sơn"), lambda p: None),
    (doer("UBND xã Xa Lạ", "peoples_committee", place="xã Xa Lạ"), lambda p: None),
    (doer("UBND tỉnh Nghệ An", "front_committee", ("province",), "tỉnh Nghệ An"), lambda p: p.front),
]  # fmt: skip


@pytest.mark.parametrize(("named", "unit"), NAMED)
def test_a_unit_is_found_by_its_kind_and_its_place(province, named, unit):
    found = found_units([named], province.place.pk, TODAY)
    wanted = unit(province)
    assert found == ({named: wanted.pk} if wanted else {})


def test_a_unit_that_has_ended_is_found_where_no_other_bears_its_name(province):
    gone = ended_committee(province)
    named = doer("Đảng ủy xã Lạng Khê", "party_committee", place="xã Lạng Khê")
    assert found_units([named], province.place.pk, TODAY) == {named: gone.pk}


def test_a_name_that_two_places_bear_is_left_to_the_reader(province):
    make_place("Xã Môn Sơn", under=province.place, code="04210")
    named = doer("Đảng ủy xã Môn Sơn", "party_committee", place="xã Môn Sơn")
    assert found_units([named], province.place.pk, TODAY) == {}


def test_a_place_of_another_province_is_out_of_reach(province):
    other = make_place("Tỉnh Thanh Hóa", level=Level.PROVINCE, under=province.country, code="38")
    far = make_place("Xã Pù Nhi", under=other)
    organisation = make_organisation(far, Kind.PARTY_COMMITTEE)
    named = doer("Đảng ủy xã Pù Nhi", "party_committee", place="xã Pù Nhi")
    assert found_units([named], province.place.pk, TODAY) == {}
    assert outside([organisation.pk, province.place.pk], province.place.pk, TODAY) == [
        "Đảng ủy Xã Pù Nhi"
    ]


def test_groups_and_known_units_need_no_question(province, django_assert_num_queries):
    group = doer("Đảng ủy các xã", "party_committee")
    with django_assert_num_queries(0):
        assert found_units([group, Doer(words="x", unit_id=3)], province.place.pk, TODAY) == {}
    assert units_of(Doer(words="các cơ quan"), province.place.pk, TODAY) == []


# From a file.

TASKS = (
    "Ban Thường vụ Tỉnh ủy ban hành Nghị quyết với các nội dung sau:",
    "IV. Tổ chức thực hiện",
    (
        "1. Giao Đảng ủy các xã, phường chủ trì, phối hợp với Ủy ban Mặt trận Tổ quốc tỉnh xây dựng kế hoạch "
        "thực hiện, hoàn thành trước ngày 31/3/2027."
    ),
    "2. UBND xã Con Cuông rà soát danh sách hộ dân vùng sạt lở; xong trong quý II/2027.",
    "3. Yêu cầu Đảng ủy xã Lạng Khê báo cáo kết quả trong thời hạn 30 ngày.",
)


def test_a_file_becomes_tasks_whose_units_are_known(province):
    gone = ended_committee(province)
    document = enter(province, content=Paper(body=TASKS).as_docx())
    found = document.proposals.filter(kind="task")
    first, second, third = (TaskBody.of(one.body) for one in found)
    assert [(one.kind, one.levels) for one in first.leads] == [("party_committee", ("commune",))]
    assert [(one.kind, one.levels) for one in first.supports] == [
        ("front_committee", ("province",))
    ]
    assert (first.due_on, first.product, first.missing()) == (date(2027, 3, 31), "Kế hoạch", ())
    assert second.leads[0].unit_id == province.governments[1].pk
    assert (second.due_on, second.missing()) == (date(2027, 6, 30), ("product",))
    assert third.leads[0].unit_id == gone.pk
    assert (third.due_on, third.due_words) == (None, "trong thời hạn 30 ngày")
