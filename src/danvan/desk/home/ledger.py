"""What waits in the ledger: own and given work, extensions, explanations."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from danvan.commitments.enums import Ruling
from danvan.commitments.selectors import Tab as Ledger
from danvan.commitments.selectors import (
    allowed_commitments,
    open_explanations,
    open_extensions,
    silent_since,
    waiting_for_verification,
)
from danvan.commitments.selectors.deciding import (
    declined_waiting,
    halted_series,
    risks_to_review,
    to_be_closed,
)
from danvan.commitments.selectors.parties import superiors_of
from danvan.commitments.selectors.taking_up import newly_given, sent_back
from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.vietnamese.numbers import format_number


def waiting_in_ledger(reader: Reader) -> Iterator[Batch]:
    """Commitments led or given by the reader's own units, and what the reader is to decide. At most 24 queries."""
    if reader.may("commitments.view"):
        yield from _undone(reader)
    if reader.may("commitments.verify"):
        yield from _to_check(reader)
    if reader.may("commitments.assign"):
        yield from _to_decide(reader)
    if reader.may("commitments.perform", "commitments.verify"):
        yield from _explanations(reader)


def _undone(reader: Reader) -> Iterator[Batch]:
    mine = Q(lead_id__in=reader.own) | Q(assigner_id__in=reader.own)
    undone = allowed_commitments(reader.user, "commitments.view").filter(mine).undone()
    gives = reader.may("commitments.verify")
    own = set(reader.own)

    def made(one: Any) -> Thing:
        state = "Người hỏi: chưa xong" if one.disputed_on else ""
        return _thing(one, state=state, bulk=gives and one.assigner_id in own)

    late = undone.filter(due_on__lt=reader.today).order_by("due_on", "pk")
    soon = undone.filter(due_on__gte=reader.today, due_on__lte=reader.soon)
    yield reader.take(Group.LATE, Sort.COMMITMENT, late, made, _list(Ledger.OVERDUE))
    yield reader.take(
        Group.DUE, Sort.COMMITMENT, soon.order_by("due_on", "pk"), made, _list(Ledger.SOON)
    )
    yield from _new_and_returned(reader)
    # Opened again by whoever asked: a matter of today, however far off its day is.
    yield from _silent(reader)
    disputed = undone.disputed().exclude(due_on__lte=reader.soon).order_by("disputed_on", "pk")
    yield reader.take(Group.LACKING, Sort.COMMITMENT, disputed, made, _list(Ledger.UNDONE))


def _new_and_returned(reader: Reader) -> Iterator[Batch]:
    """What the reader's units are to take up, and what came back to them, where its day does not show it already."""
    led = allowed_commitments(reader.user, "commitments.view").filter(lead_id__in=reader.own)
    led = led.exclude(due_on__lte=reader.soon).exclude(disputed_on__isnull=False)
    for rows, state in (
        (newly_given(led), "Mới giao, chờ nhận"),
        (sent_back(led), "Trả lại để làm tiếp"),
    ):
        yield reader.take(
            Group.LACKING,
            Sort.COMMITMENT,
            rows.order_by("assigned_on", "pk"),
            partial(_thing, state=state),
            _list(Ledger.UNDONE),
        )


def _silent(reader: Reader) -> Iterator[Batch]:
    """What the reader's units gave and nothing is heard of, where its day does not show it already."""
    since = silent_since(reader.today)
    if since is None:
        return
    given = allowed_commitments(reader.user, "commitments.view").silent(since)
    # Its own, newly given or sent back, stands among what it is to take up.
    led = given.filter(lead_id__in=reader.own)
    rows = (
        given.filter(assigner_id__in=reader.own)
        .exclude(due_on__lte=reader.soon)
        .exclude(pk__in=newly_given(led).order_by().values("pk"))
        .exclude(pk__in=sent_back(led).order_by().values("pk"))
    )

    def made(one: Any) -> Thing:
        days = (reader.today - one.silent_from).days
        bulk = reader.may("commitments.verify")
        return _thing(one, state=f"Im lặng {format_number(days)} ngày", bulk=bulk)

    yield reader.take(
        Group.LACKING,
        Sort.COMMITMENT,
        rows.exclude(disputed_on__isnull=False).order_by("silent_from", "pk"),
        made,
        _list(Ledger.SILENT),
    )


