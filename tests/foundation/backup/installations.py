"""Installations for the tests of backing up: one that is filled, others without a table; and what they hold."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config import env
from danvan.foundation import backup, key_file, sealing
from danvan.foundation.backup import contents, postgresql, sqlite

CANARY = "Nông Thị Mẩy tố cáo, 0987654321"
PAPER = b"%PDF-1.4 don cua Nong Thi May"
PHRASE = "năm từ bất kỳ nào đó"
SECRETS = {"secret_key": "khoa-ky-" * 8, "code_pepper": "hat-tieu-" * 8}
# Three stored files, three sealed ones under three keys, three sealed lines of the log; tells a key and a sealed text.
FILL = f"""
from danvan.foundation import audit, files, keys, sealed_files, sealing
from danvan.foundation.models import NumberSeries
keys.prepare()
series = NumberSeries.objects.create(key="things", last=7)
for number in range(3):
    files.keep(b"tep chung %d" % number, media_type="text/plain")
    key = sealing.new_key("vault")
    sealed_files.keep({PAPER!r}, key=key, media_type="application/pdf")
    audit.record(None, "things.move", series)
audit.seal()
print(key.uuid, sealing.seal(key, {CANARY!r}, name="body").hex())
"""


def installed(reached, home):
    return backup.Installation(
        database=env.database(reached.environment["DANVAN_DATABASE"]),
        home=home,
        media=home / "media",
        sealed=home / "sealed",
        keys=home / "keys" / "keys.json",
        secrets=SECRETS,
    )


def silent(_):
    pass


def tree(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(installation):
    """What its database holds: nothing where it has no table."""
    if installation.on_sqlite:
        file = installation.database_file
        return sqlite.facts(file) if file.exists() else None
    with postgresql._connected(installation.database) as connection:

        def ask(words):
            return connection.execute(words).fetchall()

        tables = [name for (name,) in ask(postgresql.TABLES)]
        return postgresql.asked(ask, tables) if tables else None


def untouched(installation):
    there = tree(installation.home) if installation.home.exists() else {}
    return rows(installation) is None and there == {}


def change(installation):
    """Have something else stand in its database."""
    words = ["insert into foundation_numberseries (key, last) values ('since then', 1)"]
    words += ["delete from foundation_sealedfile"]
    if installation.on_sqlite:
        with closing(sqlite3.connect(installation.database_file)) as connection, connection:
            for one in words:
                connection.execute(one)
        return
    with postgresql._connected(installation.database) as connection:
        for one in words:
            connection.execute(one)


def opens(installation, uuid, sealed):
    """Whether the text that was sealed opens with what this installation holds."""
    [key] = [one for one in rows(installation).keys if str(one.uuid) == uuid]
    opened = sealing.unwrap(key, key_file.load(installation.keys))
    text = AESGCM(opened).decrypt(sealed[1:13], sealed[13:], sealing._bound(key, "body"))
    return text.decode() == CANARY


def told_anew(folder, **told):
    """As somebody would who alters what a backup says of itself, and its digest with it."""
    written = json.dumps(json.loads((folder / contents.NAME).read_text()) | told).encode()
    digest = sha256(written).hexdigest().encode()
    for name, content in ((contents.NAME, written), (contents.DIGEST, digest)):
        (folder / name).unlink()
        (folder / name).write_bytes(content)
