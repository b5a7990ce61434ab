"""The yearly plan of what a commune makes public: made from the law and last year's, changed, issued, carried out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.grassroots.enums import Channel, Pillar, Posted, State
from danvan.grassroots.models import Matter, MatterKind, PublicationItem, PublicationPlan
from danvan.grassroots.selectors.planning import asked_channels, asked_days, day_of_law
from danvan.grassroots.selectors.reading import kinds_on
from danvan.grassroots.services import rows
from danvan.grassroots.services.entering import Draft, enter_matter
from danvan.law.selectors import add_months
from danvan.law.services import calendar_in_force
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_DAYS = 3_660  # ten years; more is a slip of the keyboard
YEAR = 12  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan before it is made; who and by when stand on every line that says nothing else."""

    unit_id: int
    year: int
    doer: str = ""
    by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """One line of a plan as it is to be."""

    kind_id: int
    title: str
    channels: Sequence[str]
    days: int | None = None
    doer: str = ""
    by_on: date | None = None


@transaction.atomic
def make_plan(draft: PlanDraft, *, actor: "User | None") -> PublicationPlan:
    """A draft with a line for each kind of the law: as planned a year before, else as the law asks."""
    hold_units([draft.unit_id])
    doer, faults = rows.words_of(draft.doer, column="doer", most=200)
    rows.refuse([*faults, *_plan_faults(draft, actor)])
    before = (
        PublicationPlan.objects.filter(unit_id=draft.unit_id, year__lt=draft.year)
        .order_by("-year", "-pk")
        .first()
    )
    plan = PublicationPlan.objects.create(
        unit_id=draft.unit_id, year=draft.year, made_by=actor, made_at=clock.now()
    )
    kinds = {one.code: one for one in kinds_on(day_of_law(draft.year)) if one.pillar == Pillar.KNOW}
    lines = list(_as_before(before, plan, kinds)) if before else []
    written = {one.kind.code for one in lines}
    lines += [
        PublicationItem(
            plan=plan, kind=kind, title=kind.title, channels=asked_channels(kind),
            days=asked_days(kind, day_of_law(draft.year)), doer=doer, by_on=draft.by_on,
        )
        for code, kind in kinds.items() if code not in written
    ]  # fmt: skip
    PublicationItem.objects.bulk_create(lines)
    audit.record(actor, "grassroots.make_plan", plan, unit_id=draft.unit_id)
    return plan


@transaction.atomic
def set_item(
    plan: PublicationPlan, draft: ItemDraft, *, actor: "User | None", item: PublicationItem | None = None,
    seen: int | None = None,
) -> PublicationItem:  # fmt: skip
    """Write one line of a plan, a new one or another one anew; every fault at once."""
    plan = _locked(plan, seen)
    found = _line_of(plan, item)
    kind = MatterKind.objects.filter(pk=draft.kind_id, pillar=Pillar.KNOW).first()
    title, faults = rows.words_of(
        draft.title, column="title", missing="Đồng chí vui lòng ghi nội dung công khai.", most=300
    )
    doer, more = rows.words_of(draft.doer, column="doer", most=200)
    rows.refuse([*faults, *more, *_item_faults(plan, draft, kind, found)])
    assert kind is not None
    found.kind, found.title, found.doer = kind, title, doer
    found.channels = [one.value for one in Channel if one.value in draft.channels]
    found.days, found.by_on = draft.days, draft.by_on
    found.save()
    _count(plan)
    audit.record(actor, "grassroots.set_item", plan, item_id=found.pk)
    return found


@transaction.atomic
def drop_item(item: PublicationItem, *, actor: "User | None") -> None:
    """Take a line out of a plan, while nothing was written down for it."""
    plan = _locked(item.plan, None)
    item = _line_of(plan, item)
    if (done := item.carried_by) is not None:
        raise RuleError(
            f"Nội dung này đã ghi là việc {done.number} nên không bỏ khỏi kế hoạch được."
        )
    audit.record(actor, "grassroots.drop_item", plan, item_id=item.pk)
    item.delete()
    _count(plan)


