from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django_tasks_db.models import DBTaskResult

from danvan.foundation import audit, clock, events, health, jobs
from danvan.foundation.models import Delivery, JobWorker, OutboxEvent
from tests.foundation import work
from tests.foundation.things import an_object

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")
GB = 1024**3


@pytest.fixture(autouse=True)
def _queue_jobs(settings):
    settings.DANVAN_JOBS_INLINE = False


def found(key):
    [finding] = [finding for finding in health.examine() if finding.key == key]
    return finding


def test_a_well_installation_says_so():
    jobs.sign_of_life("w")
    findings = health.examine()
    assert [finding.key for finding in findings if not finding.ok] == []
    assert health.well(findings)
    assert all(finding.sentence.endswith(".") and finding.figure for finding in findings)


def test_no_worker_is_told():
    jobs.sign_of_life("w")
    assert found("workers").figure == "1"
    JobWorker.objects.update(seen_at=clock.machine() - timedelta(minutes=5))
    finding = found("workers")
    assert (finding.ok, finding.figure) == (False, "0")
    assert "danvan work" in finding.sentence


def test_jobs_that_wait_too_long_are_told():
    work.count.enqueue("a")
    assert (found("jobs").ok, found("jobs").figure) == (True, "1")
    DBTaskResult.objects.update(enqueued_at=clock.machine() - timedelta(minutes=61))
    finding = found("jobs")
    assert not finding.ok
    assert "đã chờ 61 phút" in finding.sentence


def test_failed_jobs_are_told():
    work.refuse.enqueue("a")
    jobs.run_all("w")
    finding = found("failed_jobs")
    assert (finding.ok, finding.figure) == (False, "1")


def test_deliveries_that_were_given_up_are_told():
    event = OutboxEvent.objects.create(name="x", body={}, at=clock.now())
    Delivery.objects.create(event=event, subscriber="a", tries=1)
    assert (found("deliveries").ok, found("deliveries").figure) == (True, "1")
    Delivery.objects.create(event=event, subscriber="b", tries=events.TRIES)
    assert (found("deliveries").ok, found("deliveries").figure) == (False, "1")


def test_an_unsealed_log_is_told(monkeypatch):
    monkeypatch.setattr(health, "UNSEALED_MOST", 2)
    thing = an_object()
    for _ in range(2):
        audit.record(None, "things.change", thing)
    assert (found("audit").ok, found("audit").figure) == (True, "2")
    audit.record(None, "things.change", thing)
    assert (found("audit").ok, found("audit").figure) == (False, "hơn 2")


@pytest.mark.parametrize(
    ("total", "free", "ok", "figure"),
    [
        (100 * GB, 50 * GB, True, "50,0 GB"),
        (100 * GB, 4 * GB, False, "4,0 GB"),
        (4 * GB, GB // 2, False, "0,5 GB"),
    ],
)
def test_a_full_disk_is_told(monkeypatch, total, free, ok, figure):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: Usage(total, total - free, free))
    assert (found("disk").ok, found("disk").figure) == (ok, figure)


def test_steps_that_were_not_applied_are_told(monkeypatch):
    monkeypatch.setattr(
        health.MigrationExecutor, "migration_plan", lambda self, targets: [("a", False)]
    )
    assert (found("migrations").ok, found("migrations").figure) == (False, "1")


def test_what_cannot_be_looked_at_is_a_finding(monkeypatch, caplog):
    def broken():
        raise DatabaseError("gone")

    monkeypatch.setitem(health.EXAMINED, "database", ("Cơ sở dữ liệu", broken))
    finding = found("database")
    assert (finding.ok, finding.figure) == (False, "không rõ")
    assert "mục cơ sở dữ liệu" in finding.sentence
    assert "could not be looked at" in caplog.text
