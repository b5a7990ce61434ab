import json
import os

import pytest

from danvan.foundation import key_file, keys, sealing
from danvan.foundation.errors import RuleError
from danvan.foundation.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, settings):
    settings.DANVAN_KEYS = tmp_path / "keys" / "keys.json"
    return settings.DANVAN_KEYS


@pytest.fixture
def ring(settings):
    return key_file.make(settings.SEALED_FOR)


def sealed(many, purpose="vault"):
    made = [sealing.new_key(purpose) for _ in range(many)]
    return [(key, sealing.seal(key, f"lời {key.pk}", name="body")) for key in made]


def all_open(written):
    return all(
        sealing.unseal(DataKey.objects.get(pk=key.pk), text, name="body") == f"lời {key.pk}"
        for key, text in written
    )


def test_the_key_file_is_made_once_for_its_owner_only(place, settings):
    made = keys.prepare()
    assert [key.purpose for key in made] == list(settings.SEALED_FOR)
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    before = place.read_bytes()
    assert keys.prepare() == []
    with pytest.raises(sealing.KeyUnavailable, match="quản trị viên") as refused:
        key_file.make(settings.SEALED_FOR)
    assert "không ghi đè" in refused.value.reason
    assert place.read_bytes() == before


def test_a_purpose_that_is_new_gets_its_key_and_the_others_stay(place, settings):
    settings.SEALED_FOR = ("petitions",)
    [first] = keys.prepare()
    settings.SEALED_FOR = ("petitions", "vault")
    [second] = keys.prepare()
    assert second.purpose == "vault"
    assert [key.id for key in key_file.load().wrapping] == [first.id, second.id]


def test_no_new_key_file_is_made_where_something_is_sealed(ring, place):
    sealed(2)
    place.unlink()
    with pytest.raises(sealing.KeyUnavailable) as refused:
        keys.prepare()
    assert "có 2 khóa nội dung nhưng không có tệp khóa" in refused.value.reason
    assert not place.exists()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda place: place.chmod(0o640), "chmod 600"),
        (lambda place: place.chmod(0o604), "chmod 600"),
        (lambda place: place.parent.chmod(0o770), "chmod 700"),
        (lambda place: place.write_bytes(b""), "bị hỏng"),
        (lambda place: place.write_bytes(b"\xff\xfe{}"), "bị hỏng"),
        (lambda place: place.write_text("[]"), "bị hỏng"),
        (lambda place: place.write_text('{"format": 2}'), "bị hỏng"),
        (lambda place: spoil_key(place, secret="AAAA"), "bị hỏng"),
        (lambda place: spoil_key(place, secret="@"), "bị hỏng"),
        (lambda place: spoil_key(place, secret=7), "bị hỏng"),
        (lambda place: spoil_key(place, id=""), "bị hỏng"),
        (lambda place: spoil_key(place, id="twice", other="twice"), "bị hỏng"),
        (lambda place: place.unlink(), "Không có tệp khóa"),
        (lambda place: (place.unlink(), place.mkdir(mode=0o700)), "Không đọc được"),
    ],
)
def test_a_key_file_that_cannot_be_used_is_told_and_nothing_opens(ring, place, spoil, told):
    [(key, text)] = sealed(1)
    os.utime(place, (1, 1))
    key_file.load()
    spoil(place)
    with pytest.raises(sealing.KeyUnavailable) as refused:
        sealing.unseal(key, text, name="body")
    assert told in refused.value.reason
    assert "Đồng chí vui lòng" in refused.value.reason


def spoil_key(place, other="", **change):
    written = json.loads(place.read_text())
    written["wrapping"][0] |= change
    if other:
        written["wrapping"][1]["id"] = other
    place.write_text(json.dumps(written))


def test_keys_are_told_by_id_and_fingerprint_and_how_many_they_wrap(ring):
    sealed(2)
    [new] = key_file.add("vault")
    sealed(1)
    told = {kept.key.id: (kept.wraps, kept.newest) for kept in keys.listed()}
    assert told[ring.newest("vault").id] == (2, False)
    assert told[new.id] == (1, True)
    assert told[ring.newest("petitions").id] == (0, True)
    assert len({kept.key.fingerprint for kept in keys.listed()}) == 4
    assert keys.lost() == {}


def test_all_keys_are_wrapped_anew_in_batches_and_all_texts_open_meanwhile(ring, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    written = [*sealed(5), *sealed(1, "petitions")]
    gone, _ = sealed(2)[0]
    sealing.destroy(gone)
    old, [new] = ring.newest("vault"), key_file.add("vault")
    steps = []
    for step in keys.rotate():
        steps.append(step)
        assert all_open(written)
    assert steps == [(2, 6), (4, 6), (6, 6)]
    assert keys.in_use() == {new.id: 6, ring.newest("petitions").id: 1}
    assert keys.retire(old.id) == old
    assert all_open(written)
    assert key_file.load().get(old.id) is None
    assert list(keys.rotate()) == []


def test_an_interrupted_rotation_is_gone_on_with(ring, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    written = sealed(5)
    [new] = key_file.add("vault")
    assert next(keys.rotate()) == (2, 5)
    assert keys.in_use() == {new.id: 2, ring.newest("vault").id: 3}
    assert list(keys.rotate()) == [(2, 3), (3, 3)]
    assert all_open(written)


def test_a_rotation_begins_nothing_where_a_wrapping_key_is_missing(ring):
    sealed(2)
    [new] = key_file.add("vault")
    sealed(1)
    key_file.remove(ring.newest("vault").id)
    key_file.add("vault")
    with pytest.raises(sealing.KeyUnavailable) as refused:
        next(keys.rotate())
    assert ring.newest("vault").id in refused.value.reason
    assert keys.lost() == {ring.newest("vault").id: 2}
    assert keys.in_use()[new.id] == 1


def test_a_rotation_that_meets_a_retirement_takes_its_batch_back(ring, monkeypatch):
    [(key, _)] = sealed(1)
    key_file.add("vault")
    now, asked = key_file.load, []

    def load():
        asked.append(1)
        return ring if len(asked) == 4 else now()

    monkeypatch.setattr(key_file, "load", load)
    with pytest.raises(RuleError, match="vừa bị thay đổi"):
        list(keys.rotate())
    assert DataKey.objects.get(pk=key.pk).wrapped_by == key.wrapped_by


@pytest.mark.parametrize(
    ("choose", "told"),
    [
        (lambda ring, new: ring.newest("vault").id, "còn bọc 1 khóa nội dung"),
        (lambda ring, new: new.id, "mới nhất"),
        (lambda ring, new: "vault-none", "không có khóa bọc"),
    ],
)
def test_a_key_that_is_in_use_or_unknown_is_not_retired(ring, place, choose, told):
    sealed(1)
    [new] = key_file.add("vault")
    before = place.read_bytes()
    with pytest.raises(RuleError, match=told):
        keys.retire(choose(ring, new))
    assert place.read_bytes() == before


def test_a_key_file_that_cannot_be_written_is_told(ring, place, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(key_file.disk, "write_whole", refuse)
    with pytest.raises(sealing.KeyUnavailable) as refused:
        key_file.add("vault")
    assert "Không ghi được tệp khóa" in refused.value.reason
    monkeypatch.setattr(key_file.os, "open", refuse)
    with pytest.raises(sealing.KeyUnavailable) as refused:
        key_file.add("vault")
    assert "Không ghi được vào thư mục" in refused.value.reason
