"""What a register says of a document, what is refused about it, and how its row gets its number."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from danvan.accounts.selectors import reaches
from danvan.documents.enums import Direction, DocumentType, Priority
from danvan.documents.errors import DuplicateError
from danvan.documents.models import Citation, Document, Relation
from danvan.documents.selectors import known_issuer
from danvan.documents.selectors.numbers import series_key
from danvan.documents.symbols import issuer_key, number_of, symbol_key
from danvan.foundation import clock, numbering, search
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Sort
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.organisations.models import Unit

EARLIEST = date(1930, 2, 3)  # no document of the Party is older; a day before it is a slip
MOST_PAGES = 32_000
LENGTHS = {
    "symbol": (80, "Số, ký hiệu"),
    "issuer_name": (200, "Tên cơ quan ban hành"),
    "signer": (120, "Tên người ký"),
    "signer_position": (100, "Chức vụ người ký"),
    "abstract": (600, "Trích yếu"),
    "exchange_id": (120, "Mã định danh"),
    "recipients": (1000, "Nơi nhận"),
    "kept_by": (200, "Đơn vị, người nhận"),
    "note": (500, "Ghi chú"),
}
_NUMBER = re.compile(r"0*([1-9][0-9]{0,6})([a-zđ]?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a register says of a document: the columns of the paper register and the further particulars."""

    symbol: str = ""
    document_type: str = ""
    issuer_name: str = ""
    issued_on: date | None = None
    received_on: date | None = None
    signer: str = ""
    signer_position: str = ""
    abstract: str = ""
    exchange_id: str = ""
    priority: int = Priority.NORMAL
    pages: int | None = None
    copies: int | None = None
    recipients: str = ""
    kept_by: str = ""
    forwarded_on: date | None = None
    due_on: date | None = None
    note: str = ""

    def clean(self) -> "Fields":
        """One spelling, one line each."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        for name in (*LENGTHS, "document_type"):
            given[name] = " ".join(canonical(given[name]).split())
        return Fields(**given)

    @classmethod
    def of(cls, document: Document) -> "Fields":
        """What the register says of this document now."""
        return cls(**{one.name: getattr(document, one.name) for one in fields(cls)})

    def put_on(self, document: Document) -> None:
        """Write these on the row, with the keys it is matched by."""
        for one in fields(self):
            setattr(document, one.name, getattr(self, one.name))
        document.symbol_key = symbol_key(self.symbol)
        document.issuer_key = issuer_key(self.issuer_name)
        document.number = number_of(self.symbol)[:20]

    @property
    def day(self) -> date | None:
        """The day by which the document belongs to the register of a year."""
        return self.received_on or self.issued_on


def entry_mark(document: Document) -> str:
    """What the entry of a document says, as a short mark: whoever amends it shows which state they saw."""
    said = "\x1f".join(str(getattr(document, one.name)) for one in fields(Fields))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def take_number(document: Document, number: str) -> None:
    """Give the row its number: the next one, or the one a person wrote (274a, or a number left free).

    Holds the series until the transaction ends. RuleError where that number cannot be given.
    """
    series = series_key(
        document.unit_id, document.direction, document.register_year, document.register_series
    )
    written = number.strip().lower()
    if not written:
        document.register_number = numbering.next_number(series)
        return
    found = _NUMBER.fullmatch(canonical(written))
    if found is None:
        _refuse_number(
            f"Số vào sổ “{cut_number(written)}” không đúng. "
            "Đồng chí vui lòng ghi một số, thêm một chữ cái nếu chèn sau số đó (274a)."
        )
    wanted, suffix = int(found[1]), found[2]  # type: ignore[index]
    last = numbering.hold_series(series)
    if wanted == last + 1 and not suffix:
        wanted = numbering.next_number(series)
    elif wanted > last:
        _refuse_number(
            f"Số tiếp theo của sổ này là {last + 1}. Đồng chí vui lòng để trống để lấy số ấy; nếu cần bỏ số, "
            "đồng chí ghi lý do ở mục “Số bỏ trống” của sổ trước."
        )
    elif _bears(document, wanted, suffix):
        further = "" if suffix else f" Nếu chèn văn bản vào sau số này, đồng chí ghi {wanted}a."
        _refuse_number(f"Số {wanted}{suffix} của sổ này đã dùng cho văn bản khác.{further}")
    document.register_number, document.register_suffix = wanted, suffix


def cut_number(written: str) -> str:
    """What a person wrote for a number, short enough to be said back."""
    return written if len(written) <= 20 else written[:20] + "…"


def _bears(document: Document, number: int, suffix: str) -> bool:
    borne = Document.objects.filter(
        unit_id=document.unit_id,
        direction=document.direction,
        register_series=document.register_series,
        register_number=number,
        register_suffix=suffix,
    )
    if not document.register_series:
        borne = borne.filter(register_year=document.register_year)
    return borne.exists()


def _refuse_number(sentence: str) -> None:
    raise RuleError(
        f"Chưa vào sổ được: {sentence}", faults=[Fault(sentence, column="register_number")]
    )


def issuer_id_of(entry: Fields) -> int | None:
    """The organisation of the register that issued it, where its name tells one."""
    if not entry.issuer_name:
        return None
    issuer = known_issuer(entry.issuer_name, entry.issued_on or clock.today())
    return issuer.unit_id if issuer else None


def write_anew(document: Document, entry: Fields) -> None:
    """Write what the register says now on a row that stands: looked for in the register, found by words, linked.

    DuplicateError where the unit's registers hold it already. In the caller's transaction.
    """
    entry.put_on(document)
    refuse_duplicate(document, "")
    document.save()
    search.index(document, words_of(document))
    link_citations(document)


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


def refuse_duplicate(document: Document, sha256: str) -> None:
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
    kept = Document.objects.filter(unit_id=document.unit_id).exclude(pk=document.pk)
    kept = kept.defer("text").order_by("pk")
    # One question each, so that each is answered from its index.
    found = next((one for ask in same if (one := kept.filter(ask).first())), None)
    if found is None:
        return
    register = Direction(found.direction).label.lower()
    issued = f", ngày {format_date(found.issued_on)}" if found.issued_on else ""
    if found.direction == Direction.READING:
        raise DuplicateError(
            f"Văn bản này đã đưa vào đọc trước đó: {found}{issued}. Đồng chí vui lòng mở văn bản ấy; nếu cần ghi vào "
            "sổ, đồng chí bấm “Vào sổ” ở đó để không phải kiểm lại lần nữa.",
            document_id=found.pk,
        )
    raise DuplicateError(
        f"Văn bản này đã có trong sổ {register}: số {found.entry_number}/{found.term or found.register_year}, "
        f"{found}{issued}. Đồng chí vui lòng mở văn bản đã có, không cần vào sổ lần nữa.",
        document_id=found.pk,
    )


def link_citations(document: Document) -> None:
    """Documents of this unit that cite the new one, or do something to it, by its symbol now lead to it."""
    if not document.symbol_key:
        return
    same_day = Q()
    if document.issued_on:
        same_day = Q(issued_on=None) | Q(issued_on=document.issued_on)
    named = Q(symbol_key=document.symbol_key, document__unit_id=document.unit_id)
    citing = Citation.objects.filter(named, same_day, cited=None).exclude(document=document)
    citing.update(cited=document)
    related = Relation.objects.filter(named, same_day, other=None).exclude(document=document)
    related.update(other=document)


def refuse(faults: list[Fault], *, act: str = "Chưa vào sổ được") -> None:
    """RuleError that tells all of these at once; nothing where there are none."""
    if faults:
        raise RuleError(f"{act}: " + " ".join(fault.message for fault in faults), faults=faults)


def unit_faults(
    unit: "Unit", day: date, actor: Any, action: str = "documents.register"
) -> Iterable[Fault]:
    """Why this unit keeps no register on a day that `actor` may write in."""
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
    yield from reach_faults(unit, actor, action)


def reach_faults(unit: "Unit", actor: Any, action: str = "documents.register") -> Iterable[Fault]:
    """That `actor` may not write in the registers of this unit."""
    if actor is not None and not reaches(actor, action, unit.pk):
        yield Fault("Cơ quan này ngoài phạm vi đồng chí được vào sổ văn bản.", column="unit")


def entry_faults(entry: Fields) -> Iterable[Fault]:
    """What is wrong with what would stand in the register."""
    if entry.document_type not in DocumentType.values:
        yield Fault("Đồng chí vui lòng chọn loại văn bản.", column="document_type")
    if not entry.issuer_name:
        yield Fault("Đồng chí vui lòng ghi cơ quan ban hành.", column="issuer_name")
    if not entry.abstract:
        yield Fault("Đồng chí vui lòng ghi trích yếu.", column="abstract")
    for name, (most, _) in LENGTHS.items():
        if len(getattr(entry, name)) > most:
            yield too_long(name)
    if entry.issued_on:
        if entry.issued_on > clock.today():
            yield Fault(
                f"Ngày ban hành {format_date(entry.issued_on)} chưa đến, đồng chí vui lòng xem lại.",
                column="issued_on",
            )
        elif entry.issued_on < EARLIEST:
            yield Fault(
                f"Ngày ban hành {format_date(entry.issued_on)} quá xa, đồng chí vui lòng xem lại năm.",
                column="issued_on",
            )
    if entry.received_on:
        yield from arrival_faults(entry.received_on, entry.issued_on)
    yield from _particular_faults(entry)


def _particular_faults(entry: Fields) -> Iterable[Fault]:
    if entry.priority not in Priority.values:
        yield Fault("Đồng chí vui lòng chọn độ khẩn.", column="priority")
    for name, label in (("pages", "Số trang"), ("copies", "Số lượng bản")):
        count = getattr(entry, name)
        if count is not None and not 1 <= count <= MOST_PAGES:
            yield Fault(f"{label} phải từ 1 trở lên, đồng chí vui lòng xem lại.", column=name)
    day = entry.day
    if entry.due_on and day and entry.due_on < day:
        yield Fault(
            f"Hạn xử lý {format_date(entry.due_on)} trước ngày vào sổ, đồng chí vui lòng xem lại.",
            column="due_on",
        )
    if entry.forwarded_on:
        yield from forward_faults(entry.forwarded_on, day)


def forward_faults(forwarded_on: date, day: date | None) -> Iterable[Fault]:
    """Why a document that came or was issued on `day` cannot have been passed on on this day."""
    if forwarded_on > clock.today():
        yield Fault(
            f"Ngày chuyển {format_date(forwarded_on)} chưa tới, đồng chí vui lòng xem lại.",
            column="forwarded_on",
        )
    elif forwarded_on < (day or EARLIEST):
        yield Fault(
            f"Ngày chuyển {format_date(forwarded_on)} trước ngày của văn bản, đồng chí vui lòng xem lại.",
            column="forwarded_on",
        )


def arrival_faults(received_on: date, issued_on: date | None) -> Iterable[Fault]:
    """Why a document of one day cannot have come on another."""
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


def too_long(name: str) -> Fault:
    """That a column holds no text of this length."""
    most, label = LENGTHS[name]
    return Fault(f"{label} dài quá {most} ký tự, đồng chí vui lòng rút gọn.", column=name)
