"""What waits in citizen reception: a schedule to post, a day to come, a day nobody wrote down, answers that were promised."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from danvan.desk.home.things import Batch, Group, Reader, Sort, Thing
from danvan.desk.links import way
from danvan.petitions.selectors.reception import (
    answers_promised,
    days_coming,
    days_to_conclude,
    days_to_post,
    days_unsaid,
    refusals_to_tell,
)
from danvan.vietnamese.dates import format_date

AHEAD = timedelta(days=21)  # how far ahead a schedule that is not posted is told


def waiting_in_reception(reader: Reader) -> Iterator[Batch]:
    """The days and visits of the reader's own units that wait for the next act."""
    if reader.may("petitions.handle"):
        held = days_to_conclude(reader.user).filter(unit_id__in=reader.own)
        yield reader.take(Group.LACKING, Sort.RECEPTION, held, _unissued, way("reception:list"))
    if not reader.may("petitions.receive"):
        return
    until = reader.today + AHEAD
    for group, rows, made in (
        (Group.LACKING, days_unsaid(reader.user, on=reader.today), _unsaid),
        (Group.DUE, days_to_post(reader.user, on=reader.today, until=until), _unposted),
        (Group.DUE, days_coming(reader.user, on=reader.today, until=reader.soon), _coming),
    ):
        mine = rows.filter(unit_id__in=reader.own)
        yield reader.take(group, Sort.RECEPTION, mine, made, way("reception:list"))
    told = refusals_to_tell(reader.user).filter(unit_id__in=reader.own)
    late = told.filter(refusal_due_on__lt=reader.today)
    yield reader.take(Group.LATE, Sort.RECEPTION, late, _refusal, way("reception:register"))
    soon = told.filter(refusal_due_on__gte=reader.today)
    yield reader.take(Group.DUE, Sort.RECEPTION, soon, _refusal, way("reception:register"))
    said = answers_promised(reader.user).filter(unit_id__in=reader.own)
    late_answers = said.filter(answer_on__lt=reader.today)
    yield reader.take(Group.LATE, Sort.RECEPTION, late_answers, _answer, way("reception:register"))
    near = said.filter(answer_on__gte=reader.today, answer_on__lte=reader.soon)
    yield reader.take(Group.DUE, Sort.RECEPTION, near, _answer, way("reception:register"))


def _day(one: Any, product: str, **more: Any) -> Thing:
    return Thing(
        sort=Sort.RECEPTION,
        pk=one.pk,
        title=f"Tiếp công dân ngày {format_date(one.held_on)}",
        url=reverse("reception:card", args=[one.pk]),
        note=f"{one.number}, {one.head_title} {one.head_name}".strip(", "),
        unit_id=one.unit_id,
        product=product,
        **more,
    )


def _unsaid(one: Any) -> Thing:
    return _day(one, "Kết quả buổi tiếp", state="Chưa ghi đã tiếp")


def _unposted(one: Any) -> Thing:
    return _day(one, "Niêm yết lịch", due_on=one.held_on)


def _coming(one: Any) -> Thing:
    return _day(one, "Người đứng đầu tiếp công dân", due_on=one.held_on)


def _unissued(one: Any) -> Thing:
    return _day(one, "Thông báo kết luận", state="Chưa ra thông báo kết luận")


def _refusal(one: Any) -> Thing:
    return Thing(
        sort=Sort.RECEPTION,
        pk=one.pk,
        title=f"Từ chối tiếp ngày {format_date(one.held_on)}",
        url=reverse("reception:visit", args=[one.pk]),
        note="Mẫu 01/TCD",
        unit_id=one.unit_id,
        product="Thông báo từ chối bằng văn bản",
        due_on=one.refusal_due_on,
    )


def _answer(one: Any) -> Thing:
    return Thing(
        sort=Sort.RECEPTION,
        pk=one.pk,
        title=one.title,
        url=reverse("reception:visit", args=[one.visit_id]),
        note=f"Tiếp ngày {format_date(one.on)}",
        unit_id=one.unit_id,
        product="Trả lời đã hẹn khi tiếp",
        due_on=one.answer_on,
    )
