"""Enter documents into the registers of a unit: incoming ones from a file, issued ones, secret ones as a stub."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from danvan.accounts.selectors import reaches
from danvan.documents.bodies import cut
from danvan.documents.enums import Direction, DocumentType, Secrecy, Stage
from danvan.documents.errors import DuplicateError
from danvan.documents.intake import OpenedFile, open_file, refuse_secret
from danvan.documents.models import Citation, Document, SecretStub
from danvan.documents.selectors import known_issuer
from danvan.documents.services.reading import start_reading
from danvan.documents.symbols import issuer_key, number_of, symbol_key
from danvan.foundation import audit, clock, files, numbering, search
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Sort
from danvan.organisations.selectors import unit_on
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

EARLIEST = date(1930, 2, 3)  # no document of the Party is older; a day before it is a slip
LENGTHS = {
    "symbol": (80, "Số, ký hiệu"),
    "issuer_name": (200, "Tên cơ quan ban hành"),
    "signer": (120, "Tên người ký"),
    "abstract": (600, "Trích yếu"),
    "exchange_id": (120, "Mã định danh"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a register says of a document."""

    symbol: str
    document_type: str
    issuer_name: str
    issued_on: date | None
    signer: str
    abstract: str
    exchange_id: str = ""

    def clean(self) -> "Fields":
        """One spelling, one line each."""
        lines = {
            name: " ".join(canonical(getattr(self, name)).split())
            for name in (*LENGTHS, "document_type")
        }
        return Fields(**lines, issued_on=self.issued_on)


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
) -> Document:
    """Enter an incoming document from its file into a unit's register and have it read.

    Fields that are not given are those its head states (the day only where the symbol is not given either). The number is taken, and the file kept, only when
    all is right. A secret one is refused with SecretError, one that is there already with DuplicateError.
    A long text is read by a worker: the document is then in the stage READING. `opened` is the same file
    already opened, to spare opening it twice.
    """
    refuse_secret(secrecy)
    opened = opened or open_file(content, name=name)
    head = opened.head
    issuer = known_issuer(head.issuer, head.issued_on or clock.today())
    received_on = received_on or clock.today()
    fields = Fields(
        symbol=head.symbol if symbol is None else symbol,
        document_type=head.document_type if document_type is None else document_type,
        issuer_name=(issuer.name if issuer else head.issuer)
        if issuer_name is None
        else issuer_name,
        issued_on=issued_on or (head.issued_on if symbol is None else None),
        signer=head.signer if signer is None else signer,
        abstract=cut(head.abstract, 600) if abstract is None else abstract,
        exchange_id=exchange_id,
    ).clean()
    _refuse([*_unit_faults(unit, received_on, actor), *_faults(fields, received_on)])
    document = _register(
        Document(
            unit_id=unit.pk,
            direction=Direction.INCOMING,
            received_on=received_on,
            issuer_id=_issuer_id(fields),
            file_name=canonical(name)[-255:],
            text=opened.text,
            stage=Stage.READING,
        ),
        fields,
        opened,
        day=received_on,
        actor=actor,
    )
    _link_citations(document)
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
) -> Document:
    """Enter a document that the unit itself issued into its register of outgoing documents; the file is optional."""
    refuse_secret(secrecy)
    if opened is None and content is not None:
        opened = open_file(content, name=name)
    issuer = unit_on(unit.pk, issued_on)
    fields = Fields(
        symbol=symbol,
        document_type=document_type,
        issuer_name=issuer.name if issuer else "",
        issued_on=issued_on,
        signer=signer,
        abstract=abstract,
    ).clean()
    faults = [*_unit_faults(unit, issued_on, actor), *_faults(fields, None)]
    _refuse([fault for fault in faults if fault.column != "issuer_name"])
    return _register(
        Document(
            unit_id=unit.pk,
            direction=Direction.OUTGOING,
            issuer_id=unit.pk,
            file_name=canonical(name)[-255:],
            text=opened.text if opened else "",
            stage=Stage.FILED,
        ),
        fields,
        opened,
        day=issued_on,
        actor=actor,
    )


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
    faults = [*_unit_faults(unit, received_on, actor), *_arrival_faults(received_on, None)]
    if register_number < 1:
        faults.append(Fault("Số đến trong sổ mật phải từ 1 trở lên.", column="register_number"))
    if not secrecy or secrecy not in Secrecy.values:
        faults.append(Fault("Đồng chí vui lòng chọn độ mật.", column="secrecy"))
    if len(issuer_name) > 200:
        faults.append(_too_long("issuer_name"))
    _refuse(faults)
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


def _register(
    document: Document,
    fields: Fields,
    opened: OpenedFile | None,
    *,
    day: date,
    actor: "User | None",
) -> Document:
    """Take the number, look for the document in the register, keep the file, write the row."""
    document.register_year, document.registered_at = day.year, clock.now()
    document.registered_by = actor
    series = f"documents.{document.direction}:{document.unit_id}:{day.year}"
    document.register_number = numbering.next_number(series)
    document.symbol, document.symbol_key = fields.symbol, symbol_key(fields.symbol)
    document.number = number_of(fields.symbol)[:20]
    document.document_type, document.issued_on = fields.document_type, fields.issued_on
    document.issuer_name, document.issuer_key = fields.issuer_name, issuer_key(fields.issuer_name)
    document.signer, document.abstract = fields.signer, fields.abstract
    document.exchange_id = fields.exchange_id
    _refuse_duplicate(document, hashlib.sha256(opened.content).hexdigest() if opened else "")
    if opened:
        document.file = files.store(opened.content, name=opened.name, allowed=files.DOCUMENTS)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:  # the same document, by somebody else, in another year's series
        _refuse_duplicate(document, "")
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


