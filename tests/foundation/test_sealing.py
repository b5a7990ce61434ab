import copy
import pickle
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from danvan.foundation import housekeeping, key_file, sealing
from danvan.foundation.models import DataKey

pytestmark = pytest.mark.django_db

CANARY = "Người tố cáo là Nông Thị Mẩy, 0987 654 321"


@pytest.fixture
def keys(tmp_path, settings):
    """A key file of this test's own."""
    settings.DANVAN_KEYS = tmp_path / "keys" / "keys.json"
    return key_file.make(settings.SEALED_FOR)


@pytest.fixture
def key():
    return sealing.new_key("vault")


@pytest.mark.parametrize("plain", [CANARY, "", "á" * 50_000, "dòng\r\nkhác \x00 ្ក"])
def test_what_was_sealed_comes_back_as_it_was(key, plain):
    sealed = sealing.seal(key, plain, name="body")
    read = DataKey.objects.get(pk=key.pk)
    assert sealing.unseal(read, sealed, name="body") == plain
    assert sealing.unseal(read, memoryview(sealed), name="body") == plain
    assert not plain or plain.encode()[:20] not in sealed


def test_the_same_text_is_sealed_into_other_bytes_each_time(key):
    sealed = {sealing.seal(key, CANARY, name="body") for _ in range(20)}
    assert len(sealed) == 20
    assert {one[:1] for one in sealed} == {b"\x01"}


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_one_altered_byte_opens_nothing(key, at):
    sealed = bytearray(sealing.seal(key, CANARY, name="body"))
    sealed[at] ^= 1
    with pytest.raises(sealing.SealBroken) as refused:
        sealing.unseal(key, bytes(sealed), name="body")
    assert "Đồng chí vui lòng" in refused.value.message


@pytest.mark.parametrize("kept", [0, 1, 12, 13, 28])
def test_what_was_cut_short_opens_nothing(key, kept):
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(key, sealing.seal(key, CANARY, name="body")[:kept], name="body")


def test_it_opens_under_its_own_name_and_key_only(key):
    sealed = sealing.seal(key, CANARY, name="body")
    for other, name in [(key, "phone"), (sealing.new_key("vault"), "body")]:
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(other, sealed, name=name)


def test_a_wrapped_key_moved_to_another_row_or_purpose_opens_nothing(key):
    sealed = sealing.seal(key, CANARY, name="body")
    other = sealing.new_key("vault")
    other.wrapped, other.wrapped_by = key.wrapped, key.wrapped_by
    as_petition = copy.copy(key)
    as_petition.purpose = "petitions"
    for moved in (other, as_petition):
        with pytest.raises(sealing.SealBroken) as refused:
            sealing.unseal(moved, sealed, name="body")
        assert "dấu vân" in refused.value.reason


def test_each_key_is_wrapped_by_the_newest_key_of_its_purpose(keys):
    assert sealing.new_key("vault").wrapped_by == keys.newest("vault").id
    added = key_file.add("vault", "petitions")
    assert [one.purpose for one in added] == ["vault", "petitions"]
    assert sealing.new_key("vault").wrapped_by == added[0].id
    assert sealing.new_key("petitions").wrapped_by == added[1].id


def test_without_a_key_for_the_purpose_nothing_is_made(keys):
    with pytest.raises(sealing.KeyUnavailable) as refused:
        sealing.new_key("letters")
    assert "danvan keys add letters" in refused.value.reason
    assert not DataKey.objects.exists()


def test_without_the_key_file_nothing_opens_and_with_it_again_everything(keys, key, tmp_path):
    sealed = sealing.seal(key, CANARY, name="body")
    aside = key_file.place().rename(tmp_path / "aside")
    for act in (
        lambda: sealing.unseal(key, sealed, name="body"),
        lambda: sealing.seal(key, CANARY, name="body"),
        lambda: sealing.new_key("vault"),
        lambda: sealing.mark("0987", purpose="petitions"),
    ):
        with pytest.raises(sealing.KeyUnavailable) as refused:
            act()
        assert "danvan keys check" in refused.value.message
        assert str(tmp_path) not in refused.value.message
        assert "Không có tệp khóa" in refused.value.reason
    aside.rename(key_file.place())
    assert sealing.unseal(key, sealed, name="body") == CANARY


def test_another_key_file_opens_nothing(keys, key, settings, tmp_path):
    sealed = sealing.seal(key, CANARY, name="body")
    settings.DANVAN_KEYS = tmp_path / "other" / "keys.json"
    key_file.make(settings.SEALED_FOR)
    with pytest.raises(sealing.KeyUnavailable) as refused:
        sealing.unseal(key, sealed, name="body")
    assert key.wrapped_by in refused.value.reason


def test_a_key_that_was_wrapped_anew_since_it_was_read_opens_all_the_same(keys, key):
    """Its old wrapping key may be gone by then."""
    sealed = sealing.seal(key, CANARY, name="body")
    old, [new] = key.wrapped_by, key_file.add("vault")
    row = DataKey.objects.get(pk=key.pk)
    sealing.wrap(row, sealing.unwrap(row, key_file.load()), new)
    row.save()
    key_file.remove(old)
    assert key.wrapped_by == old
    assert sealing.unseal(key, sealed, name="body") == CANARY
    assert key.wrapped_by == new.id


