"""Letters to who sent a petition from the portal: that there is news, to the address that stays sealed, and only once."""

from datetime import date
from smtplib import SMTPException

import pytest

from danvan.foundation import clock
from danvan.foundation.sealing import destroy
from danvan.notifications.models import SenderLetter
from danvan.notifications.services import post_to_senders, senders, write_to_sender
from danvan.notifications.services.posting import LEASE, NOWHERE
from danvan.notifications.subscribers import senders as subscriber
from danvan.petitions.events import (
    PetitionAccepted,
    PetitionAnswered,
    PetitionMoreTimeTold,
    PetitionTransferred,
)
from danvan.petitions.models import Petition, Petitioner
from danvan.petitions.services import SendDraft, send_matter
from danvan.petitions.services.rows import step
from tests.once import once, own
from tests.petitions.papers import TODAY, Office

pytestmark = pytest.mark.django_db
_office = once(Office, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, mail):
    settings.DANVAN_TODAY = TODAY
    settings.DANVAN_PORTAL_SITE = "https://dan.vn"
    return own(_office)


def sent(office, **more):
    said = {"text": "Ngầm tràn bị lở, đề nghị sửa.", "email": "mai@nha.vn", **more}
    draft = SendDraft(place_id=office.province.communes[0].pk, **said)
    return Petition.objects.get(pk=send_matter(draft, seed="1").petition_id)


def test_who_left_an_address_is_written_to_of_each_step_once_and_of_no_words(office, mail):
    petition = sent(office)
    moved = PetitionTransferred(petition_id=petition.pk, to_unit_id=office.unit.pk)
    for kind, hear, event in (
        ("accepted", subscriber.write_of_acceptance, PetitionAccepted(petition_id=petition.pk)),
        ("transferred", subscriber.write_of_transfer, moved),
        ("more_time", subscriber.write_of_more_time, PetitionMoreTimeTold(petition_id=petition.pk)),
        ("answered", subscriber.write_of_answer, PetitionAnswered(petition_id=petition.pk)),
    ):
        step(petition, kind, on=date(2026, 11, 20), actor=None)
        hear(event)
        hear(event)
    assert SenderLetter.objects.count() == 4
    assert "mai" not in str(list(SenderLetter.objects.values()))
    assert post_to_senders() == 4
    assert post_to_senders() == 0
    letter = mail[-1]
    assert letter.to == ["mai@nha.vn"]
    assert f"Ý kiến số {petition.number} đã được trả lời." in letter.body
    assert "https://dan.vn/theo-doi/" in letter.body
    assert "Ngầm tràn" not in letter.body


def test_nobody_is_written_to_who_left_no_address_or_came_by_another_way(office, settings):
    assert write_to_sender(sent(office, email=""), key="1", words="Tin.") is False
    petition = sent(office, text="Đèn đường hỏng từ tháng trước.")
    Petition.objects.get(pk=petition.pk).paper.__class__.objects.update(channel="post")
    assert write_to_sender(petition, key="2", words="Tin.") is False
    settings.DANVAN_MAIL_HOST = ""
    assert write_to_sender(petition, key="3", words="Tin.") is False
    assert not SenderLetter.objects.exists()


def test_a_server_that_does_not_take_it_is_asked_again_and_no_letter_is_doubled(
    office, mail, monkeypatch
):
    petition = sent(office)
    assert write_to_sender(petition, key="1", words="Tin.")

    def refuse(*_, **__):
        raise SMTPException

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert post_to_senders() == 0
    letter = SenderLetter.objects.get()
    assert (letter.tries, letter.sent_at, letter.failure) == (1, None, "SMTPException")
    assert post_to_senders() == 0  # not due yet
    SenderLetter.objects.update(due_at=clock.machine())
    assert post_to_senders() == 1


def test_an_erased_sender_gets_nothing_and_two_workers_send_one_letter(office, mail, monkeypatch):
    petition = sent(office)
    write_to_sender(petition, key="1", words="Tin.")
    [pk] = SenderLetter.objects.values_list("pk", flat=True)
    SenderLetter.objects.update(claimed_until=clock.machine() + LEASE)
    assert senders._post(pk, None) is False
    SenderLetter.objects.update(claimed_until=None)
    destroy(Petitioner.objects.get().key)
    assert post_to_senders() == 0
    assert SenderLetter.objects.get().failure == NOWHERE
    assert mail == []
    Petitioner.objects.update(email=b"")
    SenderLetter.objects.update(tries=0)
    assert post_to_senders() == 0
