"""What a report tells from the monthly forms: each figure rolled up, who sent and who did not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from danvan.analytics.figures import Figure, Number, Paragraph, Run, Table
from danvan.analytics.links import link, records_link
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, OverTime
from danvan.indicators.facts import Behind, behind_figures
from danvan.indicators.selectors import Rolled, roll_up, versions_for
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import last_names, units_under
from danvan.reporting.facts import Completeness, Owed, completeness, forms_owed, months_owed
from danvan.reporting.selectors import questions_of
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion
    from danvan.reporting.models import Form
    from danvan.reporting.questions import Question

LEVEL = Approval.SENT  # a review tells what units have sent, and says how much of it was approved
NAMED = 12  # units named in the narrative; all of them stand in the annex


class ReportPart:
    """The monthly forms that the units of one place owe in a period, and the figures they gave."""

    def __init__(self, place_id: int, place: str, period: Period, day: date) -> None:
        self.place_id, self.place, self.period, self.day = place_id, place, period, day
        self.months = period.until(day)
        self.forms: list[Form] = forms_owed(self._within, self.months)

    @cached_property
    def _within(self) -> list[int]:
        """The units of the place on any of the two ends of the period: who ended in between owed until then."""
        found = {row["unit_id"] for row in self._under(self.day)}
        return sorted(found | {row["unit_id"] for row in self._under(self.period.first)})

    def _under(self, day: date) -> Iterable[dict[str, int]]:
        found: Iterable[dict[str, int]] = units_under(
            [self.place_id], on=day, follows=Follows.PLACE
        )
        return found

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
        return roll_up(self._ids, [self.place_id], self.period, level=LEVEL)

    @cached_property
    def _behind(self) -> dict[int, list[Behind]]:
        return behind_figures(self._ids, self.place_id, self.months, LEVEL)

    def figure(self, question: "Question") -> Figure | None:
        """The figure of one question; None where nobody has given an amount."""
        rolled = self._rolled[question.indicator_id, self.place_id]
        if rolled.amount is None:
            return None
        version = self._versions[question.indicator_id]
        behind = self._counted(question.indicator_id, version)
        ratio = rolled.numerator is not None and rolled.denominator is not None
        return Figure(
            key=f"indicator:{question.indicator_code}",
            numerator=whole_if_whole(rolled.numerator or Decimal(0))
            if ratio
            else whole_if_whole(rolled.amount),
            denominator=whole_if_whole(rolled.denominator or Decimal(0)) if ratio else None,
            unit_label="" if ratio else question.unit_label,
            definition=self._definition(question, version),
            population=f"{rolled.units} đơn vị có số trên {rolled.asked} đơn vị báo cáo thuộc {self.place}, "
            "cây địa bàn như khi đó",
            day=self.day,
            records=sum(one.records for one in behind) if behind else None,
            href=self._href(question.indicator_code),
            note=f"{rolled.gaps} lần đơn vị trả lời không có số liệu." if rolled.gaps else "",
            approval=_approval(behind),
            vintage=_vintage(behind),
            places=question.places,
            of=question.part_of,
        )

    def _counted(self, indicator_id: int, version: "IndicatorVersion") -> list[Behind]:
        """The months that make the figure: all of them, or the last one known."""
        months = [one for one in self._behind.get(indicator_id, []) if one.records]
        return months[-1:] if version.over_time == OverTime.LAST else months

    def _definition(self, question: "Question", version: "IndicatorVersion") -> str:
        source = f" (nguồn: {version.source_symbol})" if version.source_symbol else ""
        return (
            f"Chỉ số {question.indicator_code}, phiên bản {version.number}: {version.name}{source}, "
            f"{self.period.label}. {version.definition}"
        )

    def _href(self, code: str) -> str:
        return link(
            "desk:number", chi_so=code, don_vi=self.place_id, ky=self.period.code, muc=LEVEL.value
        )

    def told(self) -> list[Paragraph]:
        """First who sent, then one paragraph a section: each whole with its parts."""
        return [*self._told_forms(), *self._told_sections()]

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
            population=f"nghĩa vụ báo cáo đã mở của các đơn vị thuộc {self.place}",
            day=self.day,
            records=number,
            href=records_link(self.place_id, self.period, f"reports:{form.pk}:{what}"),
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
        for _, asked in self.questions:
            for question in asked:
                figure = self.figure(question)
                label = f"{'Trong đó: ' if question.part_of else ''}{_label(question)}"
                result: Run = figure if figure is not None else "chưa có số liệu"
                rows.append([str(len(rows) + 1), label, question.unit_label, result])
        heads = ["STT", "Chỉ số", "Đơn vị tính", "Số liệu"]
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