@transaction.atomic
def issue_plan(
    plan: PublicationPlan, *, on: date, symbol: str, actor: "User | None", told_on: date | None = None,
    seen: int | None = None,
) -> PublicationPlan:  # fmt: skip
    """Write down that the plan was issued, and when the council and the Front got it; written again, the later holds."""
    plan = _locked(plan, seen)
    symbol, faults = rows.words_of(
        symbol, column="symbol", missing="Đồng chí vui lòng ghi số, ký hiệu của kế hoạch.", most=80
    )
    faults += rows.day_faults(on, column="on", since=date(plan.year - 1, 1, 1), what="ngày")
    if told_on is not None:
        faults += rows.day_faults(told_on, column="told_on", since=on, what="ngày ban hành")
    rows.refuse([*faults, *_lacking(plan)])
    plan.issued_on, plan.symbol, plan.told_on = on, symbol, told_on
    plan.changes += 1
    plan.save(update_fields=["issued_on", "symbol", "told_on", "changes"])
    audit.record(actor, "grassroots.issue_plan", plan)
    return plan


@transaction.atomic
def carry_out_item(
    item: PublicationItem, matter: Matter | None, *, actor: "User | None"
) -> PublicationItem:
    """Say by which matter a line of the plan was carried out; a matter carries out one line."""
    if matter is None:
        raise RuleError("Đồng chí vui lòng chọn việc đã ghi.")
    hold_units({item.plan.unit_id, matter.unit_id})
    calendar_in_force()
    plan = _locked(item.plan, None)
    item = _line_of(plan, item)
    matter = rows.locked(matter)
    if (done := item.carried_by) is not None:
        raise RuleError(f"Nội dung này đã ghi là việc {done.number} rồi.")
    if matter.unit_id != plan.unit_id or matter.kind.code != item.kind.code:
        raise RuleError(
            f"Việc {matter.number} không phải nội dung {item.kind.code} của xã này. Đồng chí vui lòng chọn việc khác."
        )
    if matter.state == State.WITHDRAWN:
        raise RuleError(f"Việc {matter.number} đã rút, đồng chí vui lòng chọn việc khác.")
    if PublicationItem.objects.filter(matter=matter).exclude(pk=item.pk).exists():
        raise RuleError(f"Việc {matter.number} đã ghi cho một nội dung khác của kế hoạch.")
    item.matter = matter
    item.save(update_fields=["matter"])
    _count(plan)
    audit.record(actor, "grassroots.carry_out_item", plan, item_id=item.pk, matter_id=matter.pk)
    return item


@transaction.atomic
def enter_planned(item: PublicationItem, draft: Draft, *, actor: "User | None") -> Matter:
    """Write down the matter that carries out a line of the plan, in one act."""
    code = MatterKind.objects.filter(pk=draft.kind_id).values_list("code", flat=True).first()
    if (draft.unit_id, code) != (item.plan.unit_id, item.kind.code):
        raise RuleError(
            f"Đồng chí đang ghi việc cho nội dung {item.kind.code} của kế hoạch nên không đổi xã và nội dung theo luật "
            "được. Đồng chí vui lòng chọn lại, hoặc ghi việc khác từ trang Dân chủ ở cơ sở."
        )
    matter = enter_matter(draft, actor=actor)
    carry_out_item(item, matter, actor=actor)
    return matter


