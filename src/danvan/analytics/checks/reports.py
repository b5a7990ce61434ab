"""Monthly figures counted again: from the values unit by unit, where the report read the cube."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from danvan.analytics.checks.counting import CountedAgain, gap, records_differ
from danvan.analytics.checks.gaps import Gap, Part, Sum, sum_of
from danvan.analytics.figures import Figure, Number
from danvan.analytics.links import link
from danvan.analytics.report_part import LEVEL, ReportPart, fits, whole_if_whole
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import AcrossBreak, OverTime
from danvan.indicators.facts import amounts_again, are_waiting, is_added, sums_by_unit
from danvan.indicators.selectors import versions_for
from danvan.organisations.selectors import last_names
from danvan.reporting.facts import Owed
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion
    from danvan.reporting.questions import Question

By = dict[tuple[int, date], Decimal]  # the amounts that units gave, by unit and month
STILL_SUMMING = "máy đang cộng lại số liệu vừa gửi, đồng chí vui lòng tải lại trang sau ít giây"
NAMED = 5  # units named one by one where a sum fails; the rest are counted


class IndicatorsAgain(CountedAgain):
    """The figures of the monthly forms: each from its units' values, wholes from their parts, ratios from both."""

    @cached_property
    def _part(self) -> ReportPart:
        one = self.summary
        return ReportPart(one.unit_id, one.unit_name, one.period, one.as_of, one.reading)

    @cached_property
    def _questions(self) -> list[tuple[str, "Question"]]:
        return [(title, one) for title, asked in self._part.questions for one in asked]

    @cached_property
    def _versions(self) -> "dict[int, IndicatorVersion]":
        ids = {
            pk
            for _, one in self._questions
            for pk in (one.indicator_id, one.numerator_id, one.denominator_id)
            if pk
        }
        return versions_for(ids, self._part.months.last)

    @cached_property
    def _values(self) -> dict[int, By]:
        """By indicator the amounts that make its figure: every month's, or the last known month's."""
        plain = [one for _, one in self._questions if not one.computed]
        asked = {one.indicator_id for one in plain}
        asked |= {
            part
            for _, one in self._questions
            for part in (one.numerator_id, one.denominator_id)
            if part
        }
        given = sums_by_unit(
            sorted(asked), self.summary.unit_id, self._part.months, LEVEL, self.summary.reading
        )
        return {
            indicator_id: _last_month(by)
            if self._versions[indicator_id].over_time == OverTime.LAST
            else by
            for indicator_id, by in given.items()
        }

    @cached_property
    def _again(self) -> dict[int, Decimal]:
        """The figures that are no sums of what units gave, from these values once more."""
        others = [pk for pk, version in self._versions.items() if not is_added(version)]
        one = self.summary
        return (
            amounts_again(others, one.unit_id, self._part.months, LEVEL, one.reading)
            if others
            else {}
        )

    @cached_property
    def _names(self) -> dict[int, str]:
        units = {unit for by in self._values.values() for unit, _ in by}
        return last_names(units, self.summary.as_of)

    def _figure(self, question: "Question") -> Figure | None:
        return self.told.get(f"indicator:{question.indicator_code}")

    def sums(self) -> list[Sum]:
        """Each figure is the sum of what its units gave; each whole that is divided is the sum of its parts."""
        found = []
        for title, question in self._questions:
            figure = self._figure(question)
            if figure is None:
                continue
            if not question.computed:
                found.append(self._of_units(question, figure))
            elif question.formula is None and figure.denominator is not None:
                found += self._of_ratio(question, figure)
            if question.divided:
                found.append(self._of_parts(title, question, figure))
        return found

    def _of_units(self, question: "Question", figure: Figure) -> Sum:
        given = self._values.get(question.indicator_id, {})

        def named() -> list[Part]:
            by_unit: dict[int, Decimal] = defaultdict(Decimal)
            for (unit, _), amount in given.items():
                by_unit[unit] += amount
            return [
                Part(
                    self._names.get(unit, ""), whole_if_whole(amount), self._opened(question, unit)
                )
                for unit, amount in sorted(by_unit.items())
            ]

        title = f"{question.label} ({question.indicator_code})"
        total = self._total(question.indicator_id)
        if not is_added(self._versions[question.indicator_id]):
            again = [Part("Tính lại từ giá trị các đơn vị", total)]
            return sum_of(figure.key, title, figure.numerator, again, figure.href)
        return Sum(figure.key, title, figure.numerator, total, named, figure.href)

    def _of_ratio(self, question: "Question", figure: Figure) -> list[Sum]:
        """Numerator and denominator of a ratio, each from the values of its own indicator."""
        sides = (
            ("tử số", question.numerator_id, figure.numerator),
            ("mẫu số", question.denominator_id, figure.denominator),
        )
        return [
            sum_of(
                figure.key,
                f"{question.label}: {word}",
                told,
                [Part("Cộng giá trị các đơn vị", self._total(part))],
                figure.href,
            )
            for word, part, told in sides
            if part is not None and told is not None
        ]

    def _total(self, indicator_id: int) -> Number:
        if not is_added(self._versions[indicator_id]):
            return whole_if_whole(self._again.get(indicator_id, Decimal(0)))
        return whole_if_whole(sum(self._values.get(indicator_id, {}).values(), Decimal(0)))

    def _parts_of(self, question: "Question") -> list["Question"]:
        return [one for _, one in self._questions if one.part_of == question.code]

    def _of_parts(self, title: str, question: "Question", figure: Figure) -> Sum:
        parts = []
        for one in self._parts_of(question):
            told = self._figure(one)
            if told is not None:
                parts.append(Part(one.label, told.numerator, told.href))
        return sum_of(
            f"{figure.key}:parts",
            f"{title}: {lower_first(question.label)}",
            figure.numerator,
            tuple(parts),
            figure.href,
        )

    def whose(self, failed: Sum) -> Sequence[str]:
        """The units whose own report does not add up, with what they gave: "xã Tri Lễ nộp 74, mới phân loại 62"."""
        code = failed.key.split(":")[1]
        question = next((one for _, one in self._questions if one.indicator_code == code), None)
        if question is None or not failed.key.endswith(":parts"):
            waiting = are_waiting(self._part.months)
            return [STILL_SUMMING] if waiting else ()
        divided: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
        for one in self._parts_of(question):
            for where, amount in self._values.get(one.indicator_id, {}).items():
                divided[where] += amount
        whole = self._values.get(question.indicator_id, {})
        found = [
            self._whose_words(where, whole.get(where, Decimal(0)), divided[where])
            for where in sorted({*whole, *divided}, key=lambda one: (one[1], one[0]))
            if whole.get(where, Decimal(0)) != divided[where]
        ]
        rest = f"và {len(found) - NAMED} báo cáo khác" if len(found) > NAMED else ""
        return [*found[:NAMED], *filter(None, [rest])]

    def _whose_words(self, where: tuple[int, date], whole: Decimal, divided: Decimal) -> str:
        unit, first = where
        name, month = (
            lower_first(self._names.get(unit, "")),
            Period.starting(first, Every.MONTH).label,
        )
        short = "mới phân loại" if divided < whole else "phân loại"
        return f"{name} nộp {format_number(whole_if_whole(whole))} ({month}), {short} {format_number(whole_if_whole(divided))}"

    def within_wholes(self) -> tuple[int, list[Gap]]:
        """No "trong đó" is larger than its whole: in the sum, and in any unit's report of any month."""
        tried, gaps = 0, []
        by_code = {one.code: one for _, one in self._questions}
        for _, one in self._questions:
            whole = by_code.get(one.part_of)
            figure, of = self._figure(one), self._figure(whole) if whole else None
            if whole is None or figure is None or of is None:
                continue
            tried += 1
            above = self._above(one, whole)
            if figure.numerator > of.numerator or above:
                told = f"{figure.text}, tổng {lower_first(whole.label)} {of.text}."
                gaps.append(gap(figure, told, above))
        return tried, gaps

    def _above(self, part: "Question", whole: "Question") -> list[str]:
        """The reports in which the part is larger than the whole."""
        of = self._values.get(whole.indicator_id, {})
        found = []
        for (unit, first), amount in self._values.get(part.indicator_id, {}).items():
            if amount > of.get((unit, first), amount):
                name, month = (
                    lower_first(self._names[unit]),
                    Period.starting(first, Every.MONTH).label,
                )
                part_text, whole_text = (
                    format_number(whole_if_whole(amount)),
                    format_number(whole_if_whole(of[unit, first])),
                )
                found.append(f"{name} ({month}) nộp {part_text} trong tổng {whole_text}")
        return found[:NAMED]

    def unbacked(self, figure: Figure) -> list[Gap]:
        """There are as many values behind a figure as it says; a computed one has those of its parts."""
        code = figure.key.split(":")[1]
        question = next(one for _, one in self._questions if one.indicator_code == code)
        if question.computed or self._unshared(question):
            return []
        if not is_added(self._versions[question.indicator_id]):
            return []  # one value may be the figure, and it may be of a month before
        return records_differ(figure, len(self._values.get(question.indicator_id, {})), None)

    def _unshared(self, question: "Question") -> bool:
        """Whether values of which only a part would count are left out: fewer count than are behind."""
        version = self._versions[question.indicator_id]
        return self.summary.reading.on is not None and version.at_break == AcrossBreak.WHOLE

    def _opened(self, question: "Question", unit: int) -> str:
        period = self.summary.period.code
        return link(
            "desk:number", chi_so=question.indicator_code, don_vi=unit, ky=period, muc=LEVEL.value
        )


