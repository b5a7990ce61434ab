"""Between acceptance and decision: who verifies, what was found, the dialogue, what makes it complex, pauses and ends."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, events
from danvan.foundation.acting import day_faults
from danvan.foundation.errors import Fault, RuleError
from danvan.law.errors import UnknownParameter
from danvan.law.selectors import parameter
from danvan.law.services import Pause, Resume, Term, change_kind_of_clock
from danvan.petitions.enums import (
    INVITE_KEY,
    NOTICE,
    SETTLE,
    SUSPEND_KEY,
    Complexity,
    Finding,
    State,
    StepKind,
    SuspensionGround,
    TerminationGround,
)
from danvan.petitions.events import PetitionClosed
from danvan.petitions.models import Petition
from danvan.petitions.moves import HANDLE
from danvan.petitions.selectors.lacking import Settling, lacking_time
from danvan.petitions.selectors.notices import notice_owed
from danvan.petitions.selectors.rules import (
    criteria_needed,
    day_by,
    earliest_dialogue,
    settle_key,
)
from danvan.petitions.services import rows
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.law.models import ClockHeld

SHORT = 500


@transaction.atomic
def assign_verifier(
    petition: Petition, *, verifier: "User", on: date, actor: "User | None", symbol: str = "", seen: int | None = None
) -> Petition:  # fmt: skip
    """Name who verifies: somebody who may work on it and whom it is not against."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "assign")
    faults = rows.before_faults(petition, on)
    if petition.barred.filter(user=verifier).exists():
        faults.append(
            Fault(
                "Người bị khiếu nại không xác minh đơn này, đồng chí vui lòng chọn người khác.",
                column="verifier",
            )
        )
    elif not reaches(verifier, HANDLE, petition.unit_id):
        faults.append(
            Fault(
                "Người này chưa được giao xử lý đơn của đơn vị, đồng chí vui lòng chọn người khác.",
                column="verifier",
            )
        )
    rows.refuse(faults)
    was_talking = petition.state == State.DIALOGUE
    rows.move(petition, "assign")
    if was_talking:
        petition.state = State.DIALOGUE
    petition.verifier = verifier
    rows.step(petition, StepKind.ASSIGNED, on=on, actor=actor, words=str(verifier), symbol=symbol)
    rows.save(petition, "state", "verifier")
    audit.record(actor, "petitions.assign", petition, user_id=verifier.pk)
    return petition


