"""What changed hands by a reorganisation: the taker accepts it, or passes it to another who took over."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import HandOverState
from danvan.organisations.holding import Moved, holder_named
from danvan.organisations.models import HandOver, Lineage
from danvan.organisations.selectors.days import last_names


def _waiting(ids: Collection[int], within: QuerySet[Any, Any], actor: Any) -> list[HandOver]:
    """The hand-overs under lock. Refuses where one does not wait, or waits for somebody out of reach."""
    wanted = set(ids)
    rows = list(
        HandOver.objects.select_for_update(of=("self",))
        .select_related("reorganisation")
        .filter(Q(taker_id__in=within), pk__in=wanted, state=HandOverState.WAITING)
        .order_by("pk")
    )
    if not wanted or len(rows) < len(wanted):
        raise RuleError(
            "Có việc bàn giao không còn chờ nhận, hoặc không giao cho đơn vị của đồng chí. Đồng chí vui"
            " lòng mở lại danh sách rồi chọn."
        )
    for key in sorted({row.holder for row in rows}):
        refuse = getattr(holder_named(key), "refuse_taking", None)
        if refuse is not None:  # some matters are not for everybody who may take over
            refuse({row.taker_id for row in rows if row.holder == key}, actor)
    return rows


@transaction.atomic
def accept_hand_overs(ids: Collection[int], *, actor: Any, within: QuerySet[Any, Any]) -> int:
    """Take over what was handed to units in `within`; returns how many. All of them or none."""
    rows = _waiting(ids, within, actor)
    HandOver.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=HandOverState.ACCEPTED, decided_by=actor, decided_at=clock.now()
    )
    for row in {row.reorganisation_id: row for row in rows}.values():
        mine = [one.pk for one in rows if one.reorganisation_id == row.reorganisation_id]
        audit.record(actor, "organisations.accept_hand_overs", row.reorganisation, hand_overs=mine)
    return len(rows)


@transaction.atomic
def pass_on_hand_over(
    hand_over_id: int, to_unit_id: int, *, actor: Any, within: QuerySet[Any, Any]
) -> HandOver:
    """Let another unit that took over from the same giver have a waiting matter; it waits for that one then."""
    [row] = _waiting([hand_over_id], within, actor)
    others = _others(row)
    if to_unit_id not in others:
        names = ", ".join(sorted(last_names(others, clock.today()).values()))
        raise RuleError(
            f"Chỉ chuyển được việc này cho đơn vị khác cùng tiếp nhận: {names}. Đồng chí vui lòng chọn lại."
            if others
            else "Không có đơn vị nào khác cùng tiếp nhận nên không chuyển được. Đồng chí vui lòng nhận việc."
        )
    moved = Moved(
        row_id=row.row_id,
        giver=row.giver_id,
        taker=row.taker_id or 0,
        title=row.title,
        before=row.before,
        after=row.after,
    )
    passed = holder_named(row.holder).pass_on(moved, to_unit_id, actor=actor)
    row.taker_id, row.before, row.after = passed.taker, passed.before, passed.after
    row.title = passed.title[:400]
    row.save(update_fields=["taker", "before", "after", "title"])
    audit.record(
        actor,
        "organisations.pass_on_hand_over",
        row.reorganisation,
        hand_over=row.pk,
        to=to_unit_id,
    )
    return row


def _others(row: HandOver) -> set[int]:
    """The other living units that took over from the giver on the same day."""
    links = Lineage.objects.filter(
        predecessor_id=row.giver_id,
        happened_on=row.reorganisation.effective_on,
        successor__ended_on=None,
    )
    return set(links.values_list("successor_id", flat=True)) - {row.taker_id or 0, row.giver_id}


def forget_hand_overs(holder: str, row_ids: Collection[int]) -> None:
    """Let go of the lines that tell of matters which left their table whole: who undoes the reorganisation has nothing to give
    back of them. Called inside the transaction by which they go; no line of the audit tells of it.
    """
    HandOver.objects.filter(holder=holder, row_id__in=row_ids).delete()
