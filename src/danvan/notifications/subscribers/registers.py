"""What happens to documents that were sent on. No abstract is told: it may name a person."""

from collections import defaultdict
from typing import TYPE_CHECKING

from danvan.accounts.selectors import holders_near
from danvan.documents.events import (
    DistributionsPassed,
    DocumentDistributed,
    DocumentReceived,
    DocumentReminded,
)
from danvan.documents.selectors import (
    distribution_told,
    distributions_passed,
    distributions_told,
    entered_everywhere,
)
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import document_page, sent_page, sent_to_us_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.documents.models import Distribution, Document

REGISTER = "documents.register"


@subscribe(DocumentDistributed)
def tell_distributed(event: DocumentDistributed) -> None:
    """Who keeps the register of a unit is told of a document sent to it: one notice a person for each act."""
    sent = distributions_told(event.document_id, event.unit_ids)
    for user, mine in _by_person(sent).items():
        sender = _name(mine[0].document.unit_id)
        words = f"{sender} gửi {_called(mine[0].document)}, chờ vào sổ{_where(mine)}"
        _tell(user, f"{event.name}:{mine[-1].pk}", words, mine)


@subscribe(DistributionsPassed)
def tell_passed(event: DistributionsPassed) -> None:
    """Who keeps the register of a heir is told of what waits there now; nobody of what went back since."""
    units = dict(zip(event.distribution_ids, event.units, strict=True))
    waiting = distributions_passed(event.distribution_ids)
    sent = [one for one in waiting if one.unit_id == units[one.pk]]
    for user, mine in _by_person(sent).items():
        by = f" theo {event.number}" if event.number else ""
        if len(mine) == 1:
            words = f"Chuyển đến{by} để vào sổ: {_called(mine[0].document)}"
        else:
            words = f"{format_number(len(mine))} văn bản chuyển đến{by} để vào sổ"
        _tell(user, f"{event.name}:{min(event.distribution_ids)}:{event.number}", words, mine)


@subscribe(DocumentReminded)
def tell_reminded(event: DocumentReminded) -> None:
    """Who has not entered a document is reminded: one notice a person for each act."""
    sent = distributions_told(event.document_id, event.unit_ids)
    for user, mine in _by_person(sent).items():
        reminded = max((one.reminded_at for one in mine if one.reminded_at), default=None)
        key = f"{event.name}:{mine[-1].pk}:{reminded.isoformat() if reminded else ''}"
        words = f"Nhắc vào sổ {_called(mine[0].document)}{_where(mine)}"
        _tell(user, key, words, mine)


@subscribe(DocumentReceived)
def tell_received(event: DocumentReceived) -> None:
    """Whoever sent a document is told once all units have entered it; until then its page says who has not."""
    received = distribution_told(event.distribution_id)
    if received is None or received.sent_by_id is None:
        return
    number = entered_everywhere(received.document_id)
    if not number:
        return
    called = _called(received.document)
    words = f"{called}: cả {format_number(number)} đơn vị đã vào sổ"
    if number == 1:
        words = f"{called}: {_name(received.unit_id)} đã vào sổ"
    tell(
        [received.sent_by_id],
        key=f"{event.name}:{received.document_id}:{number}",
        topic=Topic.DOCUMENT,
        words=words[:1].upper() + words[1:],
        url=document_page(received.document_id),
    )


def _tell(user: int, key: str, words: str, mine: list["Distribution"]) -> None:
    url = sent_page(mine[0].pk) if len(mine) == 1 else sent_to_us_page()
    tell([user], key=key, topic=Topic.DOCUMENT, words=words, url=url)


def _by_person(sent: list["Distribution"]) -> dict[int, list["Distribution"]]:
    """What was sent by the people who keep the registers it was sent to, without whoever sent it."""
    people = holders_near({one.unit_id for one in sent}, REGISTER)
    found: dict[int, list[Distribution]] = defaultdict(list)
    for one in sent:
        for user in people.get(one.unit_id, []):
            if user != one.sent_by_id:
                found[user].append(one)
    return found


def _called(document: "Document") -> str:
    """`Công văn 12-CV/TU ngày 02/03/2026`, written small within a sentence by whoever uses it."""
    parts = [str(document.get_document_type_display()), document.symbol]
    if document.issued_on:
        parts.append(f"ngày {format_date(document.issued_on)}")
    return " ".join(part for part in parts if part)


def _where(mine: list["Distribution"]) -> str:
    """For whom: nothing to say for one unit, which is the reader's own."""
    return f" ở {format_number(len(mine))} đơn vị" if len(mine) > 1 else ""


def _name(unit_id: int) -> str:
    return last_names([unit_id], clock.today()).get(unit_id, "Đơn vị")
