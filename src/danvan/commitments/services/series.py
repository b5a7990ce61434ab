"""Duties that come back: beginning one, making its turns ahead, changing and ending it for the turns that come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from danvan.commitments.events import SeriesNoted
from danvan.commitments.models import (
    CommitmentSeries,
    SeriesStep,
    SeriesSupport,
    SeriesTurn,
)
from danvan.commitments.models.series import nominal
from danvan.commitments.selectors.series import rule_words
from danvan.commitments.series_enums import Every, SeriesStepKind
from danvan.commitments.services.assigning import (
    LATEST_YEARS,
    Assignment,
    assign_commitments,
    faults_in,
    units_in,
)
from danvan.commitments.services.clocks import hold_ledger
from danvan.commitments.services.rows import SHORT, cut, text_of
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_numbers
from danvan.indicators.services import Source
from danvan.law.enums import Measure
from danvan.law.selectors import is_working, parameter
from danvan.law.services import Term
from danvan.organisations.selectors import identities, last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

DAY = timedelta(days=1)
TURN = 200  # series looked at in one go
AHEAD = "clock.series.ahead"
MOST_TOLD = 10  # days of missed turns that a line names
MOST_AHEAD = 12  # turns of one series that wait at once; more is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Rule:
    """How a duty comes back: the day of its first turn, after how long the next, until when, made how long before."""

    every: str
    first_on: date | None
    until: date | None = None
    ahead: int | None = None  # days; None: as the parameter says, and one turn after the other


@transaction.atomic
def begin_series(
    assignments: Sequence[Assignment],
    rule: Rule,
    *,
    assigner: "Unit",
    actor: "User | None",
    given_on: date | None = None,
    source: Source | None = None,
) -> list[CommitmentSeries]:
    """A duty that comes back for each lead: all or none, every fault at once (`row` counts from 1).

    Turns whose time has come are made at once, the others by the watch. Nothing is made for days that are over.
    """
    day, today, source = given_on or clock.today(), clock.today(), source or Source()
    hold_ledger(units_in(assignments, assigner))
    rule = _with_ahead(rule, today)
    dated = [replace(one, due_on=rule.first_on, term=None, term_key="") for one in assignments]
    faults = [
        *faults_in(dated, assigner, actor, day, "commitments.assign", old=True),
        *_rule_faults(rule, after=max(day, today), on=today),
    ]
    _refuse(faults, "Chưa đặt được việc định kỳ.")
    assert rule.first_on is not None
    assert rule.ahead is not None
    numbers = next_numbers(f"commitments.series.{today.year}", len(dated))
    made = [
        CommitmentSeries(
            number=f"DK-{today.year}-{number:04}",
            title=canonical(one.title).strip(),
            product=canonical(one.product).strip(),
            proof=canonical(one.proof).strip(),
            lead_id=one.lead_id,
            assigner_id=assigner.pk,
            topic_id=one.topic_id,
            source_kind=source.kind,
            source_sentence=source.sentence,
            source_symbol=source.symbol,
            every=rule.every,
            anchor_on=rule.first_on,
            until=rule.until,
            ahead=rule.ahead,
            given_on=day,
            next_on=rule.first_on,
            opens_on=_opening(rule.first_on, rule.ahead),
        )
        for number, one in zip(numbers, dated, strict=True)
    ]
    found = CommitmentSeries.objects.bulk_create(made)
    SeriesSupport.objects.bulk_create(
        SeriesSupport(series=row, unit_id=unit_id)
        for row, one in zip(found, dated, strict=True)
        for unit_id in one.support_ids
    )
    for row in found:
        _tell(row, SeriesStepKind.BEGUN, actor, rule_words(row))
    ids = [one.pk for one in found]
    audit.record(actor, "commitments.begin_series", found[0], ids=ids, unit_id=assigner.pk)
    for row in found:
        _open_waiting(row.pk, today)
    return list(CommitmentSeries.objects.filter(pk__in=ids).order_by("pk"))


@transaction.atomic
def change_series(
    series: CommitmentSeries,
    rule: Rule,
    *,
    lead_id: int,
    title: str,
    product: str,
    words: str,
    actor: "User | None",
    seen: int | None = None,
) -> CommitmentSeries:
    """Another rule, lead or wording from the next turn on; the turns that are in the ledger stay as they are."""
    reason = text_of(words, missing="Đồng chí vui lòng ghi lý do đổi việc định kỳ.")
    hold_ledger([lead_id, series.assigner_id, *_supports(series)])
    series = _locked(series, seen)
    today = clock.today()
    last = series.turns.aggregate(last=Max("commitment__first_due_on"))["last"] or today
    rule = _with_ahead(rule, today)
    one = Assignment(lead_id, title, product, rule.first_on, proof=series.proof)
    assigner = identities([series.assigner_id])[series.assigner_id]
    faults = [
        *faults_in([one], assigner, None, today, "commitments.assign", old=True),
        *_rule_faults(rule, after=max(last, today), on=today),
    ]
    _refuse(faults, "Chưa đổi được việc định kỳ.")
    assert rule.first_on is not None
    assert rule.ahead is not None
    was, former = rule_words(series), series.lead_id
    series.title, series.product = canonical(title).strip(), canonical(product).strip()
    series.lead_id, series.every = lead_id, rule.every
    series.anchor_on, series.anchor_turn = rule.first_on, series.made + 1
    series.until, series.ahead, series.halted = rule.until, rule.ahead, ""
    series.next_on, series.opens_on = rule.first_on, _opening(rule.first_on, rule.ahead)
    _save(series)
    SeriesSupport.objects.filter(series=series, unit_id=lead_id).delete()
    told = [f"Từ lượt {format_number(series.made + 1)}: {rule_words(series)}", f"Trước đó: {was}"]
    if former != lead_id:
        names = last_names([former, lead_id], today)
        told.append(f"Chủ trì: {names.get(former, '')} → {names.get(lead_id, '')}")
    _tell(series, SeriesStepKind.CHANGED, actor, f"{'. '.join(told)}. Lý do: {reason}")
    audit.record(actor, "commitments.change_series", series, lead_id=lead_id)
    _open_waiting(series.pk, today)
    series.refresh_from_db()
    return series


@transaction.atomic
def end_series(
    series: CommitmentSeries, *, words: str, actor: "User | None", seen: int | None = None
) -> CommitmentSeries:
    """No further turn; the turns that are in the ledger stay to be done."""
    reason = text_of(words, missing="Đồng chí vui lòng ghi lý do thôi lặp lại việc này.")
    series = _locked(series, seen)
    series.next_on, series.opens_on, series.halted = None, None, ""
    _save(series)
    _tell(series, SeriesStepKind.ENDED, actor, reason)
    audit.record(actor, "commitments.end_series", series)
    return series


def open_turns() -> int:
    """Make every turn whose time has come and whose day is not over; returns how many. It may be run twice, and by two at once.

    Each turn is a transaction of its own with the count of its series: a worker that dies leaves neither or both.
    """
    opened, today = 0, clock.today()
    waiting = CommitmentSeries.objects.filter(opens_on__lte=today).order_by("opens_on", "pk")
    while found := list(waiting.values_list("pk", flat=True)[:TURN]):
        opened += sum(_open_waiting(pk, today) for pk in found)
    return opened


def _open_waiting(pk: int, today: date) -> int:
    """The turns of one series whose time has come."""
    opened = 0
    while _open_one(pk, today):
        opened += 1
    return opened


@transaction.atomic
def _open_one(pk: int, today: date) -> bool:
    """One turn; False where none waits, or where it cannot be made: the series says why and is tried again tomorrow."""
    seen = CommitmentSeries.objects.get(pk=pk)
    supports = _supports(seen)
    hold_ledger([seen.lead_id, seen.assigner_id, *supports])
    series = CommitmentSeries.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if series.next_on is None or series.opens_on is None or series.opens_on > today:
        return False  # nothing more, or another worker was quicker
    due = _pass_missed(series, today)
    if due is None:
        return False
    try:
        with transaction.atomic():
            found = _assigned(series, due, supports, today)
    except RuleError as refused:
        first = not series.halted
        series.halted, series.opens_on = cut(refused.message), today + DAY
        _save(series)
        if first:  # told once, however often it is tried
            _note(series, SeriesStepKind.HALTED, series.halted)
        return False
    _pass_one(series)
    SeriesTurn.objects.create(series=series, turn=series.made, commitment_id=found)
    series.halted = ""
    _save(series)
    return True


def _pass_one(series: CommitmentSeries) -> None:
    series.made += 1
    following = series.day_of(series.made + 1)
    over = series.until is not None and following > series.until
    series.next_on = None if over else following
    series.opens_on = None if over else _opening(following, series.ahead)


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
        _save(series)
        words = f"Không mở {which} (hạn {told}{more}) vì đến lúc mở thì hạn đã qua."
        _note(series, SeriesStepKind.MISSED, words)
    waits = series.next_on is None or series.opens_on is None or series.opens_on > today
    return None if waits else series.next_on


def _rolled(day: date) -> date:
    """When a turn of this day is due: the next day that is worked."""
    while not is_working(day):
        day += DAY
    return day


def _supports(series: CommitmentSeries) -> list[int]:
    return list(SeriesSupport.objects.filter(series=series).values_list("unit_id", flat=True))


def _assigned(series: CommitmentSeries, due: date, supports: Sequence[int], today: date) -> int:
    """The commitment of one turn, given today; one that is due today has no day to count, and is due on its day."""
    counts = due > today
    one = Assignment(
        lead_id=series.lead_id,
        title=series.title,
        product=series.product,
        due_on=None if counts else _rolled(due),
        support_ids=tuple(pk for pk in dict.fromkeys(supports) if pk != series.lead_id),
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
            kind=series.source_kind, sentence=series.source_sentence, symbol=series.source_symbol
        ),
    )
    return found.pk


def _rule_faults(rule: Rule, *, after: date, on: date) -> Iterator[Fault]:
    """What is wrong with a rule whose next turn must be due after a day."""
    if rule.every not in Every.values:
        yield Fault(
            "Đồng chí vui lòng chọn việc lặp lại hằng tuần, hằng tháng, hằng quý, sáu tháng hay hằng năm.",
            column="every",
        )
        return
    if rule.first_on is None:
        yield Fault(
            "Việc định kỳ cần ngày hết hạn của lượt đầu. Đồng chí vui lòng ghi ngày.",
            column="due_on",
        )
        return
    if rule.first_on <= after:
        yield Fault(
            f"Lượt đầu {format_date(rule.first_on)} phải sau ngày {format_date(after)}: phần mềm không ghi thêm "
            "lượt cho những ngày đã qua. Đồng chí vui lòng ghi ngày hết hạn của lượt sắp tới.",
            column="due_on",
        )
    elif rule.first_on.year > on.year + LATEST_YEARS:
        yield Fault(
            f"Lượt đầu {format_date(rule.first_on)} quá xa, đồng chí vui lòng xem lại năm.",
            column="due_on",
        )
    if rule.until is not None and rule.until < rule.first_on:
        yield Fault(
            f"Ngày kết thúc {format_date(rule.until)} trước lượt đầu {format_date(rule.first_on)}. "
            "Đồng chí vui lòng ghi ngày kết thúc sau lượt đầu, hoặc để trống.",
            column="until",
        )
    yield from _ahead_faults(rule, rule.first_on)


def _ahead_faults(rule: Rule, first: date) -> Iterator[Fault]:
    ahead = rule.ahead or 0
    if ahead < 1:
        yield Fault("Mỗi lượt phải mở trước hạn ít nhất 1 ngày.", column="ahead")
    elif (nominal(rule.every, first, MOST_AHEAD) - first).days <= ahead:
        label = str(Every(rule.every).label).lower()
        yield Fault(
            f"Việc {label} mà mở trước hạn {format_number(ahead)} ngày thì có hơn {format_number(MOST_AHEAD)} lượt cùng "
            "chờ làm. Đồng chí vui lòng ghi số ngày ít hơn.",
            column="ahead",
        )


def _with_ahead(rule: Rule, on: date) -> Rule:
    """The rule with its days ahead: where none were said, those of the parameter, and no turn before the one before it is due."""
    if rule.ahead is not None or rule.first_on is None or rule.every not in Every.values:
        return rule
    between = (nominal(rule.every, rule.first_on, 1) - rule.first_on).days
    return replace(rule, ahead=min(parameter(AHEAD, on=on).numerator, between))


def _refuse(faults: Sequence[Fault], first: str) -> None:
    if faults:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"{first} {sentences}", faults=faults)


def _opening(day: date, ahead: int) -> date:
    return day - timedelta(days=ahead)


def _locked(series: CommitmentSeries, seen: int | None) -> CommitmentSeries:
    """The row under lock, as it was seen, and going on."""
    rows = CommitmentSeries.objects.select_for_update(of=("self",), no_key=True)
    found = rows.get(pk=series.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            f"Việc định kỳ {found.number} vừa thay đổi. Đồng chí vui lòng mở lại trang để xem."
        )
    if found.next_on is None:
        raise RuleError(
            f"Việc định kỳ {found.number} đã thôi lặp lại nên không đổi được nữa. Đồng chí vui lòng giao việc "
            "định kỳ mới."
        )
    return found


def _save(series: CommitmentSeries) -> None:
    series.changes += 1
    series.save()


def _note(series: CommitmentSeries, kind: str, words: str) -> None:
    """A line that the software writes itself, and whoever assigned is told of."""
    events.publish(SeriesNoted(step_id=_tell(series, kind, None, words).pk))


def _tell(series: CommitmentSeries, kind: str, actor: "User | None", words: str) -> SeriesStep:
    return SeriesStep.objects.create(
        series=series, kind=kind, at=clock.now(), by=actor, words=words[: 2 * SHORT]
    )
