"""Send an issued document to units here, open it, enter it in the recipient's register, remind, take back."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from danvan.accounts.selectors import reaches
from danvan.documents.enums import Direction, Stage
from danvan.documents.events import (
    DocumentDistributed,
    DocumentRecalled,
    DocumentReceived,
    DocumentReminded,
)
from danvan.documents.models import Distribution, DistributionQuerySet, Document
from danvan.documents.services.entry import (
    Fields,
    arrival_faults,
    link_citations,
    refuse,
    unit_faults,
)
from danvan.documents.services.reading import locked
from danvan.documents.services.registering import enter
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Sort
from danvan.organisations.selectors import identities, last_names, successors, units_on
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

# A refusal names so many units; the others are counted.
MOST_NAMED = 10


@transaction.atomic
def distribute_document(
    document: Document, unit_ids: Collection[int], *, actor: "User | None"
) -> list[Distribution]:
    """Send a document the unit issued to other units here, in one act; those that have it already are left out.

    RuleError that tells every fault at once, by name: the own unit, a place, one that does not stand today
    (with those that took over).
    """
    hold_units(unit_ids)
    document = locked(document)
    if document.direction != Direction.OUTGOING:
        raise RuleError("Chỉ gửi được văn bản trong sổ văn bản đi của cơ quan mình.")
    _refuse_out_of_reach(document, actor)
    wanted = sorted(set(unit_ids))
    if not wanted:
        raise RuleError("Đồng chí vui lòng chọn ít nhất một nơi nhận.")
    refuse(list(_recipient_faults(document, wanted)), act="Chưa gửi được")
    sent = Distribution.objects.filter(document=document, recalled_at=None, unit_id__in=wanted)
    known = set(sent.values_list("unit_id", flat=True))
    left = [unit_id for unit_id in wanted if unit_id not in known]
    if not left:
        raise RuleError("Văn bản này đã gửi tới tất cả các nơi vừa chọn.")
    now = clock.now()
    made = Distribution.objects.bulk_create(
        [
            Distribution(document=document, unit_id=unit_id, sent_at=now, sent_by=actor)
            for unit_id in left
        ],
        batch_size=500,
    )
    audit.record(actor, "documents.distribute", document, unit_ids=left)
    events.publish(DocumentDistributed(document_id=document.pk, unit_ids=tuple(left)))
    return made


@transaction.atomic
def open_distribution(distribution: Distribution, *, actor: "User | None") -> Distribution:
    """Note who of the recipient opened the document first, and when; later openings change nothing."""
    distribution = _locked(distribution)
    if distribution.opened_at is None and distribution.recalled_at is None:
        _open(distribution, actor)
        distribution.save(update_fields=["opened_at", "opened_by"])
    return distribution


@transaction.atomic
def receive_document(
    distribution: Distribution,
    *,
    actor: "User | None",
    received_on: date | None = None,
    register_number: str = "",
    kept_by: str = "",
    due_on: date | None = None,
    note: str = "",
) -> Document:
    """Enter a document that was sent to a unit in that unit's incoming register: the same file, its own number.

    DuplicateError where that register holds it already: then see `match_received`.
    """
    distribution = _receiving(distribution)
    sent = distribution.document
    received_on = received_on or clock.today()
    entry = Fields(
        **{
            name: getattr(sent, name)
            for name in (
                "symbol", "document_type", "issuer_name", "issued_on", "signer", "signer_position",
                "abstract", "exchange_id", "priority", "pages", "recipients",
            )
        },
        received_on=received_on,
        kept_by=kept_by,
        due_on=due_on or _due_from(sent, received_on),
        note=note,
    ).clean()  # fmt: skip
    faults = [
        *unit_faults(distribution.unit, received_on, actor),
        *arrival_faults(received_on, sent.issued_on),
    ]
    refuse(faults)
    document = enter(
        Document(
            unit_id=distribution.unit_id,
            direction=Direction.INCOMING,
            issuer_id=sent.issuer_id,
            file_name=sent.file_name,
            text=sent.text,
            stage=Stage.FILED,
        ),
        entry,
        actor=actor,
        number=register_number,
        kept=sent.file,
    )
    link_citations(document)
    _received(distribution, document, actor)
    return document


@transaction.atomic
def match_received(
    distribution: Distribution, entry: Document, *, actor: "User | None"
) -> Distribution:
    """Say that the recipient's register holds the document already, as this entry: no second number is taken."""
    distribution = _receiving(distribution)
    entry = locked(entry)
    if entry.unit_id != distribution.unit_id or entry.direction != Direction.INCOMING:
        raise RuleError("Mục này không thuộc sổ văn bản đến của nơi nhận.")
    if Distribution.objects.filter(received=entry).exists():
        raise RuleError("Mục này đã gắn với một lần gửi khác.")
    refuse(list(unit_faults(distribution.unit, clock.today(), actor)))
    _received(distribution, entry, actor)
    return distribution


