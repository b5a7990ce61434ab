"""Letters to who sent a petition from the portal: that there is news, to the address that stays sealed, and only once."""

import re
from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.test import Client

from danvan.foundation import clock
from danvan.foundation.sealing import destroy
from danvan.notifications.models import SenderLetter
from danvan.notifications.services import ask_sender, post_to_senders, senders, write_to_sender
from danvan.notifications.services.posting import LEASE, NOWHERE, TRIES
from danvan.notifications.services.senders import ASKED, ENOUGH
from danvan.notifications.subscribers import senders as subscriber
from danvan.petitions.events import (
    PetitionAccepted,
    PetitionAnswered,
    PetitionMoreTimeTold,
    PetitionsReceived,
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


def sent(office, *, confirmed=True, seed="1", **more):
    said = {"text": "Ngầm tràn bị lở, đề nghị sửa.", "email": "mai@nha.vn", **more}
    draft = SendDraft(place_id=office.province.communes[0].pk, **said)
    made = Petition.objects.get(pk=send_matter(draft, seed=seed).petition_id)
    if confirmed and ask_sender(made):
        now = clock.machine()
        SenderLetter.objects.filter(petition=made).update(sent_at=now, confirmed_at=now)
    return made


def news():
    return SenderLetter.objects.filter(asks=False)


def test_the_first_letter_only_asks_and_nothing_else_goes_before_its_reader_said_yes(office, mail):
    petition = sent(office, confirmed=False)
    received = PetitionsReceived(petition_ids=(petition.pk,))
    subscriber.ask_for_the_address(received)
    subscriber.ask_for_the_address(received)
    assert write_to_sender(petition, key="1", words="Tin.") is False
    assert post_to_senders() == 1
    [letter] = mail
    assert (letter.to, letter.subject) == (["mai@nha.vn"], ASKED)
    assert petition.number not in letter.body
    [path] = re.findall(r"https://dan\.vn(/theo-doi/thu/\S+/)", letter.body)
    client = Client()
    page = client.get(path)
    assert "Nhận tin</button>" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert write_to_sender(petition, key="1", words="Tin.") is False  # opening it says nothing
    for _ in range(2):
        assert "Đã ghi." in client.post(path).content.decode()
    assert "Đã ghi." in client.get(path).content.decode()
    assert write_to_sender(petition, key="1", words="Tin.") is True
    assert client.get("/theo-doi/thu/bia:ra/").status_code == 404
    assert post_to_senders() == 1
    SenderLetter.objects.all().delete()
    assert client.post(path).status_code == 404


def test_an_address_that_was_never_asked_is_asked_at_the_first_news(office, mail):
    petition = sent(office, confirmed=False)
    assert write_to_sender(petition, key="1", words="Tin.") is False
    assert [one.asks for one in SenderLetter.objects.all()] == [True]


def test_no_address_is_flooded_by_whoever_types_it(office, mail, settings, monkeypatch):
    settings.DANVAN_SENDER_MAILS = 2
    for number in range(5):
        words = f"Đèn số {number} hỏng, đề nghị thay."
        ask_sender(sent(office, confirmed=False, seed=str(number), text=words))
    ask_sender(sent(office, confirmed=False, seed="x", email="tu@nha.vn"))
    assert post_to_senders() == 3
    assert sorted(one.to[0] for one in mail) == ["mai@nha.vn", "mai@nha.vn", "tu@nha.vn"]
    assert SenderLetter.objects.filter(failure=ENOUGH, tries=TRIES).count() == 3
    assert "mai" not in str(list(SenderLetter.objects.values()))
    tomorrow = clock.machine() + timedelta(days=1)
    monkeypatch.setattr(clock, "machine", lambda: tomorrow)
    assert post_to_senders() == 0  # what asked was given up


def test_news_beyond_what_goes_to_one_address_in_a_day_waits(office, mail, settings, monkeypatch):
    settings.DANVAN_SENDER_MAILS = 1
    petition = sent(office)
    for key in ("1", "2"):
        assert write_to_sender(petition, key=key, words="Tin.")
    assert (post_to_senders(), post_to_senders()) == (1, 0)
    [waits] = news().filter(sent_at=None)
    assert (waits.tries, waits.failure) == (0, ENOUGH)
    tomorrow = clock.machine() + timedelta(days=1)
    monkeypatch.setattr(clock, "machine", lambda: tomorrow)
    assert post_to_senders() == 1


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
    assert news().count() == 4
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
    assert not news().exists()


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
    letter = news().get()
    assert (letter.tries, letter.sent_at, letter.failure) == (1, None, "SMTPException")
    assert post_to_senders() == 0  # not due yet
    news().update(due_at=clock.machine())
    assert post_to_senders() == 1


def test_an_erased_sender_gets_nothing_and_two_workers_send_one_letter(office, mail, monkeypatch):
    petition = sent(office)
    write_to_sender(petition, key="1", words="Tin.")
    [pk] = news().values_list("pk", flat=True)
    SenderLetter.objects.update(claimed_until=clock.machine() + LEASE)
    assert senders._post(pk, None) is False
    SenderLetter.objects.update(claimed_until=None)
    destroy(Petitioner.objects.get().key)
    assert post_to_senders() == 0
    assert news().get().failure == NOWHERE
    assert mail == []
    Petitioner.objects.update(email=b"")
    news().update(tries=0)
    assert post_to_senders() == 0
