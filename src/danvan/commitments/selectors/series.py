"""Duties that come back, as pages show them: the rule in words, the turns done, missed and next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import FOUND_DONE, UNCOUNTED, UNDONE, State
from danvan.commitments.models import (
    Commitment,
    CommitmentSeries,
    CommitmentSeriesQuerySet,
    SeriesStep,
    SeriesSupport,
    SeriesTurn,
)
from danvan.commitments.selectors.ledger import visible_commitments
from danvan.commitments.series_enums import Every
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.officers.seated import seats_of
from danvan.topics.selectors import Told, told_topics
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

COMING = 3  # days of turns to come that are told


@dataclass(frozen=True, slots=True)
class Turns:
    """How the turns stand that are in the ledger, each in one of these; what was withdrawn is in none."""

    done: int = 0  # found done
    claimed: int = 0  # said to be done, waiting for the check
    missed: int = 0  # not done, and their day is over
    waiting: int = 0  # not done, and there is time
    late: int = 0  # of those done or claimed: said so after their day


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One series with its units and its turns."""

    series: CommitmentSeries
    lead: str
    assigner: str
    rule: str
    turns: Turns


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """The page of one series."""

    line: SeriesLine
    supports: list[str]
    head: str  # who supervises each turn; empty where nobody is named
    steps: list[SeriesStep]
    coming: list[date]
    topic: Told | None
    may_change: bool
    opened: int  # turns in the ledger


@dataclass(frozen=True, slots=True)
class TurnTold:
    """Which turn of which series a commitment is."""

    turn: int
    line: SeriesLine
    may_view: bool


def rule_words(series: CommitmentSeries) -> str:
    """The rule as a sentence says it."""
    first = "hạn lượt đầu" if series.anchor_turn == 1 else f"hạn lượt {series.anchor_turn}"
    said = said_rule(series.every, series.anchor_on, series.until, first=first)
    return f"{said}, mở trước hạn {format_number(series.ahead)} ngày"


def said_rule(every: str, day: date, until: date | None, *, first: str = "hạn lượt đầu") -> str:
    """After how long it comes back, from which day on and until when, in words."""
    last = f", đến hết {format_date(until)}" if until else ""
    return f"{Every(every).label}, {first} {format_date(day)}{last}"


def allowed_series(user: "User", action: str) -> CommitmentSeriesQuerySet:
    """Where every view of a series starts."""
    return CommitmentSeries.objects.allowed(user, action)


def going_on_from(source_kind: str, source_ids: Collection[int]) -> CommitmentSeriesQuerySet:
    """What these sources gave again and again, and of which more turns come."""
    return given_again(source_kind, source_ids).going_on()


def given_again(source_kind: str, source_ids: Collection[int]) -> CommitmentSeriesQuerySet:
    """What these sources gave again and again, also what has ended."""
    return CommitmentSeries.objects.filter(source_kind=source_kind, source_id__in=source_ids)


def of_span(found: CommitmentSeriesQuerySet, start: int, end: int) -> CommitmentSeriesQuerySet:
    """Those that came from a passage."""
    return found.filter(source_start__lt=end, source_end__gt=start)


def turn_ids(series_ids: Collection[int]) -> list[int]:
    """The commitments that are turns of these. One query."""
    turns = SeriesTurn.objects.filter(series__in=series_ids).order_by("pk")
    return list(turns.values_list("commitment_id", flat=True))


def series_of_turns(commitment_ids: Iterable[int]) -> dict[int, int]:
    """Of which series these commitments are turns, by their ids; what is none is left out. One query."""
    turns = SeriesTurn.objects.filter(commitment__in=list(commitment_ids))
    return dict(turns.values_list("commitment_id", "series_id"))


def supports_of(series: CommitmentSeries) -> list[int]:
    """The units that support each turn, each once: two that became one stand there twice."""
    rows = SeriesSupport.objects.filter(series=series).values_list("unit_id", flat=True)
    return list(dict.fromkeys(rows))


