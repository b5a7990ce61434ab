"""What waits in grassroots democracy: what must be published, sent, recognised or answered by a day."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.grassroots.selectors import (
    due_matters,
    initiatives_ready,
    items_due,
    matters_to_publish,
)
from danvan.vietnamese.dates import format_date


def waiting_at_the_grassroots(reader: Reader) -> Iterator[Batch]:
    """The matters of the reader's own units of which a clock of the law runs."""
    if not reader.may("dialogues.hold"):
        return
    mine = due_matters(reader.user).filter(unit_id__in=reader.own)
    late = mine.filter(due_on__lt=reader.today)
    yield reader.take(
        Group.LATE, Sort.GRASSROOTS, late, _thing, way("grassroots:list", qua_han="on")
    )
    soon = mine.filter(due_on__gte=reader.today, due_on__lte=reader.soon)
    yield reader.take(Group.DUE, Sort.GRASSROOTS, soon, _thing, way("grassroots:list"))
    planned = items_due(reader.user).filter(plan__unit_id__in=reader.own)
    plans = way("grassroots:plans")
    over = planned.filter(by_on__lt=reader.today)
    yield reader.take(Group.LATE, Sort.GRASSROOTS, over, _planned, plans)
    near = planned.filter(by_on__gte=reader.today, by_on__lte=reader.soon)
    yield reader.take(Group.DUE, Sort.GRASSROOTS, near, _planned, plans)
    ready = initiatives_ready(reader.user, reader.own, on=reader.today)
    yield reader.take(Group.LACKING, Sort.GRASSROOTS, ready, _ready, way("grassroots:initiatives"))
    public = matters_to_publish(reader.user).filter(unit_id__in=reader.own)
    pages = way("grassroots:publications")
    yield reader.take(Group.LACKING, Sort.GRASSROOTS, public, _unpublished, pages)


def _thing(one: Any) -> Thing:
    return Thing(
        sort=Sort.GRASSROOTS,
        pk=one.pk,
        title=one.title,
        url=reverse("grassroots:card", args=[one.pk]),
        note=f"{one.number}, {one.kind.get_pillar_display().lower()}, từ {format_date(one.began_on)}",
        unit_id=one.unit_id,
        product=str(one.kind.title),
        due_on=one.due_on,
    )


def _planned(one: Any) -> Thing:
    matter = one.matter if one.matter is not None and one.matter.open else None
    page = f"{reverse('grassroots:plan', args=[one.plan_id])}#muc-{one.pk}"
    return Thing(
        sort=Sort.GRASSROOTS,
        pk=one.pk,
        title=f"Công khai: {one.title}",
        url=reverse("grassroots:card", args=[matter.pk]) if matter else page,
        note=f"{one.kind.code}, {one.plan}" + (f", phụ trách {one.doer}" if one.doer else ""),
        unit_id=one.plan.unit_id,
        product=one.channel_labels,
        due_on=one.by_on,
    )


def _ready(one: Any) -> Thing:
    return Thing(
        sort=Sort.GRASSROOTS,
        pk=one.pk,
        title=f"Sáng kiến: {one.title}",
        url=reverse("grassroots:initiative", args=[one.pk]),
        note=f"{one.number}, {one.kind.code}, ghi {format_date(one.entered_on)}",
        unit_id=one.unit_id,
        product="Đưa ra Nhân dân bàn, hoặc trả lời lý do",
        state="Đủ điều kiện, chờ đưa ra bàn",
    )


def _unpublished(one: Any) -> Thing:
    return Thing(
        sort=Sort.GRASSROOTS,
        pk=one.pk,
        title=one.title,
        url=reverse("grassroots:publication", args=[one.pk]),
        note=f"{one.number}, công khai ngày {format_date(one.shown_on)}",
        unit_id=one.unit_id,
        product="Lời người dân đọc trên cổng",
        state="Chưa duyệt công khai",
    )
