"""What an administrator reads of the keys: ids, fingerprints, counts and what to do; never a key."""

from base64 import b64encode
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.checks import fit_for_real_use, key_file_is_closed
from config.management.commands import setup
from config.refusal import refuse_faulty_settings
from danvan.foundation import health, key_file, keys, sealing
from danvan.foundation.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring(tmp_path, settings):
    settings.DANVAN_KEYS = tmp_path / "keys" / "keys.json"
    return key_file.make(settings.SEALED_FOR)


def told(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("keys", *arguments, stdout=out, stderr=err)
    except CommandError as refused:
        return False, out.getvalue() + err.getvalue() + str(refused)
    return True, out.getvalue() + err.getvalue()


def finding():
    [found] = [one for one in health.examine() if one.key == "keys"]
    return found


def test_rotation_from_adding_to_retiring(ring):
    made = [sealing.new_key("vault") for _ in range(3)]
    old = ring.newest("vault")
    well, added = told("add", "vault")
    assert well
    new = key_file.load().newest("vault")
    assert f"Đã thêm {new.id} (dấu vân {new.fingerprint})" in added
    assert "đang bọc 3 khóa nội dung" in told("list")[1]
    well, refused = told("retire", old.id)
    assert (well, "danvan keys rotate" in refused) == (False, True)
    assert "Đã bọc lại 3/3 khóa." in told("rotate")[1]
    assert "Không có gì phải làm" in told("rotate")[1]
    assert told("retire", old.id)[0]
    assert old.id not in told("list")[1]
    assert told("check") == (
        True,
        f"Tệp khóa {key_file.place()}: 3 khóa bọc, mở được 3 khóa nội dung.\nTệp khóa đủ và đúng.\n",
    )
    assert {key.wrapped_by for key in DataKey.objects.all()} == {new.id}
    assert len(made) == 3


def test_no_command_shows_a_key(ring):
    sealing.new_key("vault")
    shown = "".join(told(*words)[1] for words in (["list"], ["add"], ["rotate"], ["check"]))
    for key in (*key_file.load().wrapping, ring.marking):
        assert b64encode(key.secret).decode() not in shown
        assert key.secret.hex() not in shown
        assert key.id in told("list")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "letters"], "Không có mục đích niêm phong letters"),
        (["retire", "vault-none"], "không có khóa bọc “vault-none”"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(words, sentence):
    before = key_file.place().read_bytes()
    well, answer = told(*words)
    assert not well
    assert sentence in answer
    assert key_file.place().read_bytes() == before


def test_a_missing_wrapping_key_is_told_with_what_it_closes(ring):
    sealing.new_key("vault")
    assert (finding().ok, finding().figure) == (True, "3")
    key_file.remove(ring.newest("vault").id)
    well, answer = told("check")
    assert not well
    assert f"1 khóa nội dung cần khóa bọc “{ring.newest('vault').id}”" in answer
    assert "Chưa có khóa bọc cho “vault”" in answer
    assert not finding().ok
    assert "1 khóa nội dung không mở được" in finding().sentence


def test_a_key_file_of_the_same_names_but_other_keys_is_told(ring):
    sealing.new_key("vault")
    right = ring.newest("vault")
    wrong = key_file.WrappingKey(right.id, right.purpose, right.made_at, bytes(32))
    key_file.put(key_file.place(), key_file.KeyRing((wrong,), ring.marking))
    assert "1 khóa nội dung cần khóa bọc" in told("check")[1]
    assert keys.lost() == {}


def test_a_missing_key_file_is_told_everywhere_and_never_made_anew_over_sealed_cases():
    sealing.new_key("vault")
    key_file.place().unlink()
    for words in (["list"], ["add"], ["rotate"], ["check"], ["retire", "x"]):
        well, answer = told(*words)
        assert not well
        assert "Không có tệp khóa" in answer
    assert not finding().ok
    with pytest.raises(CommandError, match="Không tạo tệp mới"):
        setup.Command()._prepare_keys()
    assert not key_file.place().exists()


def test_the_health_page_asks_once_whether_every_key_is_there(django_assert_num_queries):
    for purpose in ("vault", "petitions"):
        sealing.new_key(purpose)
    with django_assert_num_queries(1):
        health._keys()


def test_nothing_starts_on_a_key_file_that_others_can_read(ring):
    assert key_file_is_closed(None) == []
    refuse_faulty_settings()
    key_file.place().chmod(0o644)
    [fault] = key_file_is_closed(None)
    assert fault.id == "config.E002"
    assert "chmod 600" in fault.msg
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        refuse_faulty_settings()
    assert "chmod 600" in told("check")[1]
    key_file.place().unlink()
    assert key_file_is_closed(None) == []


def test_a_key_file_beside_the_database_is_a_trial(settings):
    def warned():
        return "config.W109" in {one.id for one in fit_for_real_use(None)}

    assert not warned()
    settings.DANVAN_KEYS = settings.HOME / "keys" / "keys.json"
    assert warned()
