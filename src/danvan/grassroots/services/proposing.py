"""Initiatives of households: written down, counted again, put to the people, or declined with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.numbering import next_number
from danvan.grassroots.enums import INITIATIVE_KEY, Pillar
from danvan.grassroots.models import Initiative, InitiativeCount, Matter, MatterKind
from danvan.grassroots.selectors.initiatives import standing_of
from danvan.grassroots.selectors.reading import kinds_on, villages_of_unit
from danvan.grassroots.services import rows
from danvan.grassroots.services.entering import Draft, enter_matter
from danvan.grassroots.services.voting import MOST
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.law.services import calendar_in_force
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How many households of the village agreed; without `households` their number is that of the register."""

    counted_on: date
    supporters: int
    households: int | None = None
    front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeDraft:
    """An initiative before it is written down."""

    unit_id: int
    village_id: int
    kind_id: int
    title: str
    support: Support


@transaction.atomic
def enter_initiative(draft: InitiativeDraft, *, actor: "User | None") -> Initiative:
    """Write down what households of a village propose, and how many agree; every fault at once."""
    hold_units({draft.unit_id, draft.village_id})
    title, faults = rows.words_of(
        draft.title, column="title", missing="Đồng chí vui lòng ghi sáng kiến.", most=400
    )
    support = draft.support
    whole = _households(draft.unit_id, draft.village_id, support)
    kind = MatterKind.objects.filter(pk=draft.kind_id).first()
    rows.refuse([*faults, *_faults(draft, kind, actor), *_count_faults(support, whole)])
    assert kind is not None
    assert whole is not None
    year = clock.today().year
    initiative = Initiative.objects.create(
        number=f"SK-{year}-{next_number(f'grassroots.initiative.{year}'):04}",
        unit_id=draft.unit_id,
        village_id=draft.village_id,
        kind=kind,
        title=title,
        entered_on=clock.today(),
        entered_by=actor,
    )
    _add_count(initiative, support, whole)
    audit.record(actor, "grassroots.enter_initiative", initiative, unit_id=draft.unit_id)
    return initiative


@transaction.atomic
def count_initiative(
    initiative: Initiative, support: Support, *, actor: "User | None", seen: int | None = None
) -> InitiativeCount:
    """Count the households anew; the earlier count stays readable."""
    initiative = _waiting(initiative, seen)
    whole = _households(initiative.unit_id, initiative.village_id, support)
    last = initiative.counts.last()
    faults = list(_count_faults(support, whole))
    if last is not None and support.counted_on < last.counted_on:
        faults.append(Fault(f"Lần trước lấy ý kiến ngày {format_date(last.counted_on)}, ngày này phải từ đó trở đi.", column="counted_on"))  # fmt: skip
    rows.refuse(faults)
    assert whole is not None
    made = _add_count(initiative, support, whole)
    _save(initiative)
    audit.record(actor, "grassroots.count_initiative", initiative, count_id=made.pk)
    return made


@transaction.atomic
def raise_initiative(
    initiative: Initiative, *, on: date, actor: "User | None", seen: int | None = None
) -> Matter:
    """Put it to the people: a matter begins, where enough households agree and their consent still holds."""
    initiative = _waiting(initiative, seen)
    standing = standing_of(initiative)
    count = standing.count
    rows.refuse(rows.day_faults(on, column="on", since=count.counted_on, what="ngày lấy ý kiến"))
    if not standing.enough:
        raise RuleError(
            f"Mới {format_number(count.supporters)}/{format_number(count.households)} hộ đồng ý, cần từ"
            f" {format_number(standing.needed)} hộ ({count.needed.citation}). Đồng chí vui lòng lấy thêm ý kiến,"
            " hoặc ghi Ban công tác Mặt trận tán thành."
        )
    until = standing.holds_until
    if until is not None and standing.over(on):
        raise RuleError(
            f"Ý kiến đồng ý của các hộ có giá trị đến {format_date(until)}. Đồng chí vui lòng lấy lại"
            " ý kiến các hộ rồi ghi lần mới."
        )
    share = f"{format_number(count.supporters)}/{format_number(count.households)} hộ"
    front = ", Ban công tác Mặt trận tán thành" if count.front else ""
    draft = Draft(
        unit_id=initiative.unit_id, kind_id=initiative.kind_id, title=initiative.title, began_on=on,
        village_id=initiative.village_id, basis=f"Sáng kiến {initiative.number} của {share}{front}",
    )  # fmt: skip
    initiative.matter = enter_matter(draft, actor=actor)
    _save(initiative, "matter")
    audit.record(actor, "grassroots.raise_initiative", initiative, matter_id=initiative.matter.pk)
    return initiative.matter


