"""What waits in following up: answers that the reader's units owe."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from danvan.commitments.selectors import waiting_for_answer
from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.vietnamese.dates import format_date


def waiting_to_be_answered(reader: Reader) -> Iterator[Batch]:
    """What the reader's own units were asked when they were urged, inspected or supervised. At most four queries."""
    if not reader.may("commitments.perform"):
        return
    url = way("commitments:follow-ups", muc="cho-tra-loi")
    waiting = waiting_for_answer(reader.user).filter(unit_id__in=reader.own)
    late = waiting.filter(follow_up__answer_by__lt=reader.today)
    due = waiting.filter(follow_up__answer_by__gte=reader.today)
    yield reader.take(Group.LATE, Sort.FOLLOW_UP, late, _thing, url)
    yield reader.take(Group.DUE, Sort.FOLLOW_UP, due, _thing, url)


def _thing(one: Any) -> Thing:
    act = one.follow_up
    return Thing(
        sort=Sort.FOLLOW_UP,
        pk=one.pk,
        title=f"{act.get_kind_display()} ngày {format_date(act.on)}: trả lời",
        url=reverse("commitments:follow-up", args=[act.pk]),
        note=act.document,
        unit_id=one.unit_id,
        product="Trả lời của đơn vị",
        due_on=act.answer_by,
    )
