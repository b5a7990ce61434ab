"""Enter documents into the registers of a unit: incoming ones from a file, issued ones, secret ones as a stub."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from danvan.documents.bodies import cut
from danvan.documents.enums import REGISTERS, Direction, Priority, Secrecy, Stage
from danvan.documents.intake import OpenedFile, open_file, refuse_secret
from danvan.documents.models import Document, RegisterGap, SecretStub
from danvan.documents.selectors import issuer_called
from danvan.documents.selectors.numbers import series_key, series_of
from danvan.documents.services.entry import (
    EARLIEST,
    Fields,
    arrival_faults,
    entry_faults,
    issuer_id_of,
    link_citations,
    refuse,
    refuse_duplicate,
    take_number,
    too_long,
    unit_faults,
    words_of,
)
from danvan.documents.services.reading import start_reading
from danvan.foundation import audit, clock, files, numbering, search
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.models import StoredFile
from danvan.organisations.selectors import unit_on
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

MOST_FREE_NUMBERS = 10_000


@transaction.atomic
def register_document(
    *,
    unit: "Unit",
    content: bytes,
    name: str,
    actor: "User | None",
    received_on: date | None = None,
    symbol: str | None = None,
    document_type: str | None = None,
    issuer_name: str | None = None,
    issued_on: date | None = None,
    signer: str | None = None,
    abstract: str | None = None,
    exchange_id: str = "",
    secrecy: str = "",
    opened: OpenedFile | None = None,
    register_number: str = "",
    signer_position: str = "",
    priority: int = Priority.NORMAL,
    pages: int | None = None,
    kept_by: str = "",
    forwarded_on: date | None = None,
    due_on: date | None = None,
    note: str = "",
) -> Document:
    """Enter an incoming document from its file into a unit's register and have it read.

    Fields that are not given are those its head states (the day only where the symbol is not given either). The number is taken, and the file kept, only when
    all is right; `register_number` is written by hand where a document goes between two others (274a) or takes
    a number left free. A secret one is refused with SecretError, one that is there already with DuplicateError.
    A long text is read by a worker: the document is then in the stage READING. `opened` is the same file
    already opened, to spare opening it twice.
    """
    refuse_secret(secrecy)
    opened = opened or open_file(content, name=name)
    head = opened.head
    received_on = received_on or clock.today()
    entry = Fields(
        symbol=head.symbol if symbol is None else symbol,
        document_type=head.document_type if document_type is None else document_type,
        issuer_name=issuer_called(head.issuer, head.issued_on or clock.today())
        if issuer_name is None
        else issuer_name,
        issued_on=issued_on or (head.issued_on if symbol is None else None),
        received_on=received_on,
        signer=head.signer if signer is None else signer,
        abstract=cut(head.abstract, 600) if abstract is None else abstract,
        exchange_id=exchange_id,
        signer_position=signer_position,
        priority=priority,
        pages=pages,
        kept_by=kept_by,
        forwarded_on=forwarded_on,
        due_on=due_on,
        note=note,
    ).clean()
    refuse([*unit_faults(unit, received_on, actor), *entry_faults(entry)])
    document = enter(
        Document(
            unit_id=unit.pk,
            direction=Direction.INCOMING,
            issuer_id=issuer_id_of(entry),
            file_name=canonical(name)[-255:],
            text=opened.text,
            stage=Stage.READING,
        ),
        entry,
        actor=actor,
        number=register_number,
        opened=opened,
    )
    link_citations(document)
    start_reading(document, actor=actor)
    return document


@transaction.atomic
def register_issued_document(
    *,
    unit: "Unit",
    document_type: str,
    abstract: str,
    issued_on: date,
    actor: "User | None",
    symbol: str = "",
    signer: str = "",
    content: bytes | None = None,
    name: str = "",
    secrecy: str = "",
    opened: OpenedFile | None = None,
    register_number: str = "",
    signer_position: str = "",
    recipients: str = "",
    copies: int | None = None,
    pages: int | None = None,
    priority: int = Priority.NORMAL,
    kept_by: str = "",
    forwarded_on: date | None = None,
    due_on: date | None = None,
    exchange_id: str = "",
    note: str = "",
    action: str = "documents.register",
) -> Document:
    """Enter a document that the unit itself issued into its register of outgoing documents; the file is optional.

    `action` is what `actor` must be allowed there: whoever signs a report has it entered by that act.
    `register_number` as for incoming ones. `due_on` is the day by which its recipients must act.
    """
    refuse_secret(secrecy)
    if opened is None and content is not None:
        opened = open_file(content, name=name)
    issuer = unit_on(unit.pk, issued_on)
    entry = Fields(
        symbol=symbol,
        document_type=document_type,
        issuer_name=issuer.name if issuer else "",
        issued_on=issued_on,
        signer=signer,
        abstract=abstract,
        exchange_id=exchange_id,
        signer_position=signer_position,
        priority=priority,
        pages=pages,
        copies=copies,
        recipients=recipients,
        kept_by=kept_by,
        forwarded_on=forwarded_on,
        due_on=due_on,
        note=note,
    ).clean()
    faults = [*unit_faults(unit, issued_on, actor, action), *entry_faults(entry)]
    refuse([fault for fault in faults if fault.column != "issuer_name"])
    document = enter(
        Document(
            unit_id=unit.pk,
            direction=Direction.OUTGOING,
            issuer_id=unit.pk,
            file_name=canonical(name)[-255:],
            text=opened.text if opened else "",
            stage=Stage.FILED,
        ),
        entry,
        actor=actor,
        number=register_number,
        opened=opened,
    )
    link_citations(document)
    return document


@transaction.atomic
def note_secret_document(
    *,
    unit: "Unit",
    register_number: int,
    received_on: date,
    issuer_name: str,
    secrecy: str,
    actor: "User | None",
) -> SecretStub:
    """Note that a secret document came: number in the paper register, day, issuer and mark, nothing else."""
    issuer_name = " ".join(canonical(issuer_name).split())
    faults = [*unit_faults(unit, received_on, actor), *arrival_faults(received_on, None)]
    if register_number < 1:
        faults.append(Fault("Số đến trong sổ mật phải từ 1 trở lên.", column="register_number"))
    if not secrecy or secrecy not in Secrecy.values:
        faults.append(Fault("Đồng chí vui lòng chọn độ mật.", column="secrecy"))
    if len(issuer_name) > 200:
        faults.append(too_long("issuer_name"))
    refuse(faults)
    stub, new = SecretStub.objects.get_or_create(
        unit_id=unit.pk,
        register_year=received_on.year,
        register_number=register_number,
        defaults={
            "received_on": received_on,
            "issuer_name": issuer_name,
            "secrecy": secrecy,
            "noted_by": actor,
        },
    )
    if not new:
        raise RuleError(
            f"Số {register_number} năm {received_on.year} của sổ mật đã ghi rồi. "
            "Đồng chí vui lòng kiểm tra lại số trong sổ giấy.",
            faults=[Fault("Số này đã ghi rồi.", column="register_number")],
        )
    audit.record(actor, "documents.note_secret", stub, unit_id=unit.pk)
    return stub


@transaction.atomic
def leave_numbers(
    *,
    unit: "Unit",
    direction: str,
    year: int,
    first: int,
    last: int,
    reason: str,
    actor: "User | None",
    document_type: str = "",
) -> RegisterGap:
    """Leave numbers of a register free and say why: taken beforehand, or written in the paper register.

    The register goes on after them. Numbers that were already passed over without a reason get theirs so. A
    `document_type` names the series of that type in the committee's term, as it stands in this year.
    """
    reason = " ".join(canonical(reason).split())
    today = clock.today()
    faults = [*unit_faults(unit, min(today, date(max(year, 1), 12, 31)), actor)]
    if direction not in REGISTERS:
        faults.append(Fault("Đồng chí vui lòng chọn sổ đến hoặc sổ đi.", column="direction"))
    if not EARLIEST.year <= year <= today.year:
        faults.append(Fault("Năm của sổ chưa đúng, đồng chí vui lòng xem lại.", column="year"))
    if not reason or len(reason) > 300:
        faults.append(
            Fault("Đồng chí vui lòng ghi lý do bỏ số, không quá 300 ký tự.", column="reason")
        )
    if first < 1 or last < first:
        faults.append(Fault("Đồng chí vui lòng ghi từ số nhỏ đến số lớn.", column="last"))
    elif last - first >= MOST_FREE_NUMBERS:
        most = format_number(MOST_FREE_NUMBERS)
        faults.append(Fault(f"Mỗi lần chỉ bỏ được nhiều nhất {most} số.", column="last"))
    series = ""
    if document_type and not faults:
        series = series_of(unit.pk, direction, document_type, min(today, date(year, 12, 31)))
        if not series:
            faults.append(
                Fault(
                    "Sổ này đánh số theo năm, không theo từng loại văn bản. Đồng chí vui lòng để trống loại văn bản.",
                    column="document_type",
                )
            )
    refuse(faults, act="Chưa ghi được số bỏ trống")
    gap = RegisterGap(
        unit_id=unit.pk,
        direction=direction,
        year=year,
        series=series,
        first=first,
        last=last,
        reason=reason,
        noted_by=actor,
        noted_at=clock.now(),
    )
    key = series_key(unit.pk, direction, year, series)
    reached = numbering.hold_series(key)
    refuse(_taken_faults(gap, reached), act="Chưa ghi được số bỏ trống")
    gap.save(force_insert=True)
    numbering.skip_to(key, last)
    audit.record(actor, "documents.leave_numbers", gap, unit_id=unit.pk)
    return gap


def _taken_faults(gap: RegisterGap, reached: int) -> list[Fault]:
    """Why these numbers cannot be left free: borne, left free before, or not the next ones."""
    register = {"unit_id": gap.unit_id, "direction": gap.direction}
    entered = Document.objects.filter(**register, register_series=gap.series, register_suffix="")
    gaps = RegisterGap.objects.filter(**register, series=gap.series)
    if not gap.series:
        entered, gaps = entered.filter(register_year=gap.year), gaps.filter(year=gap.year)
    span = entered.filter(register_number__range=(gap.first, gap.last))
    borne = span.order_by("register_number").values_list("register_number", flat=True).first()
    faults = []
    if borne is not None:
        faults.append(Fault(f"Số {borne} đã dùng cho một văn bản.", column="first"))
    if known := gaps.filter(first__lte=gap.last, last__gte=gap.first).first():
        faults.append(
            Fault(f"Các số {known.first}–{known.last} đã ghi lý do trước đó.", column="first")
        )
    if gap.first > reached + 1:
        faults.append(
            Fault(
                f"Sổ mới đến số {reached}. Đồng chí vui lòng bỏ trống từ số {reached + 1}.",
                column="first",
            )
        )
    return faults


def enter(
    document: Document,
    entry: Fields,
    *,
    actor: "User | None",
    number: str = "",
    opened: OpenedFile | None = None,
    kept: StoredFile | None = None,
) -> Document:
    """Take the number, look for the document in the register, keep the file, write the row.

    `opened` is a file to be kept now, `kept` one that is kept already and is shared. In the caller's transaction.
    """
    day = entry.day or clock.today()
    document.register_year, document.registered_at = day.year, clock.now()
    document.registered_by = actor
    document.register_series = series_of(
        document.unit_id, document.direction, entry.document_type, day
    )
    take_number(document, number)
    entry.put_on(document)
    sha256 = hashlib.sha256(opened.content).hexdigest() if opened else kept.sha256 if kept else ""
    refuse_duplicate(document, sha256)
    if opened:
        kept = files.store(opened.content, name=opened.name, allowed=files.DOCUMENTS)
    document.file = kept
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:  # the same document, by somebody else, in another year's series
        refuse_duplicate(document, "")
        raise
    search.index(document, words_of(document))
    audit.record(
        actor,
        "documents.register",
        document,
        unit_id=document.unit_id,
        direction=document.direction,
    )
    return document
