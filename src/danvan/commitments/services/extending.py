"""More time: asked for by the lead, decided by who assigned. The first day stays readable whatever is decided."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import UNDONE, Party, Ruling, State, StepKind
from danvan.commitments.events import ExtensionAsked, ExtensionRuled
from danvan.commitments.models import Commitment, Extension
from danvan.commitments.services import rows
from danvan.commitments.services.clocks import FIELDS, extend, hold_calendar
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LATEST_YEARS = 30


@transaction.atomic
def ask_extension(
    commitment: Commitment, *, until: date, reason: str, actor: "User | None"
) -> Extension:
    """The lead asks for more time, with the reason; one request waits at a time."""
    commitment = rows.locked(commitment)
    fault = _not_later(commitment, until)
    if fault:
        raise rows.refuse(fault, column="until")
    if commitment.extensions.filter(ruling=Ruling.OPEN).exists():
        raise RuleError(
            "Đơn vị đã xin gia hạn việc này và đang chờ quyết định. Đồng chí vui lòng chờ kết quả."
        )
    reason = rows.text_of(
        reason, missing="Đồng chí vui lòng ghi lý do xin gia hạn.", column="reason"
    )
    extension = _new(commitment, until, reason, actor)
    extension.save()
    rows.save(commitment)
    words = f"Xin đến {format_date(until)}: {reason}"
    rows.step(commitment, StepKind.EXTENSION_ASKED, actor=actor, words=words)
    audit.record(actor, "commitments.ask_extension", commitment, extension_id=extension.pk)
    events.publish(ExtensionAsked(extension_id=extension.pk))
    return extension


@transaction.atomic
def rule_extension(
    extension: Extension,
    *,
    granted: bool,
    words: str,
    actor: "User | None",
    document: str = "",
    instead: bool = False,
) -> Extension:
    """Who assigned it grants more time, by a document, or does not; once. A refusal says why.

    `instead`: whoever is above it acts in its place, and says so.
    """
    hold_calendar()
    commitment = rows.locked(extension.commitment)
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    if extension.ruling != Ruling.OPEN:
        who = rows.by_whom(extension.ruled_by)
        decided = "cho gia hạn" if extension.ruling == Ruling.GRANTED else "không cho gia hạn"
        raise RuleError(
            f"{who} đã quyết định {decided} ngày {format_date(_day(extension))}. "
            "Đồng chí vui lòng mở lại trang để xem."
        )
    _refuse_stead([commitment], actor, said=instead)
    if granted:
        fault = _not_later(commitment, extension.new_due_on)
        if fault:
            raise RuleError(fault)
        extension.document = _document(document)
        words = canonical(words).strip()[: rows.SHORT]
        _go_on(commitment, extension, actor)
        extend([(commitment, extension)], actor=actor)
    else:
        words = rows.text_of(
            words, missing="Đồng chí vui lòng ghi lý do không cho gia hạn để đơn vị biết."
        )
    _rule(commitment, extension, granted=granted, words=words, actor=actor)
    return extension


@transaction.atomic
def extend_commitments(
    commitments: Iterable[Commitment],
    *,
    until: date | None,
    words: str,
    document: str,
    actor: "User | None",
    instead: bool = False,
) -> list[Extension]:
    """Who assigned them gives more time in one act: until one day, or (None) until the days the leads ask for.

    By one document. All or none; each fault names its commitment. `instead`: for assigners that are not the actor's own.
    """
    hold_calendar()
    found = rows.locked_many(commitments)
    _refuse_stead(found, actor, said=instead)
    document = _document(document)
    words = rows.text_of(words, missing="Đồng chí vui lòng ghi lý do cho gia hạn.")
    asked = {
        one.commitment_id: one
        for one in Extension.objects.filter(commitment__in=found, ruling=Ruling.OPEN)
    }
    faults = []
    for one in found:
        request = asked.get(one.pk)
        day = until or (request.new_due_on if request else None)
        if day is None:
            faults.append(
                Fault(
                    f"{one.number} chưa có đơn xin gia hạn; đồng chí vui lòng ghi hạn mới.",
                    column="until",
                )
            )
        elif fault := _not_later(one, day):
            faults.append(Fault(f"{one.number}: {fault}", column="until"))
    if faults or not found:
        none = "Đồng chí vui lòng chọn ít nhất một việc."
        sentences = " ".join(fault.message for fault in faults) or none
        raise RuleError(f"Chưa gia hạn được việc nào. {sentences}", faults=faults)
    given = []
    for one in found:
        extension = asked.get(one.pk) or _new(one, until or clock.today(), words, actor)
        extension.new_due_on = until or extension.new_due_on
        extension.document = document
        _go_on(one, extension, actor)
        given.append((one, extension))
    extend(given, actor=actor)
    for one, extension in given:
        _rule(one, extension, granted=True, words=words, actor=actor)
    return [extension for _, extension in given]


def _refuse_stead(found: list[Commitment], actor: "User | None", *, said: bool) -> None:
    assigners = {one.assigner_id for one in found}
    if faults := rows.in_their_stead(actor, assigners, said=said):
        raise RuleError(faults[0].message, faults=faults)


def _document(symbol: str) -> str:
    return rows.symbol_of(
        symbol, missing="Đồng chí vui lòng ghi văn bản quyết định gia hạn.", column="document"
    )


def _new(commitment: Commitment, until: date, reason: str, actor: "User | None") -> Extension:
    return Extension(
        commitment=commitment,
        old_due_on=commitment.due_on or until,  # never None here: what has no end is not extended
        new_due_on=until,
        reason=reason,
        asked_by=actor,
        asked_at=clock.now(),
    )


def _rule(
    commitment: Commitment,
    extension: Extension,
    *,
    granted: bool,
    words: str,
    actor: "User | None",
) -> None:
    extension.ruling = Ruling.GRANTED if granted else Ruling.REFUSED
    extension.ruled_by, extension.ruled_at, extension.words = actor, clock.now(), words
    extension.save()
    rows.save(commitment, "state", *FIELDS)
    until = f"Đến {format_date(extension.new_due_on)}, theo {extension.document}"
    said = f"{until}: {words}" if granted and words else until if granted else words
    kind = StepKind.EXTENDED if granted else StepKind.EXTENSION_REFUSED
    rows.step(commitment, kind, actor=actor, words=said)
    act = "commitments.grant_extension" if granted else "commitments.refuse_extension"
    audit.record(actor, act, commitment, extension_id=extension.pk)
    events.publish(ExtensionRuled(extension_id=extension.pk))


def _go_on(commitment: Commitment, extension: Extension, actor: "User | None") -> None:
    """Whoever names another day has the work go on: a risk that was accepted ends with it, as the pause of its clock."""
    if commitment.state != State.RISK_ACCEPTED:
        return
    rows.move(commitment, State.IN_PROGRESS, by=Party.ASSIGNER, refusal="")
    words = f"Được gia hạn đến {format_date(extension.new_due_on)} theo {extension.document} nên làm tiếp."
    rows.step(commitment, StepKind.RESUMED, actor=actor, words=words)


def _not_later(commitment: Commitment, until: date) -> str:
    """Why this commitment cannot be due on `until`; empty where it can."""
    if commitment.state not in UNDONE:
        return (
            "Việc này không còn trong giai đoạn thực hiện nên không cần gia hạn. "
            "Đồng chí vui lòng xem lại tình trạng của việc."
        )
    if commitment.due_on is None:
        return "Việc này làm thường xuyên, không có hạn nên không cần gia hạn."
    if until <= commitment.due_on:
        return (
            f"Hạn mới phải sau hạn hiện tại {format_date(commitment.due_on)}. "
            "Đồng chí vui lòng chọn ngày muộn hơn."
        )
    if until < clock.today():
        return (
            f"Hạn mới {format_date(until)} đã qua. Đồng chí vui lòng chọn ngày từ hôm nay "
            f"{format_date(clock.today())} trở đi."
        )
    if until.year > commitment.due_on.year + LATEST_YEARS:
        return f"Hạn {format_date(until)} quá xa, đồng chí vui lòng xem lại năm."
    return ""


def _day(extension: Extension) -> date:
    return (extension.ruled_at or extension.asked_at).date()
