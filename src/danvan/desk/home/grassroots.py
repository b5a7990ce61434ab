"""What waits in grassroots democracy: what must be published, sent, recognised or answered by a day."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.grassroots.selectors import due_matters
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