@transaction.atomic
def record_finding(
    petition: Petition, *, finding: str, words: str, on: date, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """The result of verifying, and whether it is what is asked: that decides whether a dialogue must be held."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "find")
    words, faults = rows.words_of(
        words, column="words", missing="Đồng chí vui lòng ghi kết quả xác minh.", most=SHORT
    )
    if finding not in (Finding.AGREES, Finding.DIFFERS):
        faults.append(
            Fault("Đồng chí vui lòng chọn kết quả đúng hay khác yêu cầu.", column="finding")
        )
    rows.refuse([*faults, *rows.before_faults(petition, on)])
    petition.finding = finding
    rows.step(petition, StepKind.FOUND, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "finding")
    audit.record(actor, "petitions.find", petition, finding=finding)
    return petition


@transaction.atomic
def mark_complex(
    petition: Petition, *, criteria: Collection[str], symbol: str, on: date, actor: "User | None",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Write the signs down that make it complex, by a paper: its time runs by the row for complex matters from acceptance.

    Only while the time that it has is not over.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "mark_complex")
    symbol, faults = rows.words_of(
        symbol,
        column="symbol",
        missing="Đồng chí vui lòng ghi văn bản trong hồ sơ nêu dấu hiệu phức tạp.",
        most=80,
    )
    chosen = [one for one in Complexity.values if one in set(criteria)]
    needed = criteria_needed(on)
    if needed is None:
        faults.append(
            Fault(
                f"Ngày {format_date(on)} chưa có quy định về vụ việc phức tạp trong tham số pháp luật.",
                column="on",
            )
        )
    elif len(chosen) < needed or set(criteria) - set(Complexity.values):
        faults.append(
            Fault(
                f"Cần chọn ít nhất {format_number(needed)} dấu hiệu phức tạp theo luật.",
                column="criteria",
            )
        )
    if petition.complex:
        faults.append(Fault("Vụ việc đã được ghi là phức tạp rồi.", column="criteria"))
    faults += rows.before_faults(petition, on)
    held = rows.open_clock(petition, SETTLE)
    faults += lacking_time("mark_complex", _settling(petition, held), on)
    rows.refuse(faults)
    petition.complexity = chosen
    _recount(petition, held, on, symbol, actor)
    labels = "; ".join(str(Complexity(one).label) for one in chosen)
    rows.step(petition, StepKind.COMPLEX, on=on, actor=actor, words=labels, symbol=symbol)
    rows.save(petition, "complexity")
    audit.record(actor, "petitions.mark_complex", petition, criteria=chosen)
    return petition


@transaction.atomic
def invite_to_dialogue(
    petition: Petition, *, on: date, held_on: date, place: str, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Invite to the dialogue, as long before it as the law asks."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "invite")
    place, faults = rows.words_of(
        place, column="place", missing="Đồng chí vui lòng ghi nơi đối thoại.", most=200
    )
    faults += rows.before_faults(petition, on)
    last = day_by(INVITE_KEY, held_on)
    if held_on < on or (last is not None and last < on):
        words = f"mời ngày {format_date(on)} thì sớm nhất {format_date(earliest_dialogue(on))}"
        faults.append(Fault(f"Phải báo trước theo luật: {words}.", column="held_on"))
    rows.refuse(faults)
    rows.move(petition, "invite")
    petition.dialogue_on, petition.dialogue_held = held_on, False
    words = f"Đối thoại ngày {format_date(held_on)} tại {place}"
    rows.step(petition, StepKind.INVITED, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "state", "dialogue_on", "dialogue_held")
    audit.record(actor, "petitions.invite", petition)
    return petition


@transaction.atomic
def hold_dialogue(
    petition: Petition, *, held_on: date, words: str, actor: "User | None", symbol: str = "", absent: bool = False,
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """The minutes of the dialogue. Who was invited and stayed away without a good reason does not keep it from going on."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "hold")
    words, faults = rows.words_of(
        words, column="words", missing="Đồng chí vui lòng ghi kết quả đối thoại.", most=SHORT
    )
    invited = petition.dialogue_on or petition.received_on
    faults += day_faults(held_on, column="held_on", since=invited, what="ngày đã mời")
    rows.refuse(faults)
    petition.dialogue_on, petition.dialogue_held = held_on, True
    told = f"Người khiếu nại vắng mặt. {words}" if absent else words
    rows.step(petition, StepKind.HELD, on=held_on, actor=actor, words=told, symbol=symbol)
    rows.save(petition, "dialogue_on", "dialogue_held")
    audit.record(actor, "petitions.hold_dialogue", petition)
    return petition


@transaction.atomic
def suspend_petition(
    petition: Petition, *, ground: str, words: str, symbol: str, on: date, actor: "User | None",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Let it stand still for a reason that the law knows; the time for settling stops."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "suspend")
    faults = _paper_faults(symbol)
    words, more = rows.words_of(
        words, column="words", missing="Đồng chí vui lòng ghi rõ căn cứ.", most=250
    )
    if ground not in SuspensionGround.values:
        faults.append(Fault("Đồng chí vui lòng chọn căn cứ tạm đình chỉ.", column="ground"))
    faults += [*more, *rows.before_faults(petition, on)]
    held = rows.open_clock(petition, SETTLE)
    rows.refuse([*faults, *lacking_time("suspend", _settling(petition, held), on)])
    petition.before = petition.state
    rows.move(petition, "suspend")
    rows.add(petition, SETTLE, [Pause(on, words)], actor=actor)
    rows.run(petition, NOTICE, SUSPEND_KEY, on=on, actor=actor)
    told = f"{SuspensionGround(ground).label}. {words}"
    rows.step(petition, StepKind.SUSPENDED, on=on, actor=actor, words=told, symbol=symbol)
    rows.save(petition, "state", "before")
    audit.record(actor, "petitions.suspend", petition, ground=ground)
    return petition


@transaction.atomic
def resume_petition(
    petition: Petition, *, symbol: str, on: date, actor: "User | None", seen: int | None = None
) -> Petition:
    """The reason is gone: the time runs on from the day of this decision. A notice of the suspension that did not go out yet
    is owed still, beside that of this decision.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "resume")
    paused = petition.steps.filter(kind=StepKind.SUSPENDED).order_by("pk").last()
    since = paused.on if paused else petition.received_on
    faults = [
        *_paper_faults(symbol),
        *day_faults(on, column="on", since=since, what="ngày tạm đình chỉ"),
    ]
    rows.refuse(faults)
    petition.state, petition.before = petition.before, ""
    rows.add(petition, SETTLE, [Resume(on, symbol)], actor=actor)
    rows.run(petition, NOTICE, SUSPEND_KEY, on=on, actor=actor)
    rows.step(petition, StepKind.RESUMED, on=on, actor=actor, symbol=symbol)
    rows.save(petition, "state", "before")
    audit.record(actor, "petitions.resume", petition)
    return petition


@transaction.atomic
def terminate_petition(
    petition: Petition, *, ground: str, symbol: str, on: date, actor: "User | None", words: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """End it without a decision, for a reason that the law knows; who petitioned is told in writing."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "terminate")
    faults = _paper_faults(symbol)
    words, more = rows.words_of(words, column="words", most=SHORT)
    if ground not in TerminationGround.values:
        faults.append(Fault("Đồng chí vui lòng chọn căn cứ đình chỉ.", column="ground"))
    rows.refuse([*faults, *more, *rows.before_faults(petition, on)])
    rows.move(petition, "terminate")
    rows.close(petition, on, actor=actor, owed=(NOTICE,))
    rows.run(petition, NOTICE, SUSPEND_KEY, on=on, actor=actor)
    told = f"{TerminationGround(ground).label}. {words}".strip()
    rows.step(petition, StepKind.TERMINATED, on=on, actor=actor, words=told, symbol=symbol)
    rows.save(petition, "state", "closed_on")
    audit.record(actor, "petitions.terminate", petition, ground=ground)
    events.publish(PetitionClosed(petition_id=petition.pk))
    return petition


@transaction.atomic
def send_notice(
    petition: Petition, *, on: date, actor: "User | None", symbol: str = "", seen: int | None = None
) -> Petition:
    """The notice that the law asks for went out: that of the oldest paper, where more are owed."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "notice")
    owed = notice_owed(petition)
    if owed is None:
        raise RuleError("Không có văn bản thông báo nào đang phải gửi.")
    held, paper = owed
    rows.refuse(day_faults(on, column="on", since=held.started_on, what="ngày ra văn bản"))
    rows.end(petition, held, on=on, actor=actor)
    rows.step(
        petition, StepKind.NOTICED, on=on, actor=actor, words=f"Văn bản {paper}", symbol=symbol
    )
    rows.save(petition)
    audit.record(actor, "petitions.send_notice", petition)
    return petition


def _settling(petition: Petition, held: "ClockHeld | None") -> Settling:
    return Settling(held.due_on if held else None, rows.last_day(petition))


def _recount(
    petition: Petition, held: "ClockHeld | None", on: date, symbol: str, actor: "User | None"
) -> None:
    """Let the open clock run by the row that fits now; without a row it stands as it was, and the card says so."""
    try:
        row = parameter(settle_key(petition), on=petition.accepted_on or on)
    except UnknownParameter:
        return
    if held is not None:
        term = Term(row.numerator, row.unit)
        change_kind_of_clock(held, on=on, term=term, reason=symbol, actor=actor, parameter=row)


def _paper_faults(symbol: str) -> list[Fault]:
    return rows.words_of(
        symbol, column="symbol", missing="Đồng chí vui lòng ghi số, ký hiệu quyết định.", most=80
    )[1]
