"""What becomes of a petition that came in: accepted, refused, kept on file, guided, passed on to who is competent."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from danvan.accounts.selectors import reaches
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.law.services import Transfer
from danvan.organisations.selectors import last_names, units_on
from danvan.petitions.enums import (
    CLASSIFY,
    FILINGS,
    IDLE,
    IDLE_KEY,
    MORE,
    NOTICE,
    REFUSAL_KEY,
    REFUSALS,
    REPLY,
    REPLY_KEY,
    SETTLE,
    Closing,
    Kind,
    StepKind,
)
from danvan.petitions.events import PetitionAccepted, PetitionClosed, PetitionTransferred
from danvan.petitions.models import Barred, Petition, PetitionTransfer
from danvan.petitions.moves import DECIDE
from danvan.petitions.selectors.rules import filed_late_words, group_lacking, settle_key
from danvan.petitions.selectors.sending import receiver_at, somebody_works_at
from danvan.petitions.services import rows
from danvan.petitions.services.identities import (
    PersonDraft,
    found_again,
    person_faults,
    senders_of,
    sign,
)
from danvan.petitions.services.parting import leave_cluster
from danvan.petitions.services.rewording import hide_in_all, hold_paper
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

SHORT = 500
NOBODY_YET = (
    "Khi nhận đơn chưa ghi tên người gửi, đồng chí vui lòng bỏ ô này và ghi họ tên người đại diện."
)


@transaction.atomic
def accept_petition(
    petition: Petition, *, on: date, actor: "User | None", why: str = "", symbol: str = "", seen: int | None = None
) -> Petition:  # fmt: skip
    """Deal with it from here on; the time for settling runs from that day. `why`: the good reason of who came too late."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "accept")
    why, faults = rows.words_of(why, column="why", most=SHORT)
    faults += rows.before_faults(petition, on)
    if lacking := group_lacking(petition.paper):
        faults.append(Fault(lacking, column="on"))
    if petition.kind == Kind.COMPLAINT:
        if petition.paper.anonymous:
            faults.append(
                Fault(
                    "Đơn khiếu nại không ghi tên thì không thụ lý; đồng chí vui lòng lưu đơn theo lý do LD01.",
                    column="on",
                )
            )
        if (late := filed_late_words(petition)) and not why:
            faults.append(Fault(late, column="why"))
    rows.refuse(faults)
    rows.move(petition, "accept")
    petition.accepted_on = on
    rows.stop(petition, CLASSIFY, REPLY, MORE, IDLE, on=on, actor=actor)
    begin_settling(petition, on, actor=actor)
    rows.step(petition, StepKind.ACCEPTED, on=on, actor=actor, words=why, symbol=symbol)
    rows.save(petition, "state", "accepted_on")
    audit.record(actor, "petitions.accept", petition)
    events.publish(PetitionAccepted(petition_id=petition.pk))
    return petition


def begin_settling(petition: Petition, on: date, *, actor: "User | None") -> None:
    """The time for settling: by the law for complaints; for what the law leaves open by the term of the house."""
    if petition.kind == Kind.COMPLAINT:
        rows.run(petition, SETTLE, settle_key(petition), on=on, actor=actor)
    else:
        rows.run_house(petition, SETTLE, on=on, actor=actor)


