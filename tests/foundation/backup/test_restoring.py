"""The drill: changed, lost, put back elsewhere; and everything that can be wrong with a backup told by name."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from danvan.foundation import backup, key_file
from danvan.foundation.backup import contents, postgresql
from tests.foundation.backup.installations import (
    SECRETS,
    change,
    installed,
    opens,
    rows,
    silent,
    told_anew,
    tree,
    untouched,
)


def test_what_was_backed_up_comes_back_elsewhere_whatever_happened_since(
    databases, filled, kept, target, tmp_path
):
    source, (uuid, sealed) = filled
    backup.restore(target, kept[0], keys=kept[1], say=silent)
    before, files = rows(source), (tree(source.media), tree(source.sealed))
    assert before.audit[0] == len(before.files) / 2 == 3
    made, told = backup.make(target, tmp_path / "place", keys=tmp_path / "apart", say=silent)
    assert told.tables == before.tables
    assert (told.audit_sequence, told.audit_sha256) == before.audit
    assert len(told.files) == 7

    change(target)
    shutil.rmtree(target.home / "media")
    shutil.rmtree(target.home / "sealed")
    target.keys.unlink()

    elsewhere = tmp_path / "elsewhere"
    again = installed(databases.reached(databases.bare(), elsewhere), elsewhere)
    said = []
    found = backup.restore(again, tmp_path / "place", keys=tmp_path / "apart", say=said.append)
    assert (found.folder, found.opened, found.closed) == (made, 3, {})
    assert "Cơ sở dữ liệu: đã đặt vào chỗ." in said
    after = rows(again)
    for name in ("tables", "migrations", "audit", "files"):
        assert getattr(after, name) == getattr(before, name)
    assert [key.uuid for key in after.keys] == [key.uuid for key in before.keys]
    assert (tree(again.media), tree(again.sealed)) == files
    assert opens(again, uuid, sealed)
    assert {name: (again.home / name).read_text() for name in SECRETS} == SECRETS
    assert again.keys.stat().st_mode & 0o777 == 0o600
    assert not list(again.home.glob("*.restoring-*"))


def test_without_its_keys_it_is_put_back_closed_and_opens_once_they_are_there(filled, kept, target):
    source, (uuid, sealed) = filled
    found = backup.restore(target, kept[0], say=silent)
    assert (found.opened, sum(found.closed.values())) == (0, 3)
    assert not target.keys.exists()
    assert not (target.home / "secret_key").exists()
    target.keys.parent.mkdir(mode=0o700)
    shutil.copy(source.keys, target.keys)
    assert opens(target, uuid, sealed)


def test_with_the_wrong_keys_nothing_is_put_back(kept, unused, tmp_path, settings):
    settings.DANVAN_KEYS = tmp_path / "wrong" / "keys.json"
    ring = key_file.make(settings.SEALED_FOR)
    right = key_file.read((kept[1] / kept[0].name / "keys.json").read_bytes())
    same_names = [replace(key, secret=bytes(32)) for key in right.wrapping]
    key_file.put(tmp_path / "same" / "keys.json", key_file.KeyRing(tuple(same_names), ring.marking))
    for keys in (tmp_path / "wrong", tmp_path / "same", tmp_path / "wrong" / "keys.json"):
        with pytest.raises(backup.BackupError, match="giữ nguyên") as refused:
            backup.restore(unused, kept[0], keys=keys, say=silent)
        [fault] = refused.value.faults
        assert "không mở được 3 khóa nội dung" in fault.message
        assert untouched(unused)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-5]), "Tệp {} bị cắt cụt"),
        (lambda file: file.write_bytes(b"x" + file.read_bytes()[1:]), "Tệp {} đã bị thay đổi."),
        (lambda file: file.write_bytes(file.read_bytes() + b"x"), "Tệp {} đã bị thay đổi."),
        (lambda file: file.unlink(), "Thiếu tệp {}."),
    ],
)
def test_every_damaged_file_is_told_by_name_and_nothing_is_put_back(spoilt, unused, spoil, told):
    names = ["database", "media", "sealed"]
    damaged = [
        next(file for file in sorted(spoilt.rglob("*")) if file.is_file() and name in str(file))
        for name in (f"{spoilt}/{name}" for name in names)
    ]
    for file in damaged:
        file.chmod(0o600)
        spoil(file)
    with pytest.raises(backup.BackupError) as refused:
        backup.restore(unused, spoilt, say=silent)
    faults = [fault.message for fault in refused.value.faults]
    assert len(faults) == 3
    for file, fault in zip(damaged, sorted(faults), strict=True):
        assert fault.startswith(told.format(file.relative_to(spoilt)))
    assert untouched(unused)


def test_what_the_database_names_must_be_there_and_as_counted(spoilt, target):
    written = json.loads((spoilt / contents.NAME).read_text())
    gone = next(name for name in written["files"] if name.startswith("sealed"))
    del written["files"][gone]
    written["tables"]["foundation_storedfile"] = 4
    del written["tables"]["foundation_delivery"]
    told_anew(spoilt, **written | {"audit_sequence": 2})
    found = backup.verify(spoilt, say=silent)
    assert found.faults == [
        "Bảng foundation_storedfile có 3 dòng, lúc sao lưu là 4.",
        "Số thứ tự cuối cùng của nhật ký không còn như lúc sao lưu.",
        f"Cơ sở dữ liệu nhắc tới tệp {gone} mà bản sao lưu không có.",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"migrations": ["foundation.9999_from_tomorrow"]}, "phiên bản mới hơn"),
        ({"engine": "sqlite"}, "loại cơ sở dữ liệu khác"),
        ({"engine": "postgresql"}, "loại cơ sở dữ liệu khác"),
    ],
)
def test_what_another_program_or_database_made_is_not_put_back(spoilt, unused, change, told):
    if change.get("engine") == ("sqlite" if unused.on_sqlite else "postgresql"):
        change = (
            {"engine": "sqlite", "tables": {}} if not unused.on_sqlite else {"engine": "postgresql"}
        )
    told_anew(spoilt, **change)
    with pytest.raises(backup.BackupError) as refused:
        backup.restore(unused, spoilt, say=silent)
    assert any(told in fault.message for fault in refused.value.faults)
    assert untouched(unused)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / contents.NAME).unlink(),
        lambda folder: (folder / contents.DIGEST).unlink(),
        lambda folder: (folder / contents.NAME).write_text("{}"),
        lambda folder: told_anew(folder, format=2),
        lambda folder: told_anew(folder, files={"../../etc/passwd": {"size": 1, "sha256": "x"}}),
        lambda folder: told_anew(folder, files={"media/ab/../x": {"size": 1, "sha256": "x"}}),
        lambda folder: told_anew(folder, files=[]),
        lambda folder: told_anew(folder, more=1),
        lambda folder: shutil.rmtree(folder),
    ],
)
def test_what_is_no_backup_of_ours_is_told(spoilt, unused, spoil):
    for file in spoilt.iterdir():
        file.chmod(0o700 if file.is_dir() else 0o600)
    spoil(spoilt)
    with pytest.raises(backup.BackupError, match="Đồng chí vui lòng"):
        backup.restore(unused, spoilt, say=silent)
    assert untouched(unused)


def test_what_stands_there_is_replaced_only_when_it_was_said_twice(kept, target):
    backup.restore(target, kept[0], keys=kept[1], say=silent)
    (target.media / "ab").mkdir()
    (target.media / "ab" / "cd").write_bytes(b"since then")
    change(target)
    before, held = rows(target), tree(target.home)
    for said in (0, 1):
        with pytest.raises(backup.BackupError, match="hai lần") as refused:
            backup.restore(target, kept[0], keys=kept[1], replace=said, say=silent)
        assert len(refused.value.faults) == 4
        assert (rows(target).tables, tree(target.home)) == (before.tables, held)
    backup.restore(target, kept[0], keys=kept[1], replace=2, say=silent)
    assert rows(target).tables == contents.read(kept[0]).tables
    assert not (target.media / "ab" / "cd").exists()
    [aside] = target.home.glob("media.before-*")
    assert (aside / "ab" / "cd").read_bytes() == b"since then"


@pytest.mark.parametrize("after", ["Cơ sở dữ liệu: ", "Tệp: đã chép xong."])
def test_a_backup_that_changes_or_a_fault_while_it_is_put_back_changes_nothing(
    spoilt, kept, unused, after
):
    def say(told):
        if told.startswith(after):
            if after.startswith("Tệp"):
                raise OSError(28, "No space left on device", "x")
            file = next(spoilt.glob("media/*/*"))
            file.chmod(0o600)
            file.write_bytes(b"other")

    with pytest.raises(backup.BackupError, match="giữ nguyên"):
        backup.restore(unused, spoilt, keys=kept[1], say=say)
    assert untouched(unused)


def test_a_switch_that_fails_half_way_is_taken_back(kept, target, monkeypatch):
    backup.restore(target, kept[0], keys=kept[1], say=silent)
    before, held = rows(target).tables, tree(target.home)
    rename = Path.rename

    def full(self, to):
        if ".restoring-" in self.name and to == target.home / "code_pepper":
            raise OSError(5, "Input/output error", str(to))
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(backup.BackupError, match="Input/output error"):
        backup.restore(target, kept[0], keys=kept[1], replace=2, say=silent)
    assert (rows(target).tables, tree(target.home)) == (before, held)


def test_rows_that_do_not_all_come_back_are_taken_back(kept, unused, tmp_path):
    if unused.on_sqlite:
        return  # its file is compared byte by byte
    told = contents.read(kept[0])
    wrong = told.tables | {"foundation_storedfile": 4}
    with pytest.raises(backup.BackupError, match="rows of foundation_storedfile"):
        postgresql.put_back(unused.database, kept[0] / told.database, wrong, replace=False)
    assert rows(unused) is None
    cut = tmp_path / "cut.dump"
    cut.write_bytes((kept[0] / told.database).read_bytes()[:-2000])
    with pytest.raises(backup.BackupError, match="pg_restore không làm được"):
        postgresql.put_back(unused.database, cut, told.tables, replace=False)
    assert rows(unused) is None
