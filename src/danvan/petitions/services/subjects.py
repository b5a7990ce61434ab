"""What people ask about their own data: taken in, answered in time, carried out in whole or in part, or refused with the reason
and what it rests on. Who comes for somebody else shows by which paper; nothing is done before papers were compared.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.services.standing import heir_standing
from danvan.foundation import audit
from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sealing import seal
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import clock_of, parameter
from danvan.law.services import (
    Extend,
    Term,
    add_to_clocks,
    calendar_in_force,
    end_clock_if_open,
    start_clock_by_law,
)
from danvan.organisations.services.holding import hold_units
from danvan.petitions.models import DataRequest, Petition, Petitioner
from danvan.petitions.moves import HANDLE
from danvan.petitions.services.erasing import erase_petitioner
from danvan.petitions.services.filing_papers import hide_senders
from danvan.petitions.services.hiding import hiding
from danvan.petitions.services.identities import (
    PersonDraft,
    mark_of,
    person_faults,
    seal_person,
    senders_of,
)
from danvan.petitions.services.rows import number_of
from danvan.petitions.subject_enums import (
    CARRY_OUT,
    CARRY_OUT_KEYS,
    DATA_SUBJECT,
    LIMIT_OTHERS_KEY,
    LONGER,
    RESPOND,
    RESPOND_KEY,
    AskedBy,
    DataRequestKind,
    DataRequestState,
)
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

SHORT = 500
WANTED, ANSWER = 2000, 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequestDraft:
    """What is asked, in the words of whoever asks, and who came: `agent` and `agent_paper` where it is not the person themself."""

    kind: str
    wanted: str
    asked_by: str = AskedBy.SELF
    agent: str = ""
    agent_paper: str = ""
    checked: bool = False  # the papers of who came were compared
    others: bool = False  # whoever works on the data for the office must stop too


@dataclass(frozen=True, slots=True, kw_only=True)
class DataAnswer:
    """How a request ends: the words that whoever asked is told, what was done; `reason` and `basis` for what is not done."""

    answer: str = ""
    measures: str = ""
    reason: str = ""
    basis: str = ""
    symbol: str = ""


@transaction.atomic
def receive_data_request(
    petition: Petition, petitioner: Petitioner, *, draft: DataRequestDraft, on: date, actor: "User | None"
) -> DataRequest:  # fmt: skip
    """Take down what one of those behind a petition asks about their data, and who came for it; the clocks begin."""
    unit_id = heir_standing(petition.unit_id, on)  # it may have ended since the petition was closed
    hold_units({petition.unit_id, unit_id})
    calendar_in_force()
    wanted, faults = words_of(
        draft.wanted, column="wanted", most=WANTED,
        missing="Đồng chí vui lòng ghi người yêu cầu muốn gì, bằng lời của họ.",
    )  # fmt: skip
    faults += day_faults(on, column="on", since=petition.received_on, what="ngày nhận đơn")
    faults += _draft_faults(draft)
    if actor is not None and not reaches(actor, HANDLE, petition.unit_id):
        faults.append(Fault("Đồng chí chưa có quyền xử lý đơn của đơn vị này.", column="kind"))
    if not petition.paper.signatures.filter(petitioner=petitioner).exists():
        faults.append(
            Fault("Người này không đứng tên đơn, đồng chí vui lòng chọn lại.", column="petitioner")
        )
    elif petitioner.erased_on is not None:
        faults.append(Fault("Dữ liệu của người này đã được xóa rồi.", column="petitioner"))
    refuse(faults)
    made = DataRequest(
        number=number_of("DL", on.year),
        unit_id=unit_id,
        petition=petition,
        petitioner=petitioner,
        kind=draft.kind,
        wanted=hide_senders(petition.paper, wanted, most=WANTED, actor=actor),
        asked_by=draft.asked_by,
        checked_on=on if draft.checked else None,
        others=draft.others and draft.kind == DataRequestKind.LIMIT,
        received_on=on,
        entered_by=actor,
    )
    if draft.asked_by != AskedBy.SELF:
        for column, words in (("agent", draft.agent), ("agent_paper", draft.agent_paper)):
            kept, _ = words_of(words, column=column)
            setattr(made, column, seal(petitioner.key, kept, name=f"data_request.{column}"))
    made.save()
    _run(made, RESPOND, RESPOND_KEY, on, actor)
    key = LIMIT_OTHERS_KEY if made.others else CARRY_OUT_KEYS[made.kind]
    _run(made, CARRY_OUT, key, on, actor)
    audit.record(actor, "petitions.receive_data_request", made, kind=made.kind)
    return made


@transaction.atomic
def respond_to_data_request(
    request: DataRequest, *, response: str, on: date, actor: "User | None", seen: int | None = None
) -> DataRequest:
    """Whoever asked was told that it was received and by when it is carried out."""
    request = _locked(request, seen)
    _open(request, DataRequestState.RECEIVED)
    response, faults = words_of(
        response, column="response", most=SHORT,
        missing="Đồng chí vui lòng ghi đã báo cho người yêu cầu những gì.",
    )  # fmt: skip
    refuse([*faults, *day_faults(on, column="on", since=request.received_on, what="ngày nhận")])
    request.response = hiding(senders_of(request.petition.paper))(response, SHORT)
    request.state, request.responded_on = DataRequestState.ANSWERED, on
    end_clock_if_open(DATA_SUBJECT, request.pk, on=on, name=RESPOND, actor=actor)
    _save(request, "state", "responded_on", "response")
    audit.record(actor, "petitions.respond_to_data_request", request)
    return request


@transaction.atomic
def extend_data_request(
    request: DataRequest, *, reason: str, on: date, actor: "User | None", seen: int | None = None
) -> DataRequest:
    """Once, as far as the law lets it, with the reason that whoever asked is told; never where no term was computed."""
    request = _locked(request, seen)
    _open(request, DataRequestState.ANSWERED)
    reason, faults = words_of(
        reason, column="reason", missing="Đồng chí vui lòng ghi vì sao gia hạn.", most=250
    )
    if request.extended:
        faults.append(Fault("Yêu cầu này đã gia hạn một lần rồi.", column="reason"))
    more = _longer(request, on)
    if more is None:
        faults.append(
            Fault(
                "Chưa có quy định được nạp về gia hạn loại yêu cầu này, nên không gia hạn được. Đồng chí vui lòng hỏi người "
                "giữ bảng quy định.",
                column="reason",
            )
        )
    refuse([*faults, *day_faults(on, column="on", since=request.received_on, what="ngày nhận")])
    event = Extend(on, reason, more=more)
    add_to_clocks(DATA_SUBJECT, {request.pk: [event]}, name=CARRY_OUT, actor=actor)
    request.extended, request.longer_why = True, reason
    _save(request, "extended", "longer_why")
    audit.record(actor, "petitions.extend_data_request", request)
    return request


@transaction.atomic
def refuse_data_request(
    request: DataRequest, *, told: DataAnswer, on: date, actor: "User | None", seen: int | None = None
) -> DataRequest:  # fmt: skip
    """It is not carried out, for a reason of the law, which whoever asked is told with what it rests on."""
    request = _locked(request, seen)
    _open(request, DataRequestState.RECEIVED, DataRequestState.ANSWERED)
    told, faults = _told(told, whole=False)
    refuse([*faults, *day_faults(on, column="on", since=request.received_on, what="ngày nhận")])
    _answer(request, told)
    return _end(request, DataRequestState.REFUSED, on, actor, "petitions.refuse_data_request")


@transaction.atomic
def carry_out_data_request(
    request: DataRequest, *, told: DataAnswer, on: date, actor: "User | None", partly: bool = False, checked: bool = False,
    draft: PersonDraft | None = None, seen: int | None = None,
) -> DataRequest:  # fmt: skip
    """Do what was asked, whole or `partly`: mended as the draft says, erased for good, or said to be given or limited.

    Data of a petition that is not closed is not erased: the office could not answer whoever asked. Nothing is done for
    somebody whose papers nobody compared.
    """
    request = _locked(request, seen)
    _open(request, DataRequestState.RECEIVED, DataRequestState.ANSWERED)
    told, faults = _told(told, whole=not partly, done=True)
    if not checked and request.checked_on is None:
        faults.append(
            Fault(
                "Đồng chí vui lòng đối chiếu giấy tờ của người yêu cầu rồi mới thực hiện: dữ liệu không được đưa nhầm người.",
                column="checked",
            )
        )
    if partly and request.kind == DataRequestKind.ERASE:
        faults.append(
            Fault(
                "Hủy khóa là xóa hết dữ liệu của người này, không xóa một phần. Đồng chí vui lòng bỏ chọn, hoặc ghi không thực hiện.",
                column="partly",
            )
        )
    faults += day_faults(on, column="on", since=request.received_on, what="ngày nhận")
    person = (
        Petitioner.objects.select_for_update(of=("self",), no_key=True)
        .select_related("key")
        .get(pk=request.petitioner_id)
    )
    if request.kind == DataRequestKind.MEND:
        if draft is None:
            raise RuleError("Đồng chí vui lòng ghi dữ liệu đúng.")
        faults += [*person_faults(draft, 1), *_taken(person, draft)]
    refuse(faults)
    _answer(request, told)
    if checked and request.checked_on is None:
        request.checked_on = on
    if request.kind == DataRequestKind.MEND and draft is not None:
        person.id_mark = mark_of(draft)
        seal_person(person, draft)
        person.save()
        _answer(request, told)  # without the new name as well as the old one
    if request.kind == DataRequestKind.ERASE:
        _refuse_open(person)
        erase_petitioner(person, actor=actor)
    state = DataRequestState.PARTLY if partly else DataRequestState.DONE
    return _end(request, state, on, actor, "petitions.carry_out_data_request")


def _draft_faults(draft: DataRequestDraft) -> Iterable[Fault]:
    if draft.kind not in DataRequestKind.values:
        yield Fault("Đồng chí vui lòng chọn yêu cầu.", column="kind")
    if draft.asked_by not in AskedBy.values:
        yield Fault("Đồng chí vui lòng chọn ai đến yêu cầu.", column="asked_by")
    elif draft.asked_by != AskedBy.SELF:
        for column, most, missing in (
            ("agent", 120, "Đồng chí vui lòng ghi họ tên người đến thay."),
            ("agent_paper", 300, "Đồng chí vui lòng ghi giấy ủy quyền hoặc giấy chứng minh quyền đại diện: số, ngày, nơi cấp."),
        ):  # fmt: skip
            yield from words_of(getattr(draft, column), column=column, missing=missing, most=most)[
                1
            ]


def _told(told: DataAnswer, *, whole: bool, done: bool = False) -> tuple[DataAnswer, list[Fault]]:
    """The answer as it is kept, and what is wrong with it: what is `done` needs the answer and what was done, what is not done
    its reason and what that rests on.
    """
    faults: list[Fault] = []
    kept: dict[str, str] = {}
    for column, most, missing in (
        ("reason", SHORT, "" if whole else "Đồng chí vui lòng ghi phần nào không thực hiện và vì sao."),
        ("basis", 300, "" if whole else "Đồng chí vui lòng ghi căn cứ: điều, khoản, văn bản nào."),
        ("answer", ANSWER, "Đồng chí vui lòng ghi trả lời cho người yêu cầu." if done else ""),
        ("measures", ANSWER, "Đồng chí vui lòng ghi đã làm những gì với dữ liệu." if done else ""),
        ("symbol", 80, ""),
    ):  # fmt: skip
        kept[column], found = words_of(
            getattr(told, column), column=column, missing=missing, most=most
        )
        faults += found
    if whole:  # what stands there of a part that is not done would contradict the state
        kept["reason"] = ""
    return DataAnswer(**kept), faults


def _answer(request: DataRequest, told: DataAnswer) -> None:
    """Write the answer on the row without who it is for: their name stands in the printed paper alone."""
    hide = hiding(senders_of(request.petition.paper))
    for column, most in (
        ("answer", ANSWER),
        ("measures", ANSWER),
        ("reason", SHORT),
        ("basis", 300),
    ):
        said = getattr(request, column) or getattr(told, column)
        setattr(request, column, hide(said, most))
    request.symbol = told.symbol


def _longer(request: DataRequest, on: date) -> Term | None:
    """How much longer the law lets it take; None where no term runs or no row says so."""
    held = clock_of(DATA_SUBJECT, request.pk, CARRY_OUT)
    if held is None:
        return None
    try:
        row = parameter(CARRY_OUT_KEYS[request.kind] + LONGER, on=on)
    except UnknownParameter:
        return None
    return Term(row.numerator, row.unit)


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
    _save(
        request, "state", "ended_on", "responded_on", "checked_on", "answer", "measures", "reason", "basis", "symbol"
    )  # fmt: skip
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
