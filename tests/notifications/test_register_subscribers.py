"""A document sent on is told to whoever keeps the register there, and to the sender once all have entered it."""

import pytest

from danvan.documents import services as documents
from danvan.documents.enums import Direction
from danvan.documents.events import DocumentReceived
from danvan.documents.selectors import distributions_told
from danvan.notifications.subscribers import registers as subscribers
from danvan.organisations.enums import Kind
from tests.factories import DocumentFactory, OrganisationFactory
from tests.notifications.hearing import heard, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(land):
    return DocumentFactory(
        unit=land.committee,
        direction=Direction.OUTGOING,
        symbol="12-NQ/TU",
        abstract="Giải quyết đơn của ông Vi Văn Bảy",
        received_on=None,
    )


def send(paper, land, *units):
    documents.distribute_document(paper, [unit.pk for unit in units], actor=land.clerk)
    return distributions_told(paper.pk, [unit.pk for unit in units])


CALLED = "Nghị quyết 12-NQ/TU ngày 02/03/2026"


def test_who_keeps_the_register_is_told_and_no_abstract_is(land, paper):
    [sent] = send(paper, land, land.committees[0])
    said = f"Tỉnh ủy Nghệ An gửi {CALLED}, chờ vào sổ"
    assert heard() == [("Sơn", said, f"/van-ban/gui-den/{sent.pk}/")]


def test_several_registers_of_one_person_are_one_notice(land, paper):
    government = OrganisationFactory(place=land.communes[0], kind=Kind.PEOPLES_COMMITTEE)
    send(paper, land, land.committees[0], government)
    said = f"Tỉnh ủy Nghệ An gửi {CALLED}, chờ vào sổ ở 2 đơn vị"
    assert heard() == [("Sơn", said, "/van-ban/den/cho-vao-so/")]


def test_a_reminder_is_told_once_for_each_act(land, paper):
    send(paper, land, land.committees[0])
    heard()
    documents.remind_recipients(paper, actor=land.clerk)
    assert [(name, words) for name, words, _ in heard()] == [("Sơn", f"Nhắc vào sổ {CALLED}")]


def test_the_sender_is_told_once_all_have_entered_it(land, paper):
    first, second = send(paper, land, *land.committees)
    heard()
    documents.receive_document(first, actor=land.officers[0])
    assert heard() == []
    documents.receive_document(second, actor=land.officers[1])
    page = f"/van-ban/{paper.pk}/"
    assert heard() == [("Vân", f"{CALLED}: cả 2 đơn vị đã vào sổ", page)]


def test_the_sender_to_one_unit_is_told_its_name(land, paper):
    [sent] = send(paper, land, land.committees[0])
    heard()
    documents.receive_document(sent, actor=land.officers[0])
    assert [words for _, words, _ in heard()] == [f"{CALLED}: Đảng ủy Môn Sơn đã vào sổ"]


def test_what_is_gone_is_told_to_nobody(db):
    subscribers.tell_received(DocumentReceived(distribution_id=1))
    assert told() == []
