"""The lines of a programme: freely while it is a draft, by dated amendments once it is issued."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from danvan.commitments.models import Commitment, ProgrammeEntry, ProgrammeParty, WorkProgramme
from danvan.commitments.programme_enums import ChangeKind, EntryKind
from danvan.commitments.selectors.chairs import spelling_key
from danvan.commitments.selectors.programmes import deadlines_to_take_in, entry_lines
from danvan.commitments.services import programme_rows as rows
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Period
from danvan.organisations.selectors import units_on
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST_ENTRIES = 300  # of one programme
LENGTHS = {
    "content": (600, "Nội dung"),
    "chair": (160, "Người chủ trì"),
    "place": (200, "Địa điểm"),
    "source": (200, "Văn bản"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlan:
    """One line before it is written down. `ends_on` None is the day it starts on."""

    starts_on: date
    kind: str
    content: str
    ends_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    chair: str = ""
    place: str = ""
    source: str = ""
    party_ids: tuple[int, ...] = ()
    commitment_id: int | None = None
    followed: bool = False  # whoever writes it follows it


@transaction.atomic
def add_entry(
    programme: WorkProgramme,
    plan: EntryPlan,
    *,
    actor: "User | None",
    reason: str = "",
    seen: int | None = None,
) -> ProgrammeEntry:
    """One more line; a dated amendment with its reason where the programme is issued."""
    programme = rows.locked(programme, seen=seen)
    rows.refuse(entry_faults(programme, plan, reason))
    if programme.entries.count() >= MOST_ENTRIES:
        raise RuleError("Chương trình đã có quá nhiều mục. Đồng chí vui lòng gộp bớt.")
    entry = ProgrammeEntry(programme=programme)
    _write(entry, plan, actor)
    if programme.issued:
        after = _told(entry)
        rows.amended(entry, ChangeKind.ADDED, reason=rows.written(reason), before="", after=after, actor=actor)  # fmt: skip
    rows.kept(programme)
    audit.record(actor, "commitments.add_entry", programme, entry_id=entry.pk)
    return entry


@transaction.atomic
def change_entry(
    entry: ProgrammeEntry,
    plan: EntryPlan,
    *,
    actor: "User | None",
    reason: str = "",
    seen: int | None = None,
) -> ProgrammeEntry:
    """Write a line anew; an issued programme keeps what it said before, and why."""
    programme, entry = _locked(entry, seen)
    rows.refuse(entry_faults(programme, plan, reason))
    before, chair = _told(entry), entry.chair
    parties = list(entry.parties.values_list("unit_id", flat=True))
    entry.revision += int(programme.issued)
    _write(entry, plan, actor)
    if programme.issued:
        after = _told(entry)
        rows.amended(
            entry, ChangeKind.CHANGED, reason=rows.written(reason), before=before, after=after,
            actor=actor, parties_before=parties, chair_before=chair,
        )  # fmt: skip
    rows.kept(programme)
    audit.record(actor, "commitments.change_entry", programme, entry_id=entry.pk)
    return entry


@transaction.atomic
def drop_entry(
    entry: ProgrammeEntry, *, actor: "User | None", reason: str = "", seen: int | None = None
) -> None:
    """Take a line out of a draft; in an issued programme it is cancelled, and stays readable with the reason."""
    programme, entry = _locked(entry, seen)
    rows.refuse(_reason_faults(programme, reason))
    pk = entry.pk
    if programme.issued:
        before = _told(entry)
        entry.cancelled_on, entry.changed_at = clock.today(), clock.now()
        entry.revision += 1
        entry.save(update_fields=["cancelled_on", "changed_at", "revision"])
        rows.amended(entry, ChangeKind.CANCELLED, reason=rows.written(reason), before=before, after="", actor=actor)  # fmt: skip
    else:
        entry.delete()
    rows.kept(programme)
    audit.record(actor, "commitments.drop_entry", programme, entry_id=pk)


@transaction.atomic
def take_in_deadlines(
    programme: WorkProgramme, ids: Collection[int], *, actor: "User | None"
) -> list[ProgrammeEntry]:
    """Write the due days of these commitments of the unit into a draft, each once. Queries do not grow with their number."""
    programme = rows.locked(programme)
    if programme.issued:
        raise RuleError("Chương trình đã ban hành. Đồng chí vui lòng bổ sung từng mục.")
    wanted = [one for one in deadlines_to_take_in(programme) if one.pk in ids]
    if not wanted:
        raise RuleError(
            "Đồng chí vui lòng chọn ít nhất một hạn của tháng này chưa có trong chương trình."
        )
    entries = ProgrammeEntry.objects.bulk_create(
        ProgrammeEntry(
            programme=programme,
            starts_on=one.ordered_by,
            ends_on=one.ordered_by,
            kind=EntryKind.DEADLINE,
            content=one.title,
            source=one.source_symbol,
            commitment=one,
            changed_at=clock.now(),
        )
        for one in wanted
    )
    rows.kept(programme)
    audit.record(actor, "commitments.take_in_deadlines", programme, ids=[one.pk for one in wanted])
    return entries


def entry_faults(programme: WorkProgramme, plan: EntryPlan, reason: str) -> list[Fault]:
    """What keeps a line from being written down as it stands."""
    return [*_faults(programme, plan), *_reason_faults(programme, reason)]


def _locked(entry: ProgrammeEntry, seen: int | None) -> tuple[WorkProgramme, ProgrammeEntry]:
    programme = rows.locked(entry.programme, seen=seen)
    found = ProgrammeEntry.objects.filter(pk=entry.pk).first()
    if found is None or found.cancelled_on is not None:
        raise RuleError("Mục này không còn trong chương trình. Đồng chí vui lòng mở lại trang.")
    return programme, found


def _write(entry: ProgrammeEntry, plan: EntryPlan, actor: "User | None") -> None:
    for name in ("starts_on", "starts_at", "ends_at", "kind", "commitment_id"):
        setattr(entry, name, getattr(plan, name))
    entry.ends_on = plan.ends_on or plan.starts_on
    for name in LENGTHS:
        setattr(entry, name, rows.written(getattr(plan, name)))
    entry.chair_key, entry.place_key = spelling_key(entry.chair), spelling_key(entry.place)
    if plan.followed:
        entry.officer = actor
    elif entry.officer_id is not None and actor is not None and entry.officer_id == actor.pk:
        entry.officer = None
    entry.changed_at = clock.now()
    entry.save()
    ProgrammeParty.objects.filter(entry=entry).exclude(unit_id__in=plan.party_ids).delete()
    ProgrammeParty.objects.bulk_create(
        [ProgrammeParty(entry=entry, unit_id=pk) for pk in dict.fromkeys(plan.party_ids)],
        ignore_conflicts=True,
    )


def _told(entry: ProgrammeEntry) -> str:
    [line] = entry_lines([entry], on=clock.today())
    return " · ".join(words.replace("\n", ", ") for words in line.told if words)


def _reason_faults(programme: WorkProgramme, reason: str) -> list[Fault]:
    if not programme.issued:
        return []
    if not rows.written(reason):
        sentence = "Chương trình đã ban hành, đồng chí vui lòng ghi lý do điều chỉnh."
        return [Fault(sentence, column="reason")]
    return rows.too_long(reason, rows.REASON, "Lý do", "reason")


def _faults(programme: WorkProgramme, plan: EntryPlan) -> Iterator[Fault]:
    period, last = Period.parse(programme.month), plan.ends_on or plan.starts_on
    if last < plan.starts_on:
        yield Fault("Ngày cuối phải sau hoặc đúng ngày đầu.", column="ends_on")
    elif plan.starts_on > period.last or last < period.first:
        day = format_date(plan.starts_on)
        sentence = f"Ngày {day} không thuộc {period.label}, đồng chí vui lòng xem lại."
        yield Fault(sentence, column="starts_on")
    elif (last - plan.starts_on).days > 366:
        yield Fault("Ngày cuối quá xa, đồng chí vui lòng xem lại năm.", column="ends_on")
    if plan.ends_at is not None and plan.starts_at is None:
        yield Fault("Đồng chí vui lòng ghi giờ bắt đầu.", column="starts_at")
    elif (
        plan.starts_at is not None
        and plan.ends_at is not None
        and plan.ends_at <= plan.starts_at
        and last == plan.starts_on
    ):
        yield Fault("Giờ kết thúc phải sau giờ bắt đầu.", column="ends_at")
    if plan.kind not in EntryKind.values:
        yield Fault("Đồng chí vui lòng chọn loại.", column="kind")
    if not rows.written(plan.content):
        yield Fault("Đồng chí vui lòng ghi nội dung.", column="content")
    for name, (most, label) in LENGTHS.items():
        yield from rows.too_long(getattr(plan, name), most, label, name)
    standing = units_on(plan.party_ids, plan.starts_on)
    if set(plan.party_ids) - set(standing):
        sentence = (
            "Có đơn vị không còn hoạt động vào ngày đó, đồng chí vui lòng xem lại thành phần."
        )
        yield Fault(sentence, column="parties")
    if plan.commitment_id is not None and not _concerns(programme.unit_id, plan.commitment_id):
        sentence = "Việc này không do đơn vị chủ trì, phối hợp hay giao."
        yield Fault(sentence, column="commitment")


def _concerns(unit_id: int, commitment_id: int) -> bool:
    part = Q(lead_id=unit_id) | Q(assigner_id=unit_id) | Q(supports__unit_id=unit_id)
    return Commitment.objects.filter(part, pk=commitment_id).exists()
