import pytest

from danvan.organisations.enums import Kind, Rank
from danvan.organisations.titles import (
    Title,
    expand,
    rank_of,
    read_people,
    read_titles,
    without_honorific,
)


@pytest.mark.parametrize(
    ("written", "posts"),
    [
        (
            "UVBTV, Trưởng ban",
            [("Ủy viên Ban Thường vụ", "concurrent"), ("Trưởng ban", "full")],
        ),
        (
            "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh",
            [("Bí thư Tỉnh ủy", "full"), ("Chủ tịch HĐND tỉnh", "concurrent")],
        ),
        (
            "TVTU, Trưởng ban Dân vận Tỉnh ủy, Chủ tịch Ủy ban MTTQ Việt Nam tỉnh",
            [
                ("Ủy viên Ban Thường vụ Tỉnh ủy", "concurrent"),
                ("Trưởng ban Dân vận Tỉnh ủy", "full"),
                ("Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", "concurrent"),
            ],
        ),
        (
            "Trưởng Ban Tuyên giáo và Dân vận kiêm Chủ tịch Ủy ban MTTQ xã",
            [
                ("Trưởng Ban Tuyên giáo và Dân vận", "full"),
                ("Chủ tịch Ủy ban MTTQ xã", "concurrent"),
            ],
        ),
        (
            "ĐUV - Phó Chủ tịch UBND xã",
            [("Đảng ủy viên", "concurrent"), ("Phó Chủ tịch UBND xã", "full")],
        ),
        ("Quyền Trưởng ban", [("Trưởng ban", "acting")]),
        ("phụ trách Ban Xây dựng Đảng", [("Trưởng Ban Xây dựng Đảng", "in_charge")]),
        ("UVBTV", [("Ủy viên Ban Thường vụ", "full")]),
        (" , ; ", []),
    ],
)
def test_a_line_is_split_into_posts_and_how_they_are_held(written, posts):
    assert [(one.words, str(one.manner)) for one in read_titles(written)] == posts


@pytest.mark.parametrize(
    ("words", "rank"),
    [
        ("Trưởng ban", Rank.HEAD),
        ("Bí thư Đảng ủy", Rank.HEAD),
        ("Phó Chủ tịch", Rank.DEPUTY),
        ("Ủy viên", Rank.MEMBER),
        ("Tỉnh ủy viên", Rank.MEMBER),
        ("Chuyên viên", Rank.SPECIALIST),
    ],
)
def test_the_first_words_of_a_title_tell_its_rank(words, rank):
    assert rank_of(words) == rank == Title(words).rank


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Bí thư Đảng ủy", Kind.PARTY_COMMITTEE),
        ("Bí thư Đoàn xã", Kind.YOUTH_UNION),
        ("Chủ tịch Ủy ban MTTQ xã", Kind.FRONT_COMMITTEE),
        ("Chủ tịch HĐND xã", Kind.PEOPLES_COUNCIL),
        ("Phó Chủ tịch UBND xã", Kind.PEOPLES_COMMITTEE),
        ("Trưởng Ban Xây dựng Đảng", Kind.ADVISORY_BOARD),
        ("Chủ tịch Hội LHPN xã", Kind.WOMENS_UNION),
        ("Trưởng ban", ""),
    ],
)
def test_a_title_tells_whose_it_is(words, kind):
    assert Title(words).home == kind


def test_a_central_committee_member_belongs_to_the_centre():
    assert Title("Ủy viên Trung ương Đảng").central
    assert not Title("Ủy viên Ban Thường vụ Tỉnh ủy").central


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Đ/c Võ Thị Minh Sinh – Chủ tịch MTTQ", [("Võ Thị Minh Sinh", "Chủ tịch MTTQ")]),
        ("Các đ/c UVBTV: Lê A; Trần B", [("Lê A", "UVBTV"), ("Trần B", "UVBTV")]),
        ("Ma Từ Đông Điền, UVBTV, Trưởng Ban", [("Ma Từ Đông Điền", "UVBTV, Trưởng Ban")]),
        ("Đc Nguyễn Mạnh Khôi\nĐiểu K’Ré", [("Nguyễn Mạnh Khôi", ""), ("Điểu K’Ré", "")]),
        (" ; ", []),
    ],
)
def test_a_cell_names_one_person_or_several_with_the_posts_behind_the_name(written, people):
    assert read_people(written) == people


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Đ/c: Lê Hồng Vinh", "Lê Hồng Vinh"),
        ("Đồng chí TS. Lê Hồng Vinh", "Lê Hồng Vinh"),
        ("Ông Nguyễn Văn A", "Nguyễn Văn A"),
        ("Ông Văn Tùng", "Ông Văn Tùng"),
        ("đồng chí", ""),
    ],
)
def test_honorifics_are_no_part_of_a_name(written, name):
    assert without_honorific(written) == name


def test_abbreviations_are_written_out_only_where_they_stand_alone():
    assert expand("PBT Thường trực ĐUV CTUBND") == "Phó Bí thư Thường trực Đảng ủy viên CTUBND"
