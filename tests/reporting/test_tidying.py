"""Packages of workbooks are removed once they were kept long enough; what came of each workbook stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from danvan.foundation import clock, files
from danvan.foundation.models import AuditEntry, StoredFile
from danvan.reporting.jobs import clear_old_sheets
from danvan.reporting.models import SheetDrop, SheetFile
from danvan.reporting.services import hand_in_sheet
from danvan.reporting.services.tidying import _emptied, empty_old_drops
from danvan.reporting.templating import template
from tests.reporting.paths import text_of

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def handed(month):
    """A workbook that the first commune handed in, stored two hours ago."""
    content = template(month.first)
    file = hand_in_sheet(month.first, name="bao-cao.xlsx", content=content, actor=None)
    age(file.drop.package)
    return file


def age(stored):
    path = files.path_of(stored.sha256)
    long_ago = (clock.machine() - timedelta(hours=2)).timestamp()
    os.utime(path, (long_ago, long_ago))
    return path


def long_after(drop, days=400):
    SheetDrop.objects.filter(pk=drop.pk).update(ended_at=clock.now() - timedelta(days=days))


def test_a_package_is_kept_for_its_time(handed):
    long_after(handed.drop, days=364)

    assert empty_old_drops() == 0
    handed.drop.refresh_from_db()
    assert handed.drop.package is not None


def test_an_old_package_is_removed_and_what_came_of_it_stays(
    handed, django_capture_on_commit_callbacks
):
    path = files.path_of(handed.drop.package.sha256)
    long_after(handed.drop)

    with django_capture_on_commit_callbacks(execute=True):
        clear_old_sheets.call()

    drop = SheetDrop.objects.get()
    assert (drop.package, drop.emptied_at is not None) == (None, True)
    assert not StoredFile.objects.exists()
    assert not Path(path).exists()
    kept = SheetFile.objects.get()
    assert (kept.outcome, kept.answers) == (handed.outcome, handed.answers)
    entry = AuditEntry.objects.get(action="reporting.empty_drop")
    assert (entry.target, entry.details["removed"]) == (f"reporting.sheetdrop:{drop.pk}", True)
    assert empty_old_drops() == 0


def test_the_time_is_a_setting(handed, settings):
    settings.DANVAN_KEEP_SHEETS_DAYS = 30
    long_after(handed.drop, days=31)

    assert empty_old_drops() == 1


def test_a_package_that_another_drop_names_stays(handed, django_capture_on_commit_callbacks):
    other = SheetDrop.objects.create(
        form=handed.drop.form, first=handed.drop.first, package=handed.drop.package,
        at=clock.now(), ended_at=clock.now(),
    )  # fmt: skip
    path = files.path_of(other.package.sha256)
    long_after(handed.drop)

    with django_capture_on_commit_callbacks(execute=True):
        assert empty_old_drops() == 1

    other.refresh_from_db()
    assert other.package is not None
    assert path.exists()
    assert AuditEntry.objects.get(action="reporting.empty_drop").details["removed"] is False


def test_bytes_that_somebody_stores_again_at_that_moment_stay(
    handed, django_capture_on_commit_callbacks
):
    stored = handed.drop.package
    content, path = files.read(stored), files.path_of(stored.sha256)
    long_after(handed.drop)

    with django_capture_on_commit_callbacks(execute=True):
        empty_old_drops()
        again = files.keep(content, media_type=stored.media_type)

    assert path.exists()
    assert files.read(again) == content


def test_what_waits_to_be_read_is_never_removed(handed):
    SheetDrop.objects.update(ended_at=None, at=clock.now() - timedelta(days=900))

    assert empty_old_drops() == 0


def test_the_workbook_cannot_be_opened_any_more_and_the_page_says_so(
    handed, officer, month, client
):
    handed.faults = [
        {"message": "Sai.", "sheet": "Báo cáo", "address": "F7", "label": "", "code": ""}
    ]
    handed.save()
    long_after(handed.drop)
    empty_old_drops()
    pks = [month.first.pk, handed.pk]

    answer = client.get(reverse("reporting:handed-in-marked", args=pks))

    assert answer.status_code == 404
    page = text_of(client.get(reverse("reporting:handed-in", args=pks)))
    assert "hết thời gian lưu" in page
    assert reverse("reporting:handed-in-marked", args=pks) not in page


def test_of_two_workers_the_second_finds_nothing_to_remove(handed):
    long_after(handed.drop)

    assert (_emptied(handed.drop.pk), _emptied(handed.drop.pk)) == (1, 0)
    assert AuditEntry.objects.filter(action="reporting.empty_drop").count() == 1
