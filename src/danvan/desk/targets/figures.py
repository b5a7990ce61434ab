"""A target of figures opened: what is needed and what there is, its path drawn, who covers which share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from danvan.accounts.selectors import may, units_granted
from danvan.desk.board.chart import Chart, Point, draw
from danvan.desk.numbers.wording import number_url
from danvan.desk.targets.sources import SourceLink, source_of
from danvan.desk.targets.wording import TONES, State, every_of, share_words, state_of
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.enums import Standing
from danvan.indicators.selectors import (
    Answer,
    Cascade,
    Evaluation,
    Mark,
    Step,
    allowed_targets,
    amount_words,
    cascade_of,
    course_of,
    evaluations_for,
    is_divisible,
    mark_words,
    tidy,
    version_of,
    versions_of,
    wanted_words,
)
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import fold

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion, Target

ANSWERS = {
    Answer.COVERS: State("green", "circle-check", "Đã đưa vào kế hoạch"),
    Answer.REFUSED: State("orange", "alert-triangle", "Nêu lý do không nhận"),
    Answer.SILENT: State("grey", "circle-dashed", "Chưa trả lời"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One unit: what it needs, what it has, and where its figure opens."""

    unit_id: int
    name: str
    need: str
    have: str
    rebased: bool
    why: str
    state: State
    url: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One row of the path: the end of a month or part, what is needed by then and what there was."""

    label: str
    need: str
    have: str
    rebased: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The path as drawn and as a table, the same numbers in both."""

    chart: Chart
    lines: list[StepLine]
    summary: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One unit's share and its answer."""

    unit_id: int
    name: str
    amount: str
    before: str
    divided: bool
    state: State
    reason: str
    child_url: str  # empty where the reader may not open it
    may_answer: bool


@dataclass(frozen=True, slots=True)
class CascadeSheet:
    """The division of a target as one reader may read it."""

    cascade: Cascade
    lines: list[ShareLine]
    reserve: str
    total: str
    lost: list[tuple[str, str]]  # (name, amount)
    whole: bool

    @property
    def counts(self) -> list[tuple[State, int]]:
        """How many units gave each answer."""
        return [
            (state, sum(one.state == state for one in self.lines)) for state in ANSWERS.values()
        ]


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """A target of figures in a period, as one reader may read it."""

    target: "Target"
    evaluation: Evaluation
    version: "IndicatorVersion"
    whole: bool
    state: State
    place: str
    wanted: str
    every: str
    share: str
    source: SourceLink | None
    own: FigureLine | None  # of the place itself
    goal: str
    base: str
    lines: list[FigureLine]
    course: Course | None
    reading: Reading = THEN

    def url_of(self, unit_id: int) -> str:
        """Where the figure of one unit opens; empty where it is not asked."""
        every = [*self.lines, *([self.own] if self.own else [])]
        return next((one.url for one in every if one.unit_id == unit_id), "")


def read_figure_sheet(
    user: "User", target: "Target", period: Period, *, words: str = "", reading: Reading = THEN
) -> FigureSheet:
    """The target as `user` may read it; `words` keep the units whose names hold them."""
    (seen,) = evaluations_for(user, [target], period, standing_on=reading.on)
    found = seen.evaluation
    version = version_of(target, found.as_of)
    names = last_names([*found.population, target.unit_id], found.population_day)
    mark = found.mark
    lines = [
        _line(found, one, names.get(pk, ""), reading)
        for pk, one in found.marks.items()
        if found.counted and fold(words) in fold(names.get(pk, ""))
    ]
    lines.sort(key=lambda line: (_rank(found.marks[line.unit_id]), sort_key(line.name)))
    return FigureSheet(
        target=target,
        evaluation=found,
        version=version,
        whole=seen.whole,
        state=state_of(found),
        place=names.get(target.unit_id, ""),
        wanted=wanted_words(target, version),
        every=every_of(target),
        share=share_words(target),
        source=source_of(user, target),
        own=_line(found, mark, names.get(target.unit_id, ""), reading) if mark else None,
        goal=amount_words(version, mark.goal, bound=mark.bound)
        if mark and mark.goal is not None
        else "",
        base=amount_words(version, mark.base) if mark and mark.base is not None else "",
        lines=lines,
        course=_course(target, mark, reading) if mark else None,
        reading=reading,
    )


def _rank(mark: Mark) -> int:
    return list(Standing).index(mark.standing)


