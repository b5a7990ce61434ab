"""Which post of the assigning side supervises a commitment; whoever holds that post does."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import UNDONE, State, StepKind
from danvan.commitments.events import HeadPassed, HeadsSet
from danvan.commitments.models import Commitment, CommitmentHead
from danvan.commitments.selectors.ties import posts_offered
from danvan.commitments.services import rows
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.officers.seated import SeatRow, seats_of
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

OPEN = (*UNDONE, State.CLAIMED)


@transaction.atomic
def set_head(
    commitment: Commitment, *, post_id: int | None, actor: "User | None", seen: int | None = None
) -> Commitment:
    """Name the post whose holder supervises it, or none any more; a line of the timeline says who that is today."""
    commitment = rows.locked(commitment, seen=seen)
    words = _written([commitment], post_id, actor)
    rows.save(commitment)
    rows.told(commitment, StepKind.HEAD_SET, "commitments.set_head", actor, words, post_id=post_id)
    return commitment


@transaction.atomic
def set_heads(
    commitments: Iterable[Commitment], *, post_id: int | None, actor: "User | None"
) -> list[Commitment]:
    """Name one post for many, or none any more: all or nothing, and its holder is told once.

    The queries grow with those who assigned them, not with the commitments.
    """
    found = rows.locked_many(commitments)
    words = _written(found, post_id, actor)
    rows.steps(found, StepKind.HEAD_SET, actor=actor, words=words)
    ids = tuple(one.pk for one in found)
    audit.record(actor, "commitments.set_head", found[0], ids=list(ids), post_id=post_id)
    if post_id is not None:
        by = actor.pk if actor else None
        events.publish(HeadsSet(post_id=post_id, commitment_ids=ids, by_id=by))
    return found


def post_faults(post_id: int | None, assigner_ids: Collection[int], *, on: date) -> list[Fault]:
    """Why a post may not supervise what these assign: it has ended, or is not of their side."""
    if post_id is None or all(
        str(post_id) in dict(posts_offered([one], on=on)) for one in sorted(assigner_ids)
    ):
        return []
    sentence = "Chức danh này không thuộc nơi giao việc hoặc không còn. Đồng chí vui lòng chọn lại."
    return [Fault(sentence, column="post")]


def _written(found: Sequence[Commitment], post_id: int | None, actor: "User | None") -> str:
    """Keep who supervises these; the line that says so. RuleError where one is over, or the post is not of the assigner."""
    day = clock.today()
    if any(one.state not in OPEN for one in found):
        raise rows.refuse("Việc đã kết thúc nên không cần lãnh đạo theo dõi nữa.", column="post")
    if post_id is None:
        CommitmentHead.objects.filter(commitment__in=[one.pk for one in found]).delete()
        return "Không còn giao lãnh đạo theo dõi riêng."
    if faults := post_faults(post_id, {one.assigner_id for one in found}, on=day):
        raise RuleError(faults[0].message, faults=faults)
    seat = seats_of([post_id], day)[post_id]
    name = last_names([seat.unit_id], day).get(seat.unit_id, "")
    title, officer = f"{seat.title}, {name}"[:300], _first(seat)
    CommitmentHead.objects.bulk_create(
        (
            CommitmentHead(
                commitment=one, post_id=post_id, title=title, officer_id=officer, set_by=actor, set_on=day
            )
            for one in found
        ),
        update_conflicts=True,
        unique_fields=["commitment"],
        update_fields=["post", "title", "officer_id", "set_by", "set_on"],
    )  # fmt: skip
    return f"{seat.title}, {name}: {_held(seat)}."


def pass_heads() -> int:
    """Write on the open commitments of each supervising post that another officer holds it, or that nobody does.

    For the worker; told once for each change. Returns how many commitments were told of.
    """
    day, number = clock.today(), 0
    heads = CommitmentHead.objects.filter(commitment__state__in=OPEN, post__isnull=False)
    told: dict[int, set[int | None]] = defaultdict(set)
    for post_id, officer_id in heads.order_by().values_list("post_id", "officer_id").distinct():
        if post_id is not None:
            told[post_id].add(officer_id)
    for post_id, seat in seats_of(told, day).items():
        if told[post_id] != {_first(seat)}:
            number += _pass(seat)
    return number


@transaction.atomic
def _pass(seat: SeatRow) -> int:
    """One post: those of its commitments that were told of somebody else."""
    now = _first(seat)
    heads = CommitmentHead.objects.select_for_update(of=("self",)).filter(
        post_id=seat.post_id, commitment__state__in=OPEN
    )
    stale = [one for one in heads.order_by("pk") if one.officer_id != now]
    found = list(Commitment.objects.filter(pk__in=[one.commitment_id for one in stale]))
    if found:  # else another worker was quicker
        CommitmentHead.objects.filter(pk__in=[one.pk for one in stale]).update(officer_id=now)
        words = f"{seat.title}: {_held(seat)}."
        rows.steps(found, StepKind.HEAD_PASSED, actor=None, words=words)
        ids = tuple(sorted(one.pk for one in found))
        audit.record(None, "commitments.pass_head", found[0], ids=list(ids), post_id=seat.post_id)
        events.publish(HeadPassed(post_id=seat.post_id, officer_id=now, commitment_ids=ids))
    return len(found)


def _first(seat: SeatRow) -> int | None:
    return seat.holders[0].officer_id if seat.holders else None


def _held(seat: SeatRow) -> str:
    """Who holds the post, in words."""
    if seat.closed:
        return "chức danh đã thôi, cần giao lãnh đạo khác theo dõi"
    if not seat.holders:
        return "đang khuyết, chưa có người theo dõi"
    first = seat.holders[0]
    return f"đồng chí {first.name}, giữ chức danh từ {format_date(first.since)}"
