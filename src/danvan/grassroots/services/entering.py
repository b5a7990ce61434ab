"""Write down a matter: what the law obliges, whose, since which day; take back one written in error."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault
from danvan.foundation.numbering import next_number
from danvan.grassroots.enums import DUE, Pillar, State, StepKind
from danvan.grassroots.models import Matter, MatterKind
from danvan.grassroots.selectors.reading import villages_of_unit
from danvan.grassroots.services import rows
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A matter before it is written down. Without a village it concerns the whole commune."""

    unit_id: int
    kind_id: int
    title: str
    began_on: date
    village_id: int | None = None
    basis: str = ""


@transaction.atomic
def enter_matter(draft: Draft, *, actor: "User | None") -> Matter:
    """Write it down and start its clock, where the law gives one; every fault at once."""
    hold_units({one for one in (draft.unit_id, draft.village_id) if one})
    kind = MatterKind.objects.filter(pk=draft.kind_id).first()
    title, faults = rows.words_of(
        draft.title, column="title", missing="Đồng chí vui lòng ghi việc.", most=400
    )
    basis, more = rows.words_of(draft.basis, column="basis", most=300)
    rows.refuse([*faults, *more, *_faults(draft, kind, actor)])
    assert kind is not None
    year = draft.began_on.year
    matter = Matter.objects.create(
        number=f"DC-{year}-{next_number(f'grassroots.{year}'):04}",
        unit_id=draft.unit_id,
        kind=kind,
        title=title,
        village_id=draft.village_id,
        basis=basis,
        began_on=draft.began_on,
        entered_by=actor,
    )
    if kind.term:
        rows.run(matter, DUE, kind.term, on=draft.began_on, actor=actor)
    rows.step(matter, StepKind.ENTERED, actor=actor)
    rows.index(matter)
    audit.record(actor, "grassroots.enter", matter, unit_id=draft.unit_id)
    return matter


@transaction.atomic
def withdraw_matter(
    matter: Matter, *, why: str, actor: "User | None", seen: int | None = None
) -> Matter:
    """Take back one written in error, with the reason; it stays readable and counts nowhere."""
    matter = rows.locked(matter, seen=seen)
    why, faults = rows.words_of(
        why, column="why", missing="Đồng chí vui lòng ghi lý do rút.", most=500
    )
    rows.refuse(faults)
    rows.move(matter, State.WITHDRAWN, refusal="Việc đã có kết quả thì không rút được.")
    for name in (DUE,):
        rows.stop(matter, name, on=max(clock.today(), matter.began_on), actor=actor)
    rows.save(matter, "state")
    rows.step(matter, StepKind.WITHDRAWN, actor=actor, words=why)
    audit.record(actor, "grassroots.withdraw", matter)
    return matter


def _faults(draft: Draft, kind: MatterKind | None, actor: "User | None") -> Iterator[Fault]:
    denied = "Đồng chí chưa có quyền ghi việc dân chủ ở cơ sở cho đơn vị này."
    yield from rows.keeper_faults(
        draft.unit_id, actor, on=draft.began_on, denied=denied, day=" vào ngày phát sinh"
    )
    if draft.began_on > clock.today():
        yield Fault(
            f"Ngày {format_date(draft.began_on)} chưa đến, đồng chí vui lòng xem lại.",
            column="began_on",
        )
    if kind is None:
        yield Fault("Đồng chí vui lòng chọn nội dung theo luật.", column="kind")
        return
    if not _in_force(kind, draft.began_on):
        yield Fault(
            f"Nội dung {kind.code} không có hiệu lực ngày {format_date(draft.began_on)}.",
            column="kind",
        )
    elif kind.term:
        yield from _term_faults(kind.term, draft.began_on)
    if kind.pillar == Pillar.DECIDE and not kind.commune_wide and draft.village_id is None:
        yield Fault(
            "Nội dung này do từng thôn, tổ dân phố quyết định, đồng chí vui lòng chọn thôn.",
            column="village",
        )
    if draft.village_id is not None and draft.village_id not in {
        one.id for one in villages_of_unit(draft.unit_id, on=draft.began_on)
    }:
        yield Fault(
            "Thôn, tổ dân phố này không thuộc xã vào ngày phát sinh, đồng chí vui lòng chọn lại.",
            column="village",
        )


def _in_force(kind: MatterKind, day: date) -> bool:
    return kind.valid_from <= day and (kind.valid_to is None or day < kind.valid_to)


def _term_faults(key: str, day: date) -> Iterator[Fault]:
    try:
        parameter(key, on=day)
    except UnknownParameter as unknown:
        yield Fault(str(unknown), column="began_on")
