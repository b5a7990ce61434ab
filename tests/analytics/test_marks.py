"""Targets of figures in the report: told with their numbers, counted again, and found out when altered."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from danvan.analytics.checks import check_summary, gaps_of
from danvan.analytics.figures import Figure
from danvan.analytics.summary import compose_summary
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Aim, Bound, ChangeBy, MeasureKind, OverTime
from danvan.indicators.models import CubeCell
from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import Level
from tests.factories.province import Province
from tests.indicators.figures import a_ratio, an_indicator
from tests.indicators.goals import a_goal, give_months
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")
EVERY_COMMUNE = (
    "- Mỗi xã: 1/3 địa bàn cấp xã (33,3 %) đạt hoặc theo kịp, 1 địa bàn cấp xã còn thiếu,"
    " 1 địa bàn cấp xã chưa có số liệu để đánh giá. Đánh giá: nguy cơ không đạt."
)
DAY = date(2026, 12, 31)


class Marked:
    """A province with a target of every kind of figure, and one of which nothing is known."""

    def __init__(self):
        self.province = Province()
        place = self.province.place
        self.flow, self.asked = an_indicator("DV-01"), an_indicator("DV-02")
        self.ratio = a_ratio("DV-03", self.flow, self.asked)
        self.empty = an_indicator("DV-04")
        self.both = an_indicator("DV-05", formula={"sum": ["DV-01", "DV-02"]})
        self.stock = an_indicator("DV-06", kind=MeasureKind.STOCK, over_time=OverTime.LAST)
        for commune, amounts in zip(self.province.communes[:2], (5, 12), strict=True):
            for one, times in ((self.flow, 1), (self.asked, 2), (self.stock, 3)):
                give_months(commune, one, [amounts * times] * 12)
        while recompute_dirty():
            pass
        self.own = a_goal(place, self.flow, goal=200, title="Đối thoại")
        self.share = a_goal(place, self.ratio, goal=60, title="Tỷ lệ đối thoại")
        self.every = a_goal(
            place, self.flow, goal=100, title="Mỗi xã", population_levels=[Level.COMMUNE]
        )
        self.formula = a_goal(place, self.both, goal=600, title="Cả hai")
        stones = [(date(2025, 12, 31), Decimal(10)), (date(2027, 12, 31), Decimal(300))]
        self.path = a_goal(
            place, self.flow, aim=Aim.PATH, goal=None, milestones=stones, title="Lộ trình"
        )
        self.level = a_goal(place, self.stock, goal=60, bound=Bound.AT_MOST, title="Không quá")
        a_goal(place, self.empty, title="Chưa có gì")
        a_goal(
            place, self.flow, aim=Aim.CHANGE, goal=5, change_by=ChangeBy.PERCENT, title="Tăng",
            decision="Kế hoạch 8",
        )  # fmt: skip


_marked = once(Marked, DANVAN_TODAY=DAY)


@pytest.fixture
def marked(_marked, settings):
    settings.DANVAN_TODAY = DAY
    return own(_marked)


def composed(marked):
    return compose_summary(marked.province.place.pk, YEAR)


def test_each_target_is_told_in_one_sentence(marked):
    summary = composed(marked)
    told = [
        "".join(run if isinstance(run, str) else run.text for run in one.runs)
        for one in summary.sections[0].paragraphs
    ]
    assert told == [
        "- Đối thoại: đến 31/12/2026 cần ít nhất 200 cuộc, có 204 cuộc. Đánh giá: đã đạt.",
        "- Tỷ lệ đối thoại: đến 31/12/2026 cần ít nhất 60,0 %, có 204/408 (50,0 %). Đánh giá: nguy cơ không đạt.",
        EVERY_COMMUNE,
        "- Cả hai: đến 31/12/2026 cần ít nhất 600 cuộc, có 612 cuộc. Đánh giá: đã đạt.",
        "- Lộ trình: đến 31/12/2026 cần ít nhất 155 cuộc, có 204 cuộc. Đánh giá: dự kiến đạt.",
        "- Không quá: đến 31/12/2026 cần không quá 60 cuộc, có 51 cuộc. Đánh giá: đã đạt.",
        "- Chưa có gì: chưa có số liệu đến 31/12/2026 nên chưa đánh giá được.",
        "- Tăng: số của kỳ gốc chưa đủ hoặc bằng 0 nên chưa tính được mức phải đạt.",
    ]
    table = next(one for one in summary.tables if one.title == "Biểu chỉ tiêu theo số liệu báo cáo")
    assert len(table.rows) == 8


@pytest.mark.parametrize("thorough", [False, True])
def test_the_checks_of_a_true_summary_pass(marked, thorough):
    assert gaps_of(check_summary(composed(marked), thorough=thorough)) == []


@pytest.mark.parametrize(
    ("which", "changes", "sentence"),
    [
        ("own:have", {"records": 3}, "ghi 3 hồ sơ, mở ra có 24"),
        ("every:met", {"numerator": 2}, "Tổng bằng các phần"),
        ("every:met", {"denominator": 4}, "Mẫu số rõ ràng"),
    ],
)
def test_an_altered_figure_is_found(marked, which, changes, sentence):
    name, _, key = which.partition(":")
    summary = composed(marked)
    wanted = f"mark:{getattr(marked, name).pk}:{key}"

    def altered(run):
        return replace(run, **changes) if isinstance(run, Figure) and run.key == wanted else run

    for part in summary.sections:
        for paragraph in part.paragraphs:
            paragraph.runs = [altered(run) for run in paragraph.runs]
    for table in summary.tables:
        table.rows = [[altered(cell) for cell in row] for row in table.rows]

    checks = check_summary(summary)

    failed = [one for one in checks if one.failed]
    assert any(
        sentence in (one.label, *(gap.words for gap in one.failed)) or sentence in str(one)
        for one in failed
    )


def test_a_figure_that_the_values_do_not_give_again_is_found_before_signing(marked):
    CubeCell.objects.filter(indicator=marked.flow, unit=marked.province.place).update(whole=1)
    again = composed(marked)

    words = [gap.words for gap in gaps_of(check_summary(again, thorough=True))]

    assert any("tính lại từ số đã gửi khác" in one for one in words)


def test_without_any_known_target_there_is_no_report(marked):
    commune = marked.province.communes[2]
    a_goal(commune, marked.flow)

    with pytest.raises(RuleError, match="chưa có chỉ tiêu"):
        compose_summary(commune.pk, YEAR)
