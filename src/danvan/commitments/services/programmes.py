"""Make a programme of a month, issue it, record a plan of a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.events import ProgrammeIssued
from danvan.commitments.models import WorkProgramme, YearlyPlan
from danvan.commitments.programme_enums import ProgrammeState
from danvan.commitments.selectors.programme_checks import Warned, warnings_of
from danvan.commitments.selectors.programmes import EntryLine, entry_lines
from danvan.commitments.services import programme_rows as rows
from danvan.foundation import audit, clock, events, files
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.organisations.selectors import units_on
from danvan.organisations.selectors.officers.holding import head_of
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

EARLIEST = date(1930, 2, 3)  # nothing of this work is older
FURTHEST = timedelta(days=400)  # a programme further off is a slip of the keyboard
LENGTHS = {
    "symbol": (80, "Số, ký hiệu"),
    "signer": (120, "Người ký"),
    "signer_title": (200, "Chức vụ"),
    "reason": (rows.REASON, "Lý do"),
}


@transaction.atomic
def make_programme(unit_id: int, month: str, *, actor: "User | None") -> WorkProgramme:
    """Begin the programme of a unit for one month; one for each month."""
    hold_units([unit_id])
    rows.refuse(list(_making_faults(unit_id, month, actor)))
    programme = WorkProgramme.objects.create(unit_id=unit_id, month=month, made_by=actor)
    audit.record(actor, "commitments.make_programme", programme, unit_id=unit_id)
    return programme


def _making_faults(unit_id: int, month: str, actor: "User | None") -> Iterator[Fault]:
    try:
        period = Period.parse(month)
    except ValueError:
        period = None
    if period is None or period.every is not Every.MONTH:
        yield Fault("Đồng chí vui lòng chọn tháng.", column="month")
        return
    if period.first > clock.today() + FURTHEST or period.first < EARLIEST:
        label = period.label.capitalize()
        yield Fault(f"{label} quá xa, đồng chí vui lòng xem lại năm.", column="month")
    unit = units_on([unit_id], clock.today()).get(unit_id)
    if actor is not None and not reaches(actor, "programmes.keep", unit_id):
        sentence = "Đồng chí chưa có quyền lập chương trình công tác cho đơn vị này."
        yield Fault(sentence, column="unit")
    elif unit is None or unit.is_place:
        yield Fault("Đồng chí vui lòng chọn một tổ chức đang hoạt động.", column="unit")
    elif WorkProgramme.objects.filter(unit_id=unit_id, month=period.code).exists():
        sentence = (
            f"{unit.name} đã có chương trình {period.label}. Đồng chí vui lòng mở chương trình đó."
        )
        yield Fault(sentence, column="month")


@transaction.atomic
def issue_programme(
    programme: WorkProgramme,
    *,
    symbol: str,
    on: date,
    actor: "User | None",
    signer: str = "",
    signer_title: str = "",
    reason: str = "",
    seen: int | None = None,
) -> WorkProgramme:
    """Issue it by number and day: its lines are kept as issued for good. Where something is to be minded, why all the same.

    Without a signer, who holds the unit's first post on the day is taken.
    """
    programme = rows.locked(programme, seen=seen)
    if programme.issued:
        raise RuleError(
            f"Chương trình đã ban hành số {programme.symbol}. Đồng chí vui lòng ghi điều chỉnh ở từng mục."
        )
    said = {"symbol": symbol, "signer": signer, "signer_title": signer_title, "reason": reason}
    lines, warned = _to_issue(programme, on)
    rows.refuse(list(_issuing_faults(lines, warned, on, said)))
    head = None if signer.strip() else head_of([programme.unit_id], on).get(programme.unit_id)
    programme.state, programme.issued_on, programme.issued_by = ProgrammeState.ISSUED, on, actor
    programme.symbol = rows.written(symbol)
    programme.signer = head.name if head else rows.written(signer)
    programme.signer_title = head.title if head else rows.written(signer_title)
    programme.as_issued = [one.told for one in lines]
    programme.warned = [one.sentence for one in warned]
    programme.reason = rows.written(reason) if warned else ""
    rows.kept(
        programme, "state", "issued_on", "issued_by", "symbol", "signer", "signer_title",
        "as_issued", "warned", "reason",
    )  # fmt: skip
    audit.record(actor, "commitments.issue_programme", programme)
    events.publish(ProgrammeIssued(programme_id=programme.pk))
    return programme


def issuing_faults(programme: WorkProgramme, *, on: date | None, **said: str) -> list[Fault]:
    """What would keep a draft from being issued so; of the day nothing where it is not known yet."""
    lines, warned = _to_issue(programme, on or clock.today())
    return list(_issuing_faults(lines, warned, on, said))


def _to_issue(programme: WorkProgramme, on: date) -> tuple[list[EntryLine], list[Warned]]:
    """The lines of a draft as they would be issued on a day, and what is to be minded of them."""
    lines = entry_lines(programme.entries.all(), on=on)
    unit = units_on([programme.unit_id], on).get(programme.unit_id)
    return lines, warnings_of(programme, [one.entry for one in lines], unit=unit)


def _issuing_faults(
    lines: list[EntryLine], warned: list[Warned], on: date | None, said: dict[str, str]
) -> Iterator[Fault]:
    for name, (most, label) in LENGTHS.items():
        yield from rows.too_long(said.get(name, ""), most, label, name)
    if not lines:
        yield Fault("Chương trình chưa có mục nào nên chưa ban hành được.")
    if not rows.written(said.get("symbol", "")):
        yield Fault("Đồng chí vui lòng ghi số, ký hiệu.", column="symbol")
    if on is not None and not EARLIEST <= on <= clock.today():
        sentence = f"Ngày {format_date(on)} chưa đến hoặc quá xa, đồng chí vui lòng xem lại."
        yield Fault(sentence, column="on")
    if lines and warned and not rows.written(said.get("reason", "")):
        sentence = (
            "Chương trình còn điều cần lưu ý. Đồng chí vui lòng sửa, hoặc ghi vì sao vẫn ban hành."
        )
        yield Fault(sentence, column="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfYear:
    """A plan of a year before it is written down."""

    unit_id: int
    year: int
    symbol: str
    issued_on: date
    title: str
    file: tuple[str, bytes] | None = None


@transaction.atomic
def record_yearly_plan(plan: PlanOfYear, *, actor: "User | None") -> YearlyPlan:
    """Write down that a unit issued its plan of a year, with the file where there is one."""
    hold_units([plan.unit_id])
    rows.refuse(list(_plan_faults(plan, actor)))
    name, content = plan.file or ("", b"")
    recorded = YearlyPlan.objects.create(
        unit_id=plan.unit_id,
        year=plan.year,
        symbol=rows.written(plan.symbol),
        issued_on=plan.issued_on,
        title=rows.written(plan.title),
        file=files.store(content, name=name) if plan.file else None,
        file_name=name[:255],
        recorded_by=actor,
    )
    audit.record(actor, "commitments.record_plan", recorded, unit_id=plan.unit_id)
    return recorded


def _plan_faults(plan: PlanOfYear, actor: "User | None") -> Iterator[Fault]:
    unit = units_on([plan.unit_id], clock.today()).get(plan.unit_id)
    if actor is not None and not reaches(actor, "programmes.keep", plan.unit_id):
        yield Fault("Đồng chí chưa có quyền ghi kế hoạch cho đơn vị này.", column="unit")
    elif unit is None or unit.is_place:
        yield Fault("Đồng chí vui lòng chọn một tổ chức đang hoạt động.", column="unit")
    if not EARLIEST.year <= plan.year <= clock.today().year + 1:
        yield Fault("Năm của kế hoạch quá xa, đồng chí vui lòng xem lại.", column="year")
    if not rows.written(plan.symbol):
        yield Fault("Đồng chí vui lòng ghi số, ký hiệu.", column="symbol")
    if not rows.written(plan.title):
        yield Fault("Đồng chí vui lòng ghi trích yếu.", column="title")
    yield from rows.too_long(plan.symbol, 80, "Số, ký hiệu", "symbol")
    yield from rows.too_long(plan.title, 400, "Trích yếu", "title")
    if not EARLIEST <= plan.issued_on <= clock.today():
        sentence = (
            f"Ngày {format_date(plan.issued_on)} chưa đến hoặc quá xa, đồng chí vui lòng xem lại."
        )
        yield Fault(sentence, column="issued_on")
    symbol = rows.written(plan.symbol)
    of_unit = YearlyPlan.objects.filter(unit_id=plan.unit_id, year=plan.year, symbol=symbol)
    if of_unit.exists():
        yield Fault(f"Kế hoạch số {symbol} đã ghi cho năm {plan.year}.", column="symbol")
