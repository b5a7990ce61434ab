"""The geometry of a bar chart drawn on the server: shares of the width across, pixels down.

Only the width is relative, so the letters keep their size on a phone and the chart needs no script.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil, floor, log10

HEIGHT = 232  # of the drawing itself, in pixels
GAP = 28  # between two bars, in hundredths of a bar's place
STEPS = (1, 2, 2.5, 5, 10)
GRID = 4  # spaces between the lines of the grid, about
LABELS = 5  # along the foot of a wide chart, about
EDGE = 22  # a caption nearer to a side than this many hundredths is written inwards
ROW = 16  # of captions of breaks, in pixels
ROWS = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One bar before it is drawn. `value` None is a gap: not known."""

    label: str
    value: float | None
    words: str  # what the bar says when it is pointed at
    tone: str = "sure"  # sure, open (not yet final), estimated or rebased


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as drawn: across in hundredths of the width, down in pixels."""

    x: str
    width: str
    y: str
    height: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place along the foot; `wide` ones are left out on a phone."""

    x: str
    words: str
    wide: bool
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid and what it stands for."""

    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the series breaks, between two bars. `row` is how far up its words stand, from the drawing."""

    x: str
    words: str
    short: str
    anchor: str
    row: int = 0

    @property
    def y(self) -> int:
        """Where its words stand, down: several breaks write above each other."""
        return -14 - self.row * ROW


@dataclass(frozen=True, slots=True)
class Rung:
    """What was wanted at one bar's place: a line across it."""

    x: str
    end: str
    y: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    bars: list[Bar]
    labels: list[Label]
    lines: list[Line]
    breaks: list[Break]
    rungs: list[Rung] = field(default_factory=list)
    height: int = HEIGHT

    @property
    def rows(self) -> int:
        """How many rows the captions of the breaks take."""
        return 1 + max((one.row for one in self.breaks), default=0)


def draw(
    points: Sequence[Point],
    *,
    suffix: str = "",
    top: float | None = None,
    breaks: Sequence[tuple[int, str, str]] = (),
    wanted: Sequence[float] = (),
) -> Chart:
    """A chart of `points`. `top` fixes the highest line (100 for shares).

    `wanted` is what each bar is held against, drawn as a line across its place. Each of `breaks` is the first bar after one, with its words and what is left of them on a phone.
    """
    known = [*wanted, *(point.value for point in points if point.value is not None)]
    step = _step(top or max(known, default=0.0))
    highest = top or step * max(1, ceil(max(known, default=0.0) / step))
    place = 100 / max(len(points), 1)
    return Chart(
        bars=[
            _bar(point, number, place, highest)
            for number, point in enumerate(points)
            if point.value is not None
        ],
        labels=_labels(points, place),
        lines=[
            Line(
                _short(HEIGHT * (1 - step * number / highest)), f"{_figure(step * number)}{suffix}"
            )
            for number in range(round(highest / step) + 1)
        ],
        breaks=_breaks(breaks, place),
        rungs=[
            Rung(
                _short(number * place),
                _short((number + 1) * place),
                _short(HEIGHT * (1 - min(max(one, 0.0) / highest, 1))),
            )
            for number, one in enumerate(wanted)
        ],
    )


def _bar(point: Point, number: int, place: float, highest: float) -> Bar:
    high = HEIGHT * min(max(point.value or 0.0, 0.0) / highest, 1)
    inset = place * GAP / 200
    return Bar(
        x=_short(number * place + inset),
        width=_short(place * (100 - GAP) / 100),
        y=_short(HEIGHT - high),
        height=_short(high),
        tone=point.tone,
        words=point.words,
    )


def _labels(points: Sequence[Point], place: float) -> list[Label]:
    every = max(1, ceil(len(points) / LABELS))
    return [
        Label(
            _short((number + 0.5) * place),
            point.label,
            wide=bool(number // every % 2),
            anchor="end" if number == len(points) - 1 and number else "middle",
        )
        for number, point in enumerate(points)
        if number % every == 0
    ]


def _breaks(breaks: Sequence[tuple[int, str, str]], place: float) -> list[Break]:
    """One caption stands over its line. Several end at theirs, each above the one before, so that no line crosses one."""
    found = []
    for number, (at, words, short) in enumerate(breaks):
        x = at * place
        anchor = "start" if x < EDGE else "end" if x > 100 - EDGE or len(breaks) > 1 else "middle"
        if anchor == "start" and len(breaks) > 1:
            words = short  # it would run into the lines to its right
        found.append(Break(_short(x), words, short, anchor, number % ROWS))
    return found


def _step(highest: float) -> float:
    """A round step that needs about four lines."""
    if highest <= 0:
        return 1
    rough = highest / GRID
    unit: float = 10 ** floor(log10(rough))
    step = next(unit * one for one in STEPS if unit * one >= rough * (1 - 1e-9))
    return max(step, 1) if highest >= GRID else step


def _short(value: float) -> str:
    """A coordinate with a point, whatever the reader's language, in two places at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _figure(value: float) -> str:
    exact = Decimal(str(round(value, 6))).normalize()
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))
