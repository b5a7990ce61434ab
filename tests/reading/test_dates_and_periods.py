from datetime import date

import pytest

from danvan.reading.dates import blank, day_of, find_days, looks_like_day_and_month
from danvan.reading.periods import find_periods


@pytest.mark.parametrize(
    ("written", "first", "exact"),
    [
        ("họp ngày 5/3/2026 tại xã", date(2026, 3, 5), "day"),
        ("ngày 05.03.2026", date(2026, 3, 5), "day"),
        ("ngày 05 - 03 - 2026", date(2026, 3, 5), "day"),
        ("ngày 05 tháng 3 năm 2026", date(2026, 3, 5), "day"),
        ("ngày 5\ntháng 3\nnăm 2026", date(2026, 3, 5), "day"),
        ("trong tháng 3/2026", date(2026, 3, 1), "month"),
        ("tháng 3 năm 2026", date(2026, 3, 1), "month"),
        ("năm 2026", date(2026, 1, 1), "year"),
    ],
)
def test_a_day_a_month_and_a_year_are_found(written, first, exact):
    (found,) = find_days(written)
    assert (found.first, found.exact) == (first, exact)


@pytest.mark.parametrize(
    "written", ["31/02/2026", "32 tháng 1 năm 2026", "tháng 13/2026", "số 12345"]
)
def test_what_the_calendar_does_not_have_is_no_day(written):
    assert [day for day in find_days(written) if day.exact != "year"] == []


def test_a_day_is_none_outside_the_calendar():
    assert day_of(2026, 2, 30) is None
    assert day_of(2026, 2, 28) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("written", "is_day"), [("7/8", True), ("16/20", False), ("30/4", True), ("7/8%", False)]
)
def test_a_fraction_may_look_like_a_day(written, is_day):
    assert looks_like_day_and_month(written, 0, len(written.rstrip("%"))) is is_day


def test_overlapping_spans_are_blanked_once():
    assert blank("abcdef", [(1, 3), (2, 4), (0, 2)]) == "\x1f\x1f\x1f\x1fef"
    assert blank("abc", []) == "abc"


@pytest.mark.parametrize(
    ("written", "first", "last", "rule"),
    [
        ("năm 2026 xã mở lớp", date(2026, 1, 1), date(2026, 12, 31), "year"),
        ("quý III/2026", date(2026, 7, 1), date(2026, 9, 30), "quarter"),
        ("quý 1 năm 2026", date(2026, 1, 1), date(2026, 3, 31), "quarter"),
        ("6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30), "half"),
        ("06 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31), "half"),
        ("9 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 9, 30), "months"),
        ("từ năm 2010 đến nay", date(2010, 1, 1), None, "open"),
        ("kể từ tháng 5/2019 đến nay", date(2019, 5, 1), None, "open"),
        ("từ tháng 1/2024 đến tháng 12/2026", date(2024, 1, 1), date(2026, 12, 31), "range"),
        ("từ ngày 04/02/2026 đến ngày 08/02/2026", date(2026, 2, 4), date(2026, 2, 8), "range"),
        ("giai đoạn 2021-2025", date(2021, 1, 1), date(2025, 12, 31), "term"),
        ("giai đoạn 2021 - 2025 và những năm tiếp theo", date(2021, 1, 1), None, "term"),
        ("nhiệm kỳ 2026 - 2031", date(2026, 1, 1), date(2031, 12, 31), "term"),
        ("2016-2020", date(2016, 1, 1), date(2020, 12, 31), "years"),
        ("tháng 7/2026", date(2026, 7, 1), date(2026, 7, 31), "month"),
        ("đến năm 2030", None, date(2030, 12, 31), "until"),
        ("tính đến ngày 30/6/2026", None, date(2026, 6, 30), "until"),
        ("đến nay đã có", None, None, "since"),
    ],
)
def test_periods_are_read_as_they_are_worded(written, first, last, rule):
    found = find_periods(written.lower())
    assert [(one.first, one.last, one.rule) for one in found][:1] == [(first, last, rule)]


def test_a_half_year_without_its_year_takes_the_documents():
    assert find_periods("6 tháng đầu năm", 2026)[0].last == date(2026, 6, 30)
    assert find_periods("6 tháng đầu năm")[0].last is None


@pytest.mark.parametrize(
    "written",
    ["giai đoạn 2025-2021", "từ ngày 31/02/2026 đến nay", "đến ngày 31/02/2026", "tháng 13/2026",
     "từ năm 2026 đến năm 2020", "13 tháng đầu năm 2026"],
)  # fmt: skip
def test_what_is_no_period_is_left_alone(written):
    assert [
        one
        for one in find_periods(written)
        if one.rule in {"term", "open", "range", "month", "months"}
    ] == []
