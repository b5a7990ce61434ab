"""Duties that come back: beginning one, changing, ending and taking it back, for the turns that come."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from danvan.commitments.models import CommitmentSeries, SeriesSupport
from danvan.commitments.selectors.series import post_words, rule_words, supports_of, turn_ids
from danvan.commitments.series_enums import SeriesStepKind
from danvan.commitments.services.assigning import withdraw_commitments
from danvan.commitments.services.assignments import Assignment, faults_in, units_in
from danvan.commitments.services.clocks import hold_calendar, hold_ledger
from danvan.commitments.services.heading import post_faults
from danvan.commitments.services.rows import text_of
from danvan.commitments.services.series.rules import Rule, opening, rule_faults, with_ahead
from danvan.commitments.services.series.turns import open_waiting, save_series, tell_series
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_numbers
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities, last_names
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

ASSIGN = "commitments.assign"
MOST_NAMED = 5  # units that a line names
TAKEN_BACK = "Bỏ nhận nhiệm vụ ở văn bản nguồn"


@transaction.atomic
def begin_series(
    assignments: Sequence[Assignment],
    rule: Rule,
    *,
    assigner: "Unit",
    actor: "User | None",
    given_on: date | None = None,
    source: Source | None = None,
    action: str = ASSIGN,
    post_id: int | None = None,
) -> list[CommitmentSeries]:
    """A duty that comes back for each lead: all or none, every fault at once (`row` counts from 1).

    Turns whose time has come are made at once, the others by the watch. Nothing is made for days that are over. Each
    turn keeps the source with its span, and is supervised by the post. `action` is what `actor` must be allowed at the
    assigner.
    """
    day, today, source = given_on or clock.today(), clock.today(), source or Source()
    hold_ledger(units_in(assignments, assigner))
    faults = series_faults(
        assignments, rule, assigner=assigner, actor=actor, action=action, given_on=day, post_id=post_id
    )  # fmt: skip
    _refuse(faults, "Chưa đặt được việc định kỳ.")
    rule = with_ahead(rule, today)
    assert rule.first_on is not None
    assert rule.ahead is not None
    numbers = next_numbers(f"commitments.series.{today.year}", len(assignments))
    made = [
        CommitmentSeries(
            number=f"DK-{today.year}-{number:04}",
            title=canonical(one.title).strip(),
            product=canonical(one.product).strip(),
            proof=canonical(one.proof).strip(),
            lead_id=one.lead_id,
            assigner_id=assigner.pk,
            topic_id=one.topic_id,
            post_id=post_id,
            **source.columns(),
            every=rule.every,
            anchor_on=rule.first_on,
            until=rule.until,
            ahead=rule.ahead,
            given_on=day,
            next_on=rule.first_on,
            opens_on=opening(rule.first_on, rule.ahead),
        )
        for number, one in zip(numbers, assignments, strict=True)
    ]
    found = CommitmentSeries.objects.bulk_create(made)
    SeriesSupport.objects.bulk_create(
        SeriesSupport(series=row, unit_id=unit_id)
        for row, one in zip(found, assignments, strict=True)
        for unit_id in one.support_ids
    )
    for row in found:
        tell_series(row, SeriesStepKind.BEGUN, actor, rule_words(row))
    ids = [one.pk for one in found]
    audit.record(actor, "commitments.begin_series", found[0], ids=ids, unit_id=assigner.pk)
    for row in found:
        open_waiting(row.pk, today)
    return list(CommitmentSeries.objects.filter(pk__in=ids).order_by("pk"))


def series_faults(
    assignments: Sequence[Assignment],
    rule: Rule,
    *,
    assigner: "Unit",
    actor: "User | None",
    action: str = ASSIGN,
    given_on: date | None = None,
    post_id: int | None = None,
) -> list[Fault]:
    """What would keep these from being given again and again: what a form tells together with its own faults."""
    today = clock.today()
    day = given_on or today
    dated = [replace(one, due_on=rule.first_on, term=None, term_key="") for one in assignments]
    try:
        of_rule = list(rule_faults(with_ahead(rule, today), after=max(day, today), on=today))
    except RuleError as refused:  # nobody said how long before, and the parameter is gone
        of_rule = [Fault(refused.message, column="ahead")]
    return [
        *faults_in(dated, assigner, actor, day, action, old=True),
        *of_rule,
        *post_faults(post_id, [assigner.pk], on=today),
    ]


@transaction.atomic
def change_series(
    series: CommitmentSeries,
    rule: Rule,
    *,
    lead_id: int,
    support_ids: Collection[int],
    post_id: int | None,
    title: str,
    product: str,
    words: str,
    actor: "User | None",
    seen: int | None = None,
) -> CommitmentSeries:
    """Another rule, lead, support, supervising post or wording from the next turn on, with the reason.

    The turns that are in the ledger stay as they are. A unit that leads supports no more.
    """
    reason = text_of(words, missing="Đồng chí vui lòng ghi lý do đổi việc định kỳ.")
    supports = tuple(pk for pk in dict.fromkeys(support_ids) if pk != lead_id)
    hold_ledger([lead_id, series.assigner_id, *supports_of(series), *supports])
    series = _locked(series, seen)
    today = clock.today()
    last = series.turns.aggregate(last=Max("commitment__first_due_on"))["last"] or today
    rule = with_ahead(rule, today)
    one = Assignment(lead_id, title, product, rule.first_on, supports, series.proof)
    assigner = identities([series.assigner_id])[series.assigner_id]
    faults = [
        *faults_in([one], assigner, None, today, ASSIGN, old=True),
        *rule_faults(rule, after=max(last, today), on=today),
        *post_faults(post_id, [series.assigner_id], on=today),
    ]
    _refuse(faults, "Chưa đổi được việc định kỳ.")
    assert rule.first_on is not None
    assert rule.ahead is not None
    was, changed = rule_words(series), _changed(series, lead_id, supports, post_id, today)
    series.title, series.product = canonical(title).strip(), canonical(product).strip()
    series.lead_id, series.every, series.post_id = lead_id, rule.every, post_id
    series.anchor_on, series.anchor_turn = rule.first_on, series.made + 1
    series.until, series.ahead, series.halted = rule.until, rule.ahead, ""
    series.next_on, series.opens_on = rule.first_on, opening(rule.first_on, rule.ahead)
    save_series(series)
    _write_supports(series, supports)
    told = [
        f"Từ lượt {format_number(series.made + 1)}: {rule_words(series)}",
        f"Trước đó: {was}",
        *changed,
    ]
    tell_series(series, SeriesStepKind.CHANGED, actor, f"{'. '.join(told)}. Lý do: {reason}")
    audit.record(
        actor, "commitments.change_series", series, lead_id=lead_id, ids=list(supports), post_id=post_id
    )  # fmt: skip
    open_waiting(series.pk, today)
    series.refresh_from_db()
    return series


@transaction.atomic
def end_series(
    series: CommitmentSeries, *, words: str, actor: "User | None", seen: int | None = None
) -> CommitmentSeries:
    """No further turn; the turns that are in the ledger stay to be done."""
    reason = text_of(words, missing="Đồng chí vui lòng ghi lý do thôi lặp lại việc này.")
    return _ended(_locked(series, seen), reason, actor)


@transaction.atomic
def take_back_series(
    source_kind: str, source_id: int, ids: Collection[int], *, actor: "User | None"
) -> None:
    """Take back what one source gave again and again, with its turns; only while no lead did anything with one."""
    hold_calendar()
    rows = CommitmentSeries.objects.select_for_update(of=("self",), no_key=True)
    given = list(
        rows.filter(source_kind=source_kind, source_id=source_id, pk__in=ids).order_by("pk")
    )
    # Asked only now: no worker makes another turn while these are held.
    withdraw_commitments(source_kind, source_id, turn_ids(ids), actor=actor)
    for one in given:
        if one.next_on is not None:
            _ended(one, TAKEN_BACK, actor)


def _ended(series: CommitmentSeries, reason: str, actor: "User | None") -> CommitmentSeries:
    series.next_on, series.opens_on, series.halted = None, None, ""
    save_series(series)
    tell_series(series, SeriesStepKind.ENDED, actor, reason)
    audit.record(actor, "commitments.end_series", series)
    return series


def _changed(
    series: CommitmentSeries,
    lead_id: int,
    supports: Collection[int],
    post_id: int | None,
    today: date,
) -> list[str]:
    """What is said of the units and the post that are others from the next turn on."""
    before = supports_of(series)
    names = last_names([series.lead_id, lead_id, *before, *supports], today)
    told = []
    if series.lead_id != lead_id:
        told.append(f"Chủ trì: {names.get(series.lead_id, '')} → {names.get(lead_id, '')}")
    for what, units in (
        ("Thêm phối hợp", [pk for pk in supports if pk not in before]),
        ("Thôi phối hợp", [pk for pk in before if pk not in supports]),
    ):
        if units:
            told.append(f"{what}: {_few([names.get(pk, '') for pk in units])}")
    if series.post_id != post_id:
        posts = post_words([pk for pk in (series.post_id, post_id) if pk], on=today)
        was, now = (posts.get(pk or 0, "không giao riêng") for pk in (series.post_id, post_id))
        told.append(f"Lãnh đạo theo dõi: {was} → {now}")
    return told


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    rest = f" và {format_number(more)} đơn vị khác" if more > 0 else ""
    return "; ".join(names[:MOST_NAMED]) + rest


def _write_supports(series: CommitmentSeries, supports: Collection[int]) -> None:
    kept = set(supports_of(series))
    SeriesSupport.objects.filter(series=series).exclude(unit_id__in=supports).delete()
    SeriesSupport.objects.bulk_create(
        SeriesSupport(series=series, unit_id=pk) for pk in supports if pk not in kept
    )


def _refuse(faults: Sequence[Fault], first: str) -> None:
    if faults:
        sentences = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"{first} {sentences}", faults=faults)


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
