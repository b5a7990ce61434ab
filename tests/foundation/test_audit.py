import json
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from danvan.foundation import audit
from danvan.foundation.management.commands import flush
from danvan.foundation.models import AuditEntry, AuditSeal
from tests.foundation.conftest import SET_UP
from tests.foundation.things import a_user, an_object

pytestmark = pytest.mark.django_db


@contextmanager
def tampering():
    """What somebody with the owner's rights over the database can do."""
    with flush.without_audit_triggers(connection):
        yield


def entries(count):
    thing = an_object()
    for number in range(count):
        audit.record(None, "things.change", thing, field="last", was=number)


def test_an_act_leaves_who_what_and_which():
    user, thing = a_user(), an_object()
    audit.record(user, "things.found", thing, unit=7, on=date(2026, 3, 5))
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (user, "things.found")
    assert entry.target == f"foundation.numberseries:{thing.pk}"
    assert entry.details == {"unit": 7, "on": "2026-03-05"}


def test_an_act_that_is_rolled_back_leaves_no_trace():
    with transaction.atomic():
        entries(1)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_the_database_refuses_to_change_or_remove_a_line(model):
    entries(2)
    audit.seal()
    before = list(model.objects.values())
    table = model._meta.db_table
    for statement in (f"update {table} set id = id", f"delete from {table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(model.objects.values()) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite knows insert or replace")
@pytest.mark.parametrize("model", [AuditEntry, AuditSeal])
def test_a_line_cannot_be_written_over_either(model):
    entries(2)
    audit.seal()
    before = list(model.objects.values())
    table = model._meta.db_table
    columns = ", ".join(field.column for field in model._meta.concrete_fields)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"insert or replace into {table}({columns}) select {columns} from {table}")
    assert list(model.objects.values()) == before


def test_the_sealer_chains_what_was_committed_once():
    entries(3)
    assert (audit.seal(), audit.seal()) == (3, 0)
    entry_ids = list(AuditEntry.objects.values_list("pk", flat=True))
    assert list(AuditSeal.objects.values_list("sequence", "entry_id")) == list(
        enumerate(entry_ids, start=1)
    )
    report = audit.verify()
    assert (report.sealed, report.unsealed, report.sound) == (3, 0, True)
    assert report.head == AuditSeal.objects.get(sequence=3).sha256


def test_a_long_backlog_is_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 4)
    entries(10)
    assert audit.seal() == 10
    assert audit.verify().sound


def test_entries_that_committed_late_are_sealed_by_looking_back(monkeypatch):
    entries(6)
    late = AuditEntry.objects.order_by("pk").first()
    with tampering():
        AuditEntry.objects.filter(pk=late.pk).delete()
    audit.seal()
    late.save(force_insert=True)
    monkeypatch.setattr(audit, "WINDOW", 2)
    assert audit.seal() == 0
    assert audit.verify().unsealed == 1
    assert audit.seal(whole=True) == 1
    assert AuditSeal.objects.get(sequence=6).entry_id == late.pk
    assert audit.verify().sound


def test_an_empty_log_is_sound():
    report = audit.verify()
    assert (report.sealed, report.head, report.sound) == (0, audit.START, True)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "things.other"},
        {"target": "foundation.numberseries:0"},
        {"details": {"field": "last", "was": 100}},
        {"at": "2026-01-01T00:00:00Z"},
        {"actor": 1},
    ],
)
def test_an_altered_entry_is_found(change):
    entries(4)
    audit.seal()
    second = AuditSeal.objects.get(sequence=2).entry_id
    if "actor" in change:
        change = {"actor": a_user()}
    with tampering():
        AuditEntry.objects.filter(pk=second).update(**change)
    [fault] = audit.verify().faults
    assert f"Số thứ tự 2 (dòng {second}) không khớp" in fault


def test_a_missing_seal_is_found():
    entries(5)
    audit.seal()
    with tampering():
        AuditSeal.objects.filter(sequence__in=(2, 3)).delete()
    faults = audit.verify().faults
    assert faults[0] == "Thiếu số thứ tự từ 2 đến 3 trong chuỗi nhật ký."
    assert "Số thứ tự 4" in faults[1]
    assert len(faults) == 2


def test_an_entry_put_in_the_place_of_another_is_found():
    entries(3)
    audit.seal()
    first, second = AuditSeal.objects.filter(sequence__lte=2)
    with tampering():
        AuditSeal.objects.filter(pk=first.pk).update(sha256=second.sha256)
        AuditSeal.objects.filter(pk=second.pk).update(sha256=first.sha256)
    assert len(audit.verify().faults) == 3


