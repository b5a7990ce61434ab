"""Plan a dissemination session, change it, record what came of it, call it off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.documents.enums import SessionState, SessionWay
from danvan.documents.models import DisseminationSession, Document, SessionUnit
from danvan.foundation import audit, clock, files
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import last_names, units_on
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

REGISTER = "documents.register"
MOST_UNITS, MOST_PEOPLE = 1_000, 1_000_000
FURTHEST = timedelta(days=730)  # a session further off is a slip of the keyboard
LENGTHS = {
    "audience": (300, "Đối tượng"),
    "place": (200, "Địa điểm"),
    "presenter": (200, "Người quán triệt"),
}
# Invited and attended, each where it is known.
Counts = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """A session before it is written down; `unit_ids` are those whose people it is for."""

    held_by_id: int
    on: date
    way: str
    audience: str
    unit_ids: Sequence[int]
    place: str = ""
    presenter: str = ""
    invited: int | None = None
    materials: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOutcome:
    """What came of a session: the day, the counts, those of single units, and which units were not reached."""

    on: date
    invited: int | None = None
    attended: int | None = None
    by_unit: Mapping[int, Counts] | None = None
    absent_ids: Sequence[int] = ()
    presenter: str = ""
    minutes: tuple[str, bytes] | None = None


@transaction.atomic
def plan_session(
    document: Document, plan: SessionPlan, *, actor: "User | None"
) -> DisseminationSession:
    """Plan a session of a document; one that was held already is planned first and recorded then."""
    hold_units([plan.held_by_id, *plan.unit_ids])
    _refuse([*_plan_faults(document, plan, actor)])
    session = DisseminationSession(document=document, made_by=actor, made_at=clock.now())
    _write(session, plan)
    audit.record(actor, "documents.plan_session", session, document_id=document.pk)
    return session


@transaction.atomic
def change_session(
    session: DisseminationSession,
    plan: SessionPlan,
    *,
    actor: "User | None",
    seen: int | None = None,
) -> DisseminationSession:
    """Write a planned session anew."""
    hold_units([plan.held_by_id, *plan.unit_ids])
    session = _locked(session, seen)
    if session.state != SessionState.PLANNED:
        raise RuleError("Hội nghị đã ghi kết quả hoặc đã hủy nên không sửa kế hoạch được nữa.")
    _refuse([*_plan_faults(session.document, plan, actor)])
    session.changes += 1
    _write(session, plan)
    audit.record(actor, "documents.change_session", session, document_id=session.document_id)
    return session


@transaction.atomic
def record_session(
    session: DisseminationSession,
    outcome: SessionOutcome,
    *,
    actor: "User | None",
    seen: int | None = None,
) -> DisseminationSession:
    """Record that a session was held and who came; written again, the later record holds."""
    session = _locked(session, seen)
    if session.state == SessionState.CANCELLED:
        raise RuleError("Hội nghị này đã hủy. Đồng chí vui lòng lập hội nghị khác.")
    units = {one.unit_id: one for one in session.units.all()}
    _refuse([*_outcome_faults(session, outcome, units)])
    said = outcome.by_unit or {}
    for unit_id, row in units.items():
        row.absent = unit_id in outcome.absent_ids
        row.invited, row.attended = (None, None) if row.absent else said.get(unit_id, (None, None))
    SessionUnit.objects.bulk_update(units.values(), ["absent", "invited", "attended"], batch_size=500)  # fmt: skip
    session.state, session.on = SessionState.HELD, outcome.on
    session.invited, session.attended = outcome.invited, outcome.attended
    session.presenter = _words(outcome.presenter) or session.presenter
    if outcome.minutes:
        session.minutes_name, content = outcome.minutes[0][:255], outcome.minutes[1]
        session.minutes = files.store(content, name=outcome.minutes[0], allowed=files.EVIDENCE)
    session.changes += 1
    session.save()
    audit.record(actor, "documents.record_session", session, document_id=session.document_id)
    return session


@transaction.atomic
def cancel_session(
    session: DisseminationSession, *, reason: str, actor: "User | None", seen: int | None = None
) -> DisseminationSession:
    """Call a planned session off, with the reason."""
    session = _locked(session, seen)
    reason = _words(reason)
    if session.state != SessionState.PLANNED:
        raise RuleError("Chỉ hủy được hội nghị chưa ghi kết quả.")
    if not reason or len(reason) > 300:
        fault = Fault("Đồng chí vui lòng ghi lý do hủy, không quá 300 ký tự.", column="reason")
        raise RuleError(fault.message, faults=[fault])
    session.state, session.note = SessionState.CANCELLED, reason
    session.changes += 1
    session.save(update_fields=["state", "note", "changes"])
    audit.record(actor, "documents.cancel_session", session, document_id=session.document_id)
    return session


def _locked(session: DisseminationSession, seen: int | None) -> DisseminationSession:
    rows = DisseminationSession.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("document").defer("document__text").get(pk=session.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            "Có đồng chí vừa sửa hội nghị này. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def _write(session: DisseminationSession, plan: SessionPlan) -> None:
    session.held_by_id, session.on, session.way = plan.held_by_id, plan.on, plan.way
    session.invited = plan.invited
    for name in LENGTHS:
        setattr(session, name, _words(getattr(plan, name)))
    if plan.materials:
        name, content = plan.materials
        session.materials = files.store(content, name=name)
        session.materials_name = name[:255]
    session.save()
    session.units.exclude(unit_id__in=plan.unit_ids).delete()
    SessionUnit.objects.bulk_create(
        [SessionUnit(session=session, unit_id=pk) for pk in dict.fromkeys(plan.unit_ids)],
        ignore_conflicts=True,
    )


def _plan_faults(document: Document, plan: SessionPlan, actor: "User | None") -> Iterator[Fault]:
    today = clock.today()
    standing = units_on([plan.held_by_id, *plan.unit_ids], min(plan.on, today))
    holder = standing.get(plan.held_by_id)
    if holder is None or holder.is_place:
        yield Fault("Đồng chí vui lòng chọn cơ quan tổ chức đang hoạt động.", column="held_by")
    elif actor is not None and not reaches(actor, REGISTER, plan.held_by_id):
        yield Fault("Đồng chí chưa có quyền ghi hội nghị cho cơ quan này.", column="held_by")
    if not plan.unit_ids:
        yield Fault("Đồng chí vui lòng chọn ít nhất một đơn vị có người dự.", column="units")
    elif len(set(plan.unit_ids)) > MOST_UNITS:
        yield Fault(f"Mỗi hội nghị ghi nhiều nhất {format_number(MOST_UNITS)} đơn vị.", column="units")  # fmt: skip
    elif gone := sorted(set(plan.unit_ids) - set(standing)):
        names = ", ".join(last_names(gone[:5], today).values()) or "một đơn vị đã chọn"
        yield Fault(f"Ngày đó không có đơn vị: {names}.", column="units")
    if plan.way not in SessionWay.values:
        yield Fault("Đồng chí vui lòng chọn hình thức.", column="way")
    if not _words(plan.audience):
        yield Fault("Đồng chí vui lòng ghi đối tượng dự hội nghị.", column="audience")
    for name, (most, label) in LENGTHS.items():
        if len(_words(getattr(plan, name))) > most:
            yield Fault(
                f"{label} dài quá {most} ký tự, đồng chí vui lòng viết gọn lại.", column=name
            )
    yield from _day_faults(document, plan.on, today + FURTHEST)
    yield from _count_faults(plan.invited, None, "")


def _outcome_faults(
    session: DisseminationSession, outcome: SessionOutcome, units: Mapping[int, SessionUnit]
) -> Iterator[Fault]:
    yield from _day_faults(session.document, outcome.on, clock.today())
    yield from _count_faults(outcome.invited, outcome.attended, "")
    if len(_words(outcome.presenter)) > LENGTHS["presenter"][0]:
        yield Fault("Tên người quán triệt dài quá, đồng chí vui lòng viết gọn lại.", column="presenter")  # fmt: skip
    said = {pk: two for pk, two in (outcome.by_unit or {}).items() if two != (None, None)}
    if {*said, *outcome.absent_ids} - set(units):
        yield Fault("Có đơn vị không thuộc hội nghị này. Đồng chí vui lòng mở lại trang.")
    if units and set(units) <= set(outcome.absent_ids):
        yield Fault("Không đơn vị nào được quán triệt thì đồng chí vui lòng hủy hội nghị.")
    names = last_names(said, clock.today())
    for pk, (invited, attended) in said.items():
        name = names.get(pk, "")
        if pk in outcome.absent_ids:
            yield Fault(f"{name}: đã đánh dấu vắng thì không ghi số người.")
        yield from _count_faults(invited, attended, f"{name}: ")
    for label, whole, parts in (
        ("được triệu tập", outcome.invited, [one for one, _ in said.values() if one]),
        ("dự", outcome.attended, [one for _, one in said.values() if one]),
    ):
        if parts and whole is not None and sum(parts) > whole:
            yield Fault(
                f"Cộng số người {label} của các đơn vị ({format_number(sum(parts))}) vượt số của cả hội nghị ({format_number(whole)})."
            )


def _day_faults(document: Document, on: date, last: date) -> Iterator[Fault]:
    issued = document.issued_on
    if issued and on < issued:
        yield Fault(f"Ngày {format_date(on)} trước ngày văn bản ({format_date(issued)}).", column="on")  # fmt: skip
    elif on.year < 1930 or on > last:
        late = "chưa đến" if last == clock.today() else "quá xa"
        yield Fault(f"Ngày {format_date(on)} {late}, đồng chí vui lòng xem lại.", column="on")


def _count_faults(invited: int | None, attended: int | None, who: str) -> Iterator[Fault]:
    for column, number in (("invited", invited), ("attended", attended)):
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            yield Fault(f"{who}Số người {format_number(number)} không hợp lý.", column=column)
    if invited is not None and attended is not None and attended > invited:
        yield Fault(
            f"{who}Số dự ({format_number(attended)}) không thể lớn hơn số được triệu tập ({format_number(invited)}); "
            "có người dự thêm thì đồng chí ghi tăng số được triệu tập.",
            column="attended",
        )


def _words(words: str) -> str:
    return " ".join(canonical(words).split())


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise RuleError(" ".join(dict.fromkeys(one.message for one in faults)), faults=list(faults))
