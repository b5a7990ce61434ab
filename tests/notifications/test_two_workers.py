"""Two workers on one database: nothing is told, written or sent twice, nothing is lost."""

import re
import socketserver
import threading

import pytest

from danvan.notifications.enums import Topic, Way
from danvan.notifications.models import Letter, MailPreference, Notification
from danvan.notifications.services import post_letters, send_digests, send_mail_due, tell
from tests.factories import UserFactory
from tests.factories.rivals import meanwhile
from tests.outside import SET_UP

SAID = {"topic": Topic.REPORT, "words": "Báo cáo được trả lại", "url": "/bieu-mau/7/"}


@pytest.mark.django_db
def test_who_is_told_by_another_worker_at_this_moment_is_told_once():
    user = UserFactory()
    with meanwhile("notifications_notification", lambda: tell([user.pk], key="a", **SAID)):
        tell([user.pk], key="a", **SAID)
    assert Notification.objects.filter(user=user).count() == 1


@pytest.mark.django_db
def test_a_letter_that_another_worker_takes_between_our_look_and_our_claim_is_sent_once(mail):
    tell([UserFactory(email="an@danvan.test").pk], key="a", **SAID)
    send_digests()
    with meanwhile("notifications_letter", post_letters):
        assert post_letters() == 0
    assert len(mail) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("way", [Way.DIGEST, Way.AT_ONCE])
def test_what_another_worker_writes_after_our_look_is_written_once(mail, way):
    user = UserFactory(email="an@danvan.test")
    MailPreference.objects.create(user=user, way=way)
    tell([user.pk], key="a", **SAID)
    write = send_digests if way == Way.DIGEST else send_mail_due
    with meanwhile("notifications_notification", write):
        write()
    assert Letter.objects.count() == 1


class Office(socketserver.StreamRequestHandler):
    """A mail server that takes what it is given, except that it drops each third connection at the end."""

    def handle(self):
        self.wfile.write(b"220 office\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part)
                with self.server.lock:
                    self.server.tried += 1
                    refused = self.server.tried % 3 == 0
                    if not refused:
                        self.server.taken.append(b"".join(lines).decode())
                self.wfile.write(b"451 later\r\n" if refused else b"250 taken\r\n")
            else:
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")


@pytest.fixture
def office():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Office) as server:
        server.daemon_threads, server.lock, server.tried, server.taken = (
            True,
            threading.Lock(),
            0,
            [],
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


PREPARE = """
from danvan.accounts.models import User
from danvan.notifications.models import MailPreference
from danvan.notifications.services import tell
people = []
for n in range(12):
    user = User.objects.create(username=f"thu{n}", full_name=f"Người {n}", email=f"thu{n}@a.vn")
    MailPreference.objects.create(user=user, way="at_once" if n % 2 else "digest")
    people.append(user.pk)
for key in "abc":
    tell(people, key=key, topic="report", words=f"Báo cáo {key} được trả lại", url="/bieu-mau/")
"""
WORK = """
from datetime import timedelta
from danvan.foundation import clock
from danvan.notifications.models import Letter
from danvan.notifications.services import send_digests, send_mail_due
for turn in range(8):
    send_digests()
    send_mail_due()
    Letter.objects.filter(sent_at=None, claimed_until=None).update(due_at=clock.machine())
"""


PREPARE_SENDERS = """
from django.conf import settings
from danvan.foundation import clock, key_file
key_file.make(settings.SEALED_FOR)
from danvan.notifications.models import SenderLetter
from danvan.notifications.services import ask_sender, write_to_sender
from danvan.petitions.models import Petition
from danvan.petitions.services import SendDraft, send_matter
from tests.petitions.papers import Office
place = Office().province.communes[0].pk
for n in range(7):
    draft = SendDraft(text=f"Đèn số {n} hỏng, đề nghị thay.", place_id=place, email="mai@nha.vn")
    sent = Petition.objects.get(pk=send_matter(draft, seed=str(n)).petition_id)
    ask_sender(sent)
    now = clock.machine()
    SenderLetter.objects.filter(petition=sent).update(sent_at=now, confirmed_at=now)
    write_to_sender(sent, key=str(n), words="Tin.")
"""
WORK_FOR_SENDERS = """
from danvan.foundation import clock
from danvan.notifications.models import SenderLetter
from danvan.notifications.services import post_to_senders
for turn in range(5):
    post_to_senders()
    refused = SenderLetter.objects.filter(sent_at=None, claimed_until=None, failure__startswith="SMTP")
    refused.update(due_at=clock.machine())
"""


def served_by(office):
    return {
        "DANVAN_MAIL_HOST": "127.0.0.1",
        "DANVAN_MAIL_PORT": str(office.server_address[1]),
        "DANVAN_MAIL_SECURITY": "none",
        "DANVAN_MAIL_FROM": "danvan@a.vn",
        "DANVAN_MAIL_HOUR": "0",
    }


def test_two_workers_send_one_address_exactly_what_it_may_get_in_a_day(emptied, office):
    settings = {**served_by(office), "DANVAN_SENDER_MAILS": "4", "DANVAN_TODAY": "2026-11-20"}
    emptied.script(PREPARE_SENDERS, **settings)
    workers = [emptied.start("-c", f"{SET_UP}{WORK_FOR_SENDERS}", **settings) for _ in range(2)]
    for worker in workers:
        _, err = worker.communicate(timeout=120)
        assert worker.returncode == 0, err
    assert len(office.taken) == 4


def test_two_workers_and_a_mail_server_that_refuses_now_and_then(outside, office):
    settings = served_by(office)
    outside.script(PREPARE)
    workers = [outside.start("-c", f"{SET_UP}{WORK}", **settings) for _ in range(2)]
    for worker in workers:
        _, err = worker.communicate(timeout=120)
        assert worker.returncode == 0, err
    to = sorted(re.search(r"^To: (\S+)", message, re.MULTILINE)[1] for message in office.taken)
    assert to == sorted(f"thu{n}@a.vn" for n in range(12))
    assert len(set(re.findall(r"^Message-ID: (\S+)", "".join(office.taken), re.MULTILINE))) == 12