def _issuer_id(fields: Fields) -> int | None:
    issuer = known_issuer(fields.issuer_name, fields.issued_on or clock.today())
    return issuer.unit_id if issuer else None


def words_of(document: Document) -> str:
    """The words a document is found by."""
    parts = (
        document.symbol,
        document.get_document_type_display(),
        document.abstract,
        document.issuer_name,
        document.signer,
        document.text,
    )
    return "\n".join(part for part in parts if part)


def _refuse_duplicate(document: Document, sha256: str) -> None:
    """DuplicateError where the unit's registers hold it: the same exchange id, symbol and issuer, or file.

    Symbol and issuer alone decide where one of the two days is unknown.
    """
    same = []
    if document.exchange_id:
        same.append(Q(exchange_id=document.exchange_id))
    if document.symbol_key:
        symbol = Q(symbol_key=document.symbol_key, issuer_key=document.issuer_key)
        if document.issued_on:
            symbol &= Q(issued_on=document.issued_on) | Q(issued_on=None)
        same.append(symbol)
    if sha256:
        same.append(Q(file__sha256=sha256))
    kept = Document.objects.filter(unit_id=document.unit_id).defer("text").order_by("pk")
    # One question each, so that each is answered from its index.
    found = next((one for ask in same if (one := kept.filter(ask).first())), None)
    if found is None:
        return
    register = Direction(found.direction).label.lower()
    issued = f", ngày {format_date(found.issued_on)}" if found.issued_on else ""
    raise DuplicateError(
        f"Văn bản này đã có trong sổ {register}: số {found.register_number}/{found.register_year}, "
        f"{found}{issued}. Đồng chí vui lòng mở văn bản đã có, không cần vào sổ lần nữa.",
        document_id=found.pk,
    )


def _link_citations(document: Document) -> None:
    """Documents of this unit that cite the new one by its symbol now lead to it."""
    if document.symbol_key:
        waiting = Citation.objects.filter(
            symbol_key=document.symbol_key, cited=None, document__unit_id=document.unit_id
        )
        if document.issued_on:
            waiting = waiting.filter(Q(issued_on=None) | Q(issued_on=document.issued_on))
        waiting.exclude(document=document).update(cited=document)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise RuleError(
            "Chưa vào sổ được: " + " ".join(fault.message for fault in faults), faults=faults
        )


def _unit_faults(unit: "Unit", day: date, actor: Any) -> Iterable[Fault]:
    if unit.sort != Sort.ORGANISATION:
        yield Fault(
            "Đồng chí vui lòng chọn cơ quan giữ sổ (cấp ủy, Mặt trận, ...), không chọn địa bàn.",
            column="unit",
        )
    elif unit.founded_on > day or (unit.ended_on and unit.ended_on <= day):
        yield Fault(
            f"Cơ quan này không hoạt động vào ngày {format_date(day)}, đồng chí vui lòng xem lại.",
            column="unit",
        )
    if actor is not None and not reaches(actor, "documents.register", unit.pk):
        yield Fault("Cơ quan này ngoài phạm vi đồng chí được vào sổ văn bản.", column="unit")


def _faults(fields: Fields, received_on: date | None) -> Iterable[Fault]:
    if fields.document_type not in DocumentType.values:
        yield Fault("Đồng chí vui lòng chọn loại văn bản.", column="document_type")
    if not fields.issuer_name:
        yield Fault("Đồng chí vui lòng ghi cơ quan ban hành.", column="issuer_name")
    if not fields.abstract:
        yield Fault("Đồng chí vui lòng ghi trích yếu.", column="abstract")
    for name, (most, _) in LENGTHS.items():
        if len(getattr(fields, name)) > most:
            yield _too_long(name)
    if fields.issued_on:
        if fields.issued_on > clock.today():
            yield Fault(
                f"Ngày ban hành {format_date(fields.issued_on)} chưa đến, đồng chí vui lòng xem lại.",
                column="issued_on",
            )
        elif fields.issued_on < EARLIEST:
            yield Fault(
                f"Ngày ban hành {format_date(fields.issued_on)} quá xa, đồng chí vui lòng xem lại năm.",
                column="issued_on",
            )
    if received_on:
        yield from _arrival_faults(received_on, fields.issued_on)


def _arrival_faults(received_on: date, issued_on: date | None) -> Iterable[Fault]:
    if received_on > clock.today():
        yield Fault(
            f"Ngày đến {format_date(received_on)} chưa tới, đồng chí vui lòng xem lại.",
            column="received_on",
        )
    if received_on < (issued_on or EARLIEST):
        yield Fault(
            f"Ngày đến {format_date(received_on)} trước ngày ban hành, đồng chí vui lòng xem lại.",
            column="received_on",
        )


def _too_long(name: str) -> Fault:
    most, label = LENGTHS[name]
    return Fault(f"{label} dài quá {most} chữ, đồng chí vui lòng rút gọn.", column=name)
