"""A summary tells what the records say, and changes exactly where a record changes."""

from datetime import date

import pytest

from danvan.activities.enums import ActivityKind
from danvan.activities.services import withdraw_activity
from danvan.analytics.summary import compose_summary
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Quality
from danvan.indicators.services import create_target
from danvan.organisations.enums import Kind, Level
from tests.analytics.conftest import did
from tests.factories.province import make_organisation, make_place

YEAR = Period.parse("2026")


def told(summary):
    return {figure.key: (figure.numerator, figure.denominator) for figure in summary.figures}


def test_every_figure_is_what_the_records_say(province):
    summary = compose_summary(province.place.pk, YEAR)

    both, two = province.both.pk, province.two.pk
    assert told(summary) == {
        f"target:{both}:met": (1, 3),
        f"target:{both}:rule:0": (2, 3),
        f"target:{both}:rule:1": (1, 3),
        f"target:{both}:missing": (2, None),
        f"target:{two}:met": (1, 3),
        f"target:{two}:missing": (2, None),
        "activities:working_session:quantity": (2, None),
        "activities:working_session:units": (2, None),
        "activities:working_session:attendance": (40, None),
        "activities:supervision:quantity": (3, None),
        "activities:supervision:units": (2, None),
    }


def test_the_words_name_the_issuer_the_place_and_the_period(province):
    make_organisation(province.place, Kind.ADVISORY_BOARD, name="Ban Tuyên giáo và Dân vận Tỉnh ủy")

    summary = compose_summary(province.place.pk, YEAR)

    assert summary.issuer == "BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY"
    assert summary.superior == ["TỈNH ỦY NGHỆ AN"]
    assert summary.place_and_day == "Nghệ An, ngày 31 tháng 12 năm 2026"
    assert [section.heading for section in summary.sections] == [
        "I. Kết quả thực hiện các chỉ tiêu năm 2026",
        "II. Kết quả hoạt động năm 2026",
        "III. Hạn chế, nội dung cần tập trung năm 2026",
    ]


def test_the_annex_names_the_missing_in_vietnamese_order(province):
    annex = compose_summary(province.place.pk, YEAR).tables[-1]

    assert annex.rows == [
        [
            "1. 100% cấp ủy làm việc và ban hành văn bản định hướng",
            "Đảng ủy Xã Châu Khê; Đảng ủy Xã Con Cuông",
        ],
        [
            "2. Ít nhất 02 nội dung giám sát",
            "Ủy ban MTTQ Việt Nam Xã Châu Khê; Ủy ban MTTQ Việt Nam Xã Con Cuông",
        ],
    ]


@pytest.mark.parametrize(
    ("kind", "at", "moved"),
    [
        (
            ActivityKind.SUPERVISION,
            "fronts",
            {"target:two:met", "target:two:missing", "activities:supervision:quantity"},
        ),
        (
            ActivityKind.DIALOGUE,
            "fronts",
            {"activities:dialogue:quantity", "activities:dialogue:units"},
        ),
    ],
)
def test_one_more_record_moves_exactly_the_figures_that_depend_on_it(province, kind, at, moved):
    before = told(compose_summary(province.place.pk, YEAR))

    record = did(getattr(province, at)[1], kind)

    after = told(compose_summary(province.place.pk, YEAR))
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed == {key.replace("two", str(province.two.pk)) for key in moved}
    withdraw_activity(record, actor=None, why="Ghi nhầm")
    assert told(compose_summary(province.place.pk, YEAR)) == before


def test_attendance_that_was_not_stated_is_said_and_not_guessed(province):
    summary = compose_summary(province.place.pk, YEAR)

    figure = next(one for one in summary.figures if one.key.endswith("working_session:attendance"))
    assert (figure.numerator, figure.note) == (
        40,
        "1 hồ sơ chưa ghi số người dự, không tính vào tổng.",
    )


def test_a_qualitative_target_has_no_figure(province):
    last = compose_summary(province.place.pk, YEAR).sections[-1].paragraphs[-1]

    assert last.figures == []
    assert "định tính" in "".join(last.runs)


def test_a_running_year_is_told_up_to_the_day(province):
    did(province.fronts[2], ActivityKind.SUPERVISION, day=date(2026, 11, 3), quantity=2)

    summary = compose_summary(province.place.pk, YEAR, on=date(2026, 6, 30))

    assert summary.as_of == date(2026, 6, 30)
    assert told(summary)[f"target:{province.two.pk}:met"] == (1, 3)
    assert told(summary)["activities:supervision:quantity"] == (3, None)


def test_targets_that_nobody_was_there_to_fulfil_are_nothing_to_tell(db):
    place = make_place("Tỉnh Nghệ An", level=Level.PROVINCE)
    asked = {"unit": place, "every": "year", "valid_from": date(2021, 11, 19), "actor": None}
    create_target(
        title="Ít nhất 02 nội dung giám sát", quality=Quality.COUNTED,
        population_kind=Kind.FRONT_COMMITTEE, population_levels=[Level.COMMUNE],
        rules=[("activities.supervision", 2)], **asked,
    )  # fmt: skip
    create_target(title="Thực hiện tốt giám sát", quality=Quality.QUALITATIVE, **asked)

    with pytest.raises(RuleError, match="chưa có tổ chức nào ở tỉnh Nghệ An phải thực hiện"):
        compose_summary(place.pk, Period.parse("2024"))


@pytest.mark.parametrize(
    ("period", "says"),
    [("2027", "chưa bắt đầu"), ("2019", "không tồn tại"), ("2020", "chưa có chỉ tiêu")],
)
def test_a_summary_of_nothing_is_refused_with_a_reason(province, period, says):
    with pytest.raises(RuleError, match=says):
        compose_summary(province.place.pk, Period.parse(period))


def test_a_place_without_a_board_reports_in_its_own_name(province):
    special = make_place("Đặc khu Phú Quốc", under=province.place)
    front = make_organisation(special)
    did(front, ActivityKind.DIALOGUE)

    summary = compose_summary(special.pk, YEAR)

    assert (summary.issuer, summary.superior) == ("ĐẶC KHU PHÚ QUỐC", [])
    assert [section.heading for section in summary.sections] == ["I. Kết quả hoạt động năm 2026"]
    assert summary.tables == []


def test_pages_number_each_figure_once_and_tell_it_again_by_its_number(province):
    summary = compose_summary(province.place.pk, YEAR)

    numbers = {
        run["figure"].key: run["number"]
        for part in summary.numbered_sections
        for runs in part["paragraphs"]
        for run in runs
        if "number" in run
    }
    assert list(numbers.values()) == list(range(1, len(summary.notes) + 1))
    tabled = [
        (run["figure"].key, run["number"])
        for table in summary.numbered_tables
        for row in table["rows"]
        for run in row
        if "number" in run
    ]
    assert len(tabled) == 4
    assert all(numbers[key] == number for key, number in tabled)
