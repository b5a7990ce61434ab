"""The summary of a unit for a period: narrative and tables whose every figure is counted and opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from danvan.analytics.activity_part import ActivityPart
from danvan.analytics.commitment_part import CommitmentPart
from danvan.analytics.figures import Figure, Paragraph, Run, Section, Table
from danvan.analytics.heads import Head, head_of, place_and_day
from danvan.analytics.report_part import ReportPart
from danvan.analytics.target_part import TargetPart
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.organisations.selectors import names_on
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import lower_first

NUMERALS = ("I", "II", "III", "IV", "V", "VI")
DRAFT_UNCHECKED = "Dự thảo, chưa đối chiếu xong"


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
    mark: str  # of the issuer's reports: BC/BTGDVTU
    edition: str = ""  # of a signed one: which, and what it replaces
    signer: str = ""  # of a signed one: position and name
    reading: Reading = THEN  # in which tree its figures are read; a signed one keeps the day
    read_at: datetime | None = field(default=None, compare=False)  # the moment of its figures
    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def tree(self) -> str:
        """In which tree its figures are read, as it says it of itself."""
        return self.reading.tree

    @property
    def read_words(self) -> str:
        """As of which moment its figures are read; empty of one signed before this was kept."""
        if self.read_at is None:
            return ""
        local = timezone.localtime(self.read_at)
        return f"Số liệu bản mới nhất, đọc lúc {local:%H:%M} {format_date(local.date())}"

    @property
    def signer_lines(self) -> list[str]:
        """Position and name of who signed it, a line each."""
        return self.signer.splitlines()

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


def compose_summary(
    unit_id: int, period: Period, *, on: date | None = None, reading: Reading = THEN
) -> Summary:
    """Compose the review of the place `unit_id` for `period`, read on a day (today unless said) in a reading.

    Raises RuleError where the period has not begun, the place did not exist, or there is nothing to tell.
    """
    day = on or clock.today()
    if day < period.first:
        raise RuleError(
            f"Kỳ {period.label} chưa bắt đầu nên chưa có số liệu. Đồng chí vui lòng chọn kỳ đã hoặc đang diễn ra."
        )
    as_of = min(day, period.last)
    tree_day = reading.on or as_of
    name = names_on([unit_id], tree_day).get(unit_id)
    if name is None:
        raise RuleError(
            f"Đơn vị này không tồn tại vào ngày {format_date(tree_day)}. Đồng chí vui lòng chọn đơn vị khác"
            f"{' hoặc đọc như khi đó' if reading.on else ''}."
        )
    place = lower_first(name)  # as it stands within a sentence: tỉnh Nghệ An
    targets = TargetPart(unit_id, place, period, as_of, read_on=day, reading=reading)
    activities = ActivityPart(unit_id, place, period, as_of, reading)
    commitments = CommitmentPart(unit_id, place, period, as_of, reading)
    reports = ReportPart(unit_id, place, period, as_of, reading)
    if not (targets.asks_anybody or activities.totals or commitments.totals.due or reports.forms):
        if targets.figures:
            raise RuleError(
                f"Trong {period.label}, sổ đơn vị chưa có tổ chức nào ở {place} phải thực hiện chỉ tiêu, cũng "
                "không có hoạt động, việc được giao hay báo cáo tháng nào, nên chưa lập được báo cáo. Đồng chí "
                "vui lòng chọn kỳ khác."
            )
        raise RuleError(
            f"{name} chưa có chỉ tiêu, hoạt động, việc được giao hay báo cáo tháng nào trong {period.label}, nên "
            "chưa lập được báo cáo. Đồng chí vui lòng nhận chỉ tiêu từ văn bản hoặc ghi hoạt động trước."
        )
    summary = _headed(unit_id, name, period, as_of, head_of(unit_id, name, tree_day))
    summary.reading, summary.read_at = reading, clock.now()
    summary.sections = _numbered_parts(
        [
            ("Kết quả thực hiện các chỉ tiêu", targets.told()),
            ("Kết quả hoạt động", activities.told()),
            ("Việc được giao", commitments.told()),
            ("Số liệu báo cáo tháng", reports.told()),
            (
                "Hạn chế, nội dung cần tập trung",
                [*targets.shortfalls(), *commitments.shortfalls(), *reports.shortfalls()],
            ),
        ],
        period,
    )
    summary.tables = [
        *targets.tables(),
        *reports.tables(),
        *targets.annexes(),
        *commitments.annexes(),
        *reports.annexes(),
    ]
    return summary


def _headed(unit_id: int, name: str, period: Period, as_of: date, head: Head) -> Summary:
    place = lower_first(name)
    return Summary(
        unit_id=unit_id,
        unit_name=place,
        period=period,
        as_of=as_of,
        superior=head.superior,
        issuer=head.issuer,
        subject=f"kết quả công tác dân vận {period.label} của {place}",
        place_and_day=place_and_day(name, as_of),
        signing_line="T/M CƠ QUAN BÁO CÁO",
        mark=head.mark,
    )


def _numbered_parts(parts: Sequence[tuple[str, list[Paragraph]]], period: Period) -> list[Section]:
    told = [(heading, paragraphs) for heading, paragraphs in parts if paragraphs]
    return [
        Section(f"{numeral}. {heading} {period.label}", paragraphs)
        for numeral, (heading, paragraphs) in zip(NUMERALS, told, strict=False)
    ]
