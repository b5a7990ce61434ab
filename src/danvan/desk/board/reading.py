"""The leader's board, put together from the selectors of the modules below."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.desk.board import shown, trend
from danvan.desk.board.decisions import Decisions, read_decisions
from danvan.desk.board.lateness import (
    Facts,
    Overdue,
    Reports,
    read_facts,
    read_overdue,
    read_reports,
)
from danvan.desk.board.map import TileMap
from danvan.desk.board.scope import Scope, places_below
from danvan.desk.board.trend import Trend
from danvan.desk.readings import Gone, code_of, gone_of
from danvan.desk.targets.board import Board as Targets
from danvan.desk.targets.board import Line, read_board
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.organisations.selectors.readings import Reading

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion

TARGETS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is asked for beside its unit and period: the indicator of the trend, what the map shows."""

    code: str = ""
    map_key: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the page. `trend` and `map` are None where there is nothing to draw."""

    scope: Scope
    period: Period
    today: date
    decisions: Decisions
    overdue: Overdue
    facts: Facts
    targets: Targets
    reports: Reports | None
    versions: list["IndicatorVersion"]
    trend: Trend | None
    map_choices: list[tuple[str, list[shown.Choice]]]
    map_choice: shown.Choice | None
    map: TileMap | None
    gone: Gone | None = None

    @property
    def reading(self) -> Reading:
        """In which tree its figures are read."""
        return self.scope.reading

    @property
    def doc(self) -> str:
        """The reading, for its addresses; empty where none is needed."""
        return code_of(self.reading)

    @property
    def target_lines(self) -> list[Line]:
        """The first targets, the worst first."""
        return self.targets.lines[:TARGETS_SHOWN]

    @property
    def more_targets(self) -> int:
        """How many targets are not shown."""
        return len(self.targets.lines) - len(self.target_lines)


def read_whole(user: "User", scope: Scope, period: Period, asked: Asked) -> Board:
    """The board of a place in a period. Queries grow with distinct rules and counters only."""
    today = clock.today()
    until = min(today, period.last)
    within = scope.within_then if scope.narrowed else None
    targets = read_board(user, period, within=within, reading=scope.reading)
    versions = trend.measured_on(until) if scope.whole and scope.has_figures else []
    version = trend.chosen(versions, asked.code)
    groups = shown.choices(targets.lines, versions)
    choice = shown.chosen(groups, asked.map_key) if scope.whole and scope.below else None
    places = _places(scope) if choice else []
    return Board(
        scope=scope,
        period=period,
        today=today,
        decisions=read_decisions(user, scope, today),
        overdue=read_overdue(user, scope, today),
        facts=read_facts(scope, period, today),
        targets=targets,
        reports=read_reports(user, scope, period, today),
        versions=versions,
        trend=trend.read_trend(scope, version, until) if version else None,
        map_choices=groups,
        map_choice=choice,
        map=shown.read_shown(scope, period, choice, places, targets.lines, versions)
        if choice and places
        else None,
        gone=None if scope.stands else gone_of(scope.place_id, scope.name, scope.day),
    )


def _places(scope: Scope) -> list[tuple[int, str]]:
    """The places of the map; read once where the choice of the board has them already."""
    return scope.below_now or places_below(scope.place_id, scope.below, scope.day)