def _line(found: Evaluation, mark: Mark, name: str, reading: Reading) -> FigureLine:
    word = "Không đạt" if mark.standing == Standing.AT_RISK and found.ended else mark.standing.label
    part = Period.containing(mark.until, mark.part.every)
    return FigureLine(
        unit_id=mark.unit_id,
        name=name,
        need="" if mark.need is None else amount_words(mark.version, mark.need, bound=mark.bound),
        have="" if mark.have is None else amount_words(mark.version, mark.have),
        rebased=mark.rolled.rebased,
        why=mark_words(mark),
        state=State(*TONES[mark.standing], str(word)),
        url=number_url(mark.version.indicator.code, mark.unit_id, part, reading=reading),
    )


def _course(target: "Target", mark: Mark, reading: Reading) -> Course | None:
    steps = course_of(target, mark, reading)
    if not steps:
        return None
    version = mark.version
    lines = [_step(version, mark, one) for one in steps]
    points = [
        Point(
            one.label,
            None if step.have is None else float(step.have),
            f"{one.label}: có {one.have}, cần {one.need}",
            "rebased" if step.rebased else "sure",
        )
        for one, step in zip(lines, steps, strict=True)
    ]
    chart = draw(points, wanted=[float(step.need) for step in steps])
    summary = f"Lộ trình: mỗi vạch là mức cần có, mỗi cột là mức đã có. {mark_words(mark)}"
    return Course(chart, lines, summary)


def _step(version: "IndicatorVersion", mark: Mark, step: Step) -> StepLine:
    return StepLine(
        f"{step.period.last.month}/{step.period.last.year}",
        amount_words(version, step.need, bound=mark.bound),
        "–" if step.have is None else amount_words(version, step.have),
        step.rebased,
    )


def read_cascade(user: "User", target: "Target", *, whole: bool) -> CascadeSheet | None:
    """How a target is divided today: all of it for who reads the target whole, else the own shares."""
    day = clock.today()
    cascade = cascade_of(target, on=day)
    if cascade is None:
        return None
    lines = cascade.lines
    if not whole:
        mine = units_granted(user, "targets.view").filter(
            unit_id__in=[one.unit_id for one in lines]
        )
        known = set(mine.values_list("unit_id", flat=True))
        lines = [one for one in lines if one.unit_id in known]
    may = units_granted(user, "targets.manage").filter(unit_id__in=[one.unit_id for one in lines])
    answering = set(may.values_list("unit_id", flat=True))
    kin = {pk for one in lines for pk in one.before} | {one.unit_id for one in cascade.lost}
    names = last_names({*(one.unit_id for one in lines), *kin}, day)
    children = [one.covering.pk for one in lines if one.covering]
    seen = allowed_targets(user, "targets.view").filter(pk__in=children)
    open_to = set(seen.values_list("pk", flat=True))
    version = version_of(target, day)
    found = [
        ShareLine(
            unit_id=one.unit_id,
            name=names.get(one.unit_id, ""),
            amount=_amount(version, one.amount),
            before=", ".join(sorted((names.get(pk, "") for pk in one.before), key=sort_key)),
            divided=one.divided,
            state=ANSWERS[one.answer],
            reason=f"{one.refusal.reason} ({format_date(one.refusal.made_on)})"
            if one.refusal
            else "",
            child_url=reverse("desk:target", args=[one.covering.pk])
            if one.covering and one.covering.pk in open_to
            else "",
            may_answer=one.unit_id in answering and not one.covering,
        )
        for one in lines
    ]
    found.sort(key=lambda line: sort_key(line.name))
    lost = [(names.get(one.unit_id, ""), _amount(version, one.amount)) for one in cascade.lost]
    reserve, total = _amount(version, cascade.division.reserve), _amount(version, cascade.total)
    return CascadeSheet(cascade, found, reserve, total, lost if whole else [], whole)


def _amount(version: "IndicatorVersion", amount: Decimal) -> str:
    return f"{format_number(tidy(amount))} {version.unit_label}".strip()


@dataclass(frozen=True, slots=True)
class Acts:
    """What the reader may do with a target, and its versions."""

    may_manage: bool
    may_divide: bool
    may_raise: bool  # a difficulty about it
    versions: list["Target"]


def acts_of(user: "User", target: "Target") -> Acts:
    """Whether `user` may amend, end and divide a target that still holds, or tell a difficulty about it; all its versions."""
    holds = target.valid_to is None or target.valid_to > clock.today()
    own = allowed_targets(user, "targets.manage").filter(pk=target.pk).exists()
    divisible = target.of_figure and is_divisible(target, version_of(target, clock.today()))
    versions = versions_of(target)
    raising = holds and may(user, "commitments.perform")
    shown = versions if len(versions) > 1 else []
    return Acts(own and holds, own and holds and divisible, raising, shown)
