"""Posts of an organisation: founded, corrected, closed."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.enums import Rank
from danvan.organisations.models import Appointment, Post, Unit
from danvan.organisations.services.officers import rules
from danvan.organisations.services.officers.seats import seat_faults
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import fold

MOST_SEATS = 500


@transaction.atomic
def found_post(
    unit: Unit,
    title: str,
    rank: str,
    *,
    on: date,
    actor: Any,
    seats: int = 1,
    until: date | None = None,
    decision: str = "",
) -> Post:
    """Set up a post in an organisation from a day, for so many people."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    title = rules.written(title)
    faults = _faults(title, rank, seats, decision)
    faults += rules.order_faults(on, until) or rules.life_faults(on, until, unit)
    faults += _taken(unit.pk, title, on, until)
    rules.refuse_if(faults, "Chưa lập được chức danh")
    post = Post.objects.create(
        unit=unit, title=title, rank=rank, seats=seats, decision=rules.written(decision),
        valid_from=on, valid_to=until,
    )  # fmt: skip
    audit.record(actor, "organisations.found_post", unit, post=post.pk)
    return post


@transaction.atomic
def edit_post(
    post: Post, *, title: str, rank: str, seats: int, actor: Any, decision: str = ""
) -> Post:
    """Correct what a post is called, what it is, and how many may hold it."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    title = rules.written(title)
    faults = _faults(title, rank, seats, decision)
    faults += _taken(post.unit_id, title, post.valid_from, post.valid_to, but=post.pk)
    post.title, post.rank, post.seats = title, rank, seats
    post.decision = rules.written(decision)
    if not faults:
        faults += [
            Fault(one.message, column="seats")
            for one in seat_faults(post, list(post.appointments.all()))
        ]
    rules.refuse_if(faults, "Chưa sửa được chức danh")
    post.save(update_fields=["title", "rank", "seats", "decision"])
    audit.record(actor, "organisations.edit_post", Unit(pk=post.unit_id), post=post.pk)
    return post


@transaction.atomic
def close_post(post: Post, *, on: date, actor: Any) -> Post:
    """End a post from a day on. Whoever still holds it then must have ended before."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    faults: list[Fault] = []
    if on <= post.valid_from:
        faults.append(
            Fault(
                f"Chức danh có từ ngày {format_date(post.valid_from)}. Đồng chí vui lòng chọn ngày sau đó.",
                column="on",
            )
        )
    if post.valid_to and on > post.valid_to:
        faults.append(
            Fault(
                f"Chức danh đã kết thúc ngày {format_date(post.valid_to)}. Đồng chí vui lòng chọn ngày"
                " không sau ngày đó.",
                column="on",
            )
        )
    staying = Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), post=post)
    if held := staying.count():
        faults.append(
            Fault(
                f"Còn {held} người giữ chức danh này từ ngày {format_date(on)}. Đồng chí vui lòng cho"
                " thôi giữ trước rồi bỏ chức danh.",
                column="on",
            )
        )
    rules.refuse_if(faults, "Chưa bỏ được chức danh")
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    audit.record(actor, "organisations.close_post", Unit(pk=post.unit_id), post=post.pk)
    return post


def _faults(title: str, rank: str, seats: int, decision: str) -> list[Fault]:
    faults = rules.length_faults(title, 200, "title")
    faults += rules.length_faults(decision, 200, "decision")
    if not title:
        faults.append(Fault("Đồng chí vui lòng ghi chức danh.", column="title"))
    if rank not in Rank.values:
        faults.append(Fault("Đồng chí vui lòng chọn cấp của chức danh.", column="rank"))
    if not 1 <= seats <= MOST_SEATS:
        faults.append(
            Fault(
                f"Số người phải từ 1 đến {MOST_SEATS}. Đồng chí vui lòng ghi lại.", column="seats"
            )
        )
    return faults


def _taken(
    unit_id: int, title: str, on: date, until: date | None, *, but: int | None = None
) -> list[Fault]:
    """The same post twice at a time would split its seats."""
    same = [
        other
        for other in Post.objects.filter(unit_id=unit_id)
        if other.pk != but
        and fold(other.title) == fold(title)
        and rules.overlap(rules.span(other.valid_from, other.valid_to), rules.span(on, until))
    ]
    if not same:
        return []
    return [
        Fault(
            f"Đơn vị đã có chức danh {same[0].title} trong thời gian này. Đồng chí vui lòng sửa số"
            " người của chức danh đó.",
            column="title",
        )
    ]
