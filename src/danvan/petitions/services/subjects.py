"""What people ask about their own data: taken in, answered in time, carried out or refused with the reason; erased at the end
of its keeping.

Erasing destroys the key under which the person is sealed, and those of the papers that nobody else signed: what was copied
before, in a backup too, cannot be read any more. What the office did stays: the petition, its answer, its history.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, clock
from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sealing import destroy
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.law.services import (
    Extend,
    Term,
    add_to_clocks,
    calendar_in_force,
    end_clock_if_open,
    start_clock_by_law,
)
from danvan.organisations.services.holding import hold_units
from danvan.petitions.enums import (
    CARRY_OUT,
    CARRY_OUT_KEY,
    DATA_SUBJECT,
    LONGER_KEY,
    RESPOND,
    RESPOND_KEY,
    DataRequestKind,
    DataRequestState,
)
from danvan.petitions.models import DataRequest, Paper, Petition, Petitioner
from danvan.petitions.moves import HANDLE
from danvan.petitions.services.identities import (
    PersonDraft,
    mark_of,
    person_faults,
    seal_person,
)
from danvan.petitions.services.publishing import ERASED, hide_of
from danvan.petitions.services.rows import index, number_of
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

SHORT = 500
BATCH = 200


@transaction.atomic
def receive_data_request(
    petition: Petition, petitioner: Petitioner, *, kind: str, on: date, actor: "User | None"
) -> DataRequest:
    """Take down what one of those behind a petition asks about their data; the clock to answer begins."""
    hold_units([petition.unit_id])
    calendar_in_force()
    faults = day_faults(on, column="on", since=petition.received_on, what="ngày nhận đơn")
    if kind not in DataRequestKind.values:
        faults.append(Fault("Đồng chí vui lòng chọn yêu cầu.", column="kind"))
    if actor is not None and not reaches(actor, HANDLE, petition.unit_id):
        faults.append(Fault("Đồng chí chưa có quyền xử lý đơn của đơn vị này.", column="kind"))
    if not petition.paper.signatures.filter(petitioner=petitioner).exists():
        faults.append(
            Fault("Người này không đứng tên đơn, đồng chí vui lòng chọn lại.", column="petitioner")
        )
    elif petitioner.erased_on is not None:
        faults.append(Fault("Dữ liệu của người này đã được xóa rồi.", column="petitioner"))
    refuse(faults)
    made = DataRequest.objects.create(
        number=number_of("DL", on.year),
        unit_id=petition.unit_id,
        petition=petition,
        petitioner=petitioner,
        kind=kind,
        received_on=on,
        entered_by=actor,
    )
    _run(made, RESPOND, RESPOND_KEY, on, actor)
    _run(made, CARRY_OUT, CARRY_OUT_KEY, on, actor)
    audit.record(actor, "petitions.receive_data_request", made, kind=kind)
    return made


@transaction.atomic
def respond_to_data_request(
    request: DataRequest, *, on: date, actor: "User | None", seen: int | None = None
) -> DataRequest:
    """Whoever asked was told that it was received and by when it is carried out."""
    request = _locked(request, seen)
    _open(request, DataRequestState.RECEIVED)
    refuse(day_faults(on, column="on", since=request.received_on, what="ngày nhận"))
    request.state, request.responded_on = DataRequestState.ANSWERED, on
    end_clock_if_open(DATA_SUBJECT, request.pk, on=on, name=RESPOND, actor=actor)
    _save(request, "state", "responded_on")
    audit.record(actor, "petitions.respond_to_data_request", request)
    return request


@transaction.atomic
def extend_data_request(
    request: DataRequest, *, reason: str, on: date, actor: "User | None", seen: int | None = None
) -> DataRequest:
    """Once, as far as the law lets it, with the reason that whoever asked is told."""
    request = _locked(request, seen)
    _open(request, DataRequestState.ANSWERED)
    reason, faults = words_of(
        reason, column="reason", missing="Đồng chí vui lòng ghi vì sao gia hạn.", most=250
    )
    if request.extended:
        faults.append(Fault("Yêu cầu này đã gia hạn một lần rồi.", column="reason"))
    refuse([*faults, *day_faults(on, column="on", since=request.received_on, what="ngày nhận")])
    row = parameter(LONGER_KEY, on=on)
    event = Extend(on, reason, more=Term(row.numerator, row.unit))
    add_to_clocks(DATA_SUBJECT, {request.pk: [event]}, name=CARRY_OUT, actor=actor)
    request.extended = True
    _save(request, "extended")
    audit.record(actor, "petitions.extend_data_request", request)
    return request


@transaction.atomic
def refuse_data_request(
    request: DataRequest, *, reason: str, on: date, actor: "User | None", seen: int | None = None
) -> DataRequest:
    """It is not carried out, for a reason of the law, which whoever asked is told."""
    request = _locked(request, seen)
    _open(request, DataRequestState.RECEIVED, DataRequestState.ANSWERED)
    reason, faults = words_of(
        reason,
        column="reason",
        missing="Đồng chí vui lòng ghi lý do theo luật không thực hiện.",
        most=SHORT,
    )
    refuse([*faults, *day_faults(on, column="on", since=request.received_on, what="ngày nhận")])
    request.reason = reason
    return _end(request, DataRequestState.REFUSED, on, actor, "petitions.refuse_data_request")


@transaction.atomic
def carry_out_data_request(
    request: DataRequest, *, on: date, actor: "User | None", draft: PersonDraft | None = None, seen: int | None = None
) -> DataRequest:  # fmt: skip
    """Do what was asked: mended as the draft says, erased for good, or said to be given or limited.

    Data of a petition that is not closed is not erased: the office could not answer whoever asked.
    """
    request = _locked(request, seen)
    _open(request, DataRequestState.RECEIVED, DataRequestState.ANSWERED)
    refuse(day_faults(on, column="on", since=request.received_on, what="ngày nhận"))
    person = (
        Petitioner.objects.select_for_update(of=("self",), no_key=True)
        .select_related("key")
        .get(pk=request.petitioner_id)
    )
    if request.kind == DataRequestKind.MEND:
        if draft is None:
            raise RuleError("Đồng chí vui lòng ghi dữ liệu đúng.")
        refuse([*person_faults(draft, 1), *_taken(person, draft)])
        person.id_mark = mark_of(draft)
        seal_person(person, draft)
        person.save()
    if request.kind == DataRequestKind.ERASE:
        _refuse_open(person)
        erase_petitioner(person, actor=actor)
    return _end(request, DataRequestState.DONE, on, actor, "petitions.carry_out_data_request")


@transaction.atomic
def erase_petitioner(person: Petitioner, *, actor: "User | None") -> None:
    """Destroy what tells who this is: their key, the keys and texts of papers that nobody else signed."""
    destroy(person.key)
    person.id_mark, person.name_mark, person.erased_on = None, b"", clock.today()
    person.save(update_fields=["id_mark", "name_mark", "erased_on"])
    mine = Paper.objects.filter(signatures__petitioner=person)
    for petition in Petition.objects.filter(paper__in=mine):
        hide_of(petition, ERASED, actor=actor)
    alone = mine.exclude(signatures__petitioner__erased_on=None).distinct()
    for paper in alone.select_related("key"):
        if paper.key is not None and paper.key.destroyed_at is None:
            destroy(paper.key)
        for petition in paper.petitions.all():
            petition.text = ""
            petition.save(update_fields=["text"])
            index(petition)
    audit.record(actor, "petitions.erase_petitioner", person)


def erase_old_petitioners(*, most: int = BATCH) -> int:
    """Erase who petitioned long ago: the last of their petitions was closed longer ago than the setting says; how many."""
    years = settings.DANVAN_KEEP_PETITIONERS_YEARS
    if not years:
        return 0
    today = clock.today()
    before = today - timedelta(days=365 * years + years // 4)
    recent = Petition.objects.filter(closed_on=None) | Petition.objects.filter(
        closed_on__gte=before
    )
    kept = Paper.objects.filter(petitions__in=recent)
    old = Petitioner.objects.filter(erased_on=None, signatures__isnull=False)
    found = old.exclude(signatures__paper__in=kept).distinct().select_related("key").order_by("pk")
    done = 0
    for person in list(found[:most]):
        erase_petitioner(person, actor=None)
        done += 1
    return done


def _taken(person: Petitioner, draft: PersonDraft) -> list[Fault]:
    """A fault where the number of the paper is that of somebody else who petitioned."""
    found = mark_of(draft)
    if found is None or not Petitioner.objects.filter(id_mark=found).exclude(pk=person.pk).exists():
        return []
    return [
        Fault(
            "Số giấy tờ này đã ghi cho người khác, đồng chí vui lòng xem lại.", column="id_number"
        )
    ]


def _refuse_open(person: Petitioner) -> None:
    """RuleError while a petition of theirs is not closed."""
    open_ones = Petition.objects.unfinished().filter(paper__signatures__petitioner=person)
    numbers = list(open_ones.order_by("pk").values_list("number", flat=True)[:5])
    if numbers:
        raise RuleError(
            f"Còn {format_number(len(numbers))} đơn chưa xong ({', '.join(numbers)}) nên chưa xóa được. Đồng chí vui lòng "
            "giải quyết xong, hoặc ghi không thực hiện kèm lý do theo luật."
        )


def _locked(request: DataRequest, seen: int | None) -> DataRequest:
    hold_units([request.unit_id])
    calendar_in_force()
    found = DataRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)
    if seen is not None and seen != found.changes:
        raise RuleError(
            f"Có người vừa sửa yêu cầu {found.number}. Đồng chí vui lòng xem lại trang rồi ghi tiếp."
        )
    return found


def _open(request: DataRequest, *states: DataRequestState) -> None:
    if request.state not in states:
        label = str(DataRequestState(request.state).label).lower()
        raise RuleError(
            f"Yêu cầu {request.number} đang ở tình trạng “{label}” nên không ghi bước này được."
        )


def _end(
    request: DataRequest, state: DataRequestState, on: date, actor: "User | None", action: str
) -> DataRequest:
    request.state, request.ended_on = state, on
    request.responded_on = request.responded_on or on
    for name in (RESPOND, CARRY_OUT):
        end_clock_if_open(DATA_SUBJECT, request.pk, on=on, name=name, actor=actor)
    _save(request, "state", "ended_on", "responded_on", "reason")
    audit.record(actor, action, request)
    return request


def _run(request: DataRequest, name: str, key: str, on: date, actor: "User | None") -> None:
    """Begin a clock by the row of the law in force; without a row none is computed."""
    with suppress(UnknownParameter):
        start_clock_by_law(
            DATA_SUBJECT, request.pk, key, on=on, unit_id=request.unit_id, name=name, actor=actor
        )


def _save(request: DataRequest, *fields: str) -> None:
    request.changes += 1
    request.save(update_fields=[*fields, "changes"])
