"""The summary of a unit for a period: narrative and tables whose every figure is counted and opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from danvan.activities.facts import KindTotal, totals_by_kind
from danvan.analytics.figures import Figure, Paragraph, Run, Section, Table
from danvan.analytics.target_figures import TargetFigures
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.indicators.enums import Standing
from danvan.indicators.selectors import evaluate_all, targets_of
from danvan.organisations.enums import Follows, Kind
from danvan.organisations.selectors import names_on, organisations_at, units_on, units_under
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import lower_first


@dataclass(slots=True)
class Summary:
    """A composed review: who reports, on what, and its parts. `figures` lists every figure in reading order."""

    unit_id: int
    unit_name: str
    period: Period
    as_of: date
    superior: list[str]
    issuer: str
    subject: str
    place_and_day: str
    signing_line: str
    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def notes(self) -> list[Figure]:
        """The figures that have a footnote: each once, though it may be told again further on."""
        first: dict[str, Figure] = {}
        for figure in self.figures:
            first.setdefault(figure.key, figure)
        return list(first.values())

    @property
    def numbers(self) -> dict[str, int]:
        """The number of the footnote of each figure, by key."""
        return {figure.key: number for number, figure in enumerate(self.notes, 1)}

    @property
    def numbered_sections(self) -> list[dict[str, Any]]:
        """The sections for a page: each figure with the number of its note."""
        numbers = self.numbers
        return [
            {
                "heading": part.heading,
                "paragraphs": [_numbered(p.runs, numbers) for p in part.paragraphs],
            }
            for part in self.sections
        ]

    @property
    def numbered_tables(self) -> list[dict[str, Any]]:
        """The tables for a page, numbered the same."""
        numbers = self.numbers
        return [
            {
                "title": table.title,
                "heads": table.heads,
                "rows": [_numbered(row, numbers) for row in table.rows],
            }
            for table in self.tables
        ]

    @property
    def figures(self) -> list[Figure]:
        """Every figure, in the order in which its footnote stands."""
        told = [figure for part in self.sections for p in part.paragraphs for figure in p.figures]
        tabled = [
            run
            for table in self.tables
            for row in table.rows
            for run in row
            if isinstance(run, Figure)
        ]
        return told + tabled


def _numbered(runs: Sequence[Run], numbers: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"figure": run, "number": numbers[run.key]} if isinstance(run, Figure) else {"words": run}
        for run in runs
    ]


def compose_summary(unit_id: int, period: Period, *, on: date | None = None) -> Summary:
    """Compose the review of the place `unit_id` for `period`, read on a day (today unless said).

    Raises RuleError where the period has not begun, the place did not exist, or there is nothing to tell.
    """
    day = on or clock.today()
    if day < period.first:
        raise RuleError(
            f"Kỳ {period.label} chưa bắt đầu nên chưa có số liệu. Đồng chí vui lòng chọn kỳ đã hoặc đang diễn ra."
        )
    as_of = min(day, period.last)
    name = names_on([unit_id], as_of).get(unit_id)
    if name is None:
        raise RuleError(
            f"Đơn vị này không tồn tại vào ngày {format_date(as_of)}. Đồng chí vui lòng chọn đơn vị khác."
        )
    evaluations = evaluate_all(targets_of(unit_id, period), period, on=day)
    totals = totals_by_kind(
        units_under([unit_id], on=as_of, follows=Follows.PLACE), period.until(as_of)
    )
    if not evaluations and not totals:
        raise RuleError(
            f"{name} chưa có chỉ tiêu hay hoạt động nào trong {period.label}, nên chưa lập được báo cáo. "
            "Đồng chí vui lòng nhận chỉ tiêu từ văn bản hoặc ghi hoạt động trước."
        )
    issuer, superior = _issuer(unit_id, name, as_of)
    place = lower_first(name)  # as it stands within a sentence: tỉnh Nghệ An
    summary = Summary(
        unit_id=unit_id,
        unit_name=place,
        period=period,
        as_of=as_of,
        superior=superior,
        issuer=issuer,
        subject=f"kết quả công tác dân vận {period.label} của {place}",
        place_and_day=f"{_short(name)}, ngày {as_of.day:02} tháng {_month(as_of)} năm {as_of.year}",
        signing_line="T/M CƠ QUAN BÁO CÁO",
    )
    asked = {unit for evaluation in evaluations for unit in evaluation.population}
    levels = {unit: row.level for unit, row in units_on(sorted(asked), as_of).items()}
    figures = [TargetFigures(evaluation, place, levels) for evaluation in evaluations]
    summary.sections = _sections(figures, totals, summary)
    summary.tables = _tables(figures, as_of)
    return summary


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def _short(name: str) -> str:
    for word in ("Tỉnh ", "Thành phố ", "Xã ", "Phường ", "Đặc khu "):
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def _issuer(unit_id: int, name: str, day: date) -> tuple[str, list[str]]:
    """The advisory board of the place's Party committee reports; where there is none, the place itself."""
    boards = organisations_at([unit_id], kinds=[Kind.ADVISORY_BOARD], on=day)
    committees = organisations_at([unit_id], kinds=[Kind.PARTY_COMMITTEE], on=day)
    names = names_on([*boards, *committees], day)
    superior = [names[unit].upper() for unit in list(committees)[:1]]
    issuer = next((names[unit].upper() for unit in boards), name.upper())
    for above in superior:  # the line above names it already
        issuer = issuer.removesuffix(f" {above}")
    return issuer, superior