def test_a_new_key_whose_wrapping_key_was_retired_meanwhile_is_wrapped_anew(keys, monkeypatch):
    """Between choosing the wrapping key and writing the row; whoever retires then sees no row yet."""
    old, [new] = keys.newest("vault"), key_file.add("vault")
    key_file.remove(old.id)
    asked = iter([keys])
    now = key_file.load
    monkeypatch.setattr(sealing.key_file, "load", lambda: next(asked, None) or now())
    key = sealing.new_key("vault")
    assert key.wrapped_by == new.id
    read = DataKey.objects.get(pk=key.pk)
    assert sealing.unseal(read, sealing.seal(key, CANARY, name="body"), name="body") == CANARY


def test_a_destroyed_key_opens_nothing_for_ever(key):
    before = DataKey.objects.get(pk=key.pk)
    sealed = sealing.seal(key, CANARY, name="body")
    sealing.destroy(key)
    row = DataKey.objects.get(pk=key.pk)
    assert (row.wrapped, row.wrapped_by) == (None, "")
    assert row.destroyed_at == key.destroyed_at is not None
    sealing.destroy(before)
    assert before.destroyed_at == row.destroyed_at
    for one in (key, row, before):
        with pytest.raises(sealing.KeyDestroyed) as refused:
            sealing.unseal(one, sealed, name="body")
        assert "xóa vĩnh viễn" in refused.value.message
        with pytest.raises(sealing.KeyDestroyed):
            sealing.seal(one, CANARY, name="body")


def test_a_key_destroyed_by_another_and_read_before_with_its_wrapping_key_gone_is_told_as_destroyed(
    keys, key
):
    sealed = sealing.seal(key, CANARY, name="body")
    sealing.destroy(DataKey.objects.get(pk=key.pk))
    key_file.add("vault")
    key_file.remove(key.wrapped_by)
    with pytest.raises(sealing.KeyDestroyed):
        sealing.unseal(key, sealed, name="body")


@pytest.mark.parametrize("change", [{"wrapped": None}, {"wrapped_by": ""}, {"wrapped": b"x"}])
def test_a_row_is_wrapped_or_destroyed_and_never_half(key, change):
    if change == {"wrapped": b"x"}:
        sealing.destroy(key)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.filter(pk=key.pk).update(**change)


def test_a_destroyed_key_stands_nowhere_in_the_file_of_the_database(emptied, tmp_path):
    """Also not on a page that SQLite has not used again yet."""
    if "postgresql" in emptied.environment["DANVAN_DATABASE"]:
        pytest.skip("PostgreSQL removes it with the next vacuum")
    told = emptied.script(
        "from danvan.foundation import key_file, sealing, models\n"
        "key_file.make(['vault'])\n"
        "keys = [sealing.new_key('vault') for _ in range(3)]\n"
        "wrapped = [bytes(key.wrapped).hex() for key in keys]\n"
        "sealing.destroy(keys[1])\n"
        "from django.db import connection\n"
        "connection.cursor().execute('pragma wal_checkpoint(truncate)')\n"
        "print(' '.join(wrapped))"
    )
    file = emptied.environment["DANVAN_DATABASE"].removeprefix("sqlite:///")
    with open(file, "rb") as read:  # noqa: PTH123
        content = read.read()
    assert [bytes.fromhex(one) in content for one in told.split()] == [True, False, True]


def test_a_key_tells_nothing_of_itself(keys, key, caplog):
    opened = sealing.unwrap(key, keys)
    wrapping = keys.newest("vault")
    shown = f"{key!r} {key} {keys!r} {wrapping!r} {key.__dict__} {caplog.text}"
    for secret in (opened, wrapping.secret, keys.marking.secret):
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown
    assert opened not in pickle.dumps(key)
    for one in (wrapping, keys):
        with pytest.raises(TypeError):
            pickle.dumps(one)
        with pytest.raises(TypeError):
            copy.deepcopy(one)
    assert UUID(str(key).removeprefix("vault:")) == key.uuid


def test_equal_values_have_one_mark_however_they_are_written(keys):
    one = sealing.mark("Nguyễn  Văn Hoà", purpose="petitions.name")
    assert one == sealing.mark(" nguyen van hòa ", purpose="petitions.name")
    assert len(one) == 32
    others = {
        sealing.mark("Nguyễn Văn Hoà", purpose="petitions.phone"),
        sealing.mark("Nguyễn Văn Hoàn", purpose="petitions.name"),
    }
    assert len(others | {one}) == 3


def test_a_mark_cannot_be_made_without_the_key_file_and_stays_when_keys_are_added(keys, settings):
    one = sealing.mark("0987654321", purpose="petitions.phone")
    key_file.add("petitions")
    assert sealing.mark("0987654321", purpose="petitions.phone") == one
    settings.DANVAN_KEYS = settings.DANVAN_KEYS.parent.parent / "other" / "keys.json"
    key_file.make(settings.SEALED_FOR)
    assert sealing.mark("0987654321", purpose="petitions.phone") != one


@pytest.mark.parametrize(
    ("text", "purpose"), [("0987", "vault"), ("0987", "vault.phone"), (" ", "petitions")]
)
def test_what_must_never_be_found_again_is_not_marked(text, purpose):
    with pytest.raises(ValueError, match="not marked"):
        sealing.mark(text, purpose=purpose)


@pytest.mark.django_db(transaction=True)
def test_the_log_of_a_database_is_emptied_where_nobody_reads_in_it():
    housekeeping.empty_the_log()
    assert sealing.write_log_back()