@transaction.atomic
def refuse_petition(
    petition: Petition, *, closing: str, on: date, actor: "User | None", why: str = "", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Not accepted, for a reason that the law knows; whoever asked is told in writing where the law says so."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "refuse")
    why, faults = rows.words_of(why, column="why", most=SHORT)
    faults += rows.before_faults(petition, on)
    if closing not in REFUSALS[petition.kind]:
        faults.append(Fault("Đồng chí vui lòng chọn lý do không thụ lý.", column="closing"))
    rows.refuse(faults)
    rows.move(petition, "refuse")
    _shut(petition, Closing(closing), on, StepKind.REFUSED, actor, why, symbol)
    if closing == Closing.TL01:
        rows.run(petition, NOTICE, REFUSAL_KEY, on=on, actor=actor)
        rows.save(petition)
    audit.record(actor, "petitions.refuse", petition, closing=closing)
    return petition


@transaction.atomic
def file_petition(
    petition: Petition, *, closing: str, on: date, actor: "User | None", why: str = "", seen: int | None = None
) -> Petition:  # fmt: skip
    """Keep it on file, for a reason that the law knows: it lacks what a petition needs."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "file")
    why, faults = rows.words_of(why, column="why", most=SHORT)
    faults += rows.before_faults(petition, on)
    if closing not in FILINGS:
        faults.append(Fault("Đồng chí vui lòng chọn lý do lưu đơn.", column="closing"))
    rows.refuse(faults)
    rows.move(petition, "file")
    _shut(petition, Closing(closing), on, StepKind.FILED, actor, why)
    audit.record(actor, "petitions.file", petition, closing=closing)
    return petition


@transaction.atomic
def guide_petition(
    petition: Petition, *, where: str, on: date, actor: "User | None", symbol: str = "", seen: int | None = None
) -> Petition:  # fmt: skip
    """Tell who complains where their complaint belongs; a complaint is not passed on."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "guide")
    missing = "Đồng chí vui lòng ghi nơi có thẩm quyền đã hướng dẫn đến."
    where, faults = rows.words_of(where, column="where", missing=missing, most=200)
    rows.refuse([*faults, *rows.before_faults(petition, on)])
    rows.move(petition, "guide")
    petition.handed_to = where
    _shut(petition, Closing.HD01, on, StepKind.GUIDED, actor, where, symbol, "handed_to")
    audit.record(actor, "petitions.guide", petition)
    return petition


@transaction.atomic
def transfer_petition(
    petition: Petition, *, to_unit_id: int, on: date, reason: str, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Pass it on to the unit that is competent: it stays open, the first receipt stays, and that unit has a span of its own.

    A place is no agency: its office gets it. It does not come back to where it has been, unless who decides above both
    says so.
    """
    to_unit_id = receiver_at(to_unit_id)
    petition = rows.locked(petition, seen=seen, also=[to_unit_id])
    rows.allowed_move(petition, "transfer")
    missing = "Đồng chí vui lòng ghi vì sao chuyển."
    reason, faults = rows.words_of(reason, column="reason", missing=missing, most=300)
    faults += rows.before_faults(petition, on)
    faults += _way_faults(petition, to_unit_id, on, actor)
    rows.refuse(faults)
    rows.move(petition, "transfer")
    PetitionTransfer.objects.create(
        petition=petition,
        from_unit_id=petition.unit_id,
        to_unit_id=to_unit_id,
        on=on,
        reason=reason,
    )
    leave_cluster(petition, "Chuyển đơn vị khác giải quyết", on=on, actor=actor)
    petition.unit_id, petition.at_unit_on, petition.verifier = to_unit_id, on, None
    rows.stop(petition, SETTLE, MORE, on=on, actor=actor)
    rows.add(petition, IDLE, [Transfer(on, to_unit_id)], actor=actor)
    if rows.open_clock(petition, IDLE) is None:  # it was being dealt with: there it waits anew
        rows.run(petition, IDLE, IDLE_KEY, on=on, actor=actor)
    rows.stop(petition, REPLY, on=on, actor=actor)
    rows.run(petition, REPLY, REPLY_KEY, on=on, actor=actor)
    petition.accepted_on = None
    name = last_names([to_unit_id], on).get(to_unit_id, "")
    rows.step(
        petition, StepKind.TRANSFERRED, on=on, actor=actor, words=f"Đến {name}. Lý do: {reason}", symbol=symbol
    )  # fmt: skip
    rows.save(petition, "state", "unit", "at_unit_on", "verifier", "accepted_on")
    audit.record(actor, "petitions.transfer", petition, to_unit_id=to_unit_id)
    events.publish(PetitionTransferred(petition_id=petition.pk, to_unit_id=to_unit_id))
    return petition


@transaction.atomic
def hand_out_petition(
    petition: Petition, *, where: str, on: date, reason: str, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Pass it on to a body that does not work with this software; it waits here for what that body reports."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "hand_out")
    where, faults = rows.words_of(
        where, column="where", missing="Đồng chí vui lòng ghi cơ quan nhận đơn.", most=200
    )
    reason, more = rows.words_of(
        reason, column="reason", missing="Đồng chí vui lòng ghi vì sao chuyển.", most=300
    )
    rows.refuse([*faults, *more, *rows.before_faults(petition, on)])
    rows.move(petition, "hand_out")
    petition.handed_to = where
    rows.stop(petition, REPLY, MORE, SETTLE, IDLE, on=on, actor=actor)
    words = f"Đến {where}. Lý do: {reason}"
    rows.step(petition, StepKind.TRANSFERRED, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "state", "handed_to")
    audit.record(actor, "petitions.hand_out", petition)
    return petition


@transaction.atomic
def add_representatives(
    petition: Petition, persons: Sequence[PersonDraft], *, actor: "User | None", standing: bool = False,
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Write down who speaks for a group, and hide them in what was written down of it before, as its first sender is hidden.

    `standing`: whoever was written down first speaks for it. Of who stands behind the paper already no second row is made.
    """
    hold_paper(petition)
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "group")
    faults = [
        fault for row, one in enumerate(persons, start=1) for fault in person_faults(one, row)
    ]
    if not persons and not standing:
        faults.append(Fault("Đồng chí vui lòng ghi người đại diện.", column="name"))
    named = petition.paper.signatures.filter(petitioner__erased_on=None).order_by("pk")
    first = None if petition.paper.anonymous else named.first()
    if standing and first is None:
        faults.append(Fault(NOBODY_YET, column="standing"))
    rows.refuse(faults)
    before = senders_of(petition.paper)
    speaking = {first.petitioner_id} if standing and first else set()
    for person in persons:
        found = found_again(petition.paper, person) or sign(petition.paper, [person])[0]
        speaking.add(found.pk)
    petition.paper.signatures.filter(petitioner__in=speaking).update(representative=True)
    hide_in_all(petition.paper, before, actor=actor)
    petition.refresh_from_db()
    rows.step(petition, StepKind.GROUP, on=clock.today(), actor=actor)
    rows.save(petition)
    audit.record(actor, "petitions.add_representatives", petition, number=len(speaking))
    return petition


@transaction.atomic
def bar_user(
    petition: Petition, *, user: "User", actor: "User | None", seen: int | None = None
) -> Petition:
    """Write down that a petition is against a user of this software: it is not shown to them any more, in either round."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "bar")
    if actor is not None and actor.pk == user.pk:
        raise RuleError(
            "Đồng chí không tự ghi mình; vui lòng báo lãnh đạo đơn vị để người khác xử lý đơn này."
        )
    rounds = Q(pk=petition.pk) | Q(second_round=petition) | Q(first_round=petition)
    for pk in Petition.objects.filter(rounds).values_list("pk", flat=True):
        Barred.objects.get_or_create(petition_id=pk, user=user)
    if petition.verifier_id == user.pk:
        petition.verifier = None
    rows.step(petition, StepKind.BARRED, on=clock.today(), actor=actor)
    rows.save(petition, "verifier")
    audit.record(actor, "petitions.bar", petition, user_id=user.pk)
    return petition


def _shut(
    petition: Petition, closing: Closing, on: date, kind: StepKind, actor: "User | None", why: str,
    symbol: str = "", *more: str,
) -> None:  # fmt: skip
    petition.closing = closing
    rows.close(petition, on, actor=actor)
    words = f"{closing.label}. {why}" if why else str(closing.label)
    rows.step(petition, kind, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "state", "closing", "closed_on", *more)
    events.publish(PetitionClosed(petition_id=petition.pk))


def _way_faults(petition: Petition, to_unit_id: int, on: date, actor: "User | None") -> list[Fault]:
    if to_unit_id == petition.unit_id:
        return [
            Fault(
                "Đơn đang ở đơn vị này rồi, đồng chí vui lòng chọn đơn vị khác.", column="to_unit"
            )
        ]
    if to_unit_id not in units_on([to_unit_id], on):
        return [
            Fault(
                "Đơn vị này không hoạt động vào ngày chuyển, đồng chí vui lòng chọn lại.",
                column="to_unit",
            )
        ]
    if not somebody_works_at(to_unit_id):
        name = last_names([to_unit_id], on).get(to_unit_id, "")
        return [
            Fault(
                f"{name} chưa có ai nhận đơn trên phần mềm; đồng chí vui lòng chuyển cơ quan ngoài hệ thống.",
                column="to_unit",
            )
        ]
    was = petition.transfers.filter(from_unit_id=to_unit_id).order_by("-on").first()
    above = actor is None or all(
        reaches(actor, DECIDE, unit) for unit in (petition.unit_id, to_unit_id)
    )
    if was is None or above:
        return []
    return [
        Fault(
            f"Đơn vị này đã chuyển đơn đi ngày {format_date(was.on)}. Hai nơi chưa thống nhất thẩm quyền, đồng chí vui "
            "lòng đề nghị lãnh đạo cấp trên của cả hai chỉ định đơn vị giải quyết.",
            column="to_unit",
        )
    ]
