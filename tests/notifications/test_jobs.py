"""What the worker does for notifications: each job calls its act; e-mail only where there is a mail server."""

from datetime import timedelta

import pytest

from danvan.foundation import jobs
from danvan.notifications import jobs as ours
from danvan.notifications.enums import Topic, Way
from danvan.notifications.models import Letter, MailPreference
from danvan.notifications.services import tell
from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("mail", "scheduled"),
    [
        (False, {"remind": timedelta(hours=1)}),
        (
            True,
            {
                "remind": timedelta(hours=1),
                "digest": timedelta(minutes=10),
                "post": timedelta(minutes=1),
            },
        ),
    ],
)
def test_e_mail_is_on_the_schedule_only_where_there_is_a_mail_server(monkeypatch, mail, scheduled):
    monkeypatch.setattr(jobs, "_scheduled", {})
    ours.register(mail=mail)
    found = {path.rpartition(".")[2]: every for path, (_, every) in jobs._scheduled.items()}
    assert found == scheduled


@pytest.mark.django_db
def test_the_jobs_write_and_send_and_may_run_twice(mail):
    users = [UserFactory(email=f"{n}@danvan.test") for n in range(2)]
    MailPreference.objects.create(user=users[0], way=Way.AT_ONCE)
    tell([one.pk for one in users], key="a", topic=Topic.REPORT, words="Có báo cáo", url="/")
    for _ in range(2):
        for one in (ours.remind, ours.digest, ours.post):
            one.enqueue()
    assert jobs.run_all() == 6
    assert sorted(letter.to[0] for letter in mail) == ["0@danvan.test", "1@danvan.test"]
    assert Letter.objects.count() == 2
