"""What a report tells of targets of figures: what was needed, what there is, who is behind and who is not known."""

from collections.abc import Sequence

from danvan.analytics.figures import Figure, Paragraph, Run, Table
from danvan.analytics.links import link, said
from danvan.analytics.report_part import whole_if_whole
from danvan.foundation.periods import Period
from danvan.indicators.selectors import (
    Evaluation,
    Mark,
    amount_words,
    is_percent,
    mark_words,
    values_behind,
    wanted_words,
)
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import lower_first

MARK = "mark"


class MarkFigures:
    """The figures that one target of figures gives to a report."""

    def __init__(self, evaluation: Evaluation, place: str, reading: Reading = THEN) -> None:
        self.evaluation, self.target = evaluation, evaluation.target
        self._place, self._reading = place, reading

    @property
    def mark(self) -> Mark | None:
        """Of the place's own figure, where it is known."""
        found = self.evaluation.mark
        return found if found and found.have is not None else None

    @property
    def known(self) -> bool:
        """There is a figure to tell: the place's own, or somebody to hold it against."""
        return self.mark is not None or bool(self.evaluation.denominator)

    def told(self) -> Paragraph:
        """The target in one sentence."""
        title, found = self.target.title, self.evaluation
        closing = f". Đánh giá: {found.standing_label.lower()}."
        if not self.known:
            words = lower_first(mark_words(found.mark)) if found.mark else "chưa đánh giá được."
            return Paragraph([f"- {title}: {words}"])
        if mark := self.mark:
            assert mark.need is not None
            need = amount_words(mark.version, mark.need, bound=mark.bound)
            side = "ít nhất" if mark.bound.upward else "không quá"
            return Paragraph(
                [
                    f"- {title}: đến {format_date(mark.until)} cần {side} {need}, có ",
                    self.have,
                    closing,
                ]
            )
        runs: list[Run] = [f"- {title}: ", self.among("met"), " đạt hoặc theo kịp"]
        for key, words in (("missing", " còn thiếu"), ("unknown", " chưa có số liệu để đánh giá")):
            runs += [", ", self.among(key), words]
        return Paragraph([*runs, closing])

    @property
    def have(self) -> Figure:
        """What there is; of a path that is added up, what came since it began."""
        mark = self.mark
        assert mark is not None
        rolled, version = mark.rolled, mark.version
        share = is_percent(version) and rolled.denominator is not None
        amount = rolled.numerator if share else rolled.amount
        assert amount is not None
        read = self.read_of(mark)
        behind = values_behind(version.indicator_id, mark.unit_id, read, reading=self._reading)
        return Figure(
            key=f"{MARK}:{self.target.pk}:have",
            numerator=whole_if_whole(amount),
            denominator=whole_if_whole(rolled.denominator)
            if share and rolled.denominator
            else None,
            unit_label="" if share else version.unit_label,
            definition=self._definition(mark),
            population=f"{self._place}, cây địa bàn {self._reading.words}",
            day=mark.until,
            records=behind.filter(amount__isnull=False).count(),
            href=self._href(),
            places=version.places,
            rebased=rolled.rebased,
            estimated=rolled.estimated,
        )

    @staticmethod
    def read_of(mark: Mark) -> Period:
        """The months that make the figure."""
        return mark.read or mark.part

    def among(self, key: str) -> Figure:
        """How many of the population: `met`, `missing` (behind) or `unknown`."""
        found = self.evaluation
        units = {"met": found.met, "missing": found.missing, "unknown": found.unknown}[key]
        words = {"met": "Đạt hoặc theo kịp", "missing": "Còn thiếu", "unknown": "Chưa có số liệu"}[
            key
        ]
        mark = next(iter(found.marks.values()), None)
        return Figure(
            key=f"{MARK}:{self.target.pk}:{key}",
            numerator=len(units),
            denominator=found.denominator if key == "met" else None,
            unit_label=self._noun,
            definition=f"{words}: {self._definition(mark)}",
            population=f"{found.denominator} {self._noun} thuộc {self._place}, theo sổ đơn vị ngày"
            f" {format_date(found.population_day)}, {self._reading.words}",
            day=found.as_of,
            records=len(found.met) + len(found.missing) + len(found.unknown),
            href=self._href("#con-thieu"),
        )

    @property
    def _noun(self) -> str:
        kind = self.target.population_kind
        levels = ", ".join(
            lower_first(str(Level(one).label)) for one in self.target.population_levels
        )
        return f"{Kind(kind).label if kind else 'địa bàn'} {levels}"

    def _definition(self, mark: Mark | None) -> str:
        wanted = f", {wanted_words(self.target, mark.version)}" if mark else ""
        source = self.target.source_symbol or self.target.decision
        return (
            f"{self.target.title}{wanted}{f' (nguồn: {source})' if source else ''},"
            f" {self.evaluation.period.label}"
        )

    def _href(self, at: str = "") -> str:
        asked = {"ky": self.evaluation.period.code, **said(self._reading)}
        return link("desk:target", self.target.pk, at=at, **asked)


def marks_told(marked: Sequence[MarkFigures]) -> list[Paragraph]:
    """One paragraph a target."""
    return [one.told() for one in marked]


def marks_table(marked: Sequence[MarkFigures]) -> list[Table]:
    """All targets of figures at a glance; none where there are none."""
    if not marked:
        return []
    heads = ["STT", "Chỉ tiêu", "Cần", "Kết quả", "Đánh giá"]
    table = Table("Biểu chỉ tiêu theo số liệu báo cáo", heads)
    for place, one in enumerate(marked, start=1):
        mark = one.mark
        need = (
            amount_words(mark.version, mark.need, bound=mark.bound)
            if mark and mark.need is not None
            else ""
        )
        got: Run = one.have if mark else one.among("met") if one.known else "chưa có số liệu"
        table.rows.append([str(place), one.target.title, need, got, one.evaluation.standing_label])
    return [table]
