import random

import pytest

from danvan.vietnamese.collation import name_key, sort_key


@pytest.mark.parametrize(
    "in_order",
    [
        list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
        ["ba", "bà", "bá", "bả", "bã", "bạ", "ban", "bàn", "băn", "bân", "be"],
        ["da", "dữ", "đa", "e"],
        # Words one after the other: the first word decides before the second is looked at.
        ["ba sinh", "bà con", "bá tước", "bác"],
        ["Xóm 2", "Xóm 10", "Xóm 100", "Xóm Mới"],
        ["An Giang", "Bắc Ninh", "Cà Mau", "Đà Nẵng", "Điện Biên", "Hà Nội", "Huế", "Nghệ An"],
        ["hoa mai", "hòa"],
        ["", "1", "a", "ខ្មែរ"],
        ["buk", "ƀuk", "cu"],
        ["mga", "M'gar", "mgat"],
        ["ea", "ĕa", "êa"],
        ["dân vận", "Dân vận", "Dân Vận"],
    ],
)
def test_lists_stand_in_vietnamese_order(in_order):
    shuffled = random.Random(7).sample(in_order, len(in_order))
    assert sorted(shuffled, key=sort_key) == in_order


def test_either_spelling_of_a_word_stands_in_the_same_place():
    assert sorted(["hoà b", "hòa a", "hoà c"], key=sort_key) == ["hòa a", "hoà b", "hoà c"]


def test_leading_noughts_do_not_move_a_number():
    assert sorted(["Khối 010", "Khối 9", "Khối 2"], key=sort_key) == [
        "Khối 2",
        "Khối 9",
        "Khối 010",
    ]


def test_a_bare_mark_counts_as_the_tone_of_the_letter_before_it():
    assert sort_key("x\u0323a").split("\t")[0] == "x0a0!5"


def test_people_stand_by_given_name_then_middle_then_family():
    in_order = [
        "",
        "Lê Thị An",
        "Nguyễn Văn An",
        "Trần Văn An",
        "Hoàng Ánh",
        "Đỗ Ân",
        "Bình",
        "Trần Bình",
        "Lê Đức",
    ]
    shuffled = random.Random(3).sample(in_order, len(in_order))
    assert sorted(shuffled, key=name_key) == in_order