def test_a_lost_entry_is_found(monkeypatch):
    entries(2)
    audit.seal()
    monkeypatch.setattr(audit.AuditEntry.objects, "in_bulk", lambda ids: {})
    assert audit.verify().faults == [
        "Mất dòng nhật ký ở số thứ tự 1.",
        "Mất dòng nhật ký ở số thứ tự 2.",
    ]


def test_a_chain_that_was_cut_and_written_anew_is_found_by_a_head_noted_elsewhere():
    entries(3)
    audit.seal()
    noted = (3, audit.verify().head)
    assert audit.verify(expect=noted).sound
    with tampering():
        AuditSeal.objects.all().delete()
        AuditEntry.objects.filter(action="things.change").update(action="things.other")
    audit.seal()
    assert audit.verify().sound
    [fault] = audit.verify(expect=noted).faults
    assert "Số thứ tự 3 không còn mang mã đã ghi nhận" in fault


def test_the_command_seals_and_verifies(capsys):
    entries(2)
    call_command("audit", "verify")
    assert "Dòng chưa niêm phong: 2" in capsys.readouterr().out
    call_command("audit", "seal")
    call_command("audit", "verify")
    out = capsys.readouterr().out
    assert "Đã niêm phong 2 dòng nhật ký." in out
    assert f"--expect 2:{audit.verify().head}" in out
    assert "Nhật ký nguyên vẹn." in out
    call_command("audit", "verify", f"--expect=2:{audit.verify().head}")


def test_the_command_fails_where_the_log_is_not_sound(capsys):
    entries(2)
    audit.seal()
    with tampering():
        AuditEntry.objects.update(action="things.other")
    with pytest.raises(CommandError, match="2 chỗ sai"):
        call_command("audit", "verify")
    assert "Số thứ tự 1" in capsys.readouterr().err


@pytest.mark.parametrize("head", ["x", "3:abc", ":" + "0" * 64])
def test_the_command_explains_how_to_write_a_head(head):
    with pytest.raises(CommandError, match="SỐ:MÃ"):
        call_command("audit", "verify", f"--expect={head}")


def test_only_a_test_database_may_be_emptied(monkeypatch):
    entries(1)
    monkeypatch.setitem(connection.settings_dict, "NAME", "danvan")
    with pytest.raises(CommandError, match="cơ sở dữ liệu thử"):
        call_command("flush", interactive=False)
    assert AuditEntry.objects.count() == 1


def test_every_table_that_the_database_keeps_append_only_is_emptied_and_kept_again():
    before = flush.append_only(connection)
    assert {table for table, _, _ in before} == {
        "foundation_auditentry", "foundation_auditseal", "law_clockevent", "law_clockmove", "petitions_vaultentry",
        "petitions_vaulttold",
    }  # fmt: skip
    entries(1)
    with tampering():
        AuditEntry.objects.all().delete()
    assert flush.append_only(connection) == before
    audit.record(None, "things.found", a_user())
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.all().delete()


ACTS = """
import sys, time, random
from django.db import transaction
from danvan.foundation import audit
from danvan.foundation.models import NumberSeries
thing, _ = NumberSeries.objects.get_or_create(key="audited")
for turn in range(20):
    with transaction.atomic():
        for _ in range(3):
            audit.record(None, "things.change", thing, worker=sys.argv[1], turn=turn)
        time.sleep(random.random() / 100)
        if turn % 7 == 3:
            transaction.set_rollback(True)
print("done")
"""
SEALS = """
import time
from danvan.foundation import audit
end = time.monotonic() + 2.5
while time.monotonic() < end:
    audit.seal()
    time.sleep(0.02)
"""


def test_acts_and_sealers_at_once_leave_one_sound_chain(outside):
    acting = [outside.start("-c", SET_UP + ACTS, str(number)) for number in range(2)]
    sealing = [outside.start("-c", SET_UP + SEALS) for _ in range(2)]
    for process in [*acting, *sealing]:
        _, err = process.communicate(timeout=120)
        assert err == ""
    told = json.loads(
        outside.script(
            "import json; from danvan.foundation import audit\n"
            "from danvan.foundation.models import AuditEntry, AuditSeal\n"
            "audit.seal(whole=True); r = audit.verify()\n"
            "ours = AuditSeal.objects.filter(entry__target=AuditEntry.objects.last().target)\n"
            "print(json.dumps([ours.count(), r.unsealed, r.faults]))"
        )
    )
    assert told == [2 * 17 * 3, 0, []]