def _sections(
    figures: Sequence[TargetFigures], totals: list[KindTotal], summary: Summary
) -> list[Section]:
    parts: list[tuple[str, list[Paragraph]]] = [
        ("Kết quả thực hiện các chỉ tiêu", _told_targets(figures)),
        ("Kết quả hoạt động", _told_activities(totals, summary)),
        ("Hạn chế, nội dung cần tập trung", _told_shortfalls(figures)),
    ]
    numerals = ("I", "II", "III")
    told = [(heading, paragraphs) for heading, paragraphs in parts if paragraphs]
    return [
        Section(f"{numeral}. {heading} {summary.period.label}", paragraphs)
        for numeral, (heading, paragraphs) in zip(numerals, told, strict=False)
    ]


def _told_targets(figures: Sequence[TargetFigures]) -> list[Paragraph]:
    told = []
    for place, one in _counted(figures):
        runs: list[Run] = [f"{place}. {one.target.title}: ", one.met, " thực hiện đủ"]
        for number, (label, figure) in enumerate(one.by_rule):
            runs += ["; trong đó " if number == 0 else "; ", f"{lower_first(label)}: ", figure]
        runs.append(f". Đánh giá: {one.evaluation.standing_label.lower()}.")
        told.append(Paragraph(runs))
    return told


def _told_activities(totals: list[KindTotal], summary: Summary) -> list[Paragraph]:
    told = []
    for total in totals:
        runs: list[Run] = [f"- {total.kind.label}: ", _activity_figure(total, summary, "quantity")]
        runs += [" tại ", _activity_figure(total, summary, "units")]
        if total.attendance_known:
            runs += [", ", _activity_figure(total, summary, "attendance")]
        told.append(Paragraph([*runs, "."]))
    return told


def _activity_figure(total: KindTotal, summary: Summary, what: str) -> Figure:
    unknown = total.records - total.attendance_known
    number, label, words, note = {
        "quantity": (
            total.quantity,
            counters.named(f"activities.{total.kind.value}").unit_label,
            "Tổng số lượng ghi trong hồ sơ hoạt động",
            "",
        ),
        "units": (total.units, "đơn vị", "Số đơn vị chủ trì có ít nhất một hồ sơ hoạt động", ""),
        "attendance": (
            total.attendance,
            "lượt người dự",
            "Tổng lượt người dự ghi trong hồ sơ hoạt động",
            f"{unknown} hồ sơ chưa ghi số người dự, không tính vào tổng." if unknown else "",
        ),
    }[what]
    query = urlencode(
        {
            "loai": total.kind.value,
            "ky": summary.period.code,
            "don_vi": summary.unit_name,
            "don_vi_id": summary.unit_id,
            "tinh_trang": "duoc-dem",
        }
    )
    return Figure(
        key=f"activities:{total.kind.value}:{what}",
        numerator=number,
        denominator=None,
        unit_label=label,
        definition=f"{words}, loại “{total.kind.label}”, {summary.period.label}",
        population=f"các đơn vị thuộc {summary.unit_name}",
        day=summary.as_of,
        records=total.records,
        href=f"{reverse('activities:list')}?{query}",
        note=note,
    )


def _told_shortfalls(figures: Sequence[TargetFigures]) -> list[Paragraph]:
    """Which targets lack whom, by their numbers in the first part; and those without a number."""
    told = [
        Paragraph(
            [f"- Chỉ tiêu {place}: còn ", one.missing, " chưa thực hiện đủ (danh sách ở phụ lục)."]
        )
        for place, one in _counted(figures)
        if one.evaluation.missing
    ]
    told += [
        Paragraph(
            [
                f"- {one.target.title}: chỉ tiêu định tính, đánh giá bằng minh chứng, không có con số."
            ]
        )
        for one in figures
        if not one.evaluation.counted
    ]
    return told


def _counted(figures: Sequence[TargetFigures]) -> list[tuple[int, TargetFigures]]:
    """The targets that are counted, with the number each has throughout the report."""
    return list(enumerate((one for one in figures if one.evaluation.counted), 1))


def _tables(figures: Sequence[TargetFigures], day: date) -> list[Table]:
    counted = _counted(figures)
    if not counted:
        return []
    heads = ["STT", "Chỉ tiêu", "Đối tượng", "Kết quả", "Còn thiếu", "Đánh giá"]
    targets = Table("Biểu tổng hợp kết quả thực hiện chỉ tiêu", heads)
    for place, one in counted:
        standing = one.evaluation.standing_label
        targets.rows.append(
            [str(place), one.target.title, one.among, one.met, one.missing, standing]
        )
    return [targets, *_annex(counted, day)]


def _annex(counted: Sequence[tuple[int, TargetFigures]], day: date) -> list[Table]:
    """Who is missing, by name. A target that nobody fulfils or everybody fulfils needs no list."""
    missing = {unit for _, one in counted for unit in one.evaluation.missing}
    names: dict[int, str] = names_on(sorted(missing), day) if missing else {}
    annex = Table("Phụ lục: đơn vị chưa thực hiện đủ", ["Chỉ tiêu", "Đơn vị"])
    for place, one in counted:
        if one.evaluation.missing and one.evaluation.standing != Standing.NOT_ASSESSABLE:
            listed = sorted((names.get(unit, "") for unit in one.evaluation.missing), key=sort_key)
            annex.rows.append([f"{place}. {one.target.title}", "; ".join(listed)])
    return [annex] if annex.rows else []
