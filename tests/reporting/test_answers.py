"""How answers are read: numbers as people write them, and every fault at once beside its item."""

from decimal import Decimal

import pytest

from danvan.reporting.answers import read_answers
from danvan.reporting.questions import Question, Questions, QuestionSection

QUESTIONS = Questions.of(
    (
        QuestionSection(
            1,
            "Đối thoại",
            may_be_nil=True,
            questions=(
                Question("luot", "Lượt người dự", unit_label="lượt"),
                Question("nguoi", "Số người dự", unit_label="người", part_of="luot"),
                Question("tien", "Tiền góp", places=2, required=False),
            ),
        ),
        QuestionSection(
            2,
            "Ý kiến",
            may_be_nil=False,
            questions=(
                Question("y-kien", "Ý kiến", divided=True),
                Question("tra-loi", "Trả lời", part_of="y-kien"),
                Question("chuyen", "Chuyển", part_of="y-kien"),
                Question("tong", "Tổng", computed=True),
                Question("loi", "Cách làm", number=False),
            ),
        ),
    )
)
GOOD = {
    "luot": "1.412",
    "nguoi": "168",
    "tien": "1,25",
    "y-kien": "9",
    "tra-loi": "6",
    "chuyen": "3",
    "loi": " Góp công mở đường. ",
}


def faults(changes, nil=()):
    read = read_answers(QUESTIONS, GOOD | changes, nil)
    return [(fault.column, fault.message) for fault in read.faults]


def test_numbers_and_words_are_read_as_they_are_written():
    read = read_answers(QUESTIONS, GOOD)

    assert read.faults == []
    assert read.amounts == {
        "luot": Decimal(1412),
        "nguoi": Decimal(168),
        "tien": Decimal("1.25"),
        "y-kien": Decimal(9),
        "tra-loi": Decimal(6),
        "chuyen": Decimal(3),
    }
    assert read.words == {"loi": "Góp công mở đường."}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,5", "1234.5"),
        (" 7 ", "7"),
        (Decimal("2.50"), "2.5"),
        (3, "3"),
        (0, "0"),
    ],
)
def test_a_number_may_be_written_in_several_ways(text, amount):
    read = read_answers(QUESTIONS, GOOD | {"tien": text})

    assert read.faults == []
    assert read.amounts["tien"] == Decimal(amount)


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("luot", "nhiều", "“nhiều” không phải là một số. Đồng chí vui lòng viết như 1.234."),
        ("tien", "1,234.56", "“1,234.56” viết theo lối Anh - Mỹ. Có phải đồng chí muốn nhập 1.234,56? Đồng chí vui lòng dùng dấu chấm ngăn hàng nghìn và dấu phẩy trước phần lẻ."),
        ("luot", "1,234.56", "Đồng chí viết “1,234.56”. Đồng chí vui lòng nhập số nguyên, ví dụ 1.234."),
        ("luot", "1.5", "Đồng chí viết “1.5”: có phải là 1.500 không? Đồng chí vui lòng nhập số nguyên, ví dụ 1.234."),
        ("luot", "-3", "Số này không thể âm, đồng chí vui lòng xem lại."),
        ("luot", "12,5", "Đồng chí vui lòng nhập số nguyên, ví dụ 1.234."),
        ("tien", "1,255", "Đồng chí vui lòng ghi nhiều nhất 2 chữ số sau dấu phẩy."),
        ("luot", "9" * 16, "Số này lớn quá mức có thể, đồng chí vui lòng xem lại."),
        ("tien", "1.000.000.000,5", "Số từ 1.000.000.000 trở lên chỉ ghi số nguyên."),
        ("luot", Decimal("Infinity"), "Số này lớn quá mức có thể, đồng chí vui lòng xem lại."),
        ("luot", "", "Đồng chí vui lòng trả lời “Lượt người dự”; không có thì ghi 0."),
        ("luot", None, "Đồng chí vui lòng trả lời “Lượt người dự”; không có thì ghi 0."),
        ("loi", "  ", "Đồng chí vui lòng trả lời “Cách làm”."),
        ("loi", "a" * 4001, "Phần này dài quá 4.000 ký tự, đồng chí vui lòng viết gọn lại."),
        ("nguoi", "2.000", "Số này (2.000) không thể lớn hơn lượt người dự (1.412)."),
        ("y-kien", "10", "Các phần cộng lại là 9, khác với 10 ghi ở đây."),
        ("la", "1", "Biểu này không có câu hỏi mã “la”."),
    ],
)  # fmt: skip
def test_a_bad_answer_is_told_beside_its_item(code, text, said):
    assert faults({code: text}) == [("" if code == "la" else code, said)]


def test_all_faults_are_told_at_once():
    found = faults({"luot": "x", "nguoi": "-1", "tien": "0,001", "loi": ""})

    assert [code for code, _ in found] == ["luot", "nguoi", "tien", "loi"]


def test_an_answer_that_is_not_required_may_be_left_out():
    read = read_answers(QUESTIONS, GOOD | {"tien": ""})

    assert read.faults == []
    assert read.amounts["tien"] is None


def test_a_section_without_anything_counts_nought_whatever_was_typed_in_it():
    read = read_answers(QUESTIONS, GOOD | {"luot": "x", "nguoi": ""}, [1])

    assert read.faults == []
    assert [read.amounts[code] for code in ("luot", "nguoi", "tien")] == [0, 0, 0]


def test_only_a_section_that_may_be_is_said_to_be_without_anything():
    assert faults({}, [2, 7]) == [
        ("", "Mục 2 không đánh dấu “Không phát sinh” được."),
        ("", "Mục 7 không đánh dấu “Không phát sinh” được."),
    ]


def test_parts_are_held_against_their_whole_only_where_all_are_known():
    assert faults({"chuyen": "x"}) == [
        ("chuyen", "“x” không phải là một số. Đồng chí vui lòng viết như 1.234.")
    ]
