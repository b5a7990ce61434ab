"""What a backup holds and what it does not: copied while people work, its keys apart."""

import shutil
import sqlite3
from base64 import b64encode
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from config import env
from danvan.foundation import backup, key_file
from danvan.foundation.backup import contents, keys_apart, making, postgresql
from tests.foundation.backup.installations import (
    CANARY,
    PAPER,
    PHRASE,
    SECRETS,
    silent,
    tree,
)


def test_a_backup_without_keys_holds_nothing_of_what_was_sealed_and_no_secret(kept, source):
    made, keys = kept
    ring = key_file.load(source.keys)
    secret = [key.secret for key in (*ring.wrapping, ring.marking)]
    looked_for = [CANARY.encode(), PAPER, b"0987654321", *secret]
    looked_for += [b64encode(one) for one in looked_for]
    looked_for += [one.hex().encode() for one in looked_for]
    looked_for += [value.encode() for value in SECRETS.values()]
    held = dict(tree(made))
    if not source.on_sqlite:
        with postgresql._reading(made / "database.dump") as lines:
            held["sql"] = lines.read()
    assert {name for name, content in held.items() for one in looked_for if one in content} == set()
    apart = b"".join(tree(keys).values())
    assert b64encode(secret[0]) in apart
    assert SECRETS["code_pepper"].encode() in apart
    assert all(path.stat().st_mode & 0o077 == 0 for path in (keys / made.name).iterdir())


def test_a_second_backup_in_the_same_place_copies_only_what_is_new(
    source, kept, tmp_path, monkeypatch
):
    place = tmp_path / "place"
    said = []
    first, _ = backup.make(source, place, say=silent)
    (place / f"{contents.UNFINISHED}killed").mkdir()
    old = next(first.glob("sealed/*/*"))
    old.chmod(0o600)
    old.write_bytes(b"cut")
    second, told = backup.make(source, place, say=said.append)
    assert "Tệp: 6, trong đó 1 tệp mới được chép." in said
    linked = [name for name in told.files if (second / name).stat().st_nlink == 2]
    assert len(linked) == 5
    assert backup.verify(place, say=silent).faults == []
    assert contents.chosen(place) == second
    assert {path.name for path in place.iterdir()} == {".lock", first.name, second.name}


def test_a_file_that_is_gone_is_told_and_the_rest_is_backed_up(source, tmp_path):
    elsewhere = replace(source, sealed=tmp_path / "sealed")
    shutil.copytree(source.sealed, elsewhere.sealed)
    next(elsewhere.sealed.glob("*/*")).unlink()
    made, told = backup.make(elsewhere, tmp_path / "place", say=silent)
    assert len(told.lost) == 1
    assert len(told.files) == 6
    assert backup.verify(made, say=silent).faults == []


def test_two_backups_at_once_are_refused(source, tmp_path):
    with (
        making._alone(tmp_path),
        pytest.raises(backup.BackupError, match="Đang có một lần sao lưu"),
    ):
        backup.make(source, tmp_path, say=silent)


def test_keys_closed_by_a_passphrase_open_with_it_only(source, kept, tmp_path):
    folder = keys_apart.keep(source, tmp_path / "apart" / kept[0].name, passphrase=PHRASE)
    [file] = folder.iterdir()
    written = file.read_bytes()
    ring = key_file.load(source.keys)
    for secret in (ring.marking.secret, *(key.secret for key in ring.wrapping)):
        assert b64encode(secret) not in written
    found = backup.verify(kept[0], keys=tmp_path / "apart", passphrase=PHRASE, say=silent)
    assert (found.faults, found.opened) == ([], 3)
    assert found.keys.secrets == SECRETS
    for phrase, told in (("", "--passphrase-file"), (f"{PHRASE}!", "không đúng")):
        with pytest.raises(backup.BackupError, match=told):
            backup.verify(kept[0], keys=folder, passphrase=phrase, say=silent)


@pytest.mark.parametrize(
    ("keys", "phrase", "told"),
    [
        ("place/keys", "", "nằm trong nhau"),
        ("place", "", "nằm trong nhau"),
        (".", "", "nằm trong nhau"),
        ("apart", "ngắn", "ngắn hơn 12 ký tự"),
        (None, PHRASE, "thêm --keys"),
    ],
)
def test_keys_that_would_not_lie_apart_or_closed_are_refused(source, tmp_path, keys, phrase, told):
    with pytest.raises(backup.BackupError, match=told):
        backup.make(
            source,
            tmp_path / "place",
            keys=tmp_path / keys if keys else None,
            passphrase=phrase,
            say=silent,
        )
    assert contents.whole_ones(tmp_path / "place") == []


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"format": 1}', b"\xff"])
def test_what_are_no_keys_is_told(kept, tmp_path, content):
    for name in ("keys.json", "keys.closed"):
        folder = tmp_path / name
        folder.mkdir()
        if content is not None:
            (folder / name).write_bytes(content)
        with pytest.raises(backup.BackupError, match="Đồng chí vui lòng"):
            backup.verify(kept[0], keys=folder, passphrase=PHRASE, say=silent)


def test_passwords_of_the_database_stand_in_no_argument_and_no_sentence(monkeypatch, tmp_path):
    """Told from what a program is really given: one that writes down its arguments in the place of pg_dump."""
    fake = tmp_path / "bin"
    fake.mkdir()
    program = fake / "pg_dump"
    program.write_text(
        '#!/bin/sh\necho "$@" > "$0.arguments"\necho "error: refused $PGUSER" >&2\nexit 1\n'
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{fake}:/bin:/usr/bin")
    database = env.database("postgresql://danvan:mat-khau-bi-mat@127.0.0.1:1/danvan")
    with pytest.raises(backup.BackupError) as refused:
        postgresql._run(database, "pg_dump", "--format=custom")
    told = (fake / "pg_dump.arguments").read_text() + refused.value.message
    assert "mat-khau-bi-mat" not in told
    assert "refused danvan" in told
    with pytest.raises(backup.BackupError, match="Không nối được") as refused:
        postgresql.has_tables(database)
    assert "mat-khau-bi-mat" not in refused.value.message
    monkeypatch.setenv("PATH", str(fake))
    with pytest.raises(backup.BackupError, match="chưa có chương trình psql"):
        postgresql._program("psql")
    shown = backup.Installation(database, *[tmp_path] * 4, SECRETS)
    assert "mat-khau" not in repr(shown)
    assert "hat-tieu" not in repr(shown)


def test_it_holds_what_was_committed_and_nothing_that_somebody_is_writing(kept, target, tmp_path):
    backup.restore(target, kept[0], keys=kept[1], say=silent)
    words = "insert into foundation_numberseries (key, last) values ('not yet', 1)"
    if target.on_sqlite:
        writing = sqlite3.connect(target.database_file, isolation_level=None)
        writing.execute("pragma journal_mode = wal")
        writing.execute("begin immediate")
    else:
        writing = psycopg.connect(dbname=target.database["NAME"], **where(target.database))
    with closing(writing):
        writing.execute(words)
        _, told = backup.make(target, tmp_path / "place", say=silent)
        writing.commit()
        assert told.tables["foundation_numberseries"] == 1
        _, told = backup.make(target, tmp_path / "place", say=silent)
        assert told.tables["foundation_numberseries"] == 2
    assert backup.verify(tmp_path / "place", say=silent).faults == []


def where(database):
    known = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {ours: database[theirs] for ours, theirs in known.items() if database[theirs]}
