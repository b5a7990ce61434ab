from datetime import date

import pytest

from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.models import LegalParameter
from danvan.law.selectors import deadline, deadline_by, is_working, parameter
from danvan.law.services import load_parameters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 4, 29), False),
        (date(2024, 5, 4), True),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2025, 1, 27), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 1, 9), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
        (date(2026, 11, 24), False),
        (date(2026, 11, 21), False),
        (date(2027, 2, 10), False),
    ],
)
def test_which_days_offices_work(calendar, day, works):
    assert is_working(day) is works


@pytest.mark.parametrize(
    ("start", "n", "unit", "last"),
    [
        # Checked elsewhere: against the library, and by hand on the published plan.
        (date(2026, 11, 20), 7, "WD", date(2026, 12, 2)),
        (date(2025, 12, 31), 3, "WD", date(2026, 1, 7)),
        (date(2026, 2, 13), 5, "WD", date(2026, 2, 27)),
        (date(2026, 1, 8), 2, "WD", date(2026, 1, 10)),
        (date(2026, 8, 21), 1, "WD", date(2026, 8, 22)),
        (date(2026, 11, 20), 0, "WD", date(2026, 11, 20)),
        (date(2026, 11, 21), 0, "WD", date(2026, 11, 23)),
        (date(2026, 11, 20), 30, "D", date(2026, 12, 21)),
        (date(2026, 11, 20), 10, "D", date(2026, 11, 30)),
        (date(2026, 11, 20), 4, "D", date(2026, 11, 25)),
        (date(2026, 11, 20), 15, "D after", date(2026, 12, 7)),
        (date(2026, 11, 20), 3, "D consecutive", date(2026, 11, 23)),
        (date(2026, 1, 31), 1, "M", date(2026, 3, 2)),
        (date(2026, 8, 31), 6, "M", date(2027, 3, 1)),
        (date(2024, 2, 29), 1, "Y", date(2025, 2, 28)),
        (date(2026, 11, 20), 5, "WD before", date(2026, 11, 13)),
        (date(2026, 11, 25), 1, "WD before", date(2026, 11, 23)),
        (date(2026, 11, 20), 5, "D before", date(2026, 11, 13)),
        (date(2026, 11, 20), 3, "D before", date(2026, 11, 17)),
        (date(2026, 11, 22), 0, "WD before", date(2026, 11, 20)),
    ],
)
def test_when_a_term_ends(calendar, start, n, unit, last):
    found = deadline(start, n, unit)
    assert (found.due_on, found.calendar_version) == (last, calendar.number)
    assert found.trace.endswith(f"ngày {last:%d/%m/%Y}") is not found.estimated


@pytest.mark.parametrize(
    ("start", "n", "unit", "words"),
    [
        (
            date(2026, 11, 20), 7, "WD",
            ("07 ngày làm việc từ 20/11/2026: nghỉ Thứ Bảy 21/11, Chủ nhật 22/11, Thứ Ba 24/11"
            " (Ngày Văn hóa Việt Nam), Thứ Bảy 28/11, Chủ nhật 29/11 → hết ngày 02/12/2026"),
        ),
        (
            date(2026, 1, 8), 2, "WD",
            ("02 ngày làm việc từ 08/01/2026: tính cả Thứ Bảy 10/01 (Làm bù cho Thứ Sáu"
            " 02/01/2026) → hết ngày 10/01/2026"),
        ),
        (
            date(2026, 8, 20), 3, "WD",
            ("03 ngày làm việc từ 20/08/2026: nghỉ Chủ nhật 23/08; tính cả Thứ Bảy 22/08 (Làm bù"
            " cho ngày 31/08/2026) → hết ngày 24/08/2026"),
        ),
        (date(2026, 11, 25), 1, "WD", "01 ngày làm việc từ 25/11/2026 → hết ngày 26/11/2026"),
        (
            date(2026, 10, 1), 40, "WD",
            ("40 ngày làm việc từ 01/10/2026: nghỉ 16 ngày Thứ Bảy, Chủ nhật, Thứ Ba 24/11 (Ngày"
            " Văn hóa Việt Nam) → hết ngày 27/11/2026"),
        ),
        (
            date(2026, 11, 20), 10, "D",
            "10 ngày từ 20/11/2026: tính cả ngày nghỉ → hết ngày 30/11/2026",
        ),
        (
            date(2026, 11, 20), 4, "D",
            ("04 ngày từ 20/11/2026: ngày cuối Thứ Ba 24/11/2026 (Ngày Văn hóa Việt Nam) là ngày"
            " nghỉ, chuyển sang ngày làm việc tiếp theo → hết ngày 25/11/2026"),
        ),
        (date(2026, 1, 30), 3, "M", ("03 tháng từ 30/01/2026: ngày cuối Thứ Năm 30/04/2026 (Ngày"
         " Chiến thắng) là ngày nghỉ, chuyển sang ngày làm việc tiếp theo → hết ngày 04/05/2026")),
        (date(2025, 6, 2), 1, "Y", "01 năm từ 02/06/2025 → hết ngày 02/06/2026"),
        (
            date(2026, 11, 20), 5, "D before",
            ("05 ngày trước 20/11/2026: ngày cuối Chủ nhật 15/11/2026 là ngày nghỉ, chuyển sang"
            " ngày làm việc liền trước → chậm nhất ngày 13/11/2026"),
        ),
        (
            date(2026, 11, 25), 1, "WD before",
            ("01 ngày làm việc trước 25/11/2026: nghỉ Thứ Ba 24/11 (Ngày Văn hóa Việt Nam) → chậm"
            " nhất ngày 23/11/2026"),
        ),
        (
            date(2026, 12, 31), 1, "WD",
            ("01 ngày làm việc từ 31/12/2026: nghỉ Thứ Sáu 01/01 (Tết Dương lịch), Thứ Bảy 02/01,"
            " Chủ nhật 03/01 → hết ngày 04/01/2027 (lịch nghỉ năm 2027 là dự kiến)"),
        ),
        (
            date(2026, 6, 3), 5, "Y",
            ("05 năm từ 03/06/2026 → hết ngày 03/06/2031 (chưa có lịch nghỉ năm 2031, tạm tính theo"
            " Thứ Bảy, Chủ nhật)"),
        ),
    ],
)  # fmt: skip
def test_a_deadline_says_how_it_was_counted(calendar, start, n, unit, words):
    assert deadline(start, n, unit).trace == words


