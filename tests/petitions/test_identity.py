"""Who petitions is sealed, found again by marks, opened for a purpose and a while, and erased for good."""

from datetime import timedelta

import pytest
from django.db import connection

from danvan.foundation import clock, key_file
from danvan.foundation.errors import KeyDestroyed, KeyUnavailable, RuleError
from danvan.foundation.models import AuditEntry, DataKey
from danvan.foundation.sealing import unseal
from danvan.petitions.models import IdentityOpening, Paper, Petition, Petitioner
from danvan.petitions.services import PersonDraft, open_identity
from danvan.petitions.services.identities import keep_person, key_of_paper
from danvan.petitions.services.subjects import erase_petitioner
from danvan.vietnamese.text import fold
from tests.factories.rivals import meanwhile
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
WHO = PersonDraft(
    name="Vi Thị Khăm", address="Bản Cò Phạt", id_number="040 190.007-777", phone="0986 777 888",
    email="kham@banlang.vn",
)  # fmt: skip
COLUMNS = ("name", "address", "id_number", "phone", "email")


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def every_byte():
    """All that the database holds, as one text of bytes."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    raw = (
                        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    )
                    found += b"\0" + raw
    return found


def test_no_table_holds_who_it_was_in_plain_text(office):
    papers.received(office.unit, persons=(WHO,))
    held = every_byte()
    for words in ("Vi Thị Khăm", "Cò Phạt", "040190007777", "0986777888", "kham@banlang.vn"):
        for way in (words, fold(words), words.encode().hex()):
            assert way.encode() not in held, way
    assert "Đo lại diện tích".encode() in held  # what is asked is no secret


def test_what_is_sealed_is_what_was_said(office):
    one = keep_person(WHO)
    opened = [
        unseal(one.key, getattr(one, column), name=f"petitioner.{column}") for column in COLUMNS
    ]
    assert opened == [
        "Vi Thị Khăm", "Bản Cò Phạt", "040190007777", "0986777888", "kham@banlang.vn",
    ]  # fmt: skip


def test_the_same_number_is_the_same_person_and_what_is_new_takes_the_old_place(office):
    first = keep_person(WHO)
    again = keep_person(
        PersonDraft(name="VI THỊ KHĂM", id_number="040190007777", address="Bản Xiềng")
    )
    assert (again.pk, Petitioner.objects.count()) == (first.pk, 1)
    assert unseal(again.key, again.address, name="petitioner.address") == "Bản Xiềng"
    assert unseal(again.key, again.phone, name="petitioner.phone") == "0986777888"
    assert again.name_mark == first.name_mark  # tones and case are no difference


def test_without_a_number_two_of_one_name_are_two_people(office):
    two = [keep_person(PersonDraft(name="Lô Văn Nam")) for _ in range(2)]
    assert two[0].pk != two[1].pk
    assert two[0].name_mark == two[1].name_mark


def test_one_person_written_down_by_two_offices_at_once_is_one_row(office):
    with meanwhile("petitions_petitioner", lambda: papers.received(office.other, persons=(WHO,))):
        papers.received(office.unit, persons=(WHO,))
    assert Petitioner.objects.count() == 1
    assert Petition.objects.count() == 2
    assert DataKey.objects.filter(purpose="petitions").count() == 1


def test_who_signs_twice_stands_behind_a_paper_once(office):
    one = papers.paper(office.unit, persons=(WHO, WHO), people=2)
    assert one.signatures.count() == 1


def test_opening_is_kept_with_who_for_what_and_ends_after_its_minutes(office, settings):
    settings.DANVAN_IDENTITY_MINUTES = 7
    paper = papers.paper(office.unit)
    opened = open_identity(paper, purpose="contact", actor=office.officer)
    assert opened.until - opened.at == timedelta(minutes=7)
    assert opened.at <= clock.now() < opened.until
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.actor_id) == ("petitions.open_identity", office.officer.pk)
    assert (entry.target, entry.details) == (f"petitions.paper:{paper.pk}", {"purpose": "contact"})


def test_without_a_purpose_nothing_is_opened_and_nothing_is_kept(office):
    paper = papers.paper(office.unit)
    before = AuditEntry.objects.count()
    for purpose in ("", "curious"):
        with pytest.raises(RuleError, match="để làm gì"):
            open_identity(paper, purpose=purpose, actor=office.officer)
    assert (IdentityOpening.objects.count(), AuditEntry.objects.count()) == (0, before)


def test_the_key_of_a_paper_is_made_once(office):
    paper = papers.paper(office.unit)
    made = key_of_paper(paper)
    assert key_of_paper(Paper.objects.get(pk=paper.pk)) == made


def test_an_erased_person_cannot_be_read_by_anybody_and_coming_again_is_somebody_new(office):
    one = papers.received(office.unit, persons=(WHO,))
    key_of_paper(one.paper)
    person = Petitioner.objects.get()
    erase_petitioner(person, actor=office.head)
    erased = Petitioner.objects.get()
    for column in COLUMNS:
        with pytest.raises(KeyDestroyed):
            unseal(erased.key, getattr(erased, column), name=f"petitioner.{column}")
    assert (erased.id_mark, bytes(erased.name_mark), erased.erased_on) == (None, b"", papers.TODAY)
    assert papers.fresh(one).paper.signatures.count() == 1  # that somebody asked stays a fact
    assert keep_person(WHO).pk != erased.pk


def test_without_the_key_file_nothing_is_received_and_the_sentence_says_what_to_do(
    office, settings, tmp_path
):
    settings.DANVAN_KEYS = tmp_path / "gone" / "keys.json"
    before = (Paper.objects.count(), Petition.objects.count(), AuditEntry.objects.count())
    with pytest.raises(KeyUnavailable, match="báo quản trị viên"):
        papers.paper(office.unit, persons=(WHO,))
    assert (Paper.objects.count(), Petition.objects.count(), AuditEntry.objects.count()) == before


def test_under_another_key_file_who_it_was_is_not_read_and_not_lost(office, settings, tmp_path):
    one = keep_person(WHO)
    right = settings.DANVAN_KEYS
    settings.DANVAN_KEYS = tmp_path / "other" / "keys.json"
    key_file.make(["petitions"])
    with pytest.raises(KeyUnavailable, match="nội dung đã lưu vẫn còn"):
        unseal(one.key, one.name, name="petitioner.name")
    settings.DANVAN_KEYS = right
    assert unseal(one.key, one.name, name="petitioner.name") == "Vi Thị Khăm"
