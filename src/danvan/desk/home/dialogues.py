"""What waits in dialogues: a notice to post, a result to write down, conclusions to issue, conclusions nobody owns."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.dialogues.enums import State
from danvan.dialogues.selectors import (
    conclusions_to_issue,
    dialogues_to_publish,
    lines_of,
    notices_due,
    past_unsaid,
    questions_waiting,
)
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

AHEAD = timedelta(days=14)  # how far ahead a missing notice is told


def waiting_in_dialogues(reader: Reader) -> Iterator[Batch]:
    """The dialogues of the reader's own units that wait for the next act."""
    if not reader.may("dialogues.hold"):
        return
    own = reader.own
    late = past_unsaid(reader.user, on=reader.today).filter(unit_id__in=own)
    yield reader.take(Group.LACKING, Sort.DIALOGUE, late, _unsaid, _list(State.PLANNED))
    due = notices_due(reader.user, until=reader.today + AHEAD)
    due = due.filter(unit_id__in=own, held_on__gte=reader.today)
    yield reader.take(Group.DUE, Sort.DIALOGUE, due, _untold, _list(State.PLANNED))
    asked = questions_waiting(reader.user, on=reader.today).filter(unit_id__in=own)
    yield reader.take(Group.DUE, Sort.DIALOGUE, asked, _unsorted, _list(State.ANNOUNCED))
    held = conclusions_to_issue(reader.user).filter(unit_id__in=own)
    bare = {
        line.dialogue.pk: line.unowned
        for line in lines_of(list(held[: reader.most_of(Group.LACKING)]), on=reader.today)
    }
    yield reader.take(
        Group.LACKING,
        Sort.DIALOGUE,
        held,
        lambda one: _unissued(one, bare.get(one.pk, 0)),
        _list(State.HELD),
    )
    public = dialogues_to_publish(reader.user).filter(unit_id__in=own)
    yield reader.take(
        Group.LACKING, Sort.DIALOGUE, public, _unpublished, way("dialogues:publications")
    )


def _list(state: str) -> str:
    return way("dialogues:list", tinh_trang=state)


def _thing(one: Any, product: str, **more: Any) -> Thing:
    return Thing(
        sort=Sort.DIALOGUE,
        pk=one.pk,
        title=one.subject,
        url=reverse("dialogues:card", args=[one.pk]),
        note=f"{one.number}, đối thoại ngày {format_date(one.held_on)}",
        unit_id=one.unit_id,
        product=product,
        **more,
    )


def _unsaid(one: Any) -> Thing:
    return _thing(one, "Kết quả đối thoại", state="Chưa ghi kết quả")


def _untold(one: Any) -> Thing:
    return _thing(one, "Thông báo, niêm yết", due_on=one.held_on)


def _unsorted(one: Any) -> Thing:
    thing = _thing(
        one,
        "Danh sách câu hỏi",
        state=f"{format_number(one.waiting)} câu hỏi chờ xếp",
        due_on=one.held_on,
    )
    return replace(thing, url=reverse("dialogues:questions", args=[one.pk]))


def _unissued(one: Any, unowned: int) -> Thing:
    state = "Chưa ra thông báo kết luận"
    if unowned:
        state = f"{format_number(unowned)} kết luận chưa có chủ trì"
    return _thing(one, "Thông báo kết luận", state=state)


def _unpublished(one: Any) -> Thing:
    thing = _thing(one, "Lời người dân đọc trên cổng", state="Chưa duyệt công khai")
    return replace(thing, url=reverse("dialogues:publication", args=[one.pk]))
