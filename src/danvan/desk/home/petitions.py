"""What waits among petitions: what came in and was not looked at, what is due or late, what waits for a decision."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.petitions.enums import CLOCKS
from danvan.petitions.selectors import (
    due_petitions,
    late_publications,
    unsorted_petitions,
    waiting_for_decision,
)
from danvan.vietnamese.dates import format_date


def waiting_petitions(reader: Reader) -> Iterator[Batch]:
    """The petitions of the reader's own units."""
    if reader.may("petitions.handle"):
        mine = due_petitions(reader.user).filter(unit_id__in=reader.own)
        late = mine.filter(due_on__lt=reader.today)
        yield reader.take(
            Group.LATE, Sort.PETITION, late, _thing, way("petitions:list", o="qua-han")
        )
        unread = late_publications(reader.user).filter(petition__unit_id__in=reader.own)
        yield reader.take(
            Group.LATE, Sort.PETITION, unread, _unread, way("petitions:publications", xem="qua-han")
        )
        soon = mine.filter(due_on__gte=reader.today, due_on__lte=reader.soon)
        yield reader.take(Group.DUE, Sort.PETITION, soon, _thing, way("petitions:list"))
        # What came in and is due soon stands there already.
        new = (
            unsorted_petitions(reader.user)
            .filter(unit_id__in=reader.own)
            .exclude(due_on__lte=reader.soon)
        )
        yield reader.take(
            Group.LACKING, Sort.PETITION, new, _new, way("petitions:list", o="cho-phan-loai")
        )
    if reader.may("petitions.decide"):
        ready = (
            waiting_for_decision(reader.user)
            .filter(unit_id__in=reader.own)
            .exclude(due_on__lte=reader.soon)
        )
        yield reader.take(Group.CHECKING, Sort.PETITION, ready, _ready, way("petitions:list"))


def _thing(one: Any, state: str = "") -> Thing:
    label = CLOCKS.get(one.due_name, "")
    return Thing(
        sort=Sort.PETITION,
        pk=one.pk,
        title=one.title,
        url=reverse("petitions:card", args=[one.pk]),
        note=f"{one.number}, nhận {format_date(one.received_on)}",
        unit_id=one.unit_id,
        product=label,
        due_on=one.due_on,
        state=state,
    )


def _unread(one: Any) -> Thing:
    petition = one.petition
    return Thing(
        sort=Sort.PETITION,
        pk=petition.pk,
        title=petition.title,
        url=reverse("petitions:publication", args=[one.pk]),
        note=f"{petition.number}, người gửi muốn công khai từ {format_date(one.asked_on)}",
        unit_id=petition.unit_id,
        product="Duyệt công khai",
        due_on=one.due_on,
    )


def _new(one: Any) -> Thing:
    return _thing(one, "Mới nhận, chờ phân loại")


def _ready(one: Any) -> Thing:
    return _thing(one, "Đã xác minh, chờ quyết định")
