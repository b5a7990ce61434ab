from decimal import Decimal

import pytest

from danvan.reading.quantities import find_quantities, to_decimal
from danvan.reading.units import SCALES
from danvan.reading.view import View


def counted(text: str) -> list[tuple[str, str]]:
    """Each number with its unit as `value unit`, beside the words it was read from."""
    view = View(text)
    return [
        (f"{one.value} {one.unit}".strip(), view.surface(one.start, one.end))
        for one in find_quantities(view.low, [])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "tiếp 866 lượt/964 lượt người",
            [("866 lượt", "866 lượt"), ("964 lượt người", "964 lượt người")],
        ),
        ("trên 4,5 tỷ đồng", [("4.5 tỷ đồng", "trên 4,5 tỷ đồng")]),
        ("góp 2 tỷ 300 triệu đồng", [("2.3 tỷ đồng", "2 tỷ 300 triệu đồng")]),
        ("góp 2 tỷ 300 triệu", [("2.3 tỷ", "2 tỷ 300 triệu")]),
        ("góp 5 tỷ 20 triệu đồng", [("5.02 tỷ đồng", "5 tỷ 20 triệu đồng")]),
        ("38,6 triệu đồng/người/năm", [("38.6 triệu đồng/người/năm", "38,6 triệu đồng/người/năm")]),
        ("hiến 302.523m2 đất", [("302523 m2", "302.523m2")]),
        ("hiến 384m 2 đất", [("384 m2", "384m 2")]),
        ("dài 1,8km", [("1.8 km", "1,8km")]),
        ("phạt 500.000 đồng", [("500000 đồng", "500.000 đồng")]),
        ("20 nghìn lượt người", [("20 nghìn lượt người", "20 nghìn lượt người")]),
        ("3 nghìn", [("3 nghìn", "3 nghìn")]),
        ("1 234 hộ dân", [("1234 hộ dân", "1 234 hộ dân")]),
        ("đạt 97.5%", [("97.5 %", "97.5%")]),
        ("giảm 1,5 điểm % hộ nghèo", [("1.5 điểm %", "1,5 điểm %")]),
        ("412 ngày công", [("412 ngày công", "412 ngày công")]),
        ("44 dự bị, 7 được", [("44 dự bị", "44 dự bị"), ("7", "7")]),
        ("số hộ là 870.", [("870", "870")]),
        ("12 x", [("12", "12")]),
    ],
)
def test_a_number_is_read_with_its_unit(text, found):
    assert counted(text) == found


@pytest.mark.parametrize(
    "text",
    ["Điều 55, khoản 2", "quận 9", "khóa 14", "lần thứ 2", "07 giờ 30 phút", "8h00 và 14:30", "90 năm truyền thống",
     "trong 05 ngày", "trẻ dưới 6 tuổi", "ĐT: 0912 345 678", "Khu dân cư số 2", "1. Giao việc", "(3) Việc ba", "2.1. Mục nhỏ",
     "mở từ 1-5/10 tại xã", "sáng 22/5", "họp 7/8", "9" * 30, "tỷ giá 5/7 triệu đồng", "giá 20/30 triệu đồng", "hạn 20/30 năm", "sau 3/4 năm"],
)  # fmt: skip
def test_names_moments_and_durations_are_no_quantities(text):
    assert [one for one in counted(text) if one[0] not in {"1", "2"}] == []


@pytest.mark.parametrize(
    ("text", "part", "whole", "unit"),
    [
        ("16/18 sở, ngành", 16, 18, "sở, ngành"),
        ("giải quyết 22/56 đơn", 22, 56, "đơn"),
        ("8/8 huyện", 8, 8, "huyện"),
        ("3/4 số xã", 3, 4, "số xã"),
        ("7/8 = 87,5%", 7, 8, ""),
        ("38 trong tổng số 204 dự án", 38, 204, "dự án"),
        ("2.871/3.046 kiến nghị", 2871, 3046, "kiến nghị"),
    ],
)
def test_a_fraction_is_a_part_of_a_whole(text, part, whole, unit):
    one = find_quantities(View(text).low, [])[0]
    assert (one.numerator, one.denominator, one.unit, one.kind) == (part, whole, unit, "fraction")


def test_visits_and_people_are_a_pair():
    text = "tiếp 259 lượt công dân/316 người; thường xuyên 161/201 người"
    assert [found for found, _ in counted(text)] == [
        "259 lượt công dân",
        "316 người",
        "161 lượt",
        "201 người",
    ]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("ít nhất 02 nội dung", "ge"),
        ("không dưới 80%", "ge"),
        ("≥ 80%", "ge"),
        ("từ 25 đảng viên trở lên", "ge"),
        ("90% trở lên", "ge"),
        ("từ 90% đảng ủy xã, phường trở lên", "ge"),
        ("từ 5 vụ trở xuống", "le"),
        ("không quá 3 lần", "le"),
        ("trên 70 văn bản", "gt"),
        ("hơn 70 văn bản", "gt"),
        ("dưới 1%/năm", "lt"),
        ("gần 30%", "approx_lt"),
        ("khoảng 2.500 lượt", "approx"),
        ("70 văn bản", "eq"),
    ],
)
def test_comparing_words_belong_to_the_number(text, comparator):
    (one,) = find_quantities(View(text).low, [])
    assert one.comparator == comparator
    assert (one.start, one.end) == (0, one.end)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("rút ngắn từ 60 đến 70%", 60, 70), ("5 - 7 mô hình", 5, 7)]
)
def test_a_range_has_two_bounds_and_no_value(text, low, high):
    (one,) = find_quantities(View(text).low, [])
    assert (one.value, one.low, one.high) == (None, low, high)


def test_what_runs_downwards_is_no_range():
    assert [one.value for one in find_quantities("từ 70 đến 60%", [])] == [70, 60]


@pytest.mark.parametrize(
    ("text", "way"), [("tăng 16%", "increase"), ("giảm bình quân 1,4%", "decrease"), ("đạt 5%", "")]
)
def test_the_direction_stands_in_front(text, way):
    assert find_quantities(text, [])[0].direction == way


def test_the_amount_works_the_scale_in():
    assert find_quantities("60 triệu đồng", [])[0].amount == 60_000_000


def test_written_numbers_become_decimals():
    assert [to_decimal(text) for text in ("1.234,5", "1 234", "97.5", "12")] == [
        Decimal("1234.5"),
        Decimal(1234),
        Decimal("97.5"),
        Decimal(12),
    ]


@pytest.mark.parametrize("first", ["nghìn", "ngàn", "trăm", "chục"])
@pytest.mark.parametrize("second", ["tỷ", "tỉ", "triệu", "nghìn"])
def test_scales_in_pairs_are_all_known(first, second):
    (one,) = find_quantities(f"đã vay 5 {first} {second} đồng", [])
    assert one.amount == 5 * SCALES[f"{first} {second}"]
