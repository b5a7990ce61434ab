"""Making the turns of duties that come back: each once, ahead of its day, nothing for days that are over."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.events import SeriesNoted
from danvan.commitments.models import CommitmentSeries, SeriesStep, SeriesTurn
from danvan.commitments.selectors.series import supports_of
from danvan.commitments.series_enums import SeriesStepKind
from danvan.commitments.services.assigning import assign_commitments
from danvan.commitments.services.assignments import Assignment
from danvan.commitments.services.clocks import hold_ledger
from danvan.commitments.services.heading import post_faults
from danvan.commitments.services.rows import LONG, cut
from danvan.commitments.services.series.rules import opening
from danvan.foundation import clock, events
from danvan.foundation.errors import RuleError
from danvan.indicators.services import Source
from danvan.law.enums import Measure
from danvan.law.selectors import is_working
from danvan.law.services import Term
from danvan.organisations.selectors import identities
from danvan.organisations.selectors.officers.seated import seats_of
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

DAY = timedelta(days=1)
TURN = 200  # series looked at in one go
MOST_LETTERS = LONG  # of one line
MOST_TOLD = 10  # days of missed turns that a line names


def open_turns() -> int:
    """Make every turn whose time has come and whose day is not over; returns how many. It may be run twice, and by two at once.

    Each turn is a transaction of its own with the count of its series: a worker that dies leaves neither or both.
    """
    opened, today = 0, clock.today()
    waiting = CommitmentSeries.objects.filter(opens_on__lte=today).order_by("opens_on", "pk")
    while found := list(waiting.values_list("pk", flat=True)[:TURN]):
        opened += sum(open_waiting(pk, today) for pk in found)
    return opened


def open_waiting(pk: int, today: date) -> int:
    """Make the turns of one series whose time has come."""
    opened = 0
    while _open_one(pk, today):
        opened += 1
    return opened


@transaction.atomic
def _open_one(pk: int, today: date) -> bool:
    """One turn; False where none waits, or where it cannot be made: the series says why and is tried again tomorrow."""
    seen = CommitmentSeries.objects.get(pk=pk)
    hold_ledger([seen.lead_id, seen.assigner_id, *supports_of(seen)])
    series = CommitmentSeries.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    supports = supports_of(series)  # as whoever changed it meanwhile left them
    if series.next_on is None or series.opens_on is None or series.opens_on > today:
        return False  # nothing more, or another worker was quicker
    due = _pass_missed(series, today)
    if due is None:
        return False
    _drop_gone_post(series, today)
    try:
        with transaction.atomic():
            found = _assigned(series, due, supports, today)
    except RuleError as refused:
        first = not series.halted
        series.halted, series.opens_on = cut(refused.message), today + DAY
        save_series(series)
        if first:  # told once, however often it is tried
            _note(series, SeriesStepKind.HALTED, series.halted)
        return False
    _pass_one(series)
    SeriesTurn.objects.create(series=series, turn=series.made, commitment_id=found)
    series.halted = ""
    save_series(series)
    return True


def _pass_one(series: CommitmentSeries) -> None:
    series.made += 1
    following = series.day_of(series.made + 1)
    over = series.until is not None and following > series.until
    series.next_on = None if over else following
    series.opens_on = None if over else opening(following, series.ahead)


def _pass_missed(series: CommitmentSeries, today: date) -> date | None:
    """Pass over the turns whose day is over, with one line: none is made up afterwards. The turn to make, or None."""
    first, days = series.made + 1, []
    while series.next_on is not None and _rolled(series.next_on) < today:
        days.append(series.next_on)
        _pass_one(series)
    if days:
        last, told = series.made, ", ".join(format_date(one) for one in days[:MOST_TOLD])
        which = f"lượt {format_number(first)}" if first == last else f"lượt {first} đến {last}"
        more = " …" if len(days) > MOST_TOLD else ""
        save_series(series)
        words = f"Không mở {which} (hạn {told}{more}) vì đến lúc mở thì hạn đã qua."
        _note(series, SeriesStepKind.MISSED, words)
    waits = series.next_on is None or series.opens_on is None or series.opens_on > today
    return None if waits else series.next_on


def _drop_gone_post(series: CommitmentSeries, today: date) -> None:
    """A post that ended, or is no longer of the side that assigns, supervises no turn any more; that is told once."""
    if series.post_id is None or not post_faults(series.post_id, [series.assigner_id], on=today):
        return
    title = seats_of([series.post_id], today)[series.post_id].title
    series.post_id = None
    save_series(series)
    words = (
        f"Từ lượt {format_number(series.made + 1)} không có lãnh đạo theo dõi riêng vì chức danh {title} đã thôi hoặc "
        "không còn thuộc nơi giao. Đồng chí vui lòng chọn lại ở “Đổi từ lượt sau”."
    )
    _note(series, SeriesStepKind.HEADLESS, words)


def _rolled(day: date) -> date:
    """When a turn of this day is due: the next day that is worked."""
    while not is_working(day):
        day += DAY
    return day


def _assigned(series: CommitmentSeries, due: date, supports: Sequence[int], today: date) -> int:
    """The commitment of one turn, given today; one that is due today has no day to count, and is due on its day."""
    counts = due > today
    one = Assignment(
        lead_id=series.lead_id,
        title=series.title,
        product=series.product,
        due_on=None if counts else _rolled(due),
        support_ids=tuple(pk for pk in supports if pk != series.lead_id),
        proof=series.proof,
        topic_id=series.topic_id,
        term=Term((due - today).days, Measure.DAYS) if counts else None,
    )
    [found] = assign_commitments(
        [one],
        assigner=identities([series.assigner_id])[series.assigner_id],
        actor=None,
        assigned_on=today,
        source=Source(
            kind=series.source_kind,
            id=series.source_id,
            start=series.source_start,
            end=series.source_end,
            sentence=series.source_sentence,
            symbol=series.source_symbol,
        ),
        post_id=series.post_id,
    )
    return found.pk


def save_series(series: CommitmentSeries) -> None:
    """Keep the row and count the act."""
    series.changes += 1
    series.save()


def _note(series: CommitmentSeries, kind: str, words: str) -> None:
    """A line that the software writes itself, and whoever assigned is told of."""
    events.publish(SeriesNoted(step_id=tell_series(series, kind, None, words).pk))


def tell_series(
    series: CommitmentSeries, kind: str, actor: "User | None", words: str
) -> SeriesStep:
    """Write one line of what was decided."""
    return SeriesStep.objects.create(
        series=series, kind=kind, at=clock.now(), by=actor, words=words[:MOST_LETTERS]
    )