@transaction.atomic
def decline_initiative(
    initiative: Initiative, *, on: date, why: str, actor: "User | None", seen: int | None = None
) -> Initiative:
    """Answer that it is not put to the people, with the reason."""
    initiative = _waiting(initiative, seen)
    last = initiative.counts.last()
    why, faults = rows.words_of(
        why, column="why", missing="Đồng chí vui lòng ghi lý do không đưa ra bàn.", most=500
    )
    since = last.counted_on if last else initiative.entered_on
    rows.refuse([*faults, *rows.day_faults(on, column="on", since=since, what="ngày lấy ý kiến")])
    initiative.declined_on, initiative.declined_why = on, why
    initiative.matter = None  # one that was taken back; its basis still names the initiative
    _save(initiative, "declined_on", "declined_why", "matter")
    audit.record(actor, "grassroots.decline_initiative", initiative)
    return initiative


def _waiting(initiative: Initiative, seen: int | None) -> Initiative:
    """The row under lock, after its units and the calendar; RuleError where it was answered or changed since."""
    hold_units({initiative.unit_id, initiative.village_id})
    calendar_in_force()
    held = Initiative.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("matter").get(pk=initiative.pk)
    if found.put or found.declined_on is not None:
        raise RuleError(
            f"Sáng kiến {found.number} đã được trả lời, đồng chí vui lòng xem lại trang."
        )
    if seen is not None and seen != found.changes:
        raise RuleError(
            f"Có người vừa sửa sáng kiến {found.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def _save(initiative: Initiative, *fields: str) -> None:
    initiative.changes += 1
    initiative.save(update_fields=[*fields, "changes"])


def _add_count(initiative: Initiative, support: Support, households: int) -> InitiativeCount:
    return InitiativeCount.objects.create(
        initiative=initiative,
        counted_on=support.counted_on,
        supporters=support.supporters,
        households=households,
        front=support.front,
        needed=parameter(INITIATIVE_KEY, on=support.counted_on),
    )


def _households(unit_id: int, village_id: int, support: Support) -> int | None:
    """What was written, else what the register counted up to that day."""
    if support.households is not None:
        return support.households
    villages = villages_of_unit(unit_id, on=support.counted_on)
    return next((one.households for one in villages if one.id == village_id), None)


def _count_faults(support: Support, whole: int | None) -> Iterator[Fault]:
    if support.counted_on > clock.today():
        day = format_date(support.counted_on)
        yield Fault(f"Ngày {day} chưa đến, đồng chí vui lòng xem lại.", column="counted_on")
    elif (wrong := _law_fault(support.counted_on)) is not None:
        yield wrong
    if whole is None:
        yield Fault(
            "Sổ đơn vị chưa có số hộ của thôn này, đồng chí vui lòng ghi tổng số hộ.",
            column="households",
        )
    elif not 1 <= whole <= MOST:
        yield Fault(f"Tổng số hộ phải từ 1 đến {format_number(MOST)}.", column="households")
    elif support.supporters > whole:
        yield Fault(
            f"Số hộ đồng ý không được quá tổng số hộ của thôn là {format_number(whole)}.",
            column="supporters",
        )
    if support.supporters < 1:
        yield Fault("Đồng chí vui lòng ghi ít nhất một hộ đồng ý.", column="supporters")


def _law_fault(day: date) -> Fault | None:
    try:
        parameter(INITIATIVE_KEY, on=day)
    except UnknownParameter as unknown:
        return Fault(str(unknown), column="counted_on")
    return None


def _faults(
    draft: InitiativeDraft, kind: MatterKind | None, actor: "User | None"
) -> Iterator[Fault]:
    on = min(draft.support.counted_on, clock.today())
    denied = "Đồng chí chưa có quyền ghi sáng kiến cho đơn vị này."
    yield from rows.keeper_faults(draft.unit_id, actor, on=on, denied=denied)
    if kind is None or kind.pillar != Pillar.DECIDE or kind not in kinds_on(on):
        yield Fault("Đồng chí vui lòng chọn nội dung Nhân dân bàn, quyết định.", column="kind")
    if draft.village_id not in {one.id for one in villages_of_unit(draft.unit_id, on=on)}:
        yield Fault("Đồng chí vui lòng chọn thôn, tổ dân phố của xã này.", column="village")
