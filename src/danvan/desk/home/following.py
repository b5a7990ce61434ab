"""What waits in following up: answers that the reader's units owe, to those above and to those below."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from danvan.commitments.selectors import difficulties_waiting, waiting_for_answer
from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.vietnamese.dates import format_date


def waiting_to_be_answered(reader: Reader) -> Iterator[Batch]:
    """What the reader's own units were asked from above, and what was told to them from below. At most six queries."""
    if reader.may("commitments.perform"):
        yield from _asked(reader)
    if reader.may("commitments.verify"):
        waiting = difficulties_waiting(reader.user).filter(at_unit_id__in=reader.own)
        here = way("commitments:difficulties", muc="cho-toi")
        yield reader.take(Group.CHECKING, Sort.DIFFICULTY, waiting, _difficult(reader), here)


def _asked(reader: Reader) -> Iterator[Batch]:
    url = way("commitments:follow-ups", muc="cho-tra-loi")
    waiting = waiting_for_answer(reader.user).filter(unit_id__in=reader.own)
    late = waiting.filter(follow_up__answer_by__lt=reader.today)
    due = waiting.filter(follow_up__answer_by__gte=reader.today)
    yield reader.take(Group.LATE, Sort.FOLLOW_UP, late, _thing, url)
    yield reader.take(Group.DUE, Sort.FOLLOW_UP, due, _thing, url)


def _difficult(reader: Reader) -> Callable[[Any], Thing]:
    def made(one: Any) -> Thing:
        late = one.answer_by < reader.today
        return Thing(
            sort=Sort.DIFFICULTY,
            pk=one.pk,
            title=one.title,
            url=reverse("commitments:difficulty", args=[one.pk]),
            note=f"chờ từ {format_date(one.waits_since)}",
            unit_id=one.unit_id,
            product="Trả lời, hoặc chuyển lên cấp trên",
            due_on=one.answer_by,
            state="Quá hạn trả lời" if late else "Chờ trả lời",
        )

    return made


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
