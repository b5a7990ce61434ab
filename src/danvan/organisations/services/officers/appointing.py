"""Who comes to a post and who leaves it, by which decision."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.enums import Entry, Manner
from danvan.organisations.models import Appointment, Officer, Post, Unit
from danvan.organisations.services.officers import rules
from danvan.organisations.services.officers.seats import seat_faults, twice_faults
from danvan.vietnamese.dates import format_date

NOT_DONE = "Chưa ghi được việc giữ chức danh"


@dataclass(frozen=True, slots=True)
class Draft:
    """One appointment before it is made; `row` is where it stands in the list that was handed in."""

    officer_id: int
    post_id: int
    manner: str
    entry: str
    decision: str
    on: date
    until: date | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Appointed:
    """What was made, and what a person should look at again: a sentence each."""

    appointments: list[Appointment]
    warnings: tuple[str, ...] = ()

    @property
    def appointment(self) -> Appointment:
        """The only one, where one was asked for."""
        return self.appointments[0]


@dataclass(slots=True)
class _Held:
    """The posts asked for, locked, with everybody who holds them, and what the officers hold elsewhere."""

    posts: dict[int, Post]
    officers: dict[int, Officer]
    by_post: dict[int, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    by_officer: dict[int, list[Appointment]] = field(default_factory=lambda: defaultdict(list))


def appoint(
    officer: Officer,
    post: Post,
    *,
    manner: str,
    entry: str,
    decision: str,
    on: date,
    actor: Any,
    until: date | None = None,
) -> Appointed:
    """Give a post to an officer from a day. All faults at once, as `appoint_many`."""
    draft = Draft(officer.pk, post.pk, manner, entry, decision, on, until)
    return appoint_many([draft], actor=actor)


@transaction.atomic
def appoint_many(drafts: Sequence[Draft], *, actor: Any) -> Appointed:
    """Make all of these appointments or none.

    Refused, all faults at once: a manner or an entry that is none, no decision, days outside the post's or its
    unit's, one person twice in one post on a day, more holders than seats on any day. Whoever acts or is in charge
    takes no seat of those who fill it. Queries do not grow with the number of drafts.
    """
    held = _read(drafts)
    made, faults = [], []
    for draft in drafts:
        new, wrong = _try(draft, held)
        faults += [Fault(one.message, draft.row, one.column) for one in wrong]
        if new is not None:
            made.append(new)
    rules.refuse_if(faults, NOT_DONE)
    Appointment.objects.bulk_create(made)
    for one in made:
        audit.record(
            actor, "organisations.appoint", Unit(pk=one.post.unit_id),
            appointment=one.pk, post=one.post_id, officer=one.officer_id,
        )  # fmt: skip
    return Appointed(made, tuple(_warnings(made, held)))


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: date, why: str, actor: Any) -> Appointment:
    """End somebody's time in a post from a day on, and say why."""
    appointment = _locked(appointment)
    why = rules.written(why)
    faults = _ending_faults(appointment, on) + rules.length_faults(why, 200, "why")
    if not why:
        faults.append(Fault("Đồng chí vui lòng ghi lý do thôi giữ chức danh.", column="why"))
    rules.refuse_if(faults, "Chưa ghi được việc thôi giữ chức danh")
    _end(appointment, on, why)
    audit.record(
        actor, "organisations.end_appointment", Unit(pk=appointment.post.unit_id),
        appointment=appointment.pk,
    )  # fmt: skip
    return appointment


@transaction.atomic
def rotate(
    appointment: Appointment,
    to_post: Post,
    *,
    on: date,
    decision: str,
    actor: Any,
    manner: str = Manner.FULL,
) -> Appointed:
    """Move an officer from one post to another by one decision: the first ends on the day the next begins."""
    appointment = _locked(appointment)
    faults = _ending_faults(appointment, on)
    draft = Draft(appointment.officer_id, to_post.pk, manner, Entry.ROTATED, decision, on)
    held = _read([draft])
    if to_post.pk == appointment.post_id:
        faults.append(
            Fault(
                "Chức danh mới phải khác chức danh đang giữ. Đồng chí vui lòng chọn lại.",
                column="post",
            )
        )
    new, wrong = _try(draft, held, leaving=appointment)
    faults += wrong
    rules.refuse_if(faults, "Chưa ghi được việc luân chuyển")
    assert new is not None  # nothing was wrong with it
    _end(appointment, on, f"Luân chuyển: {new.decision}"[:200])
    new.save()
    audit.record(
        actor, "organisations.rotate", Unit(pk=new.post.unit_id),
        ended=appointment.pk, appointment=new.pk, officer=new.officer_id,
    )  # fmt: skip
    return Appointed([new], tuple(_warnings([new], held)))