def post_words(post_ids: Collection[int], *, on: date) -> dict[int, str]:
    """Posts as people are told of them: the title, the organisation, who holds it on a day."""
    seats = seats_of(post_ids, on)
    names = last_names({one.unit_id for one in seats.values()}, on) if seats else {}
    found = {}
    for pk, seat in seats.items():
        held = ", ".join(one.name for one in seat.holders) or "đang khuyết"
        words = f"{seat.title}, {names.get(seat.unit_id, '')}"
        found[pk] = f"{words} (đã thôi)" if seat.closed else f"{words}: {held}"
    return found


def series_listed(user: "User", tab: str) -> QuerySet[CommitmentSeries]:
    """The series `user` may see: going on, ended, or those of which a turn could not be made."""
    found = allowed_series(user, "commitments.view")
    if tab == "da-thoi":
        return found.filter(next_on=None)
    if tab == "can-xem":
        return found.going_on().exclude(halted="")
    return found.going_on()


def series_lines(rows: Sequence[CommitmentSeries], *, on: date) -> list[SeriesLine]:
    """The series with what stands beside them. Two queries for any number, and one for the names."""
    names = last_names({pk for one in rows for pk in (one.lead_id, one.assigner_id)}, on)
    turns = _turns([one.pk for one in rows], on)
    return [
        SeriesLine(
            series=one,
            lead=names.get(one.lead_id, ""),
            assigner=names.get(one.assigner_id, ""),
            rule=rule_words(one),
            turns=turns.get(one.pk, Turns()),
        )
        for one in rows
    ]


def series_card(user: "User", series: CommitmentSeries, *, on: date) -> SeriesCard:
    """What the page of one series shows; a fixed number of queries."""
    ids = supports_of(series)
    names = last_names(ids, on)
    heads = post_words([series.post_id], on=on) if series.post_id else {}
    granted = units_granted(user, "commitments.assign")
    this = CommitmentSeries.objects.filter(pk=series.pk, assigner_id__in=granted)
    return SeriesCard(
        line=series_lines([series], on=on)[0],
        supports=[names.get(pk, "") for pk in ids],
        head=heads.get(series.post_id or 0, ""),
        steps=list(series.steps.select_related("by").order_by("-at", "-pk")),
        coming=coming_days(series),
        topic=told_topics([series.topic_id], on=on).get(series.topic_id or 0),
        opened=series.turns.count(),
        may_change=series.next_on is not None and this.exists(),
    )


def coming_days(series: CommitmentSeries) -> list[date]:
    """The days of the next turns that are not made yet, before days off are looked at."""
    if series.next_on is None:
        return []
    first = series.made + 1
    days = [series.day_of(turn) for turn in range(first, first + COMING)]
    return [day for day in days if series.until is None or day <= series.until]


def turns_of(user: "User", series: CommitmentSeries) -> QuerySet[SeriesTurn]:
    """The turns of a series that `user` may see, with their commitments; the latest first in its list."""
    seen = visible_commitments(user).values("pk")
    found = SeriesTurn.objects.filter(series=series, commitment__in=seen)
    return found.select_related("commitment")


def turn_told(user: "User", commitment: Commitment, *, on: date) -> TurnTold | None:
    """The series of which a commitment is a turn; one query where it is none."""
    row = SeriesTurn.objects.filter(commitment=commitment).select_related("series").first()
    if row is None:
        return None
    seen = allowed_series(user, "commitments.view").filter(pk=row.series_id)
    return TurnTold(row.turn, series_lines([row.series], on=on)[0], seen.exists())


def _turns(ids: Sequence[int], on: date) -> dict[int, Turns]:
    """How the turns of these series stand. One query."""
    state, past = "commitment__state", Q(commitment__ordered_by__lt=on)
    undone = Q(**{f"{state}__in": UNDONE})
    rows = (
        SeriesTurn.objects.filter(series__in=ids)
        .exclude(**{f"{state}__in": UNCOUNTED})
        .order_by()
        .values_list("series_id")
        .annotate(  # in the order of Turns
            done=Count("pk", filter=Q(**{f"{state}__in": FOUND_DONE})),
            claimed=Count("pk", filter=Q(**{state: State.CLAIMED})),
            missed=Count("pk", filter=undone & past),
            waiting=Count("pk", filter=undone & ~past),
            late=Count("pk", filter=Q(commitment__claimed_on__gt=F("commitment__due_on"))),
        )
    )
    return {pk: Turns(*numbers) for pk, *numbers in rows}
