"""A text that is brought to be read alone, such as minutes or an article, and its later way into a register."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.documents.bodies import cut
from danvan.documents.enums import REGISTERS, Direction, DocumentType, Stage
from danvan.documents.intake import OpenedFile
from danvan.documents.models import Document
from danvan.documents.selectors import issuer_called, unit_name
from danvan.documents.selectors.numbers import series_of
from danvan.documents.services.entry import (
    EARLIEST,
    Fields,
    entry_faults,
    issuer_id_of,
    link_citations,
    refuse,
    take_number,
    unit_faults,
    write_anew,
)
from danvan.documents.services.reading import locked, start_reading
from danvan.documents.services.registering import enter
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import unit_on
from danvan.organisations.services.holding import hold_units
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit
    from danvan.reading import Head

ACT = "Chưa vào sổ được"


@transaction.atomic
def bring_text(
    *, unit: "Unit", opened: OpenedFile, actor: "User | None", title: str = ""
) -> Document:
    """Keep a text outside the registers of correspondence and have it read at once; a long one is left to a worker.

    What its head says is noted; what it does not say stays empty. `title` stands for the abstract where it is given,
    else the head's abstract or the first line does. DuplicateError where the unit has the text or its symbol already.
    """
    today = clock.today()
    entry = _as_read(opened.head, opened.text, title, today).clean()
    faults = [*unit_faults(unit, today, actor, "documents.review"), *_read_faults(entry)]
    refuse(faults, act="Chưa đưa vào đọc được")
    document = enter(
        Document(
            unit_id=unit.pk,
            direction=Direction.READING,
            issuer_id=issuer_id_of(entry),
            file_name=canonical(opened.name)[-255:],
            text=opened.text,
            stage=Stage.READING,
        ),
        entry,
        actor=actor,
        opened=opened,
    )
    link_citations(document)
    start_reading(document, actor=actor)
    return document


def _as_read(head: "Head", text: str, title: str, today: date) -> Fields:
    """What the head says; a day that cannot be is left unknown, a text without an abstract bears its first line."""
    issued_on = head.issued_on
    if issued_on and not EARLIEST <= issued_on <= today:
        issued_on = None
    kind = head.document_type
    return Fields(
        symbol=head.symbol[:80],
        document_type=kind if kind in DocumentType.values else DocumentType.OTHER,
        issuer_name=issuer_called(head.issuer, issued_on or today)[:200],
        issued_on=issued_on,
        received_on=today,
        signer=head.signer[:120],
        signer_position=head.signer_position[:100],
        abstract=title or cut(head.abstract, 600) or _first_line(text),
    )


def _first_line(text: str) -> str:
    return cut(text.lstrip()[:1_000].partition("\n")[0], 200)


def _read_faults(entry: Fields) -> list[Fault]:
    """What is wrong with the entry of a text that is only read: its issuer may be unknown."""
    return [fault for fault in entry_faults(entry) if fault.column != "issuer_name"]


@transaction.atomic
def enter_in_register(
    document: Document,
    *,
    direction: str,
    actor: "User | None",
    received_on: date | None = None,
    register_number: str = "",
) -> Document:
    """Give a text that was brought to be read its number in a register; all that was decided about it stays.

    Among incoming ones by the day it came (`received_on`, today where none is given), among the issued ones by its own day, with
    its unit as issuer. What a unit that has ended since had brought, its heir enters in its own register. RuleError tells
    all that the register still misses; that is put right as any entry is.
    """
    hold_units([document.answering_id])
    document = locked(document)
    if document.direction != Direction.READING:
        raise RuleError("Văn bản này đã có trong sổ, không cần vào sổ lần nữa.")
    if direction not in REGISTERS:
        refuse([Fault("Đồng chí vui lòng chọn sổ đến hoặc sổ đi.", column="direction")], act=ACT)
    document.unit_id, document.bearer_id = document.answering_id, None
    entry = _entry_for(document, direction, received_on)
    day = entry.day or clock.today()
    faults = [*unit_faults(document.unit, day, actor), *entry_faults(entry)]
    if direction == Direction.OUTGOING and entry.issued_on is None:
        sentence = "Văn bản đi phải có ngày ban hành; đồng chí vui lòng bấm “Sửa mục” để ghi ngày."
        faults.append(Fault(sentence, column="issued_on"))
    refuse(faults, act=ACT)
    document.direction, document.register_year = direction, day.year
    document.registered_at, document.registered_by = clock.now(), actor
    document.register_series = series_of(document.unit_id, direction, entry.document_type, day)
    document.register_suffix = ""
    take_number(document, register_number)
    document.issuer_id = (
        issuer_id_of(entry) if direction == Direction.INCOMING else document.unit_id
    )
    write_anew(document, entry)
    audit.record(
        actor,
        "documents.enter_in_register",
        document,
        unit_id=document.unit_id,
        direction=direction,
    )
    return document


def _entry_for(document: Document, direction: str, received_on: date | None) -> Fields:
    """The entry as that register words it: an issued one is of the unit itself and came on no day."""
    entry = Fields.of(document)
    if direction == Direction.INCOMING:
        return replace(entry, received_on=received_on or clock.today())
    issuer = unit_on(document.unit_id, entry.issued_on or clock.today())
    name = issuer.name if issuer else unit_name(document.unit_id)
    return replace(entry, received_on=None, issuer_name=name)
