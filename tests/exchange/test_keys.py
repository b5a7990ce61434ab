"""Keys of other systems: made and shown once, known again, taken back; who may do it; what becomes of them at a merger."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.exchange.holders import KeyHolder
from danvan.exchange.models import ApiKey, KeyMatter
from danvan.exchange.selectors.keys import allowed_keys, key_lines
from danvan.exchange.services import make_key, revoke_key, use_key
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.holders import Passage
from tests.exchange.connected import TODAY, Connected, key_of
from tests.factories.province import make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
_world = once(Connected, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(settings, _world):
    settings.DANVAN_TODAY = TODAY
    return own(_world)


@pytest.fixture
def admin(world):
    return make_grant(world.province.communes[0], "administrator")


def test_a_key_is_kept_as_a_digest_and_its_making_is_written_down_without_it(world, admin):
    made = key_of(world.unit, actor=admin)
    assert made.words.startswith(f"dvs_{made.key.prefix}_")
    kept = " ".join(str(value) for value in ApiKey.objects.filter(pk=made.key.pk).values_list()[0])
    assert made.words not in kept
    assert made.words.rpartition("_")[2] not in kept
    line = AuditEntry.objects.get(action="exchange.make_key", actor=admin)
    assert line.details == {"unit": world.unit.pk, "reads": True, "sends": False}


def asked(world, **change):
    return {
        "name": "Cổng tỉnh", "contact": "Sở KHCN", "unit_id": world.unit.pk, "reads": True, "sends": True,
        "valid_to": None, **change,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"name": " "}, "name", "tên hệ thống"),
        ({"name": "x" * 121}, "name", "dài quá 120"),
        ({"contact": ""}, "contact", "ai chịu trách nhiệm"),
        ({"reads": False, "sends": False}, "reads", "khóa được làm gì"),
        ({"valid_to": TODAY}, "valid_to", "phải sau hôm nay"),
        ({"unit_id": 0}, "unit", "không còn trong sổ"),
    ],
)
def test_a_key_that_cannot_be_made_is_refused(world, admin, change, column, words):
    before = ApiKey.objects.count()
    with pytest.raises(RuleError) as broken:
        make_key(**asked(world, **change), actor=admin)
    [fault] = broken.value.faults
    assert (fault.column, words in fault.message) == (column, True)
    assert ApiKey.objects.count() == before


def test_every_fault_of_a_key_is_told_at_once(world, admin):
    with pytest.raises(RuleError) as broken:
        make_key(**asked(world, name="", contact="", unit_id=world.other.pk), actor=admin)
    assert [one.column for one in broken.value.faults] == ["name", "contact", "unit"]


def test_a_key_is_known_by_its_words_alone_and_on_its_days(world, settings):
    made = key_of(world.unit, valid_to=TODAY + timedelta(days=2))
    other = key_of(world.unit)
    assert use_key(made.words) == made.key
    for wrong in (
        "",
        "dvs",
        "dvs__x",
        "dvs_00000000_x",
        made.words[:-1],
        made.words + "x",
        f"x{made.words}",
    ):
        assert use_key(wrong) is None
    mixed = f"dvs_{made.key.prefix}_{other.words.partition('_')[2].partition('_')[2]}"
    assert use_key(mixed) is None
    settings.DANVAN_TODAY = TODAY + timedelta(days=1)
    assert use_key(made.words) == made.key
    settings.DANVAN_TODAY = TODAY + timedelta(days=2)
    assert use_key(made.words) is None
    settings.DANVAN_TODAY = TODAY - timedelta(days=1)
    assert use_key(made.words) is None


def test_the_last_day_of_use_is_noted_once_a_day(world):
    made = key_of(world.unit)
    use_key(made.words)
    assert ApiKey.objects.get(pk=made.key.pk).used_on == TODAY
    with CaptureQueriesContext(connection) as queries:
        use_key(made.words)
    assert len(queries) == 1


def test_a_revoked_key_opens_nothing_and_is_revoked_once(world, admin):
    made = key_of(world.unit)
    with pytest.raises(RuleError, match="ghi lý do thu hồi"):
        revoke_key(made.key, reason=" ", actor=admin)
    revoke_key(made.key, reason="Nghi lộ khóa", actor=admin)
    assert use_key(made.words) is None
    with pytest.raises(RuleError, match="đã thu hồi ngày 20/11/2026"):
        revoke_key(made.key, reason="Lại", actor=admin)
    kept = ApiKey.objects.get(pk=made.key.pk)
    assert (kept.revoked_on, kept.revoked_by, kept.reason) == (TODAY, admin, "Nghi lộ khóa")
    assert AuditEntry.objects.filter(action="exchange.revoke_key", actor=admin).count() == 1


def test_keys_are_listed_within_reach_with_how_they_stand(world, admin, settings):
    key_of(world.province.communes[1])
    short = key_of(world.unit, name="Ngắn", valid_to=TODAY + timedelta(days=1))
    gone = key_of(world.unit, name="Bỏ")
    revoke_key(gone.key, reason="Ngừng dùng", actor=None)
    use_key(world.reader.words)
    KeyMatter.objects.create(key=world.reader.key, petition=world.lamp.petition, at=clock.machine())
    settings.DANVAN_TODAY = TODAY + timedelta(days=1)
    lines = {one.key.name: one for one in key_lines(allowed_keys(admin))}
    assert {name: (one.standing, one.open, one.matters) for name, one in lines.items()} == {
        "Báo Nghệ An": ("đang dùng", True, 1),
        "Ngắn": ("hết hạn", False, 0),
        "Bỏ": ("đã thu hồi", False, 0),
    }
    assert lines["Ngắn"].key == short.key
    assert (lines["Bỏ"].may, lines["Bỏ"].unit_name) == ("đọc", "Ủy ban nhân dân Xã Môn Sơn")
    assert key_lines([key_of(world.unit, sends=True).key])[0].standing == "chưa dùng lần nào"
    assert key_lines([]) == []


def test_a_key_goes_to_the_heir_of_its_unit(world):
    holder, heir = KeyHolder(), world.other.pk
    later = key_of(world.unit).key
    ApiKey.objects.filter(pk=later.pk).update(valid_from=TODAY + timedelta(days=90))
    gone = key_of(world.unit).key
    revoke_key(gone, reason="Bỏ", actor=None)
    on = date(2026, 12, 1)
    assert holder.count_open([world.unit.pk], on) == {world.unit.pk: 2}
    passage = Passage("NQ 1", "Sáp nhập", on, heirs={world.unit.pk: heir})
    moved = holder.hand_over(passage, actor=None)
    assert {one.row_id for one in moved} == {world.reader.key.pk, later.pk}
    assert f"{later.prefix} {later.name}" in {one.title for one in moved}
    assert ApiKey.objects.get(pk=world.reader.key.pk).unit_id == heir
    assert ApiKey.objects.get(pk=gone.pk).unit_id == world.unit.pk
    holder.take_back(moved, passage, actor=None)
    assert ApiKey.objects.get(pk=world.reader.key.pk).unit_id == world.unit.pk
