"""Figures in words, series points, areas, approximations; what a figure is about; arithmetic that does not add up."""

from decimal import Decimal

import pytest

from danvan.reading import as_json, read
from danvan.reading.number_words import value_of

BEGIN = "BÁO CÁO\n"


def figures(sentence: str) -> list[tuple[str, str]]:
    return [(str(one.value), one.unit) for one in read(BEGIN + sentence).figures]


def notes(sentence: str) -> list[str]:
    return [note.sentence for note in read(BEGIN + sentence).notes]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mười hai", 12),
        ("hai mươi", 20),
        ("hai mươi lăm", 25),
        ("chín mươi mốt", 91),
        ("một trăm", 100),
        ("một trăm linh ba", 103),
        ("ba trăm hai mươi tư", 324),
        ("hai trăm mười", 210),
    ],
)
def test_number_words_are_worth_what_they_say(words, value):
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Đã mở hai mươi lăm lớp và mười hai cuộc.", [("25", "lớp"), ("12", "cuộc")]),
        ("Xã đã tổ chức hai buổi đối thoại.", [("2", "buổi")]),
        ("Có 04 (bốn) xã và ba (03) phường tham gia.", [("4", "xã"), ("3", "phường")]),
        ("Đóng góp 1.200 ngày công, hiến 5.000 m² đất và 3,5ha rừng.", [("1200", "ngày công"), ("5000", "m2"), ("3.5", "ha")]),
        ("Tăng 12 hộ (từ 30 lên 42 hộ).", [("12", "hộ"), ("30", "hộ"), ("42", "hộ")]),
        ("Tỷ lệ từ 5,5 xuống còn 2% là tốt.", [("5.5", "%"), ("2", "%")]),
        ("Xã có 12hộ, 5km đường, 300triệu đồng.", [("12", "hộ"), ("5", "km"), ("300", "triệu đồng")]),
    ],
)  # fmt: skip
def test_figures_in_words_and_glued_to_their_units_are_read(sentence, told):
    assert figures(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Đại hội lần thứ mười hai chi bộ.",
        "Khóa mười ba, hai mươi năm qua, mười giờ sáng.",
        "Năm hộ và ba bên cùng một lòng.",
        "Có hai mặt của vấn đề, một trăm phần trăm.",
    ],
)
def test_words_that_may_be_something_else_are_no_figures(sentence):
    assert figures(sentence) == []


def test_around_a_number_is_an_approximation():
    (one,) = read(BEGIN + "Xã có trên dưới 50 hộ nghèo.").figures
    assert (one.comparator, one.value) == ("approx", Decimal(50))


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("Tỷ lệ hộ nghèo giảm từ 5,2% năm 2021 xuống còn 2,1% năm 2025.", ["năm 2021", "năm 2025"]),
        ("Số tổ tăng từ 12 tổ (năm 2020) lên 30 tổ (năm 2025).", ["năm 2020", "năm 2025"]),
        ("Năm 2023 mở 45 buổi; năm 2024 mở 50 buổi.", ["Năm 2023", "năm 2024"]),
    ],
)
def test_the_points_of_a_series_bear_their_own_years(sentence, periods):
    assert [one.period.words for one in read(BEGIN + sentence).figures] == periods


