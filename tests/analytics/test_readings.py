"""A summary report in three readings of a year in which units merged and divided: figures, shares, checks, copies."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.urls import reverse

from danvan.analytics.checks import check_summary, gaps_of
from danvan.analytics.docx_review import to_docx
from danvan.analytics.freezing import freeze, thaw
from danvan.analytics.selectors import changes_since, summary_of
from danvan.analytics.services import sign_review
from danvan.analytics.summary import compose_summary
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.services import recompute_dirty
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.reporting.services import NewItem, NewSection, define_form, open_period
from tests.desk.merged import BEFORE, Merged
from tests.desk.months import plain
from tests.factories.province import make_organisation
from tests.indicators.figures import give
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")
END = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.DANVAN_TODAY = END
    settings.MEDIA_ROOT = tmp_path


def _with_a_form():
    merged = Merged()
    place = merged.province.place
    make_organisation(place, Kind.ADVISORY_BOARD, name="Ban Tuyên giáo và Dân vận Tỉnh ủy Nghệ An",
                      above=merged.province.committee)  # fmt: skip
    merged.form = define_form(
        code="BM-01", name="Báo cáo tháng", unit=place, level=Level.COMMUNE, due_day=5, actor=None,
        valid_from=date(2026, 1, 1), sections=[NewSection("Đối thoại", [
            NewItem("cuoc", "Số cuộc", "DV-01"), NewItem("y-kien", "Số ý kiến", "DV-02"),
            NewItem("ty-le", "Tỷ lệ", "DV-03"),
        ])],
    )  # fmt: skip
    open_period(merged.form, Period.parse("2026-11"), actor=None)
    return merged


_merged = once(_with_a_form, DANVAN_TODAY=END)


@pytest.fixture
def merged(_merged):
    return own(_merged)


def composed(merged, unit=None, reading=THEN, period=YEAR):
    return compose_summary((unit or merged.province.place).pk, period, reading=reading)


def figure(summary, code, part="indicator"):
    return next((one for one in summary.notes if one.key == f"{part}:{code}"), None)


@pytest.mark.parametrize(
    ("unit", "reading", "text", "original"),
    [
        ("province", THEN, "211 cuộc", ""),
        ("province", Reading(END), "211 cuộc", ""),
        ("province", Reading(BEFORE), "211 cuộc", ""),
        ("new", THEN, "45 cuộc", ""),
        ("new", Reading(END), "99 cuộc", ""),
        ("second", THEN, "10 cuộc", ""),
        ("second", Reading(END), "46 cuộc (quy đổi)", "100"),
        ("old", Reading(BEFORE), "46,5 cuộc (quy đổi)", "69"),
    ],
)  # fmt: skip
def test_the_figures_of_a_report_in_three_readings(merged, unit, reading, text, original):
    units = {
        "province": merged.province.place,
        "new": merged.new,
        "second": merged.second,
        "old": merged.old[0],
    }
    summary = composed(merged, units[unit], reading)
    found = figure(summary, "DV-01")
    assert (found.text, found.original) == (text, original)
    assert f"cây địa bàn {reading.words}" in found.note_text
    assert gaps_of(check_summary(summary, thorough=True)) == []
    assert thaw(freeze(summary)) == summary


def test_a_re_based_figure_has_its_shares_and_their_source_in_its_footnote(merged):
    summary = composed(merged, merged.second, Reading(END))
    note = figure(summary, "DV-01").note_text
    assert "Số quy đổi; trước quy đổi: 100." in note
    assert (
        "Tỷ trọng quy đổi: xã Mường Xén 40 % (theo tỷ trọng trong quyết định, Nghị quyết 2)."
        in note.replace("40,0 %", "40 %")
    )
    back = figure(composed(merged, merged.old[0], Reading(BEFORE)), "DV-01").note_text
    assert "xã Trà Lân 50,0 % (theo dân số" in back
    share = figure(summary, "DV-03")
    assert (share.text, share.original) == ("46/92 (50,0 %) (quy đổi)", "100/200")


def test_a_sum_that_was_altered_fails_in_its_own_reading(merged):
    summary = composed(merged, merged.second, Reading(END))
    content = freeze(summary)
    for table in content["tables"]:
        for row in table["rows"]:
            for run in row:
                if isinstance(run, dict) and run["key"] == "indicator:DV-01":
                    run["numerator"] = "47"
    (gap, *_) = gaps_of(check_summary(thaw(content)))
    assert gap.sentence.startswith("Số cuộc (DV-01): ")
    assert "= 46, báo cáo ghi 47, chênh lệch 1" in gap.sentence


def the_year_before(merged):
    """Ten a month in 2025 of the one that was divided, four of the first that merged."""
    for month in range(1, 13):
        give(merged.divided, f"2025-{month:02}", {merged.flow: 10, merged.asked: 20})
        give(merged.old[0], f"2025-{month:02}", {merged.flow: 4, merged.asked: 8})
    while recompute_dirty():
        pass


def test_the_year_before_is_refused_across_a_break_as_it_was_then(merged):
    the_year_before(merged)
    summary = composed(merged)
    told = [run for part in summary.sections for p in part.paragraphs for run in p.runs]
    assert any(
        str(run).startswith(
            "Không so với năm 2025: các đơn vị thuộc tỉnh Nghệ An thay đổi từ ngày 01/10/2026"
        )
        for run in told
    )
    (table,) = [one for one in summary.tables if one.title.startswith("Biểu tổng hợp số liệu")]
    assert table.heads == ["STT", "Chỉ số", "Đơn vị tính", "Số liệu"]


def test_the_year_before_stands_beside_re_based_with_what_it_was(merged):
    the_year_before(merged)
    summary = composed(merged, merged.second, Reading(END))
    (table,) = [one for one in summary.tables if one.title.startswith("Biểu tổng hợp số liệu")]
    assert table.heads[-1] == "Cùng kỳ năm trước"
    before = figure(summary, "DV-01", "before")
    assert (before.text, before.original) == ("48 cuộc (quy đổi)", "120")
    assert "ky=2025" in before.href
    assert "doc=2026-12-31" in before.href
    assert figure(summary, "DV-03", "before").text == "48/96 (50,0 %) (quy đổi)"
    checks = check_summary(summary, thorough=True)
    assert gaps_of(checks) == []
    content = freeze(summary)
    for row in content["tables"][-1]["rows"] + content["tables"][0]["rows"]:
        for run in row:
            if isinstance(run, dict) and run["key"] == "before:DV-01":
                run["numerator"], run["records"] = "49", 0
    failed = [one.sentence for one in gaps_of(check_summary(thaw(content)))]
    assert any("năm trước" in one and "chênh lệch 1" in one for one in failed)


def test_a_report_of_a_unit_that_is_not_in_the_tree_is_refused(merged):
    with pytest.raises(RuleError) as refused:
        composed(merged, merged.new, Reading(BEFORE))
    assert refused.value.message == (
        "Đơn vị này không tồn tại vào ngày 30/06/2026. Đồng chí vui lòng chọn đơn vị khác hoặc đọc như khi đó."
    )


def test_every_copy_says_its_reading(merged):
    summary = composed(merged, merged.second, Reading(END))
    words = "Đọc như hôm nay: mọi tháng theo các đơn vị ngày 31/12/2026"
    document = ZipFile(BytesIO(to_docx(summary))).read("word/document.xml").decode()
    notes = ZipFile(BytesIO(to_docx(summary))).read("word/footnotes.xml").decode()
    assert words in document
    assert "46 cuộc (quy đổi)" in document.replace("\u00a0", " ")
    assert "trước quy đổi: 100" in notes
    page = render_to_string("analytics/review.html", {"summary": summary})
    assert words in page


def test_a_signed_report_keeps_its_reading_and_its_numbers(merged, settings):
    leader = merged.leader
    review = sign_review(merged.province.place.pk, YEAR, actor=leader, reading=Reading(END))
    assert summary_of(review).reading == Reading(END)
    settings.DANVAN_TODAY = date(2027, 3, 1)
    assert (
        summary_of(review).tree
        == "Đọc tại ngày 31/12/2026: mọi tháng theo các đơn vị ngày 31/12/2026"
    )
    assert changes_since(review) == []
    older = review.content | {}
    del older["read_on"]
    assert thaw(older).reading == THEN


def test_a_report_is_composed_and_signed_in_a_reading_on_the_page(client, merged):
    client.force_login(merged.leader)
    asked = {"don_vi": merged.province.place.pk, "ky": "2026", "doc": "hom-nay"}
    response = client.get(reverse("desk:summary"), asked)
    page = plain(response)
    assert "tính đến 31/12/2026, đọc như hôm nay" in page
    assert response.context["form"]["doc"].value() == "hom-nay"
    assert response.context["asked"].endswith("&doc=hom-nay")
    reports = next(
        one for one in response.context["summary"].notes if one.key.startswith("reports")
    )
    assert client.get(reports.href).status_code == 200
    for name in ("desk:summary-docx",):
        assert client.get(reverse(name), asked).status_code == 200
    signed = client.post(reverse("desk:summary-sign"), asked | {"ban": "0"}, follow=True)
    assert "đọc như hôm nay" in plain(signed)
    a_day = client.get(reverse("desk:summary"), asked | {"doc": "30/06/2026"})
    assert "đọc tại ngày 30/06/2026" in plain(a_day)


def test_the_command_composes_in_a_reading(merged, tmp_path, capsys):
    out = tmp_path / "bao-cao.docx"
    call_command("report", "summary", unit="40", period="2026", reading="30/06/2026", out=out)
    assert "Đọc tại ngày 30/06/2026" in ZipFile(out).read("word/document.xml").decode()
    with pytest.raises(CommandError, match="không phải là một ngày"):
        call_command("report", "summary", unit="40", period="2026", reading="mai", out=out)