def _locked(appointment: Appointment) -> Appointment:
    return (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("post__unit")
        .get(pk=appointment.pk)
    )


def _ending_faults(appointment: Appointment, on: date) -> list[Fault]:
    if on <= appointment.valid_from:
        return [
            Fault(
                f"Cán bộ giữ chức danh từ ngày {format_date(appointment.valid_from)}. Đồng chí vui lòng chọn"
                " ngày sau đó.",
                column="on",
            )
        ]
    if appointment.valid_to and on > appointment.valid_to:
        return [
            Fault(
                f"Cán bộ đã thôi giữ chức danh ngày {format_date(appointment.valid_to)}. Đồng chí vui lòng"
                " chọn ngày không sau ngày đó.",
                column="on",
            )
        ]
    return []


def _end(appointment: Appointment, on: date, why: str) -> None:
    appointment.valid_to, appointment.ended_why = on, why
    appointment.save(update_fields=["valid_to", "ended_why"])


def _read(drafts: Sequence[Draft]) -> _Held:
    """Four queries, whatever the number of drafts. Locking the posts keeps two acts from one seat."""
    posts = Post.objects.select_for_update(of=("self",)).select_related("unit").order_by("pk")
    held = _Held(
        posts={one.pk: one for one in posts.filter(pk__in={draft.post_id for draft in drafts})},
        officers=Officer.objects.in_bulk({draft.officer_id for draft in drafts}),
    )
    for one in Appointment.objects.filter(post_id__in=held.posts):
        held.by_post[one.post_id].append(one)
    for one in Appointment.objects.filter(officer_id__in=held.officers).select_related("post"):
        held.by_officer[one.officer_id].append(one)
    return held


def _try(
    draft: Draft, held: _Held, *, leaving: Appointment | None = None
) -> tuple[Appointment | None, list[Fault]]:
    """The appointment, beside those that stand and those tried before it; or what is wrong with it."""
    faults = _words_of(draft)
    post, officer = held.posts.get(draft.post_id), held.officers.get(draft.officer_id)
    if post is None:
        faults.append(Fault("Chức danh này không có. Đồng chí vui lòng chọn lại.", column="post"))
    if officer is None:
        faults.append(Fault("Cán bộ này không có. Đồng chí vui lòng chọn lại.", column="officer"))
    if post is None or officer is None:
        return None, faults
    faults += rules.order_faults(draft.on, draft.until) or rules.post_faults(
        draft.on, draft.until, post
    )
    new = Appointment(
        officer=officer, post=post, manner=draft.manner, entry=draft.entry,
        decision=rules.written(draft.decision), valid_from=draft.on, valid_to=draft.until,
    )  # fmt: skip
    beside = [one for one in held.by_post[post.pk] if leaving is None or one.pk != leaving.pk]
    if not any(one.column in ("until", "manner") for one in faults):
        twice = twice_faults(post, beside, new)
        faults += twice or seat_faults(post, [*beside, new])
    if faults:
        return None, faults
    held.by_post[post.pk].append(new)
    held.by_officer[officer.pk].append(new)
    return new, []


def _words_of(draft: Draft) -> list[Fault]:
    faults = rules.decision_faults(draft.decision)
    faults += rules.length_faults(draft.decision, 200, "decision")
    if draft.manner not in Manner.values:
        faults.append(Fault("Đồng chí vui lòng chọn cách giữ chức danh.", column="manner"))
    if draft.entry not in Entry.values:
        faults.append(
            Fault("Đồng chí vui lòng chọn hình thức: bổ nhiệm, bầu, chỉ định, …", column="entry")
        )
    return faults


def _warnings(made: Iterable[Appointment], held: _Held) -> list[str]:
    """What is allowed and seldom meant: a concurrent post without a main one, two main ones on one day."""
    said = []
    for one in made:
        beside = [
            other
            for other in held.by_officer[one.officer_id]
            if other is not one
            and other.manner == Manner.FULL
            and rules.overlap(
                rules.span(other.valid_from, other.valid_to),
                rules.span(one.valid_from, one.valid_to),
            )
        ]
        name, title = one.officer.full_name, one.post.title
        if one.manner == Manner.CONCURRENT and not beside:
            said.append(
                f"{name} kiêm nhiệm {title} nhưng chưa ghi chức danh chính. Đồng chí vui lòng ghi chức danh"
                " chính, hoặc chọn cách giữ “Chính thức”."
            )
        if one.manner == Manner.FULL and beside:
            said.append(
                f"{name} đang giữ chính thức {beside[0].post.title}. Nếu {title} là kiêm nhiệm, đồng chí vui"
                " lòng sửa cách giữ."
            )
    return said
