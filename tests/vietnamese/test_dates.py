from datetime import date

import pytest

from danvan.vietnamese.dates import format_date, parse_date


def test_days_are_written_day_first():
    assert format_date(date(2026, 3, 5)) == "05/03/2026"


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2026",
        "5/3/2026",
        "5-3-2026",
        "05.03.2026",
        " 5 / 3 / 2026 ",
        "5\u00a0/ 3/2026",
        "2026-03-05",
        "ngày 5 tháng 3 năm 2026",
        "Ngày 05 tháng 03 năm 2026",
        "5 tháng 3 năm 2026",
    ],
)
def test_days_are_read_as_people_write_them(text):
    assert parse_date(text) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Thiếu ngày"),
        ("31/02/2026", "Tháng 2/2026 chỉ có 28 ngày"),
        ("0/2/2026", "Tháng 2/2026 chỉ có 28 ngày"),
        ("12/25/2026", "viết tháng trước ngày"),
        ("12/45/2026", "không có tháng 45"),
        ("5/3/26", "đủ bốn chữ số"),
        ("1/1/0000", "Không có năm 0000"),
        ("5/3-2026", "không phải là một ngày"),
        ("hôm qua", "không phải là một ngày"),
        ("05/03/2026 10:00", "không phải là một ngày"),
    ],
)
def test_what_is_no_day_is_told(text, told):
    with pytest.raises(ValueError, match="ồng chí vui lòng") as refused:
        parse_date(text)
    assert told in str(refused.value)