@transaction.atomic
def remind_recipients(
    document: Document, *, actor: "User | None", unit_ids: Collection[int] | None = None
) -> int:
    """Remind those that have not entered the document (all of them, or these); nobody twice on one day."""
    document = locked(document)
    _refuse_out_of_reach(document, actor)
    waiting = _waiting(document, unit_ids)
    if not waiting:
        raise RuleError("Các nơi nhận đều đã vào sổ, không còn nơi nào để nhắc.")
    today = clock.today()
    rows = [
        one for one in waiting if not one.reminded_at or timezone.localdate(one.reminded_at) < today
    ]
    if not rows:
        raise RuleError("Hôm nay đã nhắc các nơi chưa vào sổ. Đồng chí vui lòng chờ đến ngày mai.")
    for row in rows:
        row.reminded_at = clock.now()
    Distribution.objects.bulk_update(rows, ["reminded_at"], batch_size=500)
    reminded = [row.unit_id for row in rows]
    audit.record(actor, "documents.remind", document, unit_ids=reminded)
    events.publish(DocumentReminded(document_id=document.pk, unit_ids=tuple(reminded)))
    return len(rows)


@transaction.atomic
def recall_document(
    document: Document,
    *,
    reason: str,
    actor: "User | None",
    unit_ids: Collection[int] | None = None,
) -> int:
    """Take a document back from those that have not entered it (all of them, or these); it is noted, not erased.

    RuleError, by name, where one of `unit_ids` has entered it: then nothing is taken back.
    """
    document = locked(document)
    _refuse_out_of_reach(document, actor)
    reason = " ".join(canonical(reason).split())
    if not reason or len(reason) > 300:
        sentence = "Đồng chí vui lòng ghi lý do thu hồi, không quá 300 ký tự."
        raise RuleError(sentence, faults=[Fault(sentence, column="reason")])
    rows = _waiting(document, unit_ids)
    if unit_ids is not None:
        held = Distribution.objects.filter(document=document, unit_id__in=unit_ids)
        entered = set(held.exclude(received_at=None).values_list("unit_id", flat=True))
        if entered:
            raise RuleError(
                f"Không thu hồi được vì đã vào sổ ở: {_named(entered)}. Đồng chí vui lòng gửi văn bản "
                "đính chính hoặc thay thế tới các nơi ấy."
            )
    if not rows:
        raise RuleError("Không còn nơi nào chưa vào sổ để thu hồi.")
    for row in rows:
        row.recalled_at, row.recalled_by, row.recall_reason = clock.now(), actor, reason
    Distribution.objects.bulk_update(
        rows, ["recalled_at", "recalled_by", "recall_reason"], batch_size=500
    )
    recalled = [row.unit_id for row in rows]
    audit.record(actor, "documents.recall", document, unit_ids=recalled)
    events.publish(DocumentRecalled(document_id=document.pk, unit_ids=tuple(recalled)))
    return len(rows)