@pytest.mark.parametrize(
    ("start", "estimated"),
    [(date(2026, 12, 1), False), (date(2026, 12, 31), True), (date(2031, 3, 3), True)],
)
def test_a_day_that_may_still_move_is_marked(calendar, start, estimated):
    assert deadline(start, 2, "WD").estimated is estimated


@pytest.mark.parametrize(
    ("start", "n", "unit"),
    [
        (date(2026, 1, 1), 1, "persons"),
        (date(2026, 1, 1), 1, "per year"),
        (date(2026, 1, 1), 1, "share of households (at least)"),
        (date(2026, 1, 1), 24, "h"),
        (date(2026, 1, 1), 4, "quarter"),
        (date(2026, 1, 1), 1, "moons"),
        (date(2026, 1, 1), -1, "D"),
        (date(2026, 1, 1), 40_001, "D"),
        (date(2026, 1, 1), 2_201, "Y"),
        (date(2026, 1, 1), 6_001, "M"),
        (date(1899, 12, 31), 1, "D"),
        (date(2201, 1, 1), 1, "D"),
    ],
)
def test_what_is_no_term_is_refused_with_a_sentence(start, n, unit):
    with pytest.raises(NotADuration) as refused:
        deadline(start, n, unit)
    assert "Đồng chí vui lòng" in refused.value.message


def test_the_law_of_the_day_of_the_event_counts(calendar):
    load_parameters()
    before, after = (
        deadline_by("complaint.accept", start) for start in (date(2026, 6, 30), date(2026, 7, 1))
    )
    assert (before.parameter.unit, before.due_on) == ("D", date(2026, 7, 10))
    assert (after.parameter.unit, after.due_on) == ("WD", date(2026, 7, 10))
    assert after.trace == (
        "07 ngày làm việc từ 01/07/2026: nghỉ Thứ Bảy 04/07, Chủ nhật 05/07 → hết ngày"
        " 10/07/2026. Căn cứ: Nghị định 155/2026/NĐ-CP Điều 10"
    )
    assert after.parameter == parameter("complaint.accept", on=date(2026, 7, 1))


def test_a_term_before_an_event_is_counted_back(calendar):
    load_parameters()
    found = deadline_by("reception.schedule.post_before", date(2026, 11, 20))
    assert found.due_on == date(2026, 11, 13)


def test_every_duration_of_the_file_gives_a_working_day(calendar):
    load_parameters()
    from danvan.law.selectors import duration_parameters

    rows = list(duration_parameters(on=date(2026, 7, 1)))
    assert len(rows) > 60
    for row in rows:
        found = deadline_by(row.key, date(2026, 7, 1))
        assert is_working(found.due_on)
        assert (found.due_on < date(2026, 7, 1)) is row.unit.endswith("before")


@pytest.mark.parametrize("key", ["democracy.pass.contributions", "reception.group.threshold"])
def test_a_share_or_a_number_of_people_gives_no_day(calendar, key):
    load_parameters()
    with pytest.raises(NotADuration):
        deadline_by(key, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("key", "day"),
    [("no.such.key", date(2026, 7, 1)), ("complaint.accept", date(2012, 6, 30))],
)
def test_a_parameter_that_does_not_hold_is_refused_by_name(key, day):
    load_parameters()
    with pytest.raises(UnknownParameter) as refused:
        parameter(key, on=day)
    assert key in refused.value.message
    assert isinstance(refused.value, LookupError)


def test_a_parameter_holds_from_its_first_day_up_to_but_not_including_its_last():
    common = {
        "key": "k", "title": "K", "denominator": 1, "unit": "D", "citation": "L", "folded": "k",
        "confidence": "S", "loaded_on": date(2026, 1, 1),
    }  # fmt: skip
    old = LegalParameter.objects.create(
        numerator=1, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1), **common
    )
    new = LegalParameter.objects.create(numerator=2, valid_from=date(2021, 1, 1), **common)
    assert parameter("k", on=date(2020, 1, 1)) == old
    assert parameter("k", on=date(2020, 12, 31)) == old
    assert parameter("k", on=date(2021, 1, 1)) == new
    assert str(new) == "k"


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "value"),
    [
        (7, 1, "WD", "07 ngày làm việc"),
        (200, 1, "households", "200 hộ"),
        (10, 100, "share of households (at least)", "10% số hộ trở lên"),
        (2, 3, "share of all households (at least)", "2/3 tổng số hộ trở lên"),
    ],
)
def test_a_value_is_shown_as_it_is_read_aloud(numerator, denominator, unit, value):
    row = LegalParameter(numerator=numerator, denominator=denominator, unit=unit, confidence="N")
    assert row.value == value
    assert row.confidence_meaning.startswith("Con số lấy từ báo chí")
    assert LegalParameter(confidence="?").confidence_meaning == ""
