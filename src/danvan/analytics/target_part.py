"""What a report tells of targets: how each stands, who is missing, the table and the annex by name."""

from collections.abc import Sequence
from datetime import date

from danvan.analytics.figures import Paragraph, Run, Table
from danvan.analytics.mark_part import MarkFigures, marks_table, marks_told
from danvan.analytics.target_figures import TargetFigures
from danvan.foundation.periods import Period
from danvan.indicators.enums import Standing
from danvan.indicators.selectors import evaluate_all, targets_of
from danvan.organisations.selectors import names_on, units_on
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import lower_first


class TargetPart:
    """The targets set for one place, as they stand in a period on a day."""

    def __init__(
        self,
        place_id: int,
        place: str,
        period: Period,
        day: date,
        *,
        read_on: date,
        reading: Reading = THEN,
    ) -> None:
        self._day = reading.on or day
        found = targets_of(place_id, period)
        evaluations = evaluate_all(found, period, on=read_on, standing_on=reading.on)
        asked = {unit for evaluation in evaluations for unit in evaluation.population}
        levels = {unit: row.level for unit, row in units_on(sorted(asked), self._day).items()}
        self.figures = [
            TargetFigures(evaluation, place, levels, reading)
            for evaluation in evaluations
            if not evaluation.target.of_figure
        ]
        self.marked = [
            MarkFigures(evaluation, place, reading)
            for evaluation in evaluations
            if evaluation.target.of_figure
        ]
        counted = [one for one in self.figures if one.evaluation.counted]
        self._counted = list(
            enumerate((one for one in counted if one.evaluation.population), 1)
        )  # with the number each has throughout the report
        self._unasked = [one for one in counted if not one.evaluation.population]

    @property
    def asks_anybody(self) -> bool:
        """Whether any of them has somebody to ask; one that is judged from evidence needs nobody to be counted."""
        if any(one.known for one in self.marked):
            return True
        return bool(self._counted) if self._unasked else bool(self.figures)

    def told(self) -> list[Paragraph]:
        """One paragraph a counted target."""
        told = []
        for place, one in self._counted:
            runs: list[Run] = [f"{place}. {one.target.title}: ", one.met, " thực hiện đủ"]
            for number, (label, figure) in enumerate(one.by_rule):
                runs += ["; trong đó " if number == 0 else "; ", f"{lower_first(label)}: ", figure]
            runs.append(f". Đánh giá: {one.evaluation.standing_label.lower()}.")
            told.append(Paragraph(runs))
        for one in self._unasked:
            nobody = f"ngày {format_date(self._day)} sổ đơn vị chưa ghi đơn vị nào thuộc đối tượng"
            told.append(Paragraph([f"- {one.target.title}: chưa đánh giá được, vì {nobody}."]))
        return told + marks_told(self.marked)

    def shortfalls(self) -> list[Paragraph]:
        """Which targets lack whom, by their numbers in the first part; and those without a number."""
        told = [
            Paragraph(
                [
                    f"- Chỉ tiêu {place}: còn ",
                    one.missing,
                    " chưa thực hiện đủ (danh sách ở phụ lục).",
                ]
            )
            for place, one in self._counted
            if one.evaluation.missing
        ]
        words = "chỉ tiêu định tính, đánh giá bằng minh chứng, không có con số."
        told += [
            Paragraph([f"- {one.target.title}: {words}"])
            for one in self.figures
            if not one.evaluation.counted
        ]
        return told

    def tables(self) -> list[Table]:
        """All counted targets at a glance; who is missing, by name."""
        if not self._counted:
            return marks_table(self.marked)
        heads = ["STT", "Chỉ tiêu", "Đối tượng", "Kết quả", "Còn thiếu", "Đánh giá"]
        targets = Table("Biểu tổng hợp kết quả thực hiện chỉ tiêu", heads)
        for place, one in self._counted:
            standing = one.evaluation.standing_label
            targets.rows.append(
                [str(place), one.target.title, one.among, one.met, one.missing, standing]
            )
        return [targets, *marks_table(self.marked)]

    def annexes(self) -> list[Table]:
        """Who is missing, by name."""
        return _annex(self._counted, self._day)


def _annex(counted: Sequence[tuple[int, TargetFigures]], day: date) -> list[Table]:
    """A target that nobody fulfils or everybody fulfils needs no list."""
    missing = {unit for _, one in counted for unit in one.evaluation.missing}
    names: dict[int, str] = names_on(sorted(missing), day) if missing else {}
    annex = Table("Phụ lục: đơn vị chưa thực hiện đủ", ["Chỉ tiêu", "Đơn vị"])
    for place, one in counted:
        if one.evaluation.missing and one.evaluation.standing != Standing.NOT_ASSESSABLE:
            listed = sorted((names.get(unit, "") for unit in one.evaluation.missing), key=sort_key)
            annex.rows.append([f"{place}. {one.target.title}", "; ".join(listed)])
    return [annex] if annex.rows else []
