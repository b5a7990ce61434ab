import os

import pytest
from django.db import transaction

from danvan.foundation import clock, disk, housekeeping, sealed_files, sealing
from danvan.foundation.files import FileLostError
from danvan.foundation.models import SealedFile

pytestmark = pytest.mark.django_db

CANARY = b"%PDF-1.4 don cua ba Nong Thi May"


@pytest.fixture(autouse=True)
def root(tmp_path, settings):
    settings.SEALED_ROOT = tmp_path / "sealed"
    return settings.SEALED_ROOT


@pytest.fixture
def key():
    return sealing.new_key("vault")


def keep(key, content=CANARY):
    return sealed_files.keep(content, key=key, media_type="application/pdf")


def age(path, days):
    then = clock.machine().timestamp() - days * 86_400
    os.utime(path, (then, then))


def on_disk(root):
    return sorted(path for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [CANARY, b"", bytes(300_000)])
def test_a_file_comes_back_as_it_was_kept(key, root, content):
    kept = keep(key, content)
    read = SealedFile.objects.get()
    assert sealed_files.read(read) == content
    assert (read.size, read.media_type, read.key) == (len(content), "application/pdf", key)
    [path] = on_disk(root)
    assert path == sealed_files.path_of(kept.name)
    assert path.stat().st_mode & 0o777 == 0o440
    assert not content or content not in path.read_bytes()


def test_the_same_bytes_lie_twice_under_unlike_names_and_look_unlike(key, root):
    first, second = keep(key), keep(key)
    assert first.name != second.name
    one, other = on_disk(root)
    assert one.read_bytes() != other.read_bytes()


def test_an_altered_swapped_or_lost_file_is_told(key):
    one, other = keep(key), keep(key)
    at, beside = sealed_files.path_of(one.name), sealed_files.path_of(other.name)
    beside.replace(at)
    with pytest.raises(FileLostError):
        sealed_files.read(other)
    with pytest.raises(sealing.SealBroken):
        sealed_files.read(one)


def test_a_file_whose_key_was_destroyed_cannot_be_read(key):
    kept = keep(key)
    sealing.destroy(key)
    with pytest.raises(sealing.KeyDestroyed):
        sealed_files.read(SealedFile.objects.get(pk=kept.pk))


def test_a_removed_file_is_gone_once_the_act_is_done(key, root, django_capture_on_commit_callbacks):
    kept, other = keep(key), keep(key)
    with django_capture_on_commit_callbacks(execute=True):
        assert sealed_files.remove(kept)
        assert len(on_disk(root)) == 2
    assert on_disk(root) == [sealed_files.path_of(other.name)]
    assert list(SealedFile.objects.all()) == [other]


def test_a_file_that_something_names_is_not_removed(key, root, monkeypatch):
    kept = keep(key)

    def named(self, *args, **kwargs):
        from django.db.models import ProtectedError

        raise ProtectedError("named", {self})

    monkeypatch.setattr(SealedFile, "delete", named)
    assert not sealed_files.remove(kept)
    assert on_disk(root) == [sealed_files.path_of(kept.name)]


def test_a_file_whose_row_was_rolled_back_is_cleared_and_what_is_from_just_now_is_left(key, root):
    kept = keep(key)

    def rolled_back():
        with transaction.atomic():
            row = keep(key)
            transaction.set_rollback(True)
        return sealed_files.path_of(row.name)

    old, fresh = rolled_back(), rolled_back()
    age(old, 2)
    age(sealed_files.path_of(kept.name), 2)
    part = old.parent / f"{disk.PART}x"
    part.write_bytes(b"half")
    age(part, 2)
    housekeeping.clear_leftovers()
    assert on_disk(root) == sorted([sealed_files.path_of(kept.name), fresh])


def test_the_folder_of_another_database_is_left_alone(key, root, caplog):
    with transaction.atomic():
        row = keep(key)
        transaction.set_rollback(True)
    age(sealed_files.path_of(row.name), 400)
    assert sealed_files.clear_unnamed() == 0
    assert len(on_disk(root)) == 1
    assert "nothing removed" in caplog.text


def test_many_files_are_looked_up_batch_by_batch(key, root, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sealed_files, "AT_ONCE", 2)
    kept = [keep(key) for _ in range(5)]
    for one in kept:
        age(sealed_files.path_of(one.name), 2)
    SealedFile.objects.filter(pk=kept[0].pk).delete()
    with django_assert_num_queries(3):
        assert sealed_files.clear_unnamed() == 1
    assert len(on_disk(root)) == 4


def test_a_name_that_is_taken_is_not_written_over(tmp_path):
    disk.write_whole(tmp_path / "a" / "b", b"first", over=False)
    with pytest.raises(FileExistsError):
        disk.write_whole(tmp_path / "a" / "b", b"second", over=False)
    assert (tmp_path / "a" / "b").read_bytes() == b"first"
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a" / "b"]