def test_what_a_figure_is_compared_with_is_not_its_time():
    text = (
        "UBND XÃ AN HÒA\nSố: 15/BC-UBND\nAn Hòa, ngày 02 tháng 12 năm 2025\nBÁO CÁO\nKết quả dân vận năm 2025\n"
        "1. Đã mở 45 buổi, tăng 5% so với năm 2024.\n2. Năm 2023 mở 40 buổi.\n"
    )
    assert [one.period.words for one in read(text).figures] == ["năm 2025", "năm 2025", "Năm 2023"]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("Nhân dân đóng góp 1.200 ngày công và hiến 5.000 m2 đất.", ["Nhân dân đóng góp ngày công", "hiến m2 đất"]),
        ("Tỷ lệ hộ nghèo giảm từ 5,2% năm 2021 xuống còn 2,1% năm 2025.", ["Tỷ lệ hộ nghèo giảm", "Tỷ lệ hộ nghèo giảm"]),
        ("Đã giải quyết 22/56 đơn.", ["Đã giải quyết đơn"]),
        ("Tỷ lệ hòa giải thành: 95%.", ["Tỷ lệ hòa giải thành"]),
        ("Tiếp 866 lượt/964 lượt người.", ["Tiếp lượt", "lượt người"]),
        ("- Trong đó, có 80 đơn khiếu nại.", ["đơn khiếu nại"]),
    ],
)  # fmt: skip
def test_a_figure_says_what_it_is_about(sentence, subjects):
    assert [one.subject for one in read(BEGIN + sentence).figures] == subjects


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Tổng số 120 đơn, gồm 80 đơn khiếu nại, 30 đơn tố cáo.", "80 + 30 = 110 đơn, văn bản ghi tổng 120 đơn"),
        ("Tổng số 120 đơn, trong đó 80 đơn khiếu nại, 50 đơn tố cáo.", "80 + 50 = 130 đơn, văn bản ghi tổng 120 đơn"),
        ("Đã mở 20 cuộc đối thoại (cấp tỉnh 9 cuộc, cấp xã 14 cuộc).", "9 + 14 = 23 cuộc đối thoại, văn bản ghi tổng 20 cuộc đối thoại"),
        ("Kinh phí 2 tỷ đồng, bao gồm: 1,5 tỷ đồng của tỉnh và 0,7 tỷ đồng của xã.", "1,5 + 0,7 = 2,2 tỷ đồng, văn bản ghi tổng 2 tỷ đồng"),
        ("Số tổ tăng từ 100 tổ lên 120 tổ, tăng 30%.", "tăng 20 %, văn bản ghi 30 %"),
        ("Số vụ từ 50 vụ xuống còn 40 vụ, giảm 12 vụ.", "giảm 10 vụ, văn bản ghi 12 vụ"),
        ("Số vụ từ 50 vụ lên 60 vụ, giảm 10 vụ.", "tăng 10 vụ, văn bản ghi 10 vụ"),
        ("Đã giải quyết 22/56 đơn, đạt 45%.", "22/56 = 39,3 %, văn bản ghi 45 %"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told_and_left_as_it_stands(sentence, part):
    told = notes(sentence)
    assert len(told) == 1
    assert part in told[0]
    assert told[0].endswith("Đồng chí vui lòng kiểm tra lại với nơi gửi.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tổng số 110 đơn, gồm 80 đơn khiếu nại, 30 đơn tố cáo.",
        "Tổng số 120 đơn, trong đó 80 đơn khiếu nại, 30 đơn tố cáo.",
        "Tổng số 120 đơn, gồm 80 đơn khiếu nại.",
        "Tổng số 120 đơn, gồm hơn 80 đơn khiếu nại, 50 đơn tố cáo.",
        "Hơn 120 đơn, gồm 80 đơn khiếu nại, 30 đơn tố cáo.",
        "Tổng số 120 đơn, gồm 80 đơn khiếu nại, 30 người tố cáo.",
        "Số tổ tăng từ 100 tổ lên 120 tổ, tăng 20%.",
        "Số tổ tăng từ 100 tổ lên 120 tổ, tăng 20 tổ.",
        "Số tổ tăng từ 100 tổ lên 120 tổ, tăng 15 triệu đồng.",
        "Tỷ lệ tăng từ 10% lên 20%, tăng 10 điểm phần trăm.",
        "Từ 100 tổ lên khoảng 120 tổ, tăng 30%.",
        "Có 100 tổ; 120 nhóm; tăng 30%.",
        "Tổng 5 tổ. Gồm 3 tổ cũ và 1 tổ mới. Từ 0 tổ lên 5 tổ, tăng 5%.",
        "Tổng số 50 đơn, gồm 30 đơn của dân (khu một) cùng 40 đơn cũ.",
        "Tổng số 50 đơn, gồm 30 đơn của dân (khu A) (khu B). 10 đơn khác, 4 đơn cũ.",
    ],
)
def test_what_adds_up_or_cannot_be_told_gets_no_note(sentence):
    assert notes(sentence) == []


def test_norms_are_kept_apart_from_targets_and_figures():
    reading = read(
        "QUY ĐỊNH\nMức hỗ trợ 500.000 đồng/hộ; không quá 5 triệu đồng/người.\nXã có 12 thôn."
    )
    assert [(one.value, one.rule) for one in reading.norms] == [
        (500000, "norm.rate"),
        (5, "norm.rate"),
    ]
    assert reading.targets == ()
    assert [one.value for one in reading.figures] == [12]
    assert [one["value"] for one in as_json(reading)["norms"]] == [500000, 5]


def test_what_each_gets_is_a_norm_in_a_plan_and_a_fact_in_a_report():
    said = "Hộ nghèo được hỗ trợ 2.000.000 đồng/hộ."
    report = read(f"BÁO CÁO\n{said}")
    told = "UBND XÃ AN HÒA\nSố: 15/{}-UBND\nAn Hòa, ngày 02 tháng 02 năm 2026\n"
    plan = read(f"{told.format('KH')}KẾ HOẠCH\nVề việc hỗ trợ\nI. Nội dung\n{said}")
    assert [one.rule for one in plan.norms] == ["norm.grant"]
    assert [one.value for one in report.figures] == [2_000_000]


def test_a_percentage_of_another_clause_has_no_part_before_the_semicolon():
    (_, share) = read(f"{BEGIN}Tiếp 91 người; đạt 95%.").figures
    assert (share.numerator, share.percent) == (None, 95)