class ReportsAgain(CountedAgain):
    """Who sent the monthly forms, told from the rows where the report counted them."""

    @cached_property
    def _rows(self) -> dict[int, list[Owed]]:
        one = self.summary
        part = ReportPart(one.unit_id, one.unit_name, one.period, one.as_of, one.reading)
        return {form.pk: part.owed(form) for form in part.forms}

    def sums(self) -> list[Sum]:
        """Sent and missing make what was owed; in time and late make what was sent."""
        found = []
        for form_id, rows in self._rows.items():
            sent, timely = (
                self.told.get(f"reports:{form_id}:{what}") for what in ("sent", "on_time")
            )
            if sent is None or timely is None:
                continue
            in_time = sum(row.timely for row in rows)
            came = sum(row.sent_on is not None for row in rows)
            for figure, word, told, parts in (
                (sent, "đã gửi", sent.numerator, {"Đúng hạn": in_time, "Muộn": came - in_time}),
                (
                    sent,
                    "phải gửi",
                    sent.denominator or 0,
                    {"Đã gửi": came, "Chưa gửi": len(rows) - came},
                ),
                (timely, "đúng hạn", timely.numerator, {"Gửi không muộn hơn hạn": in_time}),
            ):
                listed = tuple(Part(label, number) for label, number in parts.items())
                title = f"{figure.definition}: {word}"
                found.append(sum_of(figure.key, title, told, listed, figure.href))
        return found

    def unbacked(self, figure: Figure) -> list[Gap]:
        """As many reports are listed behind a figure as it says."""
        _, form_id, what = figure.key.split(":")
        rows = [row for row in self._rows[int(form_id)] if fits(row, what)]
        return records_differ(figure, len(rows), len(rows))

    def population_of(self, figure: Figure) -> Number | None:
        """How many reports were owed."""
        return (
            None if figure.denominator is None else len(self._rows[int(figure.key.split(":")[1])])
        )


def _last_month(by: By) -> By:
    """The amounts of the last month in which anybody gave one."""
    last = max((first for _, first in by), default=None)
    return {where: amount for where, amount in by.items() if where[1] == last}


__all__ = ["IndicatorsAgain", "ReportsAgain"]
