"""Which post of the assigning side supervises a commitment; whoever holds that post does."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import UNDONE, State, StepKind
from danvan.commitments.events import HeadPassed
from danvan.commitments.models import Commitment, CommitmentHead
from danvan.commitments.selectors.ties import posts_offered
from danvan.commitments.services import rows
from danvan.foundation import audit, clock, events
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
    day = clock.today()
    if commitment.state not in OPEN:
        raise rows.refuse("Việc đã kết thúc nên không cần lãnh đạo theo dõi nữa.", column="post")
    if post_id is None:
        CommitmentHead.objects.filter(commitment=commitment).delete()
        words = "Không còn giao lãnh đạo theo dõi riêng."
    else:
        if str(post_id) not in dict(posts_offered(commitment, on=day)):
            raise rows.refuse(
                "Chức danh này không thuộc nơi giao việc hoặc không còn. Đồng chí vui lòng chọn lại.",
                column="post",
            )
        seat = seats_of([post_id], day)[post_id]
        name = last_names([seat.unit_id], day).get(seat.unit_id, "")
        words = f"{seat.title}, {name}: {_held(seat)}."
        CommitmentHead.objects.update_or_create(
            commitment=commitment,
            defaults={
                "post_id": post_id,
                "title": f"{seat.title}, {name}"[:300],
                "officer_id": _first(seat),
                "set_by": actor,
                "set_on": day,
            },
        )
    rows.save(commitment)
    rows.told(commitment, StepKind.HEAD_SET, "commitments.set_head", actor, words, post_id=post_id)
    return commitment


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
