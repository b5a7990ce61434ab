"""The checks find what does not add up, name its parts and the gap, and pass what does."""

from dataclasses import replace

import pytest

from danvan.analytics.checks import check_summary, gaps_of
from danvan.analytics.figures import Figure
from danvan.analytics.summary import compose_summary
from danvan.foundation.periods import Period

YEAR = Period.parse("2026")
LABELS = [
    "Tổng bằng các phần",
    "Tỷ lệ tính lại từ tử số, mẫu số",
    "“Trong đó” không vượt tổng",
    "Mẫu số rõ ràng",
    "Lời và biểu khớp nhau",
    "Hồ sơ mở được",
]


@pytest.mark.parametrize("thorough", [False, True])
def test_the_checks_of_a_true_summary_pass(province, thorough):
    checks = check_summary(compose_summary(province.place.pk, YEAR), thorough=thorough)

    assert [check.label for check in checks] == LABELS
    assert gaps_of(checks) == []
    # two targets and two kinds of activities by number and by units; four shares; two rules; ...
    assert [check.tried for check in checks] == [6, 6, 2, 4, 11, 11]


def told_as(summary, key, **changes):
    """The summary with one figure altered wherever it is told, as a slip of the pen would."""

    def altered(run):
        return replace(run, **changes) if isinstance(run, Figure) and run.key == key else run

    for part in summary.sections:
        for paragraph in part.paragraphs:
            paragraph.runs = [altered(run) for run in paragraph.runs]
    for table in summary.tables:
        table.rows = [[altered(run) for run in row] for row in table.rows]
    return summary


@pytest.mark.parametrize(
    ("key", "changes", "failing"),
    [
        ("target:{both}:met", {"numerator": 2}, ["Tổng bằng các phần", "“Trong đó” không vượt tổng", "Hồ sơ mở được"]),
        (
            "target:{both}:met",
            {"numerator": 4},
            [
                "Tổng bằng các phần",
                "Tỷ lệ tính lại từ tử số, mẫu số",
                "“Trong đó” không vượt tổng",
                "Hồ sơ mở được",
            ],
        ),
        ("target:{both}:met", {"denominator": 5}, ["Tổng bằng các phần", "Mẫu số rõ ràng"]),
        ("target:{both}:met", {"records": 0}, ["Hồ sơ mở được"]),
        ("target:{both}:rule:1", {"numerator": 0}, ["“Trong đó” không vượt tổng", "Hồ sơ mở được"]),
        ("target:{two}:missing", {"numerator": 1}, ["Tổng bằng các phần"]),
        ("activities:supervision:quantity", {"numerator": 4}, ["Tổng bằng các phần", "Hồ sơ mở được"]),
        ("activities:supervision:quantity", {"records": 5}, ["Hồ sơ mở được"]),
        ("activities:supervision:units", {"numerator": 1}, ["Tổng bằng các phần"]),
    ],
)  # fmt: skip
def test_a_figure_that_does_not_add_up_is_found(province, key, changes, failing):
    summary = compose_summary(province.place.pk, YEAR)
    key = key.format(both=province.both.pk, two=province.two.pk)

    checks = check_summary(told_as(summary, key, **changes), thorough=True)

    assert [check.label for check in checks if not check.passed] == failing
    subject = key.rsplit(":", 1)[0].split(":rule")[0]
    assert all(gap.key.startswith(subject) for gap in gaps_of(checks))


def test_a_failed_sum_names_its_parts_and_the_difference(province):
    summary = compose_summary(province.place.pk, YEAR)

    altered = told_as(summary, "activities:supervision:quantity", numerator=7)
    gap = gaps_of(check_summary(altered))[0]

    assert [(part.label, part.number) for part in gap.parts] == [("Xã Môn Sơn", 2), ("Xã Con Cuông", 1)]  # fmt: skip
    assert (gap.total, gap.told, gap.difference) == (3, 7, 4)
    assert gap.sentence == (
        "Tổng số lượng ghi trong hồ sơ hoạt động, loại “Nội dung giám sát”, năm 2026: "
        "xã Môn Sơn 2 + xã Con Cuông 1 = 3, báo cáo ghi 7, chênh lệch 4."
    )


def test_a_figure_told_in_two_ways_is_found(province):
    summary = compose_summary(province.place.pk, YEAR)
    row = summary.tables[0].rows[0]
    row[3] = replace(row[3], numerator=2)

    failed = [check.label for check in check_summary(summary) if not check.passed]

    assert failed == ["Tổng bằng các phần", "“Trong đó” không vượt tổng", "Lời và biểu khớp nhau"]
