"""Put an entry of a register right: its particulars, its file, where it was passed on, that it is done with."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.documents.enums import Direction, Stage
from danvan.documents.intake import OpenedFile
from danvan.documents.models import Document
from danvan.documents.selectors.numbers import series_of, series_words
from danvan.documents.services.entry import (
    LENGTHS,
    Fields,
    entry_faults,
    entry_mark,
    forward_faults,
    issuer_id_of,
    reach_faults,
    refuse,
    too_long,
    words_of,
    write_anew,
)
from danvan.documents.services.reading import locked
from danvan.foundation import audit, clock, files, search
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

ACT = "Chưa sửa được"
MOST_AT_ONCE = 500


@transaction.atomic
def amend_entry(
    document: Document, *, actor: "User | None", seen: str | None = None, **changes: Any
) -> Document:
    """Put the entry of a document right; `changes` are columns of `Fields`. Its number and year never change.

    `seen` is the mark of the entry as the page showed it: moved since is refused. The issuer of an issued
    document is its own unit and stays.
    """
    document = locked(document)
    if seen is not None and seen != entry_mark(document):
        raise RuleError(
            "Mục này vừa được người khác sửa. Đồng chí vui lòng mở lại trang, xem nội dung mới rồi sửa tiếp."
        )
    before = Fields.of(document)
    if document.direction == Direction.OUTGOING:
        changes |= {"issuer_name": before.issuer_name, "received_on": None}
    after = Fields(**{**_as_given(before), **changes}).clean()
    refuse([*_amend_faults(document, after, actor)], act=ACT)
    changed = [name for name, value in _as_given(after).items() if getattr(before, name) != value]
    if not changed:
        raise RuleError("Đồng chí chưa sửa gì ở mục này.")
    if document.direction != Direction.OUTGOING:
        document.issuer_id = issuer_id_of(after)
    write_anew(document, after)
    audit.record(actor, "documents.amend_entry", document, fields=changed)
    return document


@transaction.atomic
def attach_file(document: Document, *, opened: OpenedFile, actor: "User | None") -> Document:
    """Give a document that was entered without a file its file; one that has a file keeps it."""
    document = locked(document)
    if document.file_id:
        raise RuleError("Văn bản này đã có tệp; tệp gốc không thay được.")
    refuse(list(reach_faults(document.unit, actor)), act=ACT)
    document.file = files.store(opened.content, name=opened.name, allowed=files.DOCUMENTS)
    document.file_name, document.text = canonical(opened.name)[-255:], opened.text
    document.stage = Stage.FILED
    document.save(update_fields=["file", "file_name", "text", "stage"])
    search.index(document, words_of(document))
    audit.record(actor, "documents.attach_file", document)
    return document


@transaction.atomic
def forward_documents(
    documents: Collection[Document], *, kept_by: str, forwarded_on: date, actor: "User | None"
) -> int:
    """Note for many documents at once to whom they were passed on and when; all of them or none."""
    kept_by = " ".join(canonical(kept_by).split())
    faults = []
    if not kept_by:
        faults.append(Fault("Đồng chí vui lòng ghi đơn vị hoặc người nhận.", column="kept_by"))
    elif len(kept_by) > LENGTHS["kept_by"][0]:
        faults.append(too_long("kept_by"))
    rows = _all_locked(documents)
    for row in rows:
        wrong = list(forward_faults(forwarded_on, row.received_on or row.issued_on))
        faults += [Fault(f"{row}: {fault.message}", column=fault.column) for fault in wrong[:1]]
    refuse(faults[:5], act="Chưa chuyển được")
    for row in rows:
        row.kept_by, row.forwarded_on = kept_by, forwarded_on
        audit.record(actor, "documents.forward", row)
    Document.objects.bulk_update(rows, ["kept_by", "forwarded_on"], batch_size=200)
    return len(rows)


@transaction.atomic
def mark_handled(
    documents: Collection[Document],
    *,
    actor: "User | None",
    handled_on: date | None = None,
    undo: bool = False,
) -> int:
    """Mark many documents as done with on a day, or take that back; those that stand so already stay as they are."""
    day = None if undo else handled_on or clock.today()
    if day and day > clock.today():
        raise RuleError(
            f"Ngày xử lý xong {format_date(day)} chưa tới, đồng chí vui lòng xem lại.",
            faults=[Fault("Ngày này chưa tới.", column="handled_on")],
        )
    rows = [row for row in _all_locked(documents) if (row.handled_on is None) is not undo]
    for row in rows:
        row.handled_on = day
        audit.record(actor, "documents.reopen_handling" if undo else "documents.handle", row)
    Document.objects.bulk_update(rows, ["handled_on"], batch_size=200)
    return len(rows)


def _all_locked(documents: Collection[Document]) -> list[Document]:
    """The rows under lock, in one order for everybody."""
    if not documents:
        raise RuleError("Đồng chí vui lòng chọn ít nhất một văn bản.")
    if len(documents) > MOST_AT_ONCE:
        raise RuleError(f"Mỗi lần chỉ làm được với {format_number(MOST_AT_ONCE)} văn bản.")
    rows = Document.objects.select_for_update(no_key=True).defer("text").order_by("pk")
    return list(rows.filter(pk__in=[one.pk for one in documents]))


def _as_given(entry: Fields) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Fields.__dataclass_fields__}


def _amend_faults(document: Document, after: Fields, actor: Any) -> list[Fault]:
    day = after.day
    faults = list(entry_faults(after))
    if document.direction == Direction.READING:  # whose issuer may stay unknown until it is entered
        faults = [fault for fault in faults if fault.column != "issuer_name"]
    column = "issued_on" if document.direction == Direction.OUTGOING else "received_on"
    if getattr(after, column) is None:
        faults.append(Fault("Đồng chí vui lòng ghi ngày.", column=column))
    elif day and day.year != document.register_year:
        faults.append(
            Fault(
                f"Số {document.entry_number} thuộc sổ năm {document.register_year} nên ngày phải trong năm ấy.",
                column=column,
            )
        )
    if document.register_series and day and not faults:
        series = series_of(document.unit_id, document.direction, after.document_type, day)
        if series != document.register_series:
            column = "document_type" if document.document_type != after.document_type else column
            faults.append(
                Fault(
                    f"Số {document.entry_number} thuộc sổ {series_words(document.register_series)} nên loại và ngày văn bản phải thuộc sổ ấy.",
                    column=column,
                )
            )
    return [*faults, *reach_faults(document.unit, actor)]
