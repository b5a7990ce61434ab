"""Who is named in an official role, with which posts; names and places are made up."""

import pytest

from danvan.reading import read
from danvan.reading.proposals import Post


def told(text):
    return [
        (one.name, [(post.position, post.organisation) for post in one.posts])
        for one in read(text).people
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Dự có đồng chí Lê Văn Tám, Bí thư Đảng ủy; đồng chí Đỗ Thị Mơ, Phó Bí thư Thường trực Đảng ủy kiêm Chủ tịch UBMTTQ xã.",
            [
                ("Lê Văn Tám", [("Bí thư", "Đảng ủy")]),
                ("Đỗ Thị Mơ", [("Phó Bí thư Thường trực", "Đảng ủy"), ("Chủ tịch", "UBMTTQ xã")]),
            ],
        ),
        ("Bí thư Tỉnh ủy Quảng Ninh Lê Văn Tám phát biểu.", [("Lê Văn Tám", [("Bí thư", "Tỉnh ủy Quảng Ninh")])]),
        ("1. Lê Văn Tám - UVBTV, Trưởng Ban Dân vận Tỉnh ủy", [("Lê Văn Tám", [("Ủy viên Ban Thường vụ", "Tỉnh ủy"), ("Trưởng", "Ban Dân vận Tỉnh ủy")])]),
        ("Đ/c Lê Văn Tám, TVTU, Trưởng Ban Nội chính Tỉnh ủy", [("Lê Văn Tám", [("Ủy viên Ban Thường vụ", "Tỉnh ủy"), ("Trưởng", "Ban Nội chính Tỉnh ủy")])]),
        ("Thượng tá Lê Văn Tám, Trưởng Công an xã, báo cáo.", [("Lê Văn Tám", [("Trưởng", "Công an xã")])]),
        ("PGS.TS. Đỗ Thị Mơ, Phó Giám đốc Sở Giáo dục và Đào tạo", [("Đỗ Thị Mơ", [("Phó Giám đốc", "Sở Giáo dục và Đào tạo")])]),
        ("Chủ tịch UBND xã, đồng chí Lê Văn Tám, nêu.", [("Lê Văn Tám", [("Chủ tịch", "UBND xã")])]),
        ("Chủ tịch UBND xã Bình Lâm, Nguyễn Văn Phòng, cho biết.", [("Nguyễn Văn Phòng", [("Chủ tịch", "UBND xã Bình Lâm")])]),
        ("Chủ tịch UBND xã, Trần Văn Bộ, Phó Chủ tịch HĐND xã", [("", [("Chủ tịch", "UBND xã")]), ("Trần Văn Bộ", [("Phó Chủ tịch", "HĐND xã")])]),
        ("Chủ tịch UBND phường Lê Hồng Phong Trần Văn Bá nói.", [("Trần Văn Bá", [("Chủ tịch", "UBND phường Lê Hồng Phong")])]),
        ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nLê Văn Tám\n", [("Lê Văn Tám", [("Bí thư", "")])]),
        ("BÍ THƯ\nLê Văn Tám nói nhiều điều", []),
        ("Giám đốc Lê Văn Tám cho biết công ty lãi lớn.", []),
        ("Ông Lê Văn Tám gửi đơn đến UBND xã.", []),
        ("Chủ tịch UBND tỉnh yêu cầu. Chủ tịch UBND tỉnh nhắc lại.", [("", [("Chủ tịch", "UBND tỉnh")])]),
        ("Phó Chủ tịch UBND thành phố Hà Nội họp.", [("", [("Phó Chủ tịch", "UBND thành phố Hà Nội")])]),
        ("đồng chí: ", []),
        ("đồng chí Hơ Ngọc Lan Niê Kđăm Êban, Bí thư Đảng ủy", [("Hơ Ngọc Lan Niê Kđăm Êban", [("Bí thư", "Đảng ủy")])]),
        ("Bộ trưởng Bộ GTVT Lê Văn Tám ký.", [("Lê Văn Tám", [("Bộ trưởng", "Bộ GTVT")])]),
        ("Hồ Chí Minh, Chủ tịch UBND xã", [("", [("Chủ tịch", "UBND xã")])]),
    ],
)  # fmt: skip
def test_a_name_is_tied_to_the_posts_beside_it(text, people):
    assert told(text) == people


def test_several_who_hold_one_post_each_hold_it():
    text = "các đồng chí Lê Văn Tám, Đỗ Thị Mơ và Trần Văn Bá, Ủy viên Ban Thường vụ Đảng ủy xã Bình Lâm, dự."
    people = read(text).people
    assert [one.name for one in people] == ["Lê Văn Tám", "Đỗ Thị Mơ", "Trần Văn Bá"]
    (posts,) = {one.posts for one in people}
    assert posts == (Post("Ủy viên Ban Thường vụ", "member", "Đảng ủy xã Bình Lâm", "xã Bình Lâm"),)
    assert {one.rule for one in people} == {"person.list"}
    assert [text[one.start : one.end] for one in people] == [one.name for one in people]


def test_a_post_shares_the_organisation_and_the_place_that_stand_behind_the_next():
    (one,) = read("Đồng chí Lê Văn Tám, Bí thư, Chủ tịch HĐND xã Bình Lâm").people
    assert one.posts == (
        Post("Bí thư", "secretary", "Đảng ủy", "xã Bình Lâm", shared=True),
        Post("Chủ tịch", "chair", "HĐND xã Bình Lâm", "xã Bình Lâm"),
    )
    assert "suy từ chức danh bên cạnh" in one.reason
    (placed,) = read("Đồng chí Lê Văn Tám, Bí thư Đảng ủy, Chủ tịch HĐND xã Bình Lâm").people
    assert placed.posts[0] == Post("Bí thư", "secretary", "Đảng ủy", "xã Bình Lâm", shared=True)
    (same,) = read("Chủ tịch, Phó Chủ tịch UBND xã Bình Lâm").people
    assert {post.organisation for post in same.posts} == {"UBND xã Bình Lâm"}
    assert same.confidence < placed.confidence


def test_who_is_named_again_is_one_person():
    text = "Đồng chí Lê Văn Tám, Bí thư Đảng ủy, chủ trì. Đồng chí Lê Văn Tám kết luận. Đồng chí Lê Văn Tám, Chủ tịch HĐND xã, ký."
    (one,) = read(text).people
    assert [post.position for post in one.posts] == ["Bí thư", "Chủ tịch"]
    assert [text[span.start : span.end] for span in one.also] == ["Lê Văn Tám"] * 2


def test_mentions_beyond_counting_are_not_kept():
    text = "Đồng chí Lê Văn Tám, Bí thư Đảng ủy. " + "Đồng chí Lê Văn Tám nói. " * 300
    (one,) = read(text).people
    assert len(one.also) == 200


def test_an_honorific_inside_a_list_begins_no_list_of_its_own():
    text = "Các đồng chí Lê Văn Tám, đồng chí Trần Văn Chín, Ủy viên Ban Thường vụ Đảng ủy."
    assert [(one.name, one.rule) for one in read(text).people] == [
        ("Lê Văn Tám", "person.list"),
        ("Trần Văn Chín", "person.list"),
    ]
