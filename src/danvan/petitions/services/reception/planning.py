"""The schedule of a head: plan days of a month or one at once, post them, move them with notice, write down that they were held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, clock
from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault
from danvan.foundation.numbering import next_numbers
from danvan.organisations.selectors import units_on
from danvan.organisations.selectors.officers.holding import head_of
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import ReceptionDay, ReceptionStep
from danvan.petitions.reception_enums import (
    RECEIVED_ACTION,
    DayState,
    DayStepKind,
    Ground,
    Receiver,
)
from danvan.petitions.services.reception import rows
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_DAYS = 31
BACK, AHEAD = timedelta(days=3 * 366), timedelta(days=731)
TWICE = "Đơn vị đã có buổi tiếp ngày {}, đồng chí vui lòng chọn ngày khác."


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """Days of reception before they are written down; of one ground, hours and place."""

    unit_id: int
    days: tuple[date, ...]
    place: str
    starts_at: time | None = None
    ends_at: time | None = None
    ground: str = Ground.PERIODIC
    why: str = ""
    online: bool = False


@transaction.atomic
def plan_days(plan: DayPlan, *, actor: "User | None") -> list[ReceptionDay]:
    """Write days of reception down; whoever holds the first post on each day receives. Every fault at once."""
    hold_units([plan.unit_id])
    days = sorted(set(plan.days))
    refuse(_faults(plan, days, actor))
    heads = {day: head_of([plan.unit_id], day).get(plan.unit_id) for day in days}
    made = []
    for day in days:
        [number] = next_numbers(f"petitions.reception.{day.year}", 1)
        head = heads[day]
        made.append(
            ReceptionDay(
                number=f"TD-{day.year}-{number:04}",
                unit_id=plan.unit_id,
                ground=plan.ground,
                why=canonical(plan.why).strip(),
                head_name=head.name if head else "",
                head_title=head.title if head else "",
                held_on=day,
                starts_at=plan.starts_at,
                ends_at=plan.ends_at,
                place=canonical(plan.place).strip(),
                online=plan.online,
                planned_by=actor,
            )
        )
    ReceptionDay.objects.bulk_create(made)
    now, today = clock.now(), clock.today()
    ReceptionStep.objects.bulk_create(
        ReceptionStep(day=one, kind=DayStepKind.PLANNED, on=today, at=now, by=actor) for one in made
    )
    audit.record(
        actor, "petitions.plan_reception", made[0], unit_id=plan.unit_id,
        ids=[one.pk for one in made],
    )  # fmt: skip
    return made


@transaction.atomic
def post_days(
    days: Sequence[ReceptionDay], *, on: date, where: str, actor: "User | None"
) -> list[ReceptionDay]:
    """Write down that the schedule of these days was posted: since when and where. One page may post a whole month."""
    found = [rows.locked_day(one) for one in sorted(days, key=lambda one: one.pk)]
    where, faults = words_of(
        where, column="where", most=300,
        missing="Đồng chí vui lòng ghi lịch được niêm yết, công bố ở đâu.",
    )  # fmt: skip
    if not found:
        faults.append(Fault("Tháng này chưa có buổi tiếp nào chờ niêm yết.", column="on"))
    first = min((one.held_on for one in found), default=on)
    faults += day_faults(on, column="on", since=first - AHEAD, what="ngày")
    if on > first:
        faults.append(
            Fault(f"Lịch phải niêm yết trước ngày tiếp {format_date(first)}.", column="on")
        )
    refuse(faults)
    for one in found:
        rows.move(one, DayState.POSTED, refusal="Chỉ niêm yết buổi tiếp đang dự kiến.")
        one.posted_on, one.posted_at = on, where
        rows.save(one, "state", "posted_on", "posted_at")
        rows.step(one, DayStepKind.POSTED, on=on, actor=actor, words=where)
        audit.record(actor, "petitions.post_reception", one)
    return found


@transaction.atomic
def postpone_day(
    day: ReceptionDay, *, to: date, why: str, on: date, where: str, actor: "User | None",
    seen: int | None = None,
) -> ReceptionDay:  # fmt: skip
    """Hold it on another day: the reason, and since when and where the people were told. The first day stays readable."""
    day = rows.locked_day(day, seen=seen)
    why, faults = words_of(
        why, column="why", most=300, missing="Đồng chí vui lòng ghi lý do lùi, đổi ngày tiếp."
    )
    where, more = words_of(
        where, column="where", most=300,
        missing="Đồng chí vui lòng ghi đã thông báo cho công dân ở đâu.",
    )  # fmt: skip
    faults += [*more, *day_faults(on, column="on", since=day.held_on - AHEAD, what="ngày")]
    if not day.coming:
        raise rows.wrong_state(day, "Chỉ lùi, đổi ngày buổi chưa tiếp.")
    if not clock.today() <= to <= clock.today() + AHEAD or to == day.held_on:
        faults.append(
            Fault("Ngày mới phải khác ngày cũ, từ hôm nay trở đi và không quá xa.", column="to")
        )
    elif ReceptionDay.objects.filter(
        unit_id=day.unit_id, held_on=to, ground=Ground.PERIODIC
    ).exclude(state=DayState.CANCELLED).exclude(pk=day.pk).exists() and day.periodic:  # fmt: skip
        faults.append(Fault(TWICE.format(format_date(to)), column="to"))
    refuse(faults)
    words = f"Từ {format_date(day.held_on)} sang {format_date(to)}: {why}. Thông báo tại {where}"
    day.first_on = day.first_on or day.held_on
    day.held_on, day.state, day.posted_on, day.posted_at = to, DayState.POSTED, on, where
    head = head_of([day.unit_id], to).get(day.unit_id)
    day.head_name, day.head_title = (head.name, head.title) if head else ("", "")
    rows.save(
        day, "first_on", "held_on", "state", "posted_on", "posted_at", "head_name", "head_title"
    )
    rows.step(day, DayStepKind.POSTPONED, on=on, actor=actor, words=words)
    audit.record(actor, "petitions.postpone_reception", day)
    return day


@transaction.atomic
def cancel_day(
    day: ReceptionDay, *, why: str, actor: "User | None", seen: int | None = None
) -> ReceptionDay:
    """Cancel a day that was not held, with the reason; it stays readable and counts nowhere."""
    day = rows.locked_day(day, seen=seen)
    why, faults = words_of(
        why, column="why", most=300, missing="Đồng chí vui lòng ghi lý do hủy buổi tiếp."
    )
    refuse(faults)
    rows.move(day, DayState.CANCELLED, refusal="Buổi đã tiếp thì không hủy được.")
    rows.save(day, "state")
    rows.step(day, DayStepKind.CANCELLED, on=clock.today(), actor=actor, words=why)
    audit.record(actor, "petitions.cancel_reception", day)
    return day


@transaction.atomic
def hold_day(
    day: ReceptionDay, *, received: str, other_name: str = "", other_why: str = "",
    actor: "User | None", seen: int | None = None,
) -> ReceptionDay:  # fmt: skip
    """Write down that it was held and who received. Nobody stands in for the head: another is named with the reason and
    the day counts for nothing.
    """
    day = rows.locked_day(day, seen=seen)
    faults: list[Fault] = []
    if received not in Receiver.values:
        faults.append(Fault("Đồng chí vui lòng chọn ai đã tiếp công dân.", column="received"))
    needed = received == Receiver.OTHER
    name, more = words_of(
        other_name, column="other_name", most=120,
        missing="Đồng chí vui lòng ghi ai đã tiếp thay." if needed else "",
    )  # fmt: skip
    why, also = words_of(
        other_why, column="other_why", most=300,
        missing="Đồng chí vui lòng ghi vì sao người đứng đầu không trực tiếp tiếp." if needed else "",
    )  # fmt: skip
    refuse([*faults, *more, *also])
    if day.held_on > clock.today():
        sentence = (
            f"Buổi tiếp ngày {format_date(day.held_on)} chưa đến, đồng chí ghi sau khi đã tiếp."
        )
        refuse([Fault(sentence)])
    rows.move(day, DayState.HELD, refusal="Buổi này đã ghi hoặc đã hủy.")
    day.received = received
    day.other_name, day.other_why = (name, why) if needed else ("", "")
    rows.save(day, "state", "received", "other_name", "other_why")
    rows.step(day, DayStepKind.HELD, on=day.held_on, actor=actor, words=why if needed else "")
    audit.record(actor, "petitions.hold_reception", day)
    return day


@transaction.atomic
def record_online(
    day: ReceptionDay, *, invited_on: date | None = None, tested_on: date | None = None,
    connected_at: time | None = None, camera_on: bool = False, recorded_at: str = "",
    minutes_signed_on: date | None = None, actor: "User | None", seen: int | None = None,
) -> ReceptionDay:  # fmt: skip
    """Write down how far the steps of an online reception are; what is late is told on the page, never refused."""
    day = rows.locked_day(day, seen=seen)
    if not day.online:
        raise rows.wrong_state(day, "Buổi này tiếp trực tiếp, không có bước trực tuyến.")
    where, faults = words_of(recorded_at, column="recorded_at", most=200)
    for column, on, last in (
        ("invited_on", invited_on, day.held_on),
        ("tested_on", tested_on, day.held_on),
        ("minutes_signed_on", minutes_signed_on, None),
    ):
        if on and on > clock.today():
            faults.append(Fault(f"Ngày {format_date(on)} chưa đến, đồng chí vui lòng xem lại.", column=column))  # fmt: skip
        elif on and last and on > last:
            faults.append(Fault(f"Ngày này phải trước ngày tiếp {format_date(last)}.", column=column))  # fmt: skip
    if minutes_signed_on and minutes_signed_on < day.held_on:
        faults.append(
            Fault(
                "Biên bản ký từ ngày tiếp trở đi, đồng chí vui lòng xem lại.",
                column="minutes_signed_on",
            )
        )
    refuse(faults)
    day.invited_on, day.tested_on, day.connected_at = invited_on, tested_on, connected_at
    day.camera_on, day.recorded_at, day.minutes_signed_on = camera_on, where, minutes_signed_on
    rows.save(
        day, "invited_on", "tested_on", "connected_at", "camera_on", "recorded_at",
        "minutes_signed_on",
    )  # fmt: skip
    rows.step(day, DayStepKind.ONLINE, on=clock.today(), actor=actor)
    audit.record(actor, "petitions.record_online_reception", day)
    return day


def _faults(plan: DayPlan, days: list[date], actor: "User | None") -> Iterator[Fault]:
    if actor is not None and not reaches(actor, RECEIVED_ACTION, plan.unit_id):
        yield Fault("Đồng chí chưa có quyền lập lịch tiếp công dân cho đơn vị này.", column="unit")
    if not days:
        yield Fault("Đồng chí vui lòng ghi ngày tiếp.", column="days")
    if len(days) > MOST_DAYS:
        yield Fault(f"Mỗi lần lập tối đa {MOST_DAYS} ngày.", column="days")
    today = clock.today()
    far = [one for one in days if not today - BACK <= one <= today + AHEAD]
    for one in far[:3]:
        yield Fault(
            f"Ngày {format_date(one)} quá xa, đồng chí vui lòng xem lại năm.", column="days"
        )
    for one in [one for one in days if one not in far][:MOST_DAYS]:
        unit = units_on([plan.unit_id], one).get(plan.unit_id)
        if unit is None or unit.is_place:
            yield Fault(
                f"Đơn vị tiếp công dân phải là tổ chức đang hoạt động vào ngày {format_date(one)}.",
                column="unit",
            )
            break
    if plan.ground not in Ground.values:
        yield Fault("Đồng chí vui lòng chọn tiếp định kỳ hay đột xuất.", column="ground")
    missing = ""
    if plan.ground != Ground.PERIODIC:
        missing = "Đồng chí vui lòng ghi vụ việc phải tiếp đột xuất."
    yield from words_of(plan.why, column="why", most=300, missing=missing)[1]
    yield from words_of(
        plan.place, column="place", most=200, missing="Đồng chí vui lòng ghi địa điểm tiếp."
    )[1]
    if plan.starts_at and plan.ends_at and plan.ends_at <= plan.starts_at:
        yield Fault("Giờ kết thúc phải sau giờ bắt đầu.", column="ends_at")
    if plan.ground == Ground.PERIODIC:
        taken = ReceptionDay.objects.filter(
            unit_id=plan.unit_id, held_on__in=days, ground=Ground.PERIODIC
        ).exclude(state=DayState.CANCELLED)
        for on in sorted(taken.values_list("held_on", flat=True))[:3]:
            yield Fault(TWICE.format(format_date(on)), column="days")