def _locked(plan: PublicationPlan, seen: int | None) -> PublicationPlan:
    hold_units([plan.unit_id])
    held = PublicationPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if seen is not None and seen != held.changes:
        raise RuleError(
            "Có đồng chí vừa sửa kế hoạch này. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return held


def _line_of(plan: PublicationPlan, item: PublicationItem | None) -> PublicationItem:
    """The line as it stands now, after its plan is held; a new one where none is named."""
    if item is None:
        return PublicationItem(plan=plan)
    found = plan.items.select_related("plan", "kind", "matter").filter(pk=item.pk).first()
    if found is None:
        raise RuleError(
            "Nội dung này vừa được bỏ khỏi kế hoạch. Đồng chí vui lòng mở lại kế hoạch để xem."
        )
    return found


def _count(plan: PublicationPlan) -> None:
    plan.changes += 1
    plan.save(update_fields=["changes"])


def _as_before(
    before: PublicationPlan, plan: PublicationPlan, kinds: dict[str, MatterKind]
) -> Iterator[PublicationItem]:
    """The lines of an earlier plan, their days moved to the new year; a kind that is no longer in force is left out."""
    ahead = (plan.year - before.year) * YEAR
    for one in before.items.select_related("kind"):
        kind = kinds.get(one.kind.code)
        if kind is not None:
            by_on = add_months(one.by_on, ahead) if one.by_on else None
            same = (one.kind.title, kind.title)
            title = same[1] if one.title == same[0] else one.title
            yield PublicationItem(
                plan=plan, kind=kind, title=title, channels=one.channels, days=one.days, doer=one.doer, by_on=by_on,
            )  # fmt: skip


def _plan_faults(draft: PlanDraft, actor: "User | None") -> Iterator[Fault]:
    today = clock.today()
    denied = "Đồng chí chưa có quyền lập kế hoạch công khai cho đơn vị này."
    yield from rows.keeper_faults(draft.unit_id, actor, on=today, denied=denied)
    if not today.year - 1 <= draft.year <= today.year + 1:
        yield Fault(
            f"Kế hoạch lập cho năm từ {today.year - 1} đến {today.year + 1}, đồng chí vui lòng chọn lại năm.",
            column="year",
        )
        return
    if PublicationPlan.objects.filter(unit_id=draft.unit_id, year=draft.year).exists():
        yield Fault(
            f"Xã đã có kế hoạch công khai năm {draft.year}, đồng chí vui lòng sửa kế hoạch đó.",
            column="year",
        )
    if not any(one.pillar == Pillar.KNOW for one in kinds_on(day_of_law(draft.year))):
        yield Fault(
            "Chưa nạp danh mục nội dung phải công khai. Đồng chí vui lòng đề nghị người quản trị chạy lệnh danvan grassroots load."
        )
    yield from _by_faults(draft.by_on, draft.year)


def _by_faults(by_on: date | None, year: int) -> Iterator[Fault]:
    if by_on is not None and by_on.year != year:
        yield Fault(
            f"Ngày {format_date(by_on)} không thuộc năm {year}, đồng chí vui lòng xem lại.",
            column="by_on",
        )


def _item_faults(
    plan: PublicationPlan, draft: ItemDraft, kind: MatterKind | None, item: PublicationItem
) -> Iterator[Fault]:
    yield from _by_faults(draft.by_on, plan.year)
    if draft.days is not None and not 1 <= draft.days <= MOST_DAYS:
        yield Fault(f"Số ngày phải từ 1 đến {format_number(MOST_DAYS)}.", column="days")
    unknown = set(draft.channels) - set(Channel.values)
    if unknown or not draft.channels:
        yield Fault("Đồng chí vui lòng chọn hình thức công khai.", column="channels")
    if plan.issued_on is not None:
        yield from _line_faults(draft.doer.strip(), draft.by_on)
    if kind is None:
        yield Fault("Đồng chí vui lòng chọn nội dung theo luật.", column="kind")
        return
    if item.matter_id is not None and item.kind.code != kind.code:
        yield Fault(
            f"Nội dung này đã ghi là việc {item.matter}, nên không đổi mã được.", column="kind"
        )
    missing = [one for one in asked_channels(kind) if one not in draft.channels]
    if missing and kind.posted != Posted.NEVER and draft.channels:
        names = ", ".join(str(Channel(one).label).lower() for one in missing)
        yield Fault(f"Luật yêu cầu cả {names} ({kind.citation}).", column="channels")
    if kind.posted == Posted.ALWAYS and draft.days is not None:
        yield Fault(
            "Nội dung này phải niêm yết thường xuyên, đồng chí vui lòng để trống số ngày.",
            column="days",
        )
    least = asked_days(kind, day_of_law(plan.year))
    if least is not None and draft.days is not None and draft.days < least:
        yield Fault(
            f"Nội dung này phải niêm yết ít nhất {format_number(least)} ngày liên tục.",
            column="days",
        )


def _line_faults(doer: str, by_on: date | None) -> Iterator[Fault]:
    if not doer:
        yield Fault("Đồng chí vui lòng ghi bộ phận phụ trách.", column="doer")
    if by_on is None:
        yield Fault("Đồng chí vui lòng ghi công khai trước ngày nào.", column="by_on")


def _lacking(plan: PublicationPlan) -> Iterator[Fault]:
    """What every line of an issued plan must say and some do not."""
    lines = list(plan.items.select_related("kind"))
    if not lines:
        yield Fault("Kế hoạch chưa có nội dung nào, đồng chí vui lòng thêm nội dung.")
    for one in lines:
        lacks = [
            words
            for words, there in (("bộ phận phụ trách", one.doer), ("ngày công khai", one.by_on))
            if not there
        ]
        if lacks:
            yield Fault(
                f"{one.kind.code} {one.title}: chưa ghi {' và '.join(lacks)}, đồng chí vui lòng ghi thêm."
            )
