"""The canary in its final form: every page of every role, and every place where the machine keeps something.

The search is shown to reach each place by a mark in the ordinary register, which it must find there.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.outside import ROOT, SET_UP
from tests.petitions.canary import disk, found, unpacked

RUN = f"{SET_UP}sys.path.insert(0, {str(ROOT)!r})\nfrom tests.petitions.soaked import run\nrun()\n"


def of_the_server(database):
    """The write-ahead log and the files of the database, where this server's folder is ours to read; else why not."""
    with connection.cursor() as cursor:
        cursor.execute("show data_directory")
        [(folder,)] = cursor.fetchall()
        cursor.execute("select oid from pg_database where datname = %s", [database])
        [(number,)] = cursor.fetchall()
        cursor.execute("checkpoint")
    logs, files = Path(folder) / "pg_wal", Path(folder) / "base" / str(number)
    if not os.access(logs, os.R_OK):
        return None, f"write-ahead log of {folder} is not ours to read"
    return {"pg_wal": disk(logs), "pg_files": disk(files)}, ""


def dumped(environment):
    """The whole database as pg_dump writes it in plain."""
    program = shutil.which("pg_dump")
    if program is None:
        return None
    made = subprocess.run(
        [program, "--dbname", environment["DANVAN_DATABASE"], "--format=plain"],
        capture_output=True,
        check=True,
    )
    return made.stdout


@pytest.mark.soak
@pytest.mark.django_db
def test_the_canary_stands_on_no_page_of_any_role_and_in_no_place(
    emptied, tmp_path, record_property
):
    from tests.petitions.soaked import MARK, MARKED, NEEDLES, TEXT

    environment = {
        **emptied.environment, "DANVAN_DEBUG": "1", "DANVAN_SECOND_FACTOR": "offered", "DANVAN_LOG_LEVEL": "debug",
    }  # fmt: skip
    errors = tmp_path.parent / f"{tmp_path.name}-log"
    places, missing = {}, []
    with (
        errors.open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-c", RUN],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        line = process.stdout.readline()
        assert line, errors.read_text()[-3000:]
        told = json.loads(line)
        if connection.vendor == "sqlite":
            file = Path(environment["DANVAN_DATABASE"].removeprefix("sqlite:///"))
            places["sqlite"] = b"".join(
                one.read_bytes() for one in file.parent.glob(f"{file.name}*")
            )
            places["sqlite_wal"] = Path(f"{file}-wal").read_bytes()
        else:
            of_server, why = of_the_server(environment["DANVAN_DATABASE"].rpartition("/")[2])
            places |= of_server or {}
            missing += [why] if why else []
            dump = dumped(environment)
            places |= {"pg_dump": dump} if dump is not None else {}
            missing += ["pg_dump is not installed"] if dump is None else []
        process.stdin.close()
        assert process.wait(120) == 0, errors.read_text()[-3000:]
    backup = tmp_path.parent / f"{tmp_path.name}-backup"
    made = emptied.run("manage.py", "backup", str(backup), limit=600)
    assert made.returncode == 0, made.stderr
    places["backup"] = b"".join(
        unpacked(one.read_bytes()) for one in backup.rglob("*") if one.is_file()
    ) + disk(backup)
    places["home"] = disk(tmp_path)  # media, sealed files, caches, whatever is left on the disk
    places["log"] = errors.read_bytes()
    searched = {name: len(content) for name, content in places.items()}
    print(f"{told['pages']} pages, {told['roles']} people, {searched}")
    record_property("pages", told["pages"])
    assert told["leaks"] == []
    assert {name: found(content, NEEDLES) for name, content in places.items()} == {
        name: [] for name in places
    }
    # it could have been found: who reads the case sees it, and the mark stands wherever ordinary words stand; `sqlite` is the
    # file with its log, from which a checkpoint may have taken the mark already
    assert TEXT in told["readers_saw"]
    assert told["marked"] > 0
    plain = {"sqlite", "pg_wal", "pg_files", "pg_dump"} & set(places)
    assert {name: found(places[name], MARKED) for name in plain} == {name: [MARK] for name in plain}
    if missing:
        pytest.skip("NOT SEARCHED: " + "; ".join(missing))
