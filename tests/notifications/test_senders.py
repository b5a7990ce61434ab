"""Letters to who sent a petition from the portal: that there is news, to the address that stays sealed, and only once."""

import re
from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core.mail import get_connection as mail_connection
from django.test import Client

from danvan.foundation import clock
from danvan.foundation.sealing import destroy
from danvan.notifications.models import SenderLetter
from danvan.notifications.selectors import mailed
from danvan.notifications.services import (
    ask_sender,
    post_to_senders,
    senders,
    stop_letters,
    write_to_sender,
)
from danvan.notifications.services.posting import LEASE, NOWHERE, TRIES
from danvan.notifications.services.sender_words import ASKED
from danvan.notifications.services.senders import ENOUGH, STOPPED
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
    assert mailed(petition) == "asked"
    client = Client()
    page = client.get(path)
    assert "Nhận tin</button>" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert write_to_sender(petition, key="1", words="Tin.") is False  # opening it says nothing
    for _ in range(2):
        assert "Đã ghi." in client.post(path).content.decode()
    assert "Đã ghi." in client.get(path).content.decode()
    assert write_to_sender(petition, key="1", words="Tin.") is True
    assert mailed(petition) == "on"
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


def way_out(letter):
    [path] = re.findall(
        r"<https://dan\.vn(/theo-doi/thu/\S+/thoi/)>", letter.extra_headers["List-Unsubscribe"]
    )
    return path


def test_who_wants_no_more_says_so_in_any_letter_with_one_press_and_it_holds_at_once(office, mail):
    petition = sent(office)
    write_to_sender(petition, key="1", words="Tin.")
    post_to_senders()
    write_to_sender(petition, key="2", words="Tin.")  # waits
    [letter] = mail
    path = way_out(letter)
    assert f"https://dan.vn{path}" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)  # a mail program has no cookie
    page = strict.get(path).content.decode()
    assert ("Thôi báo tin</button>" in page, mailed(petition)) == (True, "on")
    for _ in range(2):
        done = strict.post(path, {"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "thôi báo tin" in done.content.decode()) == (200, True)
    assert "thôi báo tin" in strict.get(path).content.decode()
    assert (post_to_senders(), news().count(), mailed(petition)) == (0, 1, "stopped")
    assert write_to_sender(petition, key="3", words="Tin.") is False
    assert [bytes(one.email) for one in Petitioner.objects.all()] == [b""]
    assert strict.get("/theo-doi/thu/bia:ra/thoi/").status_code == 404


def test_who_never_asked_for_letters_refuses_them_and_cannot_be_signed_up_again(office, mail):
    petition = sent(office, confirmed=False)
    ask_sender(petition)
    post_to_senders()
    [path] = re.findall(r"https://dan\.vn(/theo-doi/thu/\S+/)", mail[0].body)
    assert "Không nhận</button>" in Client().get(path).content.decode()
    assert "thôi báo tin" in Client().post(path, {"thoi_bao_tin": "1"}).content.decode()
    assert "thôi báo tin" in Client().post(path).content.decode()
    assert SenderLetter.objects.get().confirmed_at is None
    assert Client().post(way_out(mail[0])).status_code == 200


def test_who_has_the_code_stops_the_letters_before_and_after_they_were_confirmed(office, mail):
    draft = SendDraft(
        text="Ngầm tràn bị lở, đề nghị sửa.", email="mai@nha.vn",
        place_id=office.province.communes[0].pk,
    )  # fmt: skip
    made = send_matter(draft, seed="mã")
    ask_sender(Petition.objects.get(pk=made.petition_id))
    page = Client().post("/theo-doi/", {"ma": made.slip.code}).content.decode()
    assert "Thôi báo tin qua thư</button>" in page
    for _ in range(2):
        told = Client().post("/theo-doi/", {"ma": made.slip.code, "thoi_bao_tin": "1"})
        assert (told.status_code, "không báo tin qua thư nữa" in told.content.decode()) == (
            200,
            True,
        )
    assert post_to_senders() == 0
    assert SenderLetter.objects.get().failure == STOPPED
    silent = send_matter(SendDraft(text="Đèn đường hỏng, đề nghị thay."), seed="khác")
    assert "bao-tin" not in Client().post("/theo-doi/", {"ma": silent.slip.code}).content.decode()


def test_an_address_that_another_paper_needs_is_kept_and_yet_not_written_to(office, mail):
    first, second = sent(office), sent(office, seed="2", text="Đèn đường hỏng, đề nghị thay.")
    person = Petitioner.objects.earliest("pk")
    second.paper.signatures.update(petitioner=person)
    write_to_sender(first, key="1", words="Tin.")
    stop_letters(first)
    person.refresh_from_db()
    assert (person.email != b"", mailed(first), mailed(second)) == (True, "stopped", "on")
    SenderLetter.objects.create(petition=first, key="chạy", words="Tin.", due_at=clock.machine())
    assert post_to_senders() == 0  # a worker that wrote at that moment


def test_two_workers_together_send_no_more_to_one_address_than_one(
    office, mail, settings, monkeypatch
):
    settings.DANVAN_SENDER_MAILS = 1
    petition = sent(office)
    for key in ("1", "2"):
        write_to_sender(petition, key=key, words="Tin.")
    first, second = news().order_by("pk")
    seen = []
    real = senders.message

    def while_the_other_sends(letter, *args, **more):
        if letter.pk == first.pk:  # the second worker comes while the first is on its way
            seen.append(senders._post(second.pk, mail_connection()))
        return real(letter, *args, **more)

    monkeypatch.setattr(senders, "message", while_the_other_sends)
    assert post_to_senders() == 1
    assert (seen, len(mail)) == ([False], 1)
    assert news().get(pk=second.pk).failure == ENOUGH
