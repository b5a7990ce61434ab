"""What a report tells from the monthly forms: each figure rolled up, who sent and who did not."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from danvan.analytics.figures import Figure, Number, Paragraph, Run, Table
from danvan.analytics.links import link, records_link, said
from danvan.analytics.shares import shares_told
from danvan.analytics.year_before import HEAD, YearBefore
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, OverTime
from danvan.indicators.facts import Behind, behind_figures
from danvan.indicators.selectors import Rolled, is_percent, roll_up, versions_for
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.following import whose_records
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.reporting.facts import Completeness, Owed, completeness, forms_owed, months_owed
from danvan.reporting.selectors import questions_of
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion
    from danvan.reporting.models import Form
    from danvan.reporting.questions import Question

BEFORE = "before"  # the keys of figures of the year before
LEVEL = Approval.SENT  # a review tells what units have sent, and says how much of it was approved
NAMED = 12  # units named in the narrative; all of them stand in the annex


class ReportPart:
    """The monthly forms that the units of one place owe in a period, and the figures they gave."""

    def __init__(
        self, place_id: int, place: str, period: Period, day: date, reading: Reading = THEN
    ) -> None:
        self.place_id, self.place, self.period, self.day = place_id, place, period, day
        self.reading = reading
        self.months = period.until(day)
        self._shares: dict[Period, str] = {}
        self.forms: list[Form] = forms_owed(self._within, self.months)

    @cached_property
    def _within(self) -> list[int]:
        """The units whose reports are told: who ended in the period owed until then."""
        found = whose_records(self.place_id, self.reading, since=self.period.first, until=self.day)
        return sorted({row["unit_id"] for row in found})

    @cached_property
    def questions(self) -> list[tuple[str, list["Question"]]]:
        """The sections of the forms with the questions that ask for numbers, each indicator once."""
        told: set[int] = set()
        found = []
        for form in self.forms:
            for section in questions_of(form.pk, on=self.day).sections:
                asked = [
                    one
                    for one in section.questions
                    if one.indicator_id and one.indicator_id not in told
                ]
                told |= {one.indicator_id for one in asked}
                if asked:
                    found.append((section.title, asked))
        return found

    @cached_property
    def _ids(self) -> list[int]:
        return [one.indicator_id for _, asked in self.questions for one in asked]

    @cached_property
    def _versions(self) -> dict[int, "IndicatorVersion"]:
        return versions_for(self._ids, self.months.last)

    @cached_property
    def _rolled(self) -> dict[tuple[int, int], Rolled]:
        return roll_up(self._ids, [self.place_id], self.period, level=LEVEL, reading=self.reading)

    @cached_property
    def _behind(self) -> dict[int, list[Behind]]:
        return behind_figures(self._ids, self.place_id, self.months, LEVEL, self.reading)

    @cached_property
    def before(self) -> YearBefore | None:
        """The same months a year before; None while the period still runs."""
        if self.day < self.period.last or not self._ids:
            return None
        return YearBefore(self.place_id, self.period, self._ids, LEVEL, self.reading)

    def figure(self, question: "Question") -> Figure | None:
        """The figure of one question; None where nobody has given an amount."""
        pk = question.indicator_id
        rolled = self._rolled[pk, self.place_id]
        return self._told(question, rolled, self._versions[pk], self._behind.get(pk, []))

    def figure_before(self, question: "Question") -> Figure | None:
        """The same a year before; None where it is not known, or not to be set beside."""
        before, pk = self.before, question.indicator_id
        if before is None or not before.comparable or pk not in before.rolled:
            return None
        version, behind = before.versions[pk], before.behind.get(pk, [])
        return self._told(question, before.rolled[pk], version, behind, before.period)

    def _told(
        self,
        question: "Question",
        rolled: Rolled,
        version: "IndicatorVersion",
        months: list[Behind],
        period: Period | None = None,
    ) -> Figure | None:
        """A figure of this period, or of another `period` beside it."""
        if rolled.amount is None:
            return None
        behind = _counted(months, version)
        ratio = is_percent(version)
        whole = rolled.amount == rolled.amount.to_integral_value()
        return Figure(
            key=f"{BEFORE if period else 'indicator'}:{question.indicator_code}",
            numerator=whole_if_whole(rolled.numerator or Decimal(0))
            if ratio
            else whole_if_whole(rolled.amount),
            denominator=whole_if_whole(rolled.denominator or Decimal(0)) if ratio else None,
            unit_label="" if ratio else question.unit_label,
            definition=self._definition(question, version, period or self.period),
            population=f"{rolled.units} đơn vị có số trên {rolled.asked} đơn vị báo cáo thuộc {self.place}, "
            f"cây địa bàn {self.reading.words}",
            day=period.last if period else self.day,
            records=sum(one.records for one in behind) if behind else None,
            href=self._href(question.indicator_code, period or self.period),
            note=f"{rolled.gaps} lần đơn vị trả lời không có số liệu." if rolled.gaps else "",
            approval=_approval(behind),
            vintage=_vintage(behind),
            places=max(question.places, 1) if rolled.rebased and not whole else question.places,
            of="" if period else question.part_of,
            rebased=rolled.rebased,
            original=_original(question, rolled),
            shares=self.shares_words(period or self.months) if rolled.rebased else "",
            estimated=rolled.estimated,
        )

    def shares_words(self, period: Period) -> str:
        """By which shares the figures of a period were re-based, and by what decision."""
        if period not in self._shares:
            self._shares[period] = shares_told(self.place_id, period, self.reading)
        return self._shares[period]

    def _definition(self, question: "Question", version: "IndicatorVersion", period: Period) -> str:
        source = f" (nguồn: {version.source_symbol})" if version.source_symbol else ""
        return (
            f"Chỉ số {question.indicator_code}, phiên bản {version.number}: {version.name}{source}, "
            f"{period.label}. {version.definition}"
        )

    def _href(self, code: str, period: Period) -> str:
        return link(
            "desk:number",
            chi_so=code,
            don_vi=self.place_id,
            ky=period.code,
            muc=LEVEL.value,
            **said(self.reading),
        )

    def told(self) -> list[Paragraph]:
        """First who sent, then one paragraph a section: each whole with its parts."""
        refused = self.before.refusal(self.place) if self.before else ""
        beside = [Paragraph([refused])] if refused else []
        return [*self._told_forms(), *self._told_sections(), *beside]

    def _told_forms(self) -> list[Paragraph]:
        told = []
        for form in self.forms:
            done = self.complete(form)
            runs: list[Run] = [
                f"{form.name}: đã gửi ",
                self._owed(form, done, "sent"),
                ", đúng hạn ",
            ]
            told.append(Paragraph([*runs, self._owed(form, done, "on_time"), "."]))
        return told

    def _told_sections(self) -> list[Paragraph]:
        told = []
        for title, asked in self.questions:
            runs: list[Run] = []
            for question in asked:
                figure = self.figure(question)
                if figure is None:
                    continue
                inside = bool(question.part_of and runs)
                opening = "; " if runs else f"- {title}: "
                if inside:
                    opening = ", trong đó " if _first_part(question, asked) else ", "
                runs += [f"{opening}{lower_first(_label(question))} ", figure]
            if runs:
                told.append(Paragraph([*runs, "."]))
        return told

    def complete(self, form: "Form") -> Completeness:
        """How many reports of a form were owed, sent and sent in time."""
        return completeness(self._within, self.months, form=form)

    def owed(self, form: "Form") -> list[Owed]:
        """Each report owed of a form."""
        return months_owed(self._within, self.months, form=form)

    def _owed(self, form: "Form", done: Completeness, what: str) -> Figure:
        number, words = {
            "sent": (done.sent, "Báo cáo đã gửi ít nhất một lần, trên số báo cáo phải gửi"),
            "on_time": (done.on_time, "Báo cáo gửi lần đầu không muộn hơn hạn, trên số phải gửi"),
            "missing": (done.missing, "Báo cáo phải gửi mà chưa gửi lần nào"),
        }[what]
        source = f" (nguồn: {form.source_symbol})" if form.source_symbol else ""
        return Figure(
            key=f"reports:{form.pk}:{what}",
            numerator=number,
            denominator=None if what == "missing" else done.owed,
            unit_label="báo cáo",
            definition=f"{words}: {form.name}, mẫu {form.code}, phiên bản {form.number}{source}, {self.period.label}",
            population=f"nghĩa vụ báo cáo đã mở của các đơn vị thuộc {self.place}, {self.reading.words}",
            day=self.day,
            records=number,
            href=records_link(
                self.place_id, self.period, f"reports:{form.pk}:{what}", self.reading
            ),
        )

    def shortfalls(self) -> list[Paragraph]:
        """For each form how many reports are missing, and by whom."""
        told = []
        for form in self.forms:
            done = self.complete(form)
            late = self._unsent(form)
            if not done.missing:
                continue
            runs: list[Run] = [f"- {form.name}: chưa gửi ", self._owed(form, done, "missing")]
            told.append(Paragraph([*runs, f"{self._who(late)}."]))
        return told

    def _unsent(self, form: "Form") -> dict[str, list[date]]:
        """The months never sent, unit by unit in Vietnamese order."""
        found: dict[int, list[date]] = defaultdict(list)
        for one in self.owed(form):
            if one.sent_on is None:
                found[one.unit_id].append(one.first)
        names = last_names(found, self.day)
        ordered = sorted(found, key=lambda unit: sort_key(names.get(unit, "")))
        return {names.get(unit, ""): found[unit] for unit in ordered}

    @staticmethod
    def _who(late: dict[str, list[date]]) -> str:
        if len(late) > NAMED:
            return f" của {len(late)} đơn vị (danh sách ở phụ lục)"
        return f" ({'; '.join(late)})" if late else ""

    def tables(self) -> list[Table]:
        """Every figure of the forms in one table."""
        rows: list[list[Run]] = []
        beside = self.before is not None and self.before.comparable
        for _, asked in self.questions:
            for question in asked:
                figure = self.figure(question)
                label = f"{'Trong đó: ' if question.part_of else ''}{_label(question)}"
                result: Run = figure if figure is not None else "chưa có số liệu"
                row: list[Run] = [str(len(rows) + 1), label, question.unit_label, result]
                if beside:
                    row.append(self.figure_before(question) or "chưa có số liệu")
                rows.append(row)
        heads = ["STT", "Chỉ số", "Đơn vị tính", "Số liệu", *([HEAD] if beside else [])]
        return [Table("Biểu tổng hợp số liệu báo cáo tháng", heads, rows)] if rows else []

    def annexes(self) -> list[Table]:
        """Who has not sent which month."""
        annex = Table(
            "Phụ lục: đơn vị chưa gửi báo cáo tháng", ["Đơn vị báo cáo", "Tháng chưa gửi"]
        )
        for form in self.forms:
            for name, months in self._unsent(form).items():
                spelled = (Period.starting(one, Every.MONTH).label for one in months)
                annex.rows.append([name, "; ".join(spelled)])
        return [annex] if annex.rows else []


def _counted(months: list[Behind], version: "IndicatorVersion") -> list[Behind]:
    """The months that make the figure: all of them, or the last one known."""
    known = [one for one in months if one.records]
    return known[-1:] if version.over_time == OverTime.LAST else known


def _original(question: "Question", rolled: Rolled) -> str:
    """What a re-based figure was before, as the units gave it."""
    if not rolled.rebased:
        return ""
    if rolled.numerator is not None and rolled.denominator is not None:
        parts = (
            (rolled.numerator_original, rolled.numerator),
            (rolled.denominator_original, rolled.denominator),
        )
        return "/".join(format_number(one if one is not None else other) for one, other in parts)
    return format_number(rolled.original or 0, question.places)


def fits(row: Owed, what: str) -> bool:
    """Whether a report that is owed is one of those sent, sent in time, or missing."""
    return {"sent": row.sent_on is not None, "on_time": row.timely, "missing": row.sent_on is None}[
        what
    ]


def whole_if_whole(amount: Decimal) -> Number:
    """A count is a whole number, however the database keeps it."""
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def _label(question: "Question") -> str:
    """As a year's report says it: what the form asks "trong tháng" is told for the period."""
    return question.label.removesuffix(" trong tháng")


def _first_part(question: "Question", asked: list["Question"]) -> bool:
    return next(one for one in asked if one.part_of == question.part_of) is question


def _approval(behind: list[Behind]) -> str:
    records = sum(one.records for one in behind)
    if not records:
        return ""
    accepted, locked = (
        sum(getattr(one, what) for one in behind) for what in ("accepted", "locked")
    )
    return (
        f"Mức duyệt: đơn vị đã gửi; trong {format_number(records)} giá trị có {format_number(accepted)} đã duyệt, "
        f"{format_number(locked)} đã chốt"
    )


def _vintage(behind: list[Behind]) -> str:
    mended = sum(one.mended for one in behind)
    return (
        f"Bản mới nhất; {format_number(mended)} giá trị là bản sửa lại"
        if mended
        else ("Bản mới nhất" if behind else "")
    )