def _to_check(reader: Reader) -> Iterator[Batch]:
    claimed = waiting_for_verification(reader.user).exclude(claimed_by_id=reader.user.pk)
    yield reader.take(
        Group.CHECKING,
        Sort.COMMITMENT,
        claimed.filter(assigner_id__in=reader.own).exclude(lead_id=F("assigner_id")),
        lambda one: _thing(one, state="Chờ kiểm tra"),
        _list(Ledger.CLAIMED),
    )
    yield reader.take(
        Group.CHECKING,
        Sort.COMMITMENT,
        to_be_closed(reader.user).filter(assigner_id__in=reader.own),
        lambda one: _thing(one, state="Đã kiểm tra, chờ đóng"),
        _list(Ledger.VERIFIED),
    )
    # What a unit below gave to itself: the unit above it checks.
    own = claimed.filter(lead_id=F("assigner_id")).exclude(assigner_id__in=reader.own)
    leads = own.order_by().values_list("lead_id", flat=True).distinct()
    above = superiors_of(leads, on=reader.today)
    below = [pk for pk, top in above.items() if top in set(reader.own)]
    yield reader.take(
        Group.CHECKING,
        Sort.COMMITMENT,
        own.filter(lead_id__in=below),
        lambda one: _thing(one, state="Đơn vị tự giao, chờ kiểm tra"),
        _list(Ledger.CLAIMED),
    )
    asked = open_extensions(reader.user).filter(commitment__assigner_id__in=reader.own)
    yield reader.take(
        Group.CHECKING,
        Sort.COMMITMENT,
        asked,
        lambda one: _thing(one.commitment, state=f"Xin gia hạn đến {one.new_due_on:%d/%m}"),
        _list(Ledger.UNDONE),
    )


def _to_decide(reader: Reader) -> Iterator[Batch]:
    """What stands still until whoever gave it decides."""
    for rows, made in (
        (declined_waiting(reader.user), lambda one: _thing(one, state="Đơn vị không nhận, chờ quyết định")),
        (
            risks_to_review(reader.user, reader.today),
            lambda one: _thing(one, state=f"Chấp nhận rủi ro đã đến ngày {one.risk_until:%d/%m}"),
        ),
    ):  # fmt: skip
        own = rows.filter(assigner_id__in=reader.own)
        yield reader.take(Group.CHECKING, Sort.COMMITMENT, own, made, _list(Ledger.UNDONE))
    yield reader.take(
        Group.CHECKING,
        Sort.SERIES,
        halted_series(reader.user).filter(assigner_id__in=reader.own),
        _halted,
        way("commitments:series-list", muc="can-xem"),
    )


def _halted(one: Any) -> Thing:
    return Thing(
        sort=Sort.SERIES,
        pk=one.pk,
        title=one.title,
        url=reverse("commitments:series", args=[one.pk]),
        note=one.number,
        unit_id=one.lead_id,
        product=one.product,
        due_on=one.next_on,
        state="Chưa mở được lượt",
    )


def _explanations(reader: Reader) -> Iterator[Batch]:
    url = reverse("commitments:explanations")
    waiting = open_explanations(reader.user)
    to_answer = Q(answered_at=None) | Q(ruling=Ruling.REFUSED)
    for group, rows in (
        (Group.LATE, waiting.filter(to_answer, unit_id__in=reader.own, due_on__lt=reader.today)),
        (Group.DUE, waiting.filter(to_answer, unit_id__in=reader.own, due_on__gte=reader.today)),
    ):
        yield reader.take(group, Sort.EXPLANATION, rows, lambda one: _explained(one), url)
    answered = waiting.exclude(to_answer).filter(asker_id__in=reader.own)
    yield reader.take(
        Group.CHECKING,
        Sort.EXPLANATION,
        answered,
        lambda one: _explained(one, state="Chờ ý kiến"),
        url,
    )


def _thing(one: Any, *, state: str = "", bulk: bool = False) -> Thing:
    return Thing(
        sort=Sort.COMMITMENT,
        pk=one.pk,
        title=one.title,
        url=reverse("commitments:card", args=[one.pk]),
        note=" · ".join(part for part in (one.source_symbol, one.number) if part),
        unit_id=one.lead_id,
        product=one.product,
        due_on=one.due_on,
        first_due_on=one.first_due_on,
        state=state,
        commitment_id=one.pk if bulk else None,
    )


def _explained(one: Any, *, state: str = "") -> Thing:
    return Thing(
        sort=Sort.EXPLANATION,
        pk=one.pk,
        title=one.subject,
        url=reverse("commitments:explanation", args=[one.pk]),
        note="Yêu cầu giải trình",
        unit_id=one.unit_id,
        product="Giải trình",
        due_on=one.due_on,
        state=state,
    )


def _list(tab: Ledger) -> str:
    return way("commitments:list", muc=tab.value)