def _locked(distribution: Distribution) -> Distribution:
    rows = Distribution.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("document__file", "unit").get(pk=distribution.pk)


def _waiting(document: Document, unit_ids: Collection[int] | None) -> list[Distribution]:
    """The rows of those that have not entered it, under lock, in one order for everybody."""
    rows: DistributionQuerySet = Distribution.objects.select_for_update(no_key=True).filter(
        document=document, received_at=None, recalled_at=None
    )
    return list(rows if unit_ids is None else rows.filter(unit_id__in=unit_ids))


def _receiving(distribution: Distribution) -> Distribution:
    """The row under lock, where the document may still be entered."""
    distribution = _locked(distribution)
    if distribution.received_at:
        raise RuleError("Văn bản này đã được vào sổ ở nơi nhận.")
    if distribution.recalled_at:
        day = format_date(timezone.localdate(distribution.recalled_at))
        raise RuleError(f"Nơi gửi đã thu hồi văn bản này ngày {day}: {distribution.recall_reason}.")
    return distribution


def _open(distribution: Distribution, actor: "User | None") -> None:
    distribution.opened_at, distribution.opened_by = clock.now(), actor
    audit.record(actor, "documents.open", distribution.document, distribution_id=distribution.pk)


def _received(distribution: Distribution, entry: Document, actor: "User | None") -> None:
    if distribution.opened_at is None:
        _open(distribution, actor)
    distribution.received_at, distribution.received = clock.now(), entry
    distribution.save(update_fields=["opened_at", "opened_by", "received_at", "received"])
    audit.record(actor, "documents.receive", entry, distribution_id=distribution.pk)
    events.publish(DocumentReceived(distribution_id=distribution.pk))


def _due_from(sent: Document, received_on: date) -> date | None:
    """The day the sender asked for; none where it had gone by when the document came."""
    return sent.due_on if sent.due_on and sent.due_on >= received_on else None


def _refuse_out_of_reach(document: Document, actor: "User | None") -> None:
    if actor is not None and not reaches(actor, "documents.distribute", document.unit_id):
        raise RuleError("Văn bản này ngoài phạm vi đồng chí được gửi đi.")


def _recipient_faults(document: Document, unit_ids: list[int]) -> Iterable[Fault]:
    """Why the document cannot be sent to some of these, each by name."""
    today = clock.today()
    units, standing = identities(unit_ids), units_on(unit_ids, today)
    names = last_names(unit_ids, today)
    for unit_id in unit_ids:
        unit, name = units.get(unit_id), names.get(unit_id, "")
        if unit is None:
            yield Fault("Có nơi nhận không có trong sổ đơn vị, đồng chí vui lòng chọn lại.")
        elif unit_id == document.unit_id:
            yield Fault(f"{name} là nơi ban hành, không tự gửi cho mình.", column="units")
        elif unit.sort != Sort.ORGANISATION:
            yield Fault(
                f"{name} là địa bàn; đồng chí vui lòng chọn cơ quan ở đó (cấp ủy, Mặt trận, ...).",
                column="units",
            )
        elif unit_id not in standing:
            yield _gone_fault(unit_id, name, unit.founded_on > today, unit.ended_on)


def _gone_fault(unit_id: int, name: str, early: bool, ended_on: date | None) -> Fault:  # noqa: FBT001
    if early or ended_on is None:
        return Fault(f"{name} chưa hoạt động hôm nay nên chưa gửi được.", column="units")
    heirs = ", ".join(kin.name for kin in successors(unit_id))
    now = f" Nay là: {heirs}." if heirs else ""
    return Fault(
        f"{name} đã kết thúc hoạt động từ {format_date(ended_on)} nên không nhận được.{now}",
        column="units",
    )


def _named(unit_ids: Collection[int]) -> str:
    names = sorted(last_names(unit_ids, clock.today()).values())
    more = f" và {len(names) - MOST_NAMED} nơi khác" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
